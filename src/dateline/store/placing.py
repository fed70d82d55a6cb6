"""What the merge keeps in an archive, in and out: sketches, keys, where each report belongs; all of it opaque here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from dateline.errors import StoreError
from dateline.store.chunks import chunks, streamed
from dateline.store.nouns import Key, Placement, Sketch, Story
from dateline.store.schema import events, judgements, keys, reports, sketches
from dateline.store.telling import told


def number_of(connection: Connection, report: str) -> int:
    """The number of a report. Raises :class:`StoreError` where there is none."""
    number = connection.execute(select(reports.c.number).where(reports.c.id == report)).scalar()
    if number is None:
        raise StoreError(f"no report {report} here; `status` and `search` show what there is")
    return int(number)


def put_sketch(connection: Connection, number: int, report: str, sketch: Sketch) -> None:
    """Files a sketch in the place of the one before, and marks the report stale."""
    connection.execute(delete(sketches).where(sketches.c.report == number))
    connection.execute(delete(keys).where(keys.c.report == report))
    connection.execute(insert(sketches).values(report=number, data=sketch.data))
    rows = [{"kind": key.kind, "key": key.key, "report": report} for key in sorted(set(sketch.keys))]
    if rows:
        connection.execute(insert(keys), rows)
    connection.execute(update(reports).where(reports.c.number == number).values(merged=False))


def sketches_of(connection: Connection, wanted: Collection[str]) -> dict[str, bytes]:
    """Sketches by report id."""
    asked = select(reports.c.id, sketches.c.data).join(sketches, sketches.c.report == reports.c.number)
    found: dict[str, bytes] = {}
    for some in chunks(wanted):
        for row in connection.execute(asked.where(reports.c.id.in_(some))):
            found[row.id] = bytes(row.data)
    return found


_HOLDERS = (
    select(keys.c.report)
    .where(keys.c.kind == bindparam("of_kind"), keys.c.key == bindparam("of_key"))
    .order_by(keys.c.report)
    .limit(bindparam("most"))
)


def neighbours(connection: Connection, wanted: Iterable[Key], limit: int) -> dict[Key, tuple[str, ...]]:
    """The first reports, by id, that hold each key. One statement a key: each stops at its limit, however common the
    key."""
    found: dict[Key, tuple[str, ...]] = {}
    for key in sorted(set(wanted)):
        values = {"of_kind": key.kind, "of_key": key.key, "most": limit}
        if ids := tuple(connection.execute(_HOLDERS, values).scalars()):
            found[key] = ids
    return found


def stale(connection: Connection) -> tuple[str, ...]:
    """Reports to be merged."""
    asked = select(reports.c.id).where(reports.c.merged.is_(False)).order_by(reports.c.id)
    return tuple(connection.execute(asked).scalars())


def mark_stale(connection: Connection, wanted: Collection[str]) -> None:
    """Marks reports to be merged again."""
    for some in chunks(wanted):
        connection.execute(update(reports).where(reports.c.id.in_(some)).values(merged=False))


def turn(connection: Connection) -> int:
    """How often a person has judged or withdrawn."""
    given, withdrawn = connection.execute(select(func.count(), func.count(judgements.c.withdrawn_at))).one()
    return int(given + withdrawn)


def place(connection: Connection, placements: Iterable[Placement]) -> None:
    """Files where reports belong."""
    for placement in placements:
        number = connection.execute(
            update(reports)
            .where(reports.c.id == placement.report)
            .values(component=placement.component, story=placement.story, copy_of=placement.copy_of, merged=True)
            .returning(reports.c.number)
        ).scalar()
        if number is None:
            continue
        told = dict(placement.events)
        mine = connection.execute(select(events.c.number, events.c.id, events.c.world).where(events.c.report == number))
        moved = [
            {"event_number": row.number, "new_world": told.get(row.id)} for row in mine if row.world != told.get(row.id)
        ]
        if moved:
            connection.execute(_MOVE, moved)


_MOVE = update(events).where(events.c.number == bindparam("event_number")).values(world=bindparam("new_world"))


def placements_of(connection: Connection, wanted: Collection[str]) -> dict[str, Placement]:
    """Where reports stand."""
    found: dict[str, Placement] = {}
    placed = select(reports).where(reports.c.component.is_not(None))
    for some in chunks(wanted):
        rows = connection.execute(placed.where(reports.c.id.in_(some))).all()
        told: dict[int, list[tuple[str, str]]] = defaultdict(list)
        asked = select(events.c.report, events.c.id, events.c.world).where(
            events.c.report.in_([row.number for row in rows]), events.c.world.is_not(None)
        )
        for event in connection.execute(asked.order_by(events.c.number)):
            told[event.report].append((event.id, event.world))
        for row in rows:
            found[row.id] = Placement(
                report=row.id,
                component=row.component,
                story=row.story,
                copy_of=row.copy_of,
                events=tuple(told[row.number]),
            )
    return found


def members(connection: Connection, components: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Report ids by component."""
    found: dict[str, list[str]] = defaultdict(list)
    asked = select(reports.c.component, reports.c.id).order_by(reports.c.id)
    for some in chunks(components):
        for row in connection.execute(asked.where(reports.c.component.in_(some))):
            found[row.component].append(row.id)
    return {component: tuple(ids) for component, ids in sorted(found.items())}


def stories(connection: Connection) -> Iterator[Story]:
    """Stories by first day."""
    first = func.min(reports.c.published)
    asked = (
        select(reports.c.story, func.count().label("reports"), first.label("first"))
        .add_columns(func.max(reports.c.published).label("last"))
        .where(reports.c.story.is_not(None))
        .group_by(reports.c.story)
        .order_by(first.asc().nulls_last(), reports.c.story)
    )
    for row in streamed(connection, asked):
        yield told(Story, id=row.story, reports=row.reports, first=row.first, last=row.last)
