"""Opening (dateline.store.opening, doors, migrating, migrations, schema, engines, embedded, server, archive): made,
found, migrated, refused."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import shutil
import sqlite3
import stat
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from pysqlite3 import dbapi2
from sqlalchemy import text

from dateline.errors import StoreError
from dateline.store import Store, embedded, migrating, open_store
from dateline.store.embedded import refuse_old
from dateline.store.opening import open_engine
from dateline.store.schema import metadata
from tests.store.conftest import Places
from tests.store.reports import record
from tests.store.test_adding import exported

SHELF = Path(__file__).parent / "schemas"


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file that holds an archive of one report."""
    path = tmp_path / "a.db"
    with open_store(path) as store:
        store.add(record(1))
    return path


def test_an_archive_is_made_and_found_again(places: Places) -> None:
    where = places()
    with open_store(where) as store:
        store.add(record(1))
        lines = exported(store)
    with open_store(where) as store:
        assert exported(store) == lines
        assert store.status().schema == migrating.current()
    with open_store(where, read_only=True) as store:
        assert exported(store) == lines
        with pytest.raises(StoreError, match="for reading only"):
            store.add(record(2))


def test_what_is_not_there_is_not_made_unasked(places: Places) -> None:
    where = places()
    for asked in ({"create": False}, {"read_only": True}):
        with pytest.raises(StoreError, match="no archive here"):
            open_store(where, **asked)
    assert not Path(where).exists()


def test_a_closed_archive_says_so(store: Store) -> None:
    store.close()
    store.close()
    with pytest.raises(StoreError, match="was closed"):
        store.status()


def test_only_its_owner_reads_the_files(path: Path) -> None:
    before = os.umask(0)
    try:
        with open_store(path.with_name("b.db")) as store:
            store.add(record(1))
            modes = {f.name: stat.S_IMODE(f.stat().st_mode) for f in path.parent.glob("b.db*")}
    finally:
        os.umask(before)
    assert modes == dict.fromkeys(("b.db", "b.db-wal", "b.db-shm"), 0o600)


def test_one_file_is_left_when_all_have_closed(path: Path) -> None:
    assert [file.name for file in path.parent.iterdir()] == ["a.db"]
    with open_store(path, read_only=True) as store:
        store.status()
    assert [file.name for file in path.parent.iterdir() if file.stat().st_size > 32 * 1024] == ["a.db"]


def test_the_migrations_make_the_tables_that_the_code_speaks_of(places: Places) -> None:
    engine = open_engine(places())
    with engine.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found = [one for one in compare_metadata(context, metadata) if "texts" not in str(one)]
    engine.dispose()
    assert found == []


def test_an_archive_of_a_newer_release_is_refused_unharmed(path: Path, places: Places) -> None:
    with sqlite3.connect(path) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.close()
    before = sha256(path)
    for read_only in (False, True):
        with pytest.raises(StoreError, match=r"newer Dateline \(schema 9999"):
            open_store(path, read_only=read_only)
    assert sha256(path) == before

    where = places()
    engine = open_engine(where)
    with engine.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(StoreError, match="nothing was changed"):
        open_store(where)


def kept(old: object, new: object) -> bool:
    """Whether everything that an export held then stands in that of today, which may tell more."""
    if isinstance(old, dict) and isinstance(new, dict):
        return all(key in new and kept(value, new[key]) for key, value in old.items())
    if isinstance(old, list) and isinstance(new, list):
        return len(old) == len(new) and all(map(kept, old, new))
    return old == new


