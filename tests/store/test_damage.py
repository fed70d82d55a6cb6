"""Damage, full disks, disks that cannot be written (dateline.store.checking, troubles): noticed, told, never guessed
over."""

from __future__ import annotations

import os
import random
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from pysqlite3 import dbapi2
from sqlalchemy import text

from dateline.errors import DamageError, DatelineError, StoreError
from dateline.store import Key, Query, SketchRow, Store, open_store
from dateline.store.opening import open_engine
from dateline.store.troubles import of_file, of_server
from tests.store.conftest import Places
from tests.store.reports import golden, record
from tests.store.test_adding import exported

FLIPS, CUTS = 80, 12


@pytest.fixture
def where(places: Places) -> str:
    """An archive of three reports."""
    address = places()
    with open_store(address) as store:
        for n in range(3):
            store.add(record(n))
    return address


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE records SET body = substr(body, 1, 100) WHERE report = 2", "cannot be unpacked"),
        (
            "UPDATE records SET body = (SELECT body FROM records WHERE report = 1) WHERE report = 2",
            "does not have the hash",
        ),
        ("UPDATE records SET sha256 = 'x' WHERE report = 2", "does not have the hash"),
        ("DELETE FROM records WHERE report = 2", "its record is not there"),
        ("UPDATE reports SET title = 'Bread' WHERE number = 2", "title differs"),
        ("UPDATE reports SET published = '1999-01-01' WHERE number = 2", "published differs"),
        ("UPDATE events SET country = 'XXX' WHERE report = 2 AND type = 'COERCE'", "events differs"),
        ("DELETE FROM events WHERE report = 2", "events differs"),
        ("UPDATE parties SET name = 'x' WHERE event >> 20 = 2", "parties differs"),
        ("DELETE FROM holders WHERE event >> 20 = 2", "holders differs"),
        ("DELETE FROM edition_keys WHERE report = 2", "edition_keys differs"),
        ("DELETE FROM inputs WHERE report = (SELECT id FROM reports WHERE number = 2)", "no input of the ledger"),
    ],
    ids=str,
)
def test_check_names_the_report_and_what_differs(where: str, statement: str, said: str) -> None:
    engine = open_engine(where)
    with engine.write() as connection:
        connection.execute(text(statement))
        hit = connection.execute(text("SELECT id FROM reports WHERE number = 2")).scalar()
    engine.dispose()
    with open_store(where) as store:
        complaints = list(store.check())
        assert complaints
        assert any(said in line for line in complaints)
        assert all(f"report {hit}" in line for line in complaints)


def test_check_finds_words_that_the_index_lost(where: str) -> None:
    engine = open_engine(where)
    with engine.write() as connection:
        engine.unindex(connection, 2)
    engine.dispose()
    with open_store(where) as store:
        (line,) = store.check()
    assert "words index" in line


def test_check_finds_inputs_that_do_not_say_how_they_ended(where: str) -> None:
    engine = open_engine(where)
    with engine.write() as connection:
        connection.execute(
            text("INSERT INTO inputs (key, kind, at) VALUES ('k1', 'duplicate', ''), ('k2', 'lost', '')")
        )
        connection.execute(
            text(
                "INSERT INTO inputs (key, kind, report, at) SELECT 'k3', 'record', id, '' FROM reports WHERE number = 1"
            )
        )
    engine.dispose()
    with open_store(where) as store:
        lines = sorted(store.check())
    assert [line.split(":")[0] for line in lines[:2]] == ["input k1", "input k2"]
    assert "of several inputs" in lines[2]


def test_a_damaged_record_is_never_given_out(where: str, tmp_path: Path) -> None:
    engine = open_engine(where)
    with engine.write() as connection:
        connection.execute(text("UPDATE records SET sha256 = 'x' WHERE report = 2"))
        hit = connection.execute(text("SELECT id FROM reports WHERE number = 2")).scalar_one()
    engine.dispose()
    with open_store(where) as store:
        with pytest.raises(DamageError, match=hit):
            store.record(hit)
        with pytest.raises(DamageError, match=hit):
            exported(store)
        others = [r.id for r in store.reports() if r.id != hit]
        assert [store.record(other).article.id for other in others] == ["a0", "a2"]


