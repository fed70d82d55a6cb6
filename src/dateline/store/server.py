"""The address of a PostgreSQL database in, connections and the words index of an archive in it out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager

from sqlalchemy import ColumnElement, Connection, Select, cast, create_engine, intersect, make_url, select, text
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError

from dateline.errors import StoreError
from dateline.store import troubles
from dateline.store.schema import metadata, texts

WRITER = 0x44544C4E
"""The advisory lock that makes writers wait for each other, as they do on a file."""
WAIT = "120s"
CONNECT = 10
"""Seconds until a server that does not answer is told."""
MOST = 20
"""Connections of one process beside the five that it keeps."""
PART, OVERLAP = 2_000, 50
"""Words of a row of the index, and how many of them the next row repeats: a tsvector holds 1 MB, 16,383 positions and
256 places of one word. A phrase longer than the overlap may be missed where it stands across an edge."""


class Server:
    """An archive in a PostgreSQL database of its own."""

    def __init__(self, address: str, *, read_only: bool = False) -> None:
        url = _url(address)
        self.read_only = read_only
        self.shown = url.set(drivername="postgresql", query={}).render_as_string()
        self._secret = url.password or str(url.query.get("password", ""))
        try:
            self.engine = create_engine(
                url, pool_pre_ping=True, max_overflow=MOST, connect_args={"connect_timeout": CONNECT}
            )
        except ImportError:
            raise StoreError('a server needs psycopg: pip install "dateline[pg]"') from None
        with self.read() as connection:
            self.name = "PostgreSQL " + str(connection.execute(text("SHOW server_version")).scalar_one())

    def told(self) -> AbstractContextManager[None]:
        """Errors of the engine as errors of the house."""
        return troubles.told_of_server(self.shown, self._secret)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One state of the archive, for as long as the connection is held."""
        options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        with self.told(), self.engine.connect().execution_options(**options) as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """The only writer, until the block ends; committed then, or rolled back where it raises."""
        if self.read_only:
            raise StoreError(f"{self.shown}: opened for reading only")
        with self.told(), self.engine.begin() as connection:
            connection.execute(text(f"SET LOCAL lock_timeout = '{WAIT}'"))
            connection.execute(text(f"SELECT pg_advisory_xact_lock({WRITER})"))
            yield connection

    def mark(self, connection: Connection) -> None:
        """Nothing: the database is the archive's own."""

    def settle(self, connection: Connection) -> None:
        """Goes on counting from the rows that were copied in with their numbers."""
        for table, column in (("reports", "number"), ("judgements", "id")):
            connection.execute(
                text(
                    f"SELECT setval(pg_get_serial_sequence('{table}', '{column}'), max({column})) FROM {table} "  # noqa: S608
                    f"HAVING max({column}) IS NOT NULL"
                )
            )

    def index(self, connection: Connection, report: int, words: Sequence[str]) -> None:
        """Makes a report found by its words."""
        rows = [{"report": report, "part": part, "words": vector} for part, vector in enumerate(_vectors(words))]
        if rows:
            connection.execute(text("INSERT INTO texts VALUES (:report, :part, CAST(:words AS tsvector))"), rows)

    def unindex(self, connection: Connection, report: int) -> None:
        """Takes a report's words out of the index."""
        connection.execute(texts.delete().where(texts.c.report == report))

    def indexed(self, connection: Connection, report: int, words: Sequence[str]) -> bool:
        """Whether the index holds these words for a report."""
        same = text("SELECT words = CAST(:words AS tsvector) FROM texts WHERE report = :report AND part = :part")
        wanted = _vectors(words)
        held = connection.execute(text("SELECT count(*) FROM texts WHERE report = :report"), {"report": report})
        return held.scalar_one() == len(wanted) and all(
            connection.execute(same, {"report": report, "part": part, "words": vector}).scalar()
            for part, vector in enumerate(wanted)
        )

    def matching(self, report: ColumnElement[int], phrases: Sequence[Sequence[str]]) -> ColumnElement[bool]:
        """The condition that a report holds all phrases."""
        return report.in_(intersect(*(_holding(" <-> ".join(phrase)) for phrase in phrases)))

    def damage(self, connection: Connection) -> Iterator[str]:
        """What the server has found wrong with its pages, where it keeps their checksums."""
        failures = connection.execute(
            text("SELECT checksum_failures FROM pg_stat_database WHERE datname = current_database()")
        ).scalar()
        if failures:
            yield f"{self.shown}: {failures} pages did not have their checksum"

    def size(self, connection: Connection) -> int:
        """Bytes of the archive's tables and indices."""
        names = [*metadata.tables, texts.name]
        sizes = (connection.execute(text("SELECT pg_total_relation_size(:name)"), {"name": name}) for name in names)
        return sum(int(size.scalar_one()) for size in sizes)

    def state(self, connection: Connection) -> str:
        """How many rows were ever written, as the server counts them (it may be a moment late)."""
        asked = "SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0) FROM pg_stat_user_tables"
        return f"{int(connection.execute(text(asked)).scalar_one()):x}"

    def purge(self) -> None:
        """Nothing: the server's own vacuum frees what was deleted."""

    def dispose(self) -> None:
        """Closes the connections."""
        self.engine.dispose()


def _holding(asked: str) -> Select[int]:
    return select(texts.c.report).where(texts.c.words.op("@@")(cast(asked, TSQUERY)))


def _vectors(words: Sequence[str]) -> list[str]:
    """The rows of the index as tsvector literals; words are letters and digits alone, so nothing in them is syntax."""
    starts = range(0, max(len(words) - OVERLAP, 1), PART - OVERLAP)
    parts = (words[start : start + PART] for start in starts)
    return [" ".join(f"'{word}':{place}" for place, word in enumerate(part, 1)) for part in parts if part]


def _url(address: str) -> URL:
    """Raises :class:`StoreError`, without repeating the address, where it is none of PostgreSQL."""
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        raise StoreError("not an address of a server; write postgresql://user@host/database") from None
    if url.drivername not in {"postgresql", "postgres", "postgresql+psycopg"}:
        raise StoreError(f"{url.drivername}: not a kind of archive; write a path, or postgresql://user@host/database")
    return url.set(drivername="postgresql+psycopg")
