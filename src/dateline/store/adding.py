"""What came of one input in, its rows in every table out, inside one transaction; and the way back: forgetting."""

from __future__ import annotations

from collections.abc import Collection

from msgspec.structs import replace
from sqlalchemy import Connection, Table, delete, insert, select, update

from dateline.errors import StoreError
from dateline.model import Record, Rejection
from dateline.store import editions, ledger
from dateline.store.engines import Engine
from dateline.store.identity import digest, input_key
from dateline.store.nouns import Provenance, Receipt, SketchRow
from dateline.store.placing import mark_stale, put_sketch
from dateline.store.rows import Filed, Row, filed
from dateline.store.schema import (
    EVENT_BITS,
    edition_keys,
    events,
    forgotten,
    holders,
    inputs,
    parties,
    records,
    reports,
    sentences,
)


def add(
    engine: Engine, result: Record | Rejection, given: Provenance | None, sketch: SketchRow | None, readmit: bool
) -> Receipt:
    """See :meth:`dateline.store.Store.add`; everything that takes time is done before the transaction begins."""
    if isinstance(result, Rejection):
        known = ledger.known_input(result, given, None)
        with engine.write() as connection:
            return _reject(connection, input_key(known), known, result)
    rows = filed(result)
    known = ledger.known_input(result, given, rows.id)
    with engine.write() as connection:
        return _Adding(engine, connection, rows, known, result.article.id).add(sketch, readmit)


def _reject(connection: Connection, key: str, given: Provenance, error: Rejection) -> Receipt:
    """An input that was not read is known by origin, place and id alone: where those became a report before, nothing is
    entered, and where they ended in another error, this one takes its place."""
    row = ledger.entry(connection, key)
    there = row if row is not None and row.kind in {"record", "duplicate"} else None
    there = there or ledger.ended(connection, given.origin, error.id)
    if there is not None:
        return Receipt(kind="duplicate", report=there.report, counted=False)
    if row is not None:
        return Receipt(kind="error", counted=False)
    before = ledger.replaced(connection, given, error.id)
    ledger.enter(connection, key, given, "error", known=False, article=error.id, error=error)
    return Receipt(kind="error", counted=not before)


class _Adding:
    """A record on its way into the tables."""

    def __init__(self, engine: Engine, connection: Connection, rows: Filed, given: Provenance, article: str) -> None:
        self.engine, self.connection, self.rows = engine, connection, rows
        self.given, self.article = given, article
        self.key = input_key(given)

    def add(self, sketch: SketchRow | None, readmit: bool) -> Receipt:
        row = ledger.entry(self.connection, self.key)
        if row is not None and row.report not in {None, self.rows.id}:
            # the same input, read into another report than before: an input of its own, so that the sums hold
            self.given = replace(self.given, fingerprint=digest(self.given.fingerprint, self.rows.id))
            self.key = input_key(self.given)
            row = ledger.entry(self.connection, self.key)
        there = self.connection.execute(
            select(reports.c.id, reports.c.edition_of).where(reports.c.id == self.rows.id)
        ).one_or_none()
        if there is not None:
            counted = row is None or row.report is None
            if counted:
                self._enter("duplicate", row is not None)
            self._settle()
            return Receipt(kind="duplicate", report=there.id, edition_of=there.edition_of, counted=counted)
        if not readmit and (refusal := self._refusal()):
            return _reject(self.connection, self.key, self.given, refusal)
        edition_of = self._file(sketch)
        self._enter("record", row is not None)
        self._settle()
        return Receipt(kind="record", report=self.rows.id, edition_of=edition_of)

    def _enter(self, kind: str, known: bool) -> None:
        ledger.enter(
            self.connection, self.key, self.given, kind, known=known, article=self.article, report=self.rows.id
        )

    def _settle(self) -> None:
        ledger.settle(self.connection, self.given.origin, self.article, but=self.key)

    def _refusal(self) -> Rejection | None:
        """Why a forgotten report is not taken in again."""
        row = self.connection.execute(select(forgotten).where(forgotten.c.report == self.rows.id)).one_or_none()
        if row is None:
            return None
        return Rejection(
            id=self.article,
            stage="store",
            reason=f"report {row.report} was forgotten on {row.at[:10]}: {row.reason}",
            hint="add it with readmit to take it in again",
        )

    def _file(self, sketch: SketchRow | None) -> str | None:
        rows, connection = self.rows, self.connection
        connection.execute(delete(forgotten).where(forgotten.c.report == rows.id))
        number = connection.execute(
            insert(reports).values(id=rows.id, added_at=ledger.now(), **rows.columns).returning(reports.c.number)
        ).scalar_one()
        connection.execute(insert(records).values(report=number, sha256=rows.sha256, body=rows.body))
        for table, found in tables(rows, number):
            if found:
                connection.execute(insert(table), found)
        self.engine.index(connection, number, rows.words)
        if sketch is not None:
            put_sketch(connection, number, rows.id, sketch)
        return editions.link(connection, rows.id, rows.edition_keys)