ALTERED = {
    "title": "UPDATE reports SET title = 'Bread'",
    "day": "UPDATE reports SET published = '1999-01-01'",
    "type": "UPDATE events SET type = 'AID'",
    "status": "UPDATE events SET status = 'denied'",
    "country": "UPDATE events SET country = 'XXX'",
    "party": "UPDATE parties SET name = 'Bread'",
    "party gone": "DELETE FROM parties",
    "source": "UPDATE holders SET factuality = -3.0",
}


@pytest.mark.parametrize("statement", ALTERED.values(), ids=ALTERED)
def test_an_altered_value_is_never_shown_by_search(where: str, statement: str) -> None:
    altered(where, statement)
    with open_store(where) as store, pytest.raises(DamageError, match=r"is not what was written; run check"):
        list(store.search(Query()))


def test_an_altered_report_is_never_listed(where: str) -> None:
    altered(where, ALTERED["title"])
    with open_store(where) as store, pytest.raises(DamageError, match=r"is not what was written; run check"):
        list(store.reports())


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE sketches SET data = (SELECT body FROM records WHERE records.report = sketches.report)",
        "UPDATE keys SET key = 'b'",
    ],
)
def test_an_altered_sketch_is_found_by_check_and_given_to_nobody(places: Places, statement: str) -> None:
    where = places()
    with open_store(where) as store:
        report = str(store.add(record(1), sketch=SketchRow(data=b"sketch", keys=(Key("word", "a"),))).report)
        assert store.sketches([report]) == {report: b"sketch"}
    altered(where, statement)
    with open_store(where) as store:
        assert store.sketches([report]) == {}
        (line,) = store.check()
    assert line.startswith(f"report {report}: its sketch")


@pytest.mark.parametrize(
    "change",
    [
        "value = 'AID'",
        "\"left\" = 'r0@8'",
        "kind = 'place'",
        "\"by\" = 'eve'",
        "withdrawn_at = '2026-01-02T00:00:00+00:00'",
    ],
)
def test_an_altered_judgement_is_found_by_check_and_decides_nothing(where: str, change: str) -> None:
    with open_store(where) as store:
        first = store.judge("retype", "r0@7", value="ASSAULT", by="ada")
        store.withdraw(store.judge("retype", "r0@7", value="COERCE", by="ada").id)
        assert list(store.check()) == []
    altered(where, f"UPDATE judgements SET {change} WHERE id = {first.id}")
    with open_store(where) as store:
        (line,) = store.check()
        assert line.startswith(f"what the archive says of judgement {first.id} is not what was written")
        with pytest.raises(DamageError, match="run check"):
            store.judgements(withdrawn=True)


def altered(where: str, statement: str) -> None:
    """Changes an archive behind its back."""
    engine = open_engine(where)
    with engine.write() as connection:
        connection.execute(text(statement))
    engine.dispose()


def test_a_value_that_its_column_cannot_hold_is_told_as_damage(where: str) -> None:
    engine = open_engine(where)
    with engine.write() as connection:
        connection.execute(text("UPDATE events SET earliest = '2031-99-99' WHERE report = 2"))
    engine.dispose()
    with open_store(where) as store, pytest.raises(DamageError, match="run check"):
        list(store.search(Query()))


def use(path: Path) -> tuple[list[str], bytes]:
    """Does everything that reads; what check complains of, and the export."""
    with open_store(path, read_only=True) as store:
        complaints = list(store.check())
        for ask in (
            lambda: list(store.search(Query(words="trawler"))),
            lambda: [store.record(r.id) for r in store.reports()],
            store.status,
            lambda: [store.editions(r.id) for r in store.reports()],
            lambda: list(store.errors()),
            store.judgements,
            lambda: store.backup(path.with_suffix(".copy")),
        ):
            try:
                ask()
            except DatelineError:
                continue
        return complaints, exported(store)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, bytes]:
    """The bytes of a small archive, and its export."""
    path = tmp_path_factory.mktemp("sound") / "a.db"
    with open_store(path) as store:
        for one in (golden()[0], *(record(n) for n in range(4))):
            store.add(one, sketch=SketchRow(data=b"sketch"))
        lines = exported(store)
    return path.read_bytes(), lines


