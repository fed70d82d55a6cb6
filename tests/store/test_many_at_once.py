"""Killed writers, two writers and eight readers, a server that goes away: nothing is lost, doubled or half there."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from msgspec.structs import replace

from dateline.errors import StoreError
from dateline.store import Query, open_store, report_id
from dateline.wire import json_line
from tests.store import server
from tests.store.conftest import Places
from tests.store.reports import record
from tests.store.test_adding import exported
from tests.store.work import add_all, open_only, processes, read_on, write_on

KILLS = {"file": 20, "server": 4}
SECONDS = 3.0


def test_a_run_killed_at_any_moment_and_resumed_is_as_if_never_killed(places: Places) -> None:
    where = places()
    add_all(where)
    with open_store(where) as store:
        reference, counts = exported(store), store.status()
    chance, landed = random.Random(7), 0
    for _ in range(KILLS["server" if "://" in where else "file"]):
        again = places()
        child_started = processes().Event()
        child = processes().Process(target=add_all, args=(again, child_started))
        child.start()
        assert child_started.wait(20)
        child.join(chance.uniform(0, 0.12))
        landed += child.is_alive()
        child.kill()
        child.join()
        with open_store(again) as store:
            assert list(store.check()) == []
            status = store.status()
            assert status.inputs == status.records + status.duplicates + status.errors <= counts.inputs
        add_all(again)
        with open_store(again) as store:
            assert exported(store) == reference
            assert list(store.check()) == []
            status = store.status()
            assert (status.inputs, status.records, status.duplicates, status.errors) == (
                (counts.inputs, counts.records, counts.duplicates, counts.errors)
            )
    assert landed >= KILLS["server" if "://" in where else "file"] // 2


def test_an_archive_whose_making_was_killed_is_made_by_the_next(places: Places) -> None:
    chance = random.Random(7)
    for _ in range(5):
        where = places()
        started = processes().Event()
        child = processes().Process(target=open_only, args=(where, started))
        child.start()
        assert started.wait(20)
        child.join(chance.uniform(0, 0.15))
        child.kill()
        child.join()
        with open_store(where) as store:
            store.add(record(1))
            assert list(store.check()) == []


def test_several_may_make_the_same_archive_at_once(places: Places) -> None:
    where = places()
    started = processes().Event()
    children = [processes().Process(target=open_only, args=(where, started)) for _ in range(4)]
    for child in children:
        child.start()
    for child in children:
        child.join()
    assert [child.exitcode for child in children] == [0] * 4
    with open_store(where) as store:
        assert store.status().inputs == 0


def test_two_write_while_eight_read_and_one_takes_backups(places: Places, tmp_path: Path) -> None:
    where = places()
    with open_store(where) as store:
        store.add(record(0))
    failures = processes().Queue()
    writers = [processes().Process(target=write_on, args=(where, SECONDS, n, failures)) for n in (1_000, 2_000)]
    readers = [processes().Process(target=read_on, args=(where, SECONDS, n, failures)) for n in range(8)]
    for child in (*writers, *readers):
        child.start()
    with open_store(where) as store:
        for n in range(3):
            store.backup(tmp_path / f"copy{n}.db")
    told = [failures.get(timeout=60) for _ in range(10)]
    for child in (*writers, *readers):
        child.join()
    assert sorted(line.split()[0] for line in told) == ["read"] * 8 + ["wrote"] * 2, told
    with open_store(where) as store:
        assert list(store.check()) == []
        status = store.status()
        assert status.inputs == 1 + sum(int(line.split()[1]) for line in told if line.startswith("wrote"))
        whole = exported(store).splitlines()
        assert set(whole) == {line_of(int(r.article.removeprefix("a"))) for r in store.reports()}
    for n in range(3):
        with open_store(tmp_path / f"copy{n}.db", read_only=True) as copy:
            assert list(copy.check()) == []
            lines = set(exported(copy).splitlines())
            assert 1 <= len(lines) <= len(whole)
            assert lines <= set(whole)


def line_of(n: int) -> bytes:
    """The line of the export of record ``n``."""
    told = record(n)
    name = report_id(told.article)
    article = replace(told.article, id=name, origin=None, retrieved=None)
    return json_line({"report": name, "record": replace(told, article=article)}).rstrip()


def test_a_server_that_crashed_is_found_again_with_all_that_was_acknowledged(pg: Places) -> None:
    where = pg()
    with open_store(where) as store:
        for n in range(5):
            store.add(record(n))
        server.restart(where)
        assert store.add(record(5)).kind == "record"
        assert len(list(store.reports())) == 6
        server.restart(where)
        assert len(list(store.search(Query(limit=None)))) == 12
        assert list(store.check()) == []


def test_a_writer_that_waits_too_long_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dateline.store import embedded

    monkeypatch.setattr(embedded, "WAIT", 0.05)
    path = tmp_path / "a.db"
    with open_store(path) as one, open_store(path) as other:
        one.add(record(1))
        with one._engine.write():  # type: ignore[attr-defined]
            with pytest.raises(StoreError, match="another program is writing"):
                other.add(record(2))
            assert len(list(other.reports())) == 1
        assert other.add(record(2)).kind == "record"


def test_a_writer_to_a_server_that_waits_too_long_says_so(pg: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    from dateline.store import server as engine

    monkeypatch.setattr(engine, "WAIT", "50ms")
    where = pg()
    with open_store(where) as one, open_store(where) as other:
        with one._engine.write(), pytest.raises(StoreError, match="another program is writing"):  # type: ignore[attr-defined]
            other.add(record(2))
        assert other.add(record(2)).kind == "record"
