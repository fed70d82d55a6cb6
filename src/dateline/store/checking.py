"""An archive in, a line out for everything in it that is not as it was written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlalchemy import Column, Connection, Row, Table, and_, func, not_, or_, select

from dateline.errors import DamageError, StoreError
from dateline.store import seals
from dateline.store.adding import tables
from dateline.store.chunks import chunks, streamed_together
from dateline.store.engines import Engine
from dateline.store.ledger import TOMBSTONE
from dateline.store.placing import keys_of
from dateline.store.rows import Filed, filed, unpacked
from dateline.store.schema import (
    EVENT_BITS,
    edition_keys,
    events,
    holders,
    inputs,
    judgements,
    parties,
    records,
    reports,
    sentences,
    sketches,
)

MERGED = "world"
"""The column of an event that the merge fills and the record does not tell."""
CHILDREN = (edition_keys, events, parties, holders, sentences)
Values = dict[str, Any]


def complaints(engine: Engine) -> Iterator[str]:
    """See :meth:`dateline.store.Store.check`. Each part is asked on its own, so that damage in one hides no other."""
    yield from _asked(engine, engine.damage)
    numbers: list[int] = []
    yield from _asked(engine, lambda connection: _listed(connection, numbers))
    for some in chunks(numbers):
        yield from _of_reports(engine, some)
    yield from _asked(engine, _sketches)
    yield from _asked(engine, _judgements)
    yield from _asked(engine, _sums)


def _asked(engine: Engine, ask: Callable[[Connection], Iterator[str]]) -> list[str]:
    """What one part complains of; where it cannot be asked, that."""
    found: list[str] = []
    try:
        with engine.read() as connection:
            found.extend(ask(connection))
    except StoreError as error:
        found.append(str(error))
    return found


def _listed(connection: Connection, numbers: list[int]) -> Iterator[str]:
    numbers.extend(connection.execute(select(reports.c.number)).scalars())
    yield from ()


def _of_reports(engine: Engine, numbers: list[int]) -> Iterator[str]:
    """Complaints of some reports; one by one where they cannot be read together."""
    try:
        with engine.read() as connection:
            found = list(_compared(engine, connection, numbers))
    except StoreError as error:
        if len(numbers) == 1:
            yield f"report number {numbers[0]}: {error}"
            return
        found = [line for number in numbers for line in _of_reports(engine, [number])]
    yield from found


def _compared(engine: Engine, connection: Connection, numbers: list[int]) -> Iterator[str]:
    packed = {row.report: row for row in _rows(connection, records, records.c.report, numbers)}
    held = {table: _held(connection, table, numbers) for table in CHILDREN}
    for row in _rows(connection, reports, reports.c.number, numbers):
        record = packed.get(row.number)
        if record is None:
            yield f"report {row.id}: its record is not there; restore a backup"
            continue
        try:
            rows = filed(unpacked(row.id, record.sha256, record.body))
        except DamageError as error:
            yield str(error)
            continue
        for what in _differing(row, rows, held):
            yield f"report {row.id}: {what} differs from its record; restore a backup"
        if not engine.indexed(connection, row.number, rows.words):
            yield f"report {row.id}: the words index differs from its record; restore a backup"


def _differing(row: Row[Any], rows: Filed, held: dict[Table, dict[int, list[Values]]]) -> Iterator[str]:
    """Names of what does not stand in the tables as the record tells it."""
    stands = row._mapping
    for name, value in {"id": rows.id, **rows.columns}.items():
        if stands[name] != value:
            yield name
    for table, told in tables(rows, row.number):
        if held[table].get(row.number, []) != told:
            yield table.name


def _held(connection: Connection, table: Table, numbers: list[int]) -> dict[int, list[Values]]:
    """Rows of a table by report, in order, without what the merge has filled in."""
    owner = table.c.report if "report" in table.c else table.c.event
    shift = 0 if "report" in table.c else EVENT_BITS
    within = owner.between(min(numbers) << shift, ((max(numbers) + 1) << shift) - 1)
    found: dict[int, list[Values]] = defaultdict(list)
    for row in connection.execute(select(table).where(within).order_by(*table.primary_key.columns)):
        values = dict(row._mapping)
        values.pop(MERGED, None)
        found[values[owner.name] >> shift].append(values)
    return found


def _rows(connection: Connection, table: Table, number: Column[int], numbers: list[int]) -> Sequence[Row[Any]]:
    return connection.execute(select(table).where(number.in_(numbers)).order_by(number)).all()


def _sketches(connection: Connection) -> Iterator[str]:
    """Sketches that are not as they were written, or whose keys are not."""
    asked = select(reports.c.id, sketches.c.data, sketches.c.seal)
    asked = asked.join(sketches, sketches.c.report == reports.c.number).order_by(reports.c.number)
    for some in streamed_together(connection, asked):
        named = keys_of(connection, [row.id for row in some])
        for row in some:
            if row.seal != seals.of_sketch(bytes(row.data), named[row.id]):
                yield f"report {row.id}: its sketch is not what was written; until it is restored it is made anew"


def _judgements(connection: Connection) -> Iterator[str]:
    for row in connection.execute(select(judgements).order_by(judgements.c.id)):
        if row.seal != seals.of_judgement(row._mapping):
            yield f"{seals.altered(f'judgement {row.id}')}; restore a backup"


def _sums(connection: Connection) -> Iterator[str]:
    """The ledger against the reports."""
    entered = select(inputs.c.report).where(inputs.c.kind == "record", inputs.c.report.is_not(None))
    for report in connection.execute(select(reports.c.id).where(reports.c.id.not_in(entered))).scalars():
        yield f"report {report}: no input of the ledger became it"
    twice = entered.group_by(inputs.c.report).having(func.count() > 1)
    for report in connection.execute(twice).scalars():
        yield f"report {report}: the ledger says of several inputs that they became it"
    read = and_(inputs.c.kind.in_(["record", "duplicate"]), inputs.c.report.is_not(None))
    unread = and_(inputs.c.kind.in_(["error", TOMBSTONE]), inputs.c.report.is_(None))
    for key in connection.execute(select(inputs.c.key).where(not_(or_(read, unread)))).scalars():
        yield f"input {key}: the ledger does not say how it ended"
