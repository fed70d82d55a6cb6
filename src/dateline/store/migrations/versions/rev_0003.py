"""An archive in, the same with a seal beside each report, event, sketch and judgement, and a report's faults counted,
out."""

from __future__ import annotations

import json
import zlib
from collections import defaultdict
from typing import Any

from alembic import op
from sqlalchemy import Column, Connection, Integer, Table, Text, select, update

from dateline.store import seals
from dateline.store.nouns import Key
from dateline.store.schema import events, holders, judgements, keys, parties, records, reports, sketches

revision = "0003"
down_revision = "0002"
WORDS = Text().with_variant(Text(collation="C"), "postgresql")


def upgrade() -> None:
    """What stands here is taken to be what was written."""
    for table in ("reports", "events", "sketches", "judgements"):
        op.add_column(table, Column("seal", WORDS, nullable=False, server_default=""))
    op.add_column("reports", Column("faults", Integer(), nullable=False, server_default="0"))
    connection = op.get_bind()
    for number, name in connection.execute(select(reports.c.number, reports.c.id)).all():
        _report(connection, number)
        _events(connection, number)
        for data in connection.execute(select(sketches.c.data).where(sketches.c.report == number)).scalars().all():
            held = connection.execute(select(keys.c.kind, keys.c.key).where(keys.c.report == name)).all()
            seal = seals.of_sketch(bytes(data), (Key(*key) for key in held))
            _seal(connection, sketches, sketches.c.report == number, seal)
    for given in connection.execute(select(judgements)).mappings().all():
        _seal(connection, judgements, judgements.c.id == given["id"], seals.of_judgement(given))


def _report(connection: Connection, number: int) -> None:
    which = reports.c.number == number
    body = connection.execute(select(records.c.body).where(records.c.report == number)).scalar()
    connection.execute(update(reports).where(which).values(faults=_faults(body)))
    row = connection.execute(select(reports).where(which)).mappings().one()
    _seal(connection, reports, which, seals.of_report(row))


def _faults(body: bytes | None) -> int:
    """Stages that failed on a record; none of one that is damaged, which `check` tells."""
    try:
        record = json.loads(zlib.decompress(body or b""))
    except (zlib.error, ValueError):
        return 0
    return sum(fault.get("kind", "error") == "error" for fault in record.get("faults", ()))


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
