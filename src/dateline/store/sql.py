"""An engine in, the archive in it out: every call of the protocol, each in one transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from sqlalchemy import Connection, func, or_, select

from dateline.errors import StoreError
from dateline.model import Record, Rejection
from dateline.store import adding, checking, copying, counting, editions, judging, ledger, placing, searching
from dateline.store.engines import Engine
from dateline.store.nouns import (
    Change,
    Edition,
    Hit,
    Judgement,
    JudgementKind,
    Key,
    Placement,
    Provenance,
    Query,
    Receipt,
    Report,
    SketchRow,
    Status,
    Story,
    WorldHits,
)
from dateline.store.rows import unpacked
from dateline.store.schema import records, reports


class SqlStore:
    """The :class:`~dateline.store.Store` over an engine; the protocol says what each call does."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._closed = False

    def __repr__(self) -> str:
        return f"Archive({self._engine.shown!r})"

    @property
    def _open(self) -> Engine:
        if self._closed:
            raise StoreError(f"{self._engine.shown}: the archive was closed; open it again")
        return self._engine

    def add(
        self,
        result: Record | Rejection,
        given: Provenance | None = None,
        *,
        sketch: SketchRow | None = None,
        readmit: bool = False,
    ) -> Receipt:
        return adding.add(self._open, result, given, sketch, readmit)

    def refile(self, record: Record, sketch: SketchRow) -> None:
        adding.refile(self._open, record, sketch)

    def finished(self, keys: Collection[str]) -> set[str]:
        with self._open.read() as connection:
            return ledger.finished(connection, keys)

    def errors(self) -> Iterator[Rejection]:
        with self._open.read() as connection:
            yield from ledger.errors(connection)

    def forget(self, report: str, reason: str, *, renew: Collection[str] = ()) -> None:
        adding.forget(self._open, report, reason, renew)

    def report(self, id: str) -> Report:
        with self._open.read() as connection:
            return searching.find(connection, id)

    def record(self, report: str) -> Record:
        with self._open.read() as connection:
            return _record(connection, report)

    def reports(self, query: Query | None = None) -> Iterator[Report]:
        engine = self._open
        with engine.read() as connection:
            yield from searching.found_reports(engine, connection, query or Query(limit=None))

    def search(self, query: Query) -> Iterator[Hit]:
        engine = self._open
        with engine.read() as connection:
            yield from searching.found_events(engine, connection, query)

    def status(self) -> Status:
        engine = self._open
        with engine.read() as connection:
            return counting.status(engine, connection)

    def state(self) -> str:
        engine = self._open
        with engine.read() as connection:
            return engine.state(connection)

    def stamp(self) -> str | None:
        engine = self._open
        with engine.read() as connection:
            written = engine.stamp(connection)
            if written is None:
                return None
            counted = select(func.count(), func.max(reports.c.number)).select_from(reports)
            held = connection.execute(counted).one()
        return "-".join([written, *(f"{int(number or 0):x}" for number in held)])

    def editions(self, report: str) -> tuple[Edition, ...]:
        with self._open.read() as connection:
            first = searching.find(connection, report)
            root = first.edition_of or first.id
            group = or_(reports.c.id == root, reports.c.edition_of == root)
            ids = connection.execute(select(reports.c.id).where(group).order_by(reports.c.number)).scalars().all()
            found: list[Edition] = []
            before = None
            for edition in ids:
                article = _record(connection, edition).article
                changed = editions.fields_changed(before, article) if before else ()
                found.append(Edition(report=searching.find(connection, edition), changed=changed))
                before = article
            return tuple(found)

    def changes(self, left: str, right: str) -> tuple[Change, ...]:
        with self._open.read() as connection:
            old, new = _record(connection, left).article, _record(connection, right).article
        return editions.changes(old, new)

    def put_sketch(self, report: str, sketch: SketchRow) -> None:
        with self._open.write() as connection:
            placing.put_sketch(connection, placing.number_of(connection, report), report, sketch)

    def sketches(self, reports: Collection[str]) -> dict[str, bytes]:
        with self._open.read() as connection:
            return placing.sketches_of(connection, reports)

    def neighbours(self, keys: Iterable[Key], limit: int | None) -> dict[Key, tuple[str, ...]]:
        with self._open.read() as connection:
            return placing.neighbours(connection, keys, limit)

    def stale(self, limit: int | None = None) -> tuple[str, ...]:
        with self._open.read() as connection:
            return placing.stale(connection, limit)

    def renew(self, reports: Collection[str]) -> None:
        with self._open.write() as connection:
            placing.mark_stale(connection, reports)

    def turn(self) -> int:
        with self._open.read() as connection:
            return placing.turn(connection)

    def place(
        self,
        placements: Iterable[Placement],
        *,
        as_of: int | None = None,
        seen: Mapping[str, Collection[str]] | None = None,
        beside: Mapping[str, Placement] | None = None,
        renew: Collection[str] = (),
    ) -> bool:
        ready = list(placements)
        with self._open.write() as connection:
            if as_of is not None and placing.turn(connection) != as_of:
                return False
            if seen is not None and not placing.unchanged(connection, ready, seen):
                return False
            if beside is not None and not placing.undisturbed(connection, beside):
                return False
            placing.place(connection, ready)
            placing.mark_stale(connection, renew)
        return True

    def components(self, reports: Collection[str]) -> dict[str, str]:
        with self._open.read() as connection:
            return placing.components_of(connection, reports)

    def placements(self, reports: Collection[str]) -> dict[str, Placement]:
        with self._open.read() as connection:
            return placing.placements_of(connection, reports)

    def members(self, components: Collection[str]) -> dict[str, tuple[str, ...]]:
        with self._open.read() as connection:
            return placing.members(connection, components)

    def stories(self) -> Iterator[Story]:
        with self._open.read() as connection:
            yield from placing.stories(connection)

    def worlds(self, query: Query) -> Iterator[WorldHits]:
        engine = self._open
        with engine.read() as connection:
            yield from searching.found_worlds(engine, connection, query)

    def judge(
        self,
        kind: JudgementKind,
        left: str,
        right: str | None = None,
        value: str | None = None,
        *,
        by: str,
        note: str = "",
        reports: Collection[str] = (),
    ) -> Judgement:
        with self._open.write() as connection:
            return judging.judge(connection, kind, left, right, value, by=by, note=note, wanted=reports)

    def judgements(self, *, withdrawn: bool = False) -> tuple[Judgement, ...]:
        with self._open.read() as connection:
            return judging.listed(connection, withdrawn=withdrawn)

    def withdraw(self, judgement: int) -> Judgement:
        with self._open.write() as connection:
            return judging.withdraw(connection, judgement)

    def check(self) -> Iterator[str]:
        yield from checking.complaints(self._open)

    def backup(self, to: Path, *, replace: bool = False) -> None:
        copying.backup(self._open, to, replace)

    def export(self, out: BinaryIO) -> int:
        with self._open.read() as connection:
            return copying.export(connection, out)

    def close(self) -> None:
        self._closed = True
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _record(connection: Connection, report: str) -> Record:
    row = connection.execute(
        select(records).join(reports, reports.c.number == records.c.report).where(reports.c.id == report)
    ).one_or_none()
    if row is None:
        raise StoreError(f"no report {report} here; `status` and `search` show what there is")
    return unpacked(report, row.sha256, row.body)
