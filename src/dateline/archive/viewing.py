"""A query in, the events of the world that it finds out: with sources, differences and links, from the archive."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

import msgspec

from dateline.archive.placing import corrections_of, sketches_of
from dateline.export.archive_view import Chronicle
from dateline.knowledge.ontology import act_of, status_of
from dateline.merge.corrections import Correction, bound, corrected
from dateline.merge.links import linked
from dateline.merge.worlds import World, base_of, worlds_of
from dateline.store import Query, Store

RECENT = 31
"""Days for which what happened is news: of what ended longer before it was first told, reports tell as background."""
EVERYTHING = Query(limit=None)
"""Finds all that an archive holds."""
AT_ONCE = 200
"""Stories asked for at once."""


def worlds(store: Store, query: Query, every: bool = False) -> list[World]:
    """The events of the world of which a telling is found by the query, by day."""
    shown = every or bool(query.types)
    return [w for w in _found(store, query) if shown or not slight(w, query)]


def every_world(store: Store) -> list[World]:
    """All events of the world that the archive holds, by day."""
    return of_stories(store, {story.id for story in store.stories()})


def of_stories(store: Store, stories: Collection[str]) -> list[World]:
    """All events of some stories, and of those that a person's judgement ties to them, by day."""
    return linked(_told(store, stories, corrections_of(store)))


def slight(world: World, query: Query = Query()) -> bool:  # noqa: B008 - immutable
    """Left out unless asked for: acts that no rule types, bare statements, lasting states, wishes; what would be only
    if something else were."""
    unasked = status_of(world.status).hidden_in_archive and not query.statuses
    return act_of(world.type).hidden_in_archive or unasked


def _found(store: Store, query: Query) -> list[World]:
    corrections = corrections_of(store)
    asked = msgspec.structs.replace(query, limit=None, offset=0)
    hits = list(store.search(asked))
    hit = {hit.world for hit in hits}
    retyped = _retyped(corrections, query)
    if retyped:
        hits += store.search(msgspec.structs.replace(asked, types=(), reports=_reports_of(retyped)))
    found = linked(_told(store, {hit.story for hit in hits if hit.story}, corrections))
    return [w for w in found if _fits(w, hit, retyped, query.types)]


def found_in(store: Store, query: Query, every: Sequence[World]) -> list[World]:
    """Those of all events of an archive of which a telling is found by a query."""
    asked = msgspec.structs.replace(query, limit=None, offset=0)
    if asked == EVERYTHING:
        return list(every)
    return those(store, query, every, {world.id for world in store.worlds(asked)})


def those(store: Store, query: Query, worlds: Sequence[World], hit: Collection[str | None]) -> list[World]:
    """Those of all events of an archive that a query finds, where ``hit`` are those that the search of the store found:
    the types that persons gave win over those that were read."""
    retyped = _retyped(corrections_of(store), query) if query.types else set()
    return [w for w in worlds if _fits(w, hit, retyped, query.types)]


def found_among(store: Store, worlds: Sequence[World], query: Query) -> list[World]:
    """Those of some events of which a telling is found by a query."""
    found: list[World] = []
    for at in range(0, len(worlds), AT_ONCE):
        some = worlds[at : at + AT_ONCE]
        names = tuple(dict.fromkeys(base_of(world.id) for world in some))
        hit = {w.id for w in store.worlds(msgspec.structs.replace(query, worlds=names, limit=None, offset=0))}
        found += those(store, query, some, hit)
    return found


def _retyped(corrections: Sequence[Correction], query: Query) -> set[str]:
    """The tellings to which a person gave a type, where types are asked for."""
    return {c.left for c in corrections if c.kind == "retype"} if query.types else set()


def _reports_of(anchors: Collection[str]) -> tuple[str, ...]:
    return tuple(sorted({anchor.rpartition("@")[0] for anchor in anchors}))


def _fits(world: World, hit: Collection[str | None], retyped: Collection[str], types: Collection[str]) -> bool:
    """The search knows the types that were read; those that a person gave win over them."""
    if any(told.anchor in retyped for told in world.tellings):
        return not {world.type, world.act}.isdisjoint(types)
    return base_of(world.id) in hit


def _told(store: Store, stories: Collection[str], corrections: Sequence[Correction]) -> list[World]:
    """All events of some stories, and of those that a person's judgement ties to them, with what persons corrected."""
    reports = _reports(store, stories, corrections)
    sketches = {name: corrected(sketch, corrections) for name, sketch in sketches_of(store, reports).items()}
    placed = store.placements(reports)
    events = {(p.report, event): world for p in placed.values() for event, world in p.events}
    copies = {p.report: p.copy_of for p in placed.values() if p.copy_of}
    return worlds_of(sketches, events, {p.report: p.story for p in placed.values()}, copies)


def _reports(store: Store, stories: Collection[str], corrections: Sequence[Correction]) -> list[str]:
    pairs = bound(corrections)
    found: dict[str, None] = {}
    waiting, seen = sorted(stories), set(stories)
    while waiting:
        some = Query(stories=tuple(waiting[:AT_ONCE]), limit=None)
        new = {report.id: None for report in store.reports(some)}
        found |= new
        tied = {other for pair in pairs for one, other in (pair, pair[::-1]) if one in new}
        more = {placed.story for placed in store.placements(tied).values()} - seen
        seen |= more
        waiting = waiting[AT_ONCE:] + sorted(more)
    return list(found)


def chronicle(
    store: Store,
    query: Query,
    *,
    since: date | None = None,
    every: bool = False,
    among: Sequence[World] | None = None,
) -> Chronicle:
    """The record of an archive. With ``since`` only what a report published on that day or later tells. ``among`` are
    all events of the archive, where they are laid out already."""
    all_found = worlds(store, query, every=True) if among is None else found_in(store, query, among)
    if since is not None:
        all_found = [w for w in all_found if any(t.published is not None and t.published >= since for t in w.tellings)]
    shown = every or bool(query.types)
    found = [w for w in all_found if shown or not slight(w, query)]
    latest = max((t.published for w in found for t in w.tellings if t.published), default=None)
    ahead = {w.id for w in found if is_ahead(w, latest)}
    background = {w.id for w in found if is_background(w)} - ahead
    return Chronicle(
        worlds=tuple(w for w in found if w.id not in ahead | background),
        ahead=tuple(w for w in found if w.id in ahead),
        background=tuple(w for w in found if w.id in background),
        reports=len({t.report for w in found for t in w.tellings}),
        since=since,
        today=latest,
        left_out=len(all_found) - len(found),
    )


def is_background(world: World) -> bool:
    """Whether it was over long before any report told it."""
    return world.latest is not None and world.first != date.max and (world.first - world.latest).days > RECENT


def is_ahead(world: World, today: date | None) -> bool:
    """Planned for after a day (that of the latest report), and not yet told as done, moved or called off."""
    if world.status != "planned" or any(link.kind in {"happened", "moved", "cancelled"} for link in world.links):
        return False
    return world.latest is None or today is None or world.latest >= today
