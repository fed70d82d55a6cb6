"""Backup, restore, export (dateline.store.copying, whole): the same archive elsewhere, whole or not at all."""

from __future__ import annotations

import json
import stat
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from dateline.errors import DamageError, OutputError, StoreError
from dateline.model import Rejection
from dateline.store import Key, Placement, Query, SketchRow, Store, open_store, restore
from dateline.store.opening import open_engine
from tests.store.conftest import Places
from tests.store.reports import golden, record
from tests.store.test_adding import exported


def fill(store: Store) -> None:
    some = [record(1), record(1, title="Trawler held"), *golden(), record(2)]
    ids = [str(store.add(one, sketch=SketchRow(data=b"s", keys=(Key("k", "1"),))).report) for one in some]
    store.forget(ids[2], "asked")
    store.add(Rejection(id="x", stage="intake", reason="empty", origin="shelf", offset=1))
    store.place([Placement(report=ids[0], component="c", story="s", events=(("v0", "w"),))])
    store.judge("same", "w", "w2", by="ada", reports=ids[:1])


def everything(store: Store) -> list[object]:
    status = store.status()
    ids = [r.id for r in store.reports()]
    return [
        exported(store),
        list(store.reports()),
        list(store.search(Query(limit=None))),
        list(store.errors()),
        store.judgements(),
        store.placements(ids),
        store.sketches(ids),
        store.neighbours([Key("k", "1")], 99),
        [store.editions(one) for one in ids],
        (status.inputs, status.records, status.errors, status.forgotten, status.stale, status.worlds),
    ]


def test_a_backup_holds_everything_and_can_be_restored_on_either_engine(places: Places, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    with open_store(places()) as store:
        fill(store)
        store.backup(copy)
        whole = everything(store)
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["copy.db"]
    where = places()
    restore(copy, where)
    with open_store(where) as restored:
        assert everything(restored) == whole
        assert list(restored.check()) == []
        assert restored.add(record(7)).kind == "record", "numbers go on from the highest"
        restored.judge("same", "a", "b", by="ada")
        assert list(restored.reports(Query(words="7")))


def test_a_backup_takes_the_place_of_an_older_backup_and_of_nothing_else(tmp_path: Path) -> None:
    path, copy, notes = tmp_path / "a.db", tmp_path / "copy.db", tmp_path / "notes.txt"
    notes.write_text("Notes that must not be lost. " * 9, encoding="utf-8")
    with open_store(path) as store:
        store.backup(copy)
        fill(store)
        store.backup(copy, replace=True)
        for taken, why in ((path, "the archive itself"), (notes, "not an archive"), (tmp_path, "a folder")):
            with pytest.raises(StoreError, match=why):
                store.backup(taken)
        with pytest.raises(OutputError, match="cannot be written"):
            store.backup(tmp_path / "missing" / "copy.db")
        whole = everything(store)
    assert notes.read_text(encoding="utf-8").startswith("Notes")
    with open_store(copy, read_only=True) as store:
        assert everything(store) == whole


def test_a_damaged_backup_is_not_restored(places: Places, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    with open_store(copy) as store:
        fill(store)
    engine = open_engine(copy)
    with engine.write() as connection:
        connection.exec_driver_sql("UPDATE records SET sha256 = 'x'")
    engine.dispose()
    where = places()
    with pytest.raises(StoreError, match=r"nothing was restored.*report r"):
        restore(copy, where)
    with pytest.raises(StoreError, match="no archive here"):
        open_store(where, create=False)


def test_nothing_is_restored_over_what_is_there(places: Places, tmp_path: Path) -> None:
    copy, where = tmp_path / "copy.db", places()
    for address in (copy, where):
        with open_store(address) as store:
            store.add(record(1))
    with pytest.raises(StoreError, match=r"already; (move it away|name an empty)"):
        restore(copy, where)


def test_the_export_tells_reports_by_id_and_nothing_of_where_they_came_from(store: Store) -> None:
    store.add(record(3, id="x", origin="shelf", retrieved=date(2031, 1, 1)))
    store.add(record(1))
    rows = [json.loads(line) for line in exported(store).splitlines()]
    assert [row["report"] for row in rows] == sorted(row["report"] for row in rows)
    for row in rows:
        told = row["record"]["article"]
        assert (told["id"], told["origin"], told["retrieved"]) == (row["report"], None, None)


def test_a_backup_stands_in_the_place_of_nothing_unasked(places: Places, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    with open_store(places()) as store:
        store.add(record(1))
        store.backup(copy)
        before = copy.read_bytes()
        store.add(record(2))
        with pytest.raises(StoreError, match="there is a file already"):
            store.backup(copy)
        assert copy.read_bytes() == before
        store.backup(copy, replace=True)
    with open_store(copy, read_only=True) as store:
        assert store.status().records == 2


def test_a_damaged_archive_is_not_put_in_the_place_of_a_good_backup(places: Places, tmp_path: Path) -> None:
    where, copy = places(), tmp_path / "copy.db"
    with open_store(where) as store:
        store.add(record(1))
        store.backup(copy)
    before = copy.read_bytes()
    engine = open_engine(where)
    with engine.write() as connection:
        connection.execute(text("UPDATE reports SET title = 'Bread'"))
    engine.dispose()
    with open_store(where) as store, pytest.raises(DamageError, match=r"no backup was written .* title differs"):
        store.backup(copy, replace=True)
    assert copy.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir() if file.name.startswith(".")] == []
