"""The path of an SQLite file in, connections and the words index of an archive in that file out."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from pysqlite3 import dbapi2
from sqlalchemy import ColumnElement, Connection, Engine, bindparam, create_engine, event, insert, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from dateline.errors import DamageError, StoreError
from dateline.store import troubles
from dateline.store.schema import texts

LEAST = (3, 51, 3)
"""SQLite from 3.7.0 to 3.51.2 may lose commits when two connections reset the write-ahead log at once."""
WAIT = 30.0
"""Seconds that SQLite waits for another writer, and the tries after which a person is told."""
TRIES = 4
MOMENT = 2.0
APPLICATION = 0x44544C4E
"""``DTLN``: marks the file as an archive of this program."""
LOG_LIMIT = 64 * 2**20
PRAGMAS = (
    "foreign_keys = ON",
    "synchronous = FULL",
    "secure_delete = ON",
    "trusted_schema = OFF",
    "cell_size_check = ON",
    f"journal_size_limit = {LOG_LIMIT}",
)


class Embedded:
    """An archive in one SQLite file (0600), with its write-ahead log beside it while it is open."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        refuse_old(dbapi2.sqlite_version_info)
        self.path, self.read_only = path, read_only
        self.shown = str(path)
        self.name = f"SQLite {dbapi2.sqlite_version}"
        self.engine = self._engine()
        self._opened = _state(path) if read_only and unwatched(path) else None

    def _engine(self) -> Engine:
        engine = create_engine(
            "sqlite+pysqlite://", module=dbapi2, creator=self._connect, poolclass=QueuePool, max_overflow=-1
        )
        event.listen(engine, "connect", self._prepare)
        event.listen(engine, "begin", _begin)
        return engine

    def _connect(self) -> Any:
        address = uri(self.path, read_only=self.read_only)
        return dbapi2.connect(address, uri=True, timeout=WAIT, check_same_thread=False)

    def _prepare(self, connection: Any, _: object) -> None:
        connection.isolation_level = None  # the driver begins nothing by itself: _begin does
        for pragma in (*PRAGMAS, *(("query_only = ON",) if self.read_only else ())):
            connection.execute(f"PRAGMA {pragma}")

    def told(self) -> AbstractContextManager[None]:
        """Errors of the engine as errors of the house."""
        return troubles.told_of_file(self.path)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One state of the archive, for as long as the connection is held. Raises :class:`StoreError` where it was
        written meanwhile and nothing tells which state was read."""
        before = self._still()
        try:
            with self.told(), self.engine.begin() as connection:
                yield connection
        except DamageError:
            self._unchanged(before)
            raise
        self._unchanged(before)

    def _still(self) -> tuple[int, int] | None:
        """What tells a file that is taken to be unchanging from a changed one; None where SQLite itself sees to that.
        Whoever began to write since it was opened is seen here."""
        if not self.read_only:
            return None
        now = _state(self.path) if unwatched(self.path) else None
        if now != self._opened:
            self.engine.dispose()
            self._opened = now
        return now

    def _unchanged(self, before: tuple[int, int] | None) -> None:
        if before is not None and (not unwatched(self.path) or _state(self.path) != before):
            self.engine.dispose()
            raise StoreError(
                f"{self.path}: somebody writes to it while it is read from a folder that cannot be written; "
                "run it again"
            )

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """The only writer, until the block ends; committed then, or rolled back where it raises."""
        if self.read_only:
            raise StoreError(f"{self.path}: opened for reading only")
        with self.told(), self.engine.connect() as connection, _begun(connection):
            yield connection
            connection.exec_driver_sql(f"PRAGMA user_version = {secrets.randbits(31)}")

    def mark(self, connection: Connection) -> None:
        """Writes into a new file whose it is."""
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION}")

    def settle(self, connection: Connection) -> None:
        """Nothing: SQLite goes on counting from the highest number by itself."""

    def copy_into(self, part: Path) -> None:
        """Writes the archive as it is now into an empty file, while others read and write."""
        with closing(dbapi2.connect(uri(self.path, read_only=True), uri=True, timeout=WAIT)) as connection:
            try:
                connection.execute("VACUUM INTO ?", (str(part),))
            except dbapi2.Error as error:
                raise troubles.of_file(part, error) from None

    def index(self, connection: Connection, report: int, words: Sequence[str]) -> None:
        """Makes a report found by its words."""
        connection.execute(insert(texts).values(rowid=report, words=" ".join(words)))

    def unindex(self, connection: Connection, report: int) -> None:
        """Takes a report's words out of the index, and off the disk."""
        connection.execute(texts.delete().where(texts.c.rowid == report))

    def indexed(self, connection: Connection, report: int, words: Sequence[str]) -> bool:
        """Whether the index holds these words for a report."""
        held = connection.execute(select(texts.c.words).where(texts.c.rowid == report)).scalars().all()
        return held == [" ".join(words)]

    def matching(self, report: ColumnElement[int], phrases: Sequence[Sequence[str]]) -> ColumnElement[bool]:
        """The condition that a report holds all phrases."""
        asked = " ".join(f'"{" ".join(phrase)}"' for phrase in phrases)
        found = select(texts.c.rowid).where(
            text("texts MATCH :asked").bindparams(bindparam("asked", asked, unique=True))
        )
        return report.in_(found)

    def damage(self, connection: Connection) -> Iterator[str]:
        """What SQLite itself finds wrong with the file."""
        for line in connection.exec_driver_sql("PRAGMA integrity_check").scalars():
            if line != "ok":
                yield f"{self.path}: {line}"
        for table, row, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
            yield f"{self.path}: row {row} of {table} refers to a row of {parent} that is not there"
        for row in connection.execute(text("SELECT rowid FROM texts EXCEPT SELECT number FROM reports")).scalars():
            yield f"{self.path}: the words of report number {row} stand in the index, and there is no such report"

    def size(self, connection: Connection) -> int:
        """Bytes of the archive, without its log."""
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        return int(pages * connection.exec_driver_sql("PRAGMA page_size").scalar_one())

    def state(self, _: Connection) -> str:
        """When file and log were written last, and how long they are."""
        found = (_state(self.path), _state(self.path.with_name(self.path.name + "-wal")))
        return "-".join(f"{number:x}" for file in found for number in file)

    def stamp(self, connection: Connection) -> str | None:
        """A number by chance that every write leaves in the file."""
        return f"{int(connection.exec_driver_sql('PRAGMA user_version').scalar_one()):x}"

    def purge(self) -> None:
        """Empties the log, unless somebody reads for longer than a moment: what was deleted stands in it until
        then."""
        with closing(dbapi2.connect(uri(self.path, read_only=False), uri=True, timeout=MOMENT)) as connection:
            try:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            except dbapi2.Error as error:
                raise troubles.of_file(self.path, error) from None

    def dispose(self) -> None:
        """Closes the file; the last one to do so folds the log into it."""
        self.engine.dispose()