@pytest.mark.parametrize("seed", range(4))
def test_a_flipped_byte_is_found_or_hits_no_record(tmp_path: Path, sound: tuple[bytes, bytes], seed: int) -> None:
    whole, lines = sound
    chance = random.Random(seed)
    for n in range(FLIPS // 4):
        damaged = bytearray(whole)
        damaged[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        read_damaged(tmp_path / f"{n}.db", bytes(damaged), lines)


def test_a_file_cut_short_is_found(tmp_path: Path, sound: tuple[bytes, bytes]) -> None:
    whole, lines = sound
    chance = random.Random(5)
    for n in range(CUTS):
        read_damaged(tmp_path / f"{n}.db", whole[: chance.randrange(1, len(whole) - 1)], lines)


def read_damaged(path: Path, content: bytes, lines: bytes) -> None:
    """Either an error or a complaint tells of the damage, or what comes out is what went in."""
    path.write_bytes(content)
    try:
        complaints, got = use(path)
    except DatelineError:
        return
    assert complaints or got == lines


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own, of 12 MB: SQLite's log alone grows to 4 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=12m,mode=700", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(command, capture_output=True, check=False).returncode != 0:
        pytest.skip("no disk of its own can be mounted here (needs root and the right to mount)")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(store: Store, count: int) -> tuple[int, str]:
    """Adds reports; how many until one failed, and what was said."""
    for n in range(count):
        try:
            store.add(record(n))
        except StoreError as error:
            return n, str(error)
    return count, ""


def test_a_full_disk_is_told_and_the_archive_goes_on_after_space_is_freed(disk: Path, tmp_path: Path) -> None:
    ballast = disk / "ballast"
    ballast.write_bytes(b"x" * 11_000_000)
    path = disk / "a.db"
    with open_store(path) as store:
        full, said = fill(store, 400)
        assert "the disk is full: nothing of this step was written; free space" in said
        assert 0 < full < 400
        assert [len(list(store.reports())), store.status().records] == [full, full]
        assert list(store.check()) == []
        with pytest.raises(StoreError, match="the disk is full"):
            store.backup(disk / "copy.db")
        assert not list(disk.glob(".*part"))
    ballast.unlink()
    with open_store(path) as store:
        assert fill(store, 60) == (60, "")
        assert list(store.check()) == []
        lines = exported(store)
    with open_store(tmp_path / "b.db") as store:
        fill(store, max(full, 60))
        assert exported(store) == lines


def test_a_disk_that_cannot_be_written_is_read(disk: Path) -> None:
    path = disk / "a.db"
    with open_store(path) as store:
        store.add(record(1))
        lines = exported(store)
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    with open_store(path, read_only=True) as store:
        assert exported(store) == lines
        assert list(store.check()) == []
        assert len(list(store.search(Query(words="trawler", whole=True)))) == 2
    with pytest.raises(StoreError, match="for reading only"), open_store(path) as store:
        store.add(record(2))
    with pytest.raises(StoreError, match="can be made here"):
        open_store(disk / "b.db")


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (13, "disk is full"),
        (5, "another program"),
        (8, "permissions"),
        (10, "disk failed"),
        (11, "damaged"),
        (1, "cannot do"),
    ],
)
def test_what_sqlite_raises_is_told_in_words(code: int, said: str, tmp_path: Path) -> None:
    error = dbapi2.OperationalError("x")
    error.sqlite_errorcode = code | (3 << 8)
    assert said in str(of_file(tmp_path / "a.db", error))


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("53100", "disk is full"),
        ("55P03", "another program"),
        ("25006", "not writable"),
        ("XX001", "damage"),
        ("57P01", "cannot be reached"),
        (None, "cannot be reached"),
        ("42601", "cannot do"),
    ],
)
def test_what_a_server_raises_is_told_in_words_and_without_its_password(state: str | None, said: str) -> None:
    error = Exception("pass hunter2 here\nmore")
    error.sqlstate = state  # type: ignore[attr-defined]
    told = str(of_server("postgresql://db", "hunter2", error))
    assert said in told
    assert "hunter2" not in told
    assert "\n" not in told
