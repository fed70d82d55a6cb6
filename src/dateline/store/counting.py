"""An archive in, its counts out."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, Select, Table, func, select

from dateline.store.engines import Engine
from dateline.store.migrating import schema_of
from dateline.store.nouns import Status
from dateline.store.schema import events, forgotten, inputs, judgements, reports


def status(engine: Engine, connection: Connection) -> Status:
    """Counts, size, versions; all of one moment."""

    def count(table: Table, *conditions: ColumnElement[bool]) -> int:
        return connection.execute(select(func.count()).select_from(table).where(*conditions)).scalar_one()

    def kinds(column: ColumnElement[str]) -> int:
        return connection.execute(select(func.count(column.distinct()))).scalar_one()

    ended = {row.kind: row.n for row in connection.execute(_by(inputs.c.kind))}
    ends = {name: int(ended.get(kind, 0)) for kind, name in _ENDINGS.items()}
    return Status(
        inputs=sum(ends.values()),
        **ends,
        forgotten=count(forgotten),
        editions=count(reports, reports.c.edition_of.is_not(None)),
        events=count(events),
        worlds=kinds(events.c.world),
        stories=kinds(reports.c.story),
        stale=count(reports, reports.c.merged.is_(False)),
        judgements=count(judgements, judgements.c.withdrawn_at.is_(None)),
        size=engine.size(connection),
        schema=schema_of(connection) or "",
        engine=engine.name,
        faulty=count(reports, reports.c.faults > 0),
        faulty_first=tuple(connection.execute(_FAULTY).scalars()),
        made_by={row.made_by: row.n for row in connection.execute(_by(reports.c.made_by))},
    )


NAMED = 20
"""Reports with faults that are named."""
_FAULTY = select(reports.c.id).where(reports.c.faults > 0).order_by(reports.c.id).limit(NAMED)
_ENDINGS = {"record": "records", "duplicate": "duplicates", "error": "errors"}


def _by(column: ColumnElement[str]) -> Select[str, int]:
    return select(column, func.count().label("n")).group_by(column).order_by(column)