def refuse_old(version: tuple[int, ...]) -> None:
    """Raises :class:`StoreError` for an SQLite that may lose what was committed."""
    if version < LEAST:
        shown = ".".join(map(str, version))
        raise StoreError(
            f"SQLite {shown} may lose what was committed when two programs use an archive; install pysqlite3 0.6.1 or "
            "newer, which brings SQLite 3.51.3 or newer"
        )


def unwatched(path: Path) -> bool:
    """Whether a reader can only take a file for unchanging: no log can be made in its folder, nothing stands in one,
    and no writer has opened it."""
    log, shared = (path.with_name(path.name + end) for end in ("-wal", "-shm"))
    written = log.exists() and (log.stat().st_size > 0 or shared.exists())
    return not written and not os.access(path.parent, os.W_OK)


def _state(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:
        return 0, 0
    return found.st_mtime_ns, found.st_size


def _begin(connection: Connection) -> None:
    statement = connection.get_execution_options().get("begin", "BEGIN")
    if statement:
        connection.exec_driver_sql(statement)


@contextmanager
def _begun(connection: Connection) -> Iterator[None]:
    connection = connection.execution_options(begin="BEGIN IMMEDIATE")
    for left in reversed(range(TRIES)):
        try:
            transaction = connection.begin()
            break
        except DBAPIError as error:
            if not left or troubles.sqlite_code(error.orig or error) != troubles.BUSY:
                raise
    with transaction:
        yield


def create_file(path: Path) -> None:
    """An empty file that only its owner reads; SQLite gives the files beside it the same rights."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise StoreError(
            f"{path}: no archive can be made here ({error.strerror}); name a folder that can be written"
        ) from None


def is_file(path: Path) -> bool:
    """Whether there is something in this place. Raises :class:`StoreError` where it is a folder."""
    if path.is_dir():
        raise StoreError(f"{path}: a folder; name a file in it")
    return path.exists()


def schema_in(path: Path) -> str | None:
    """The schema of the archive in a file, None in an empty one. Raises :class:`StoreError` for a file that is
    something else. Changes no byte."""
    try:
        with closing(dbapi2.connect(uri(path, read_only=True), uri=True, timeout=WAIT)) as connection:
            tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema")}
            marked = connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION
            if tables and marked:
                return str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])
    except dbapi2.Error as error:
        if troubles.sqlite_code(error) == troubles.NOTADB:
            raise StoreError(f"{path}: not an archive; name another path") from None
        raise troubles.of_file(path, error) from None
    except (TypeError, UnicodeDecodeError):
        raise DamageError(f"{path}: the archive is damaged and does not say its schema; restore a backup") from None
    if tables:
        raise StoreError(f"{path}: an SQLite file of another program; name another path")
    return None


def uri(path: Path, *, read_only: bool) -> str:
    """How SQLite is told to open a file that is there."""
    mode = "ro" if read_only else "rw"
    if read_only and unwatched(path):
        mode += "&immutable=1"
    return f"file:{quote(os.fsencode(path.absolute()))}?mode={mode}"


def log_ahead(path: Path) -> None:
    """Turns on the write-ahead log, which the file remembers: readers and a writer do not wait for each other."""
    with troubles.told_of_file(path), closing(dbapi2.connect(str(path), timeout=WAIT)) as connection:
        try:
            mode = connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
        except dbapi2.DatabaseError as error:
            raise troubles.of_file(path, error) from None
    if mode != "wal":
        raise StoreError(f"{path}: this disk takes no write-ahead log; put the archive on a local disk")