def refile(engine: Engine, record: Record, sketch: SketchRow) -> None:
    """See :meth:`dateline.store.Store.refile`."""
    rows = filed(record)
    with engine.write() as connection:
        number = connection.execute(select(reports.c.number).where(reports.c.id == rows.id)).scalar()
        if number is None:
            raise StoreError(f"no report {rows.id} here; `status` and `search` show what there is")
        connection.execute(update(reports).where(reports.c.number == number).values(merged=False, **rows.columns))
        connection.execute(update(records).where(records.c.report == number).values(sha256=rows.sha256, body=rows.body))
        connection.execute(delete(events).where(events.c.report == number))
        for table, found in tables(rows, number):
            if found and table is not edition_keys:
                connection.execute(insert(table), found)
        put_sketch(connection, number, rows.id, sketch)


def tables(rows: Filed, number: int) -> list[tuple[Table, list[Row]]]:
    """Tables and what stands in them for a report of this number."""
    first = number << EVENT_BITS
    return [
        (edition_keys, [{"key": key, "report": number} for key in rows.edition_keys]),
        (events, [{"number": first + n, "report": number, **row} for n, row in enumerate(rows.events)]),
        (parties, _numbered(first, rows.parties)),
        (holders, _numbered(first, rows.holders)),
        (sentences, [{"event": first + n, **row} for n, (row,) in enumerate(rows.sentences)]),
    ]


def _numbered(first: int, rows: list[list[Row]]) -> list[Row]:
    return [
        {"event": first + n, "position": position, **row}
        for n, group in enumerate(rows)
        for position, row in enumerate(group)
    ]


def forget(engine: Engine, report: str, reason: str, renew: Collection[str] = ()) -> None:
    """See :meth:`dateline.store.Store.forget`."""
    with engine.write() as connection:
        row = connection.execute(select(reports).where(reports.c.id == report)).one_or_none()
        if row is None:
            raise StoreError(f"no report {report} here; `status` and `search` show what there is")
        editions.unlink(connection, report)
        scrubbed = dict.fromkeys(("report", "origin", "position", "article", "stage", "reason", "hint"))
        connection.execute(update(inputs).where(inputs.c.report == report).values(kind=ledger.TOMBSTONE, **scrubbed))
        if row.component is not None:
            connection.execute(update(reports).where(reports.c.component == row.component).values(merged=False))
        connection.execute(update(reports).where(reports.c.copy_of == report).values(copy_of=None, merged=False))
        mark_stale(connection, renew)
        engine.unindex(connection, row.number)
        connection.execute(delete(reports).where(reports.c.number == row.number))
        connection.execute(insert(forgotten).values(report=report, reason=reason, at=ledger.now()))
    engine.purge()
