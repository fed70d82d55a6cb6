"""A query in, the reports, events and events of the world that it finds out, in a stable order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import structs
from sqlalchemy import Connection, Row, Select, func, select

from dateline.errors import MissingRowError, StoreError
from dateline.store import seals
from dateline.store.chunks import chunks, streamed, streamed_together
from dateline.store.conditions import cleaned, of_events, of_reports
from dateline.store.engines import Engine
from dateline.store.folding import plain
from dateline.store.nouns import Hit, Holder, Party, Query, Report, WorldHits
from dateline.store.schema import events, holders, parties, reports, sentences
from dateline.store.telling import told

SHORTEST = 4
"""Characters of a report id by which it may be called."""
_OF_REPORT = [column for column in reports.c if column.name not in {"number", "publisher_key"}]
_OF_EVENT = [column for column in events.c if column.name not in {"report", "place_key"}]
_ABOUT = [
    reports.c.id.label("report"),
    reports.c.title,
    reports.c.publisher,
    reports.c.published,
    reports.c.story,
    reports.c.url,
]
_SEALED = [reports.c[name].label(f"of_{name}") for name in (*seals.REPORT, "seal")]


def find(connection: Connection, called: str) -> Report:
    """The report of an id or its beginning."""
    called = plain(called) or ""
    asked = select(*_OF_REPORT).where(reports.c.id.startswith(called, autoescape=True)).order_by(reports.c.id).limit(2)
    found = connection.execute(asked).all() if len(called) >= SHORTEST else []
    if not found:
        raise MissingRowError(f"no report {called} here; `status` and `search` show what there is")
    if len(found) > 1 and found[0].id != called:
        raise StoreError(f"several reports begin with {called} ({found[0].id}, {found[1].id}); give more of the id")
    return _report(found[0])


def found_reports(engine: Engine, connection: Connection, query: Query) -> Iterator[Report]:
    """Reports in which something of the query is found."""
    query = structs.replace(cleaned(query), whole=True)
    asked = select(*_OF_REPORT).where(*of_reports(engine, query))
    if on_events := [*of_events(query)]:
        asked = asked.where(reports.c.number.in_(select(events.c.report).where(*on_events)))
    asked = asked.order_by(reports.c.published.asc().nulls_last(), reports.c.id)
    for row in streamed(connection, _cut(asked, query)):
        yield _report(row)


def _report(row: Row[Any]) -> Report:
    """Raises :class:`DamageError` for a report that is not as it was written."""
    seals.refuse_altered(f"report {row.id}", row.seal, seals.of_report(row._mapping))
    return told(Report, **row._mapping)


def found_events(engine: Engine, connection: Connection, query: Query) -> Iterator[Hit]:
    """Events that a query finds."""
    query = cleaned(query)
    asked = (
        select(*_OF_EVENT, *_ABOUT, *_SEALED)
        .join(reports, reports.c.number == events.c.report)
        .where(*of_reports(engine, query), *of_events(query))
        .order_by(
            events.c.earliest.asc().nulls_last(),
            events.c.latest.asc(),
            reports.c.published.asc().nulls_last(),
            reports.c.id,
            events.c.number,
        )
    )
    for some in streamed_together(connection, _cut(asked, query)):
        yield from _hits(connection, some)


def found_worlds(engine: Engine, connection: Connection, query: Query) -> Iterator[WorldHits]:
    """Events of the world that have a telling in a query."""
    query = cleaned(query)
    first = func.min(events.c.earliest)
    asked = (
        select(events.c.world, first.label("first"), func.max(events.c.latest).label("last"))
        .add_columns(func.count(events.c.report.distinct()).label("reports"), func.count().label("tellings"))
        .join(reports, reports.c.number == events.c.report)
        .where(events.c.world.is_not(None), *of_reports(engine, query), *of_events(query))
        .group_by(events.c.world)
        .order_by(first.asc().nulls_last(), events.c.world)
    )
    for row in streamed(connection, _cut(asked, query)):
        yield told(
            WorldHits, id=row.world, earliest=row.first, latest=row.last, reports=row.reports, tellings=row.tellings
        )


def _cut(asked: Select[Any], query: Query) -> Select[Any]:
    return asked.limit(query.limit).offset(query.offset or None)


def _hits(connection: Connection, rows: Sequence[Row[Any]]) -> Iterator[Hit]:
    numbers = [row.number for row in rows]
    sides, sources = _grouped(connection, parties, numbers), _grouped(connection, holders, numbers)
    told_in = _grouped(connection, sentences, numbers)
    for row in rows:
        values = dict(row._mapping)
        number = values.pop("number")
        about = {name: values.pop(f"of_{name}") for name in (*seals.REPORT, "seal")}
        seals.refuse_altered(f"report {row.report}", about["seal"], seals.of_report(about))
        seal = seals.of_event(values, (p._mapping for p in sides[number]), (h._mapping for h in sources[number]))
        seals.refuse_altered(f"event {row.id} of report {row.report}", row.seal, seal)
        for own in told_in[number]:
            seals.refuse_altered(f"event {row.id} of report {row.report}", own.seal, seals.of_sentence(own.sentence))
        yield told(
            Hit,
            event=values.pop("id"),
            parties=[Party(role=p.role, name=p.name, code=p.code, link=p.link) for p in sides[number]],
            holders=[Holder(name=h.name, factuality=h.factuality) for h in sources[number]],
            sentence=next((own.sentence for own in told_in[number]), ""),
            **values,
        )


def _grouped(connection: Connection, table: Any, numbers: list[int]) -> dict[int, list[Row[Any]]]:
    """Rows of parties, holders or sentences by event, in order."""
    found: dict[int, list[Row[Any]]] = defaultdict(list)
    for some in chunks(numbers):
        asked = select(table).where(table.c.event.in_(some)).order_by(*table.primary_key.columns)
        for row in connection.execute(asked):
            found[row.event].append(row)
    return found