@pytest.mark.parametrize("file", sorted(SHELF.glob("*.db.gz")), ids=lambda file: file.name[:4])
def test_an_archive_of_every_release_opens(file: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    path.write_bytes(gzip.decompress(file.read_bytes()))
    with open_store(path) as store:
        assert list(store.check()) == []
        before = gzip.decompress(file.with_name(file.name[:4] + ".jsonl.gz").read_bytes()).splitlines()
        now = exported(store).splitlines()
        assert len(now) == len(before)
        assert all(kept(json.loads(old), json.loads(new)) for old, new in zip(before, now, strict=True))
        assert (store.status().records, store.status().errors, len(store.judgements())) == (3, 1, 1)


def test_there_is_an_archive_of_every_schema() -> None:
    assert [file.name[:4] for file in sorted(SHELF.glob("*.db.gz"))] == list(migrating.SCHEMAS)


@pytest.fixture
def next_release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A release with one more schema; the file of its step may be changed."""
    folder = tmp_path / "migrations"
    shutil.copytree(migrating.FOLDER, folder)
    step = folder / "versions" / "rev_9000.py"
    step.write_text(
        "from alembic import op\nrevision, down_revision = '9000', '0004'\n\n\ndef upgrade():\n"
        "    op.execute('CREATE TABLE novelty (x integer)')\n"
        "    op.execute(\"UPDATE reports SET story = 'migrated'\")\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(migrating, "FOLDER", folder)
    monkeypatch.setattr(migrating, "SCHEMAS", (*migrating.SCHEMAS, "9000"))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    return step


@pytest.fixture
def older(places: Places) -> str:
    """An archive of this release."""
    where = places()
    with open_store(where) as store:
        store.add(record(1))
    return where


def test_an_older_archive_is_brought_up_to_date_on_opening(older: str, next_release: Path) -> None:
    with pytest.raises(StoreError, match="older Dateline; open it once for writing"):
        open_store(older, read_only=True)
    with open_store(older) as store:
        assert store.status().schema == "9000"
        assert [r.story for r in store.reports()] == ["migrated"]
    with open_store(older) as store:
        assert exported(store).count(b"\n") == 1


def test_a_migration_that_breaks_off_leaves_the_old_archive_and_can_be_run_again(
    older: str, next_release: Path
) -> None:
    whole = next_release.read_text(encoding="utf-8")
    next_release.write_text(whole + "    raise KeyboardInterrupt\n", encoding="utf-8")
    with pytest.raises(KeyboardInterrupt):
        open_store(older)
    next_release.write_text(whole, encoding="utf-8")
    with open_store(older) as store:
        assert [r.story for r in store.reports()] == ["migrated"]


def test_what_is_something_else_is_refused_unharmed(tmp_path: Path) -> None:
    words = tmp_path / "notes.txt"
    words.write_text("These are notes, and no archive. " * 40, encoding="utf-8")
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE t (x)")
    connection.close()
    for path, why in ((words, "not an archive"), (other, "of another program"), (tmp_path, "a folder")):
        before = sha256(path) if path.is_file() else ""
        with pytest.raises(StoreError, match=why):
            open_store(path)
        assert not path.is_file() or sha256(path) == before
    with pytest.raises(StoreError, match="can be made here"):
        open_store(tmp_path / "missing" / "a.db")


def test_an_empty_file_becomes_an_archive(tmp_path: Path) -> None:
    path = tmp_path / "a b?c%d#.db"
    path.touch()
    with open_store(path) as store:
        store.add(record(1))
    with open_store(path, create=False) as store:
        assert store.status().records == 1


def test_an_sqlite_that_may_lose_commits_is_refused() -> None:
    for version in ((3, 40, 1), (3, 51, 2)):
        with pytest.raises(StoreError, match="pysqlite3"):
            refuse_old(version)
    refuse_old((3, 51, 3))
    refuse_old(dbapi2.sqlite_version_info)


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://ada:hunter2@127.0.0.1:1/archive?connect_timeout=1",
        "postgresql://ada@127.0.0.1:1/archive?password=hunter2",
        "postgresql+psycopg://ada:hunter2@127.0.0.1:1/archive",
        "mysql://ada:hunter2@db/archive",
        "postgresql://ada:hunter2@[::1/archive",
        "postgresql://ada:hunter2@host:port/archive",
    ],
)
def test_no_message_says_a_password(address: str) -> None:
    with pytest.raises(StoreError) as raised:
        open_store(address)
    assert "hunter2" not in str(raised.value)
    assert raised.value.__cause__ is None
    assert raised.value.__suppress_context__ or raised.value.__context__ is None


def test_a_reader_that_cannot_make_a_log_sees_a_writer_and_calls_it_no_damage(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded, "os", SimpleNamespace(**{**vars(os), "access": lambda *_: False}))
    with open_store(path, read_only=True) as reader:
        assert embedded.unwatched(path)
        assert [r.article for r in reader.reports()] == ["a1"]
        with open_store(path) as writer:
            for n in range(2, 30):
                writer.add(record(n))
            assert not embedded.unwatched(path)
            assert len(list(reader.reports())) == 29
        assert len(list(reader.reports())) == 29
        assert list(reader.check()) == []


def test_what_was_written_while_an_unchanging_file_was_read_is_told(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded, "os", SimpleNamespace(**{**vars(os), "access": lambda *_: False}))
    with open_store(path, read_only=True) as reader:
        found = reader.reports()
        next(found)
        with open_store(path) as writer:
            writer.add(record(2))
        with pytest.raises(StoreError, match="somebody writes to it"):
            list(found)
        assert len(list(reader.reports())) == 2
