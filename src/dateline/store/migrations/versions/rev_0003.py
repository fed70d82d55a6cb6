"""An archive without seals in, the same with one beside each report, event, sketch and judgement out."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from alembic import op
from sqlalchemy import Column, Connection, Table, Text, select, update

from dateline.store import seals
from dateline.store.nouns import Key
from dateline.store.schema import events, holders, judgements, keys, parties, reports, sketches

revision = "0003"
down_revision = "0002"
WORDS = Text().with_variant(Text(collation="C"), "postgresql")


def upgrade() -> None:
    """What stands here is taken to be what was written."""
    for table in ("reports", "events", "sketches", "judgements"):
        op.add_column(table, Column("seal", WORDS, nullable=False, server_default=""))
    connection = op.get_bind()
    for number, name in connection.execute(select(reports.c.number, reports.c.id)).all():
        for row in connection.execute(select(reports).where(reports.c.number == number)).mappings().all():
            _seal(connection, reports, reports.c.number == number, seals.of_report(row))
        _events(connection, number)
        for data in connection.execute(select(sketches.c.data).where(sketches.c.report == number)).scalars().all():
            held = connection.execute(select(keys.c.kind, keys.c.key).where(keys.c.report == name)).all()
            seal = seals.of_sketch(bytes(data), (Key(*key) for key in held))
            _seal(connection, sketches, sketches.c.report == number, seal)
    for given in connection.execute(select(judgements)).mappings().all():
        _seal(connection, judgements, judgements.c.id == given["id"], seals.of_judgement(given))


def _events(connection: Connection, number: int) -> None:
    told = connection.execute(select(events).where(events.c.report == number)).mappings().all()
    numbers = [event["number"] for event in told]
    sides, sources = _of_events(connection, parties, numbers), _of_events(connection, holders, numbers)
    for event in told:
        seal = seals.of_event(event, sides[event["number"]], sources[event["number"]])
        _seal(connection, events, events.c.number == event["number"], seal)


def _of_events(connection: Connection, table: Table, numbers: list[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    if numbers:
        within = table.c.event.between(min(numbers), max(numbers))
        for row in connection.execute(select(table).where(within).order_by(*table.primary_key)).mappings():
            found[row["event"]].append(row)
    return found


def _seal(connection: Connection, table: Table, which: Any, seal: str) -> None:
    connection.execute(update(table).where(which).values(seal=seal))
