"""What the merge keeps in an archive, in and out: sketches, keys, where each report belongs; all of it opaque here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from dateline.errors import StoreError
from dateline.store import seals
from dateline.store.chunks import chunks, streamed
from dateline.store.nouns import Key, Placement, SketchRow, Story
from dateline.store.schema import events, judgements, keys, reports, sketches
from dateline.store.telling import told


def number_of(connection: Connection, report: str) -> int:
    """The number of a report. Raises :class:`StoreError` where there is none."""
    number = connection.execute(select(reports.c.number).where(reports.c.id == report)).scalar()
    if number is None:
        raise StoreError(f"no report {report} here; `status` and `search` show what there is")
    return int(number)


def put_sketch(connection: Connection, number: int, report: str, sketch: SketchRow) -> None:
    """Files a sketch in the place of the one before, and marks the report stale."""
    connection.execute(delete(sketches).where(sketches.c.report == number))
    connection.execute(delete(keys).where(keys.c.report == report))
    connection.execute(
        insert(sketches).values(report=number, data=sketch.data, seal=seals.of_sketch(sketch.data, sketch.keys))
    )
    rows = [{"kind": key.kind, "key": key.key, "report": report} for key in sorted(set(sketch.keys))]
    if rows:
        connection.execute(insert(keys), rows)
    connection.execute(update(reports).where(reports.c.number == number).values(merged=False))


def sketches_of(connection: Connection, wanted: Collection[str]) -> dict[str, bytes]:
    """Sketches by report id, but for those that are not as they were written: they are to be made anew."""
    asked = select(reports.c.id, sketches.c.data, sketches.c.seal)
    asked = asked.join(sketches, sketches.c.report == reports.c.number)
    found: dict[str, bytes] = {}
    for some in chunks(wanted):
        named = keys_of(connection, some)
        for row in connection.execute(asked.where(reports.c.id.in_(some))):
            if row.seal == seals.of_sketch(bytes(row.data), named[row.id]):
                found[row.id] = bytes(row.data)
    return found


def keys_of(connection: Connection, wanted: Collection[str]) -> dict[str, list[Key]]:
    """The keys of reports, by id."""
    found: dict[str, list[Key]] = defaultdict(list)
    for row in connection.execute(select(keys).where(keys.c.report.in_(wanted))):
        found[row.report].append(Key(row.kind, row.key))
    return found


_HOLDERS = (
    select(keys.c.report)
    .where(keys.c.kind == bindparam("of_kind"), keys.c.key == bindparam("of_key"))
    .order_by(keys.c.report)
    .limit(bindparam("most"))
)


def neighbours(connection: Connection, wanted: Iterable[Key], limit: int | None) -> dict[Key, tuple[str, ...]]:
    """The first reports, by id, that hold each key. With a limit one statement a key: each stops at it, however common
    the key."""
    asked = sorted(set(wanted))
    if limit is None:
        return _all_neighbours(connection, asked)
    found: dict[Key, tuple[str, ...]] = {}
    for key in asked:
        values = {"of_kind": key.kind, "of_key": key.key, "most": limit}
        if ids := tuple(connection.execute(_HOLDERS, values).scalars()):
            found[key] = ids
    return found


def _all_neighbours(connection: Connection, asked: list[Key]) -> dict[Key, tuple[str, ...]]:
    found: dict[Key, list[str]] = defaultdict(list)
    for kind in sorted({key.kind for key in asked}):
        holders = select(keys.c.key, keys.c.report).where(keys.c.kind == kind).order_by(keys.c.key, keys.c.report)
        for some in chunks([key.key for key in asked if key.kind == kind]):
            for row in connection.execute(holders.where(keys.c.key.in_(some))):
                found[Key(kind, row.key)].append(row.report)
    return {key: tuple(ids) for key, ids in found.items()}


def stale(connection: Connection, limit: int | None) -> tuple[str, ...]:
    """Reports to be merged, the first of them."""
    day = reports.c.published.asc().nulls_last()
    asked = select(reports.c.id).where(reports.c.merged.is_(False)).order_by(day, reports.c.id).limit(limit)
    return tuple(connection.execute(asked).scalars())


def mark_stale(connection: Connection, wanted: Collection[str]) -> None:
    """Marks reports to be merged again."""
    for some in chunks(wanted):
        connection.execute(update(reports).where(reports.c.id.in_(some)).values(merged=False))


def turn(connection: Connection) -> int:
    """How often a person has judged or withdrawn."""
    given, withdrawn = connection.execute(select(func.count(), func.count(judgements.c.withdrawn_at))).one()
    return int(given + withdrawn)


def undisturbed(connection: Connection, beside: Mapping[str, Placement]) -> bool:
    """Whether reports still stand where they were seen to, each of them."""
    return placements_of(connection, beside) == dict(beside)


def unchanged(connection: Connection, placements: Collection[Placement], seen: Mapping[str, Collection[str]]) -> bool:
    """Whether these reports still stand where they were seen to: each component has the same members, and the reports
    to be placed are here, in none of another."""
    now: dict[str, str | None] = {}
    for some in chunks([placement.report for placement in placements]):
        asked = select(reports.c.id, reports.c.component).where(reports.c.id.in_(some))
        now.update((row.id, row.component) for row in connection.execute(asked))
    then = {report: component for component, ids in seen.items() for report in ids}
    if any(placement.report not in now for placement in placements):
        return False
    if any(component != then.get(report) for report, component in now.items()):
        return False
    return members(connection, seen) == {component: tuple(sorted(ids)) for component, ids in seen.items() if ids}


def place(connection: Connection, placements: Iterable[Placement]) -> None:
    """Files where reports belong; what stands there already is not written again."""
    wanted = {placement.report: placement for placement in placements}
    for some in chunks(wanted):
        asked = select(reports.c.number, reports.c.id, *(reports.c[name] for name in _PLACED))
        rows = {row.number: row for row in connection.execute(asked.where(reports.c.id.in_(some)))}
        moved = [
            {"of_number": number, **{f"new_{name}": value for name, value in values.items()}}
            for number, row in rows.items()
            if (values := _values(wanted[row.id])) != {name: row._mapping[name] for name in _PLACED}
        ]
        if moved:
            connection.execute(_PLACE, moved)
        _place_events(connection, {number: dict(wanted[row.id].events) for number, row in rows.items()})


def _values(placement: Placement) -> dict[str, str | bool | None]:
    values = (placement.component, placement.story, placement.copy_of, True)
    return dict(zip(_PLACED, values, strict=True))


def _place_events(connection: Connection, told: Mapping[int, Mapping[str, str]]) -> None:
    """Files the events of the world; ``told``: number of a report -> id of its event -> the event of the world."""
    asked = select(events.c.number, events.c.report, events.c.id, events.c.world).where(events.c.report.in_(told))
    moved = [
        {"event_number": row.number, "new_world": world}
        for row in connection.execute(asked)
        if row.world != (world := told[row.report].get(row.id))
    ]
    if moved:
        connection.execute(_MOVE, moved)


_PLACED = ("component", "story", "copy_of", "merged")
_PLACE = (
    update(reports)
    .where(reports.c.number == bindparam("of_number"))
    .values({name: bindparam(f"new_{name}") for name in _PLACED})
)
_MOVE = update(events).where(events.c.number == bindparam("event_number")).values(world=bindparam("new_world"))


def components_of(connection: Connection, wanted: Collection[str]) -> dict[str, str]:
    """The component of reports that were placed."""
    found: dict[str, str] = {}
    asked = select(reports.c.id, reports.c.component).where(reports.c.component.is_not(None))
    for some in chunks(wanted):
        found.update((row.id, row.component) for row in connection.execute(asked.where(reports.c.id.in_(some))))
    return found


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
