"""A query in, the events of the world that it finds out: with sources, differences and links, from the archive."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec
from msgspec import Struct

from dateline.archive.placing import corrections_of, sketches_of
from dateline.merge.corrections import corrected
from dateline.merge.links import linked
from dateline.merge.worlds import PLAN, World, worlds_of
from dateline.store import Query, Store

HIDDEN = frozenset({"other", "statement", "announcement"})
"""Acts that no rule types, and bare statements: kept, and left out of the chronicle unless asked for."""


class Chronicle(Struct, frozen=True, kw_only=True):
    """What the reports of an archive say together: events by day, undated last; ``ahead`` are those planned for after
    ``today`` and not yet told as done. ``reports`` are those that tell them; ``since`` is the day from which changes
    are asked for."""

    worlds: tuple[World, ...]
    ahead: tuple[World, ...]
    reports: int
    since: date | None
    today: date | None


def worlds(store: Store, query: Query, every: bool = False) -> list[World]:
    """The events of the world of which a telling is found by the query, by day."""
    hits = list(store.search(msgspec.structs.replace(query, limit=None, offset=0)))
    wanted = {hit.world for hit in hits if hit.world}
    stories = sorted({hit.story for hit in hits if hit.story and hit.world in wanted})
    found = linked(_told(store, stories))
    shown = every or bool(query.types)
    return [w for w in found if w.id.removesuffix(PLAN) in wanted and (shown or w.type not in HIDDEN)]


def _told(store: Store, stories: Iterable[str]) -> list[World]:
    """All events of some stories, with what persons corrected."""
    reports = [r.id for story in stories for r in store.reports(Query(stories=(story,), limit=None))]
    corrections = corrections_of(store)
    sketches = {name: corrected(sketch, corrections) for name, sketch in sketches_of(store, reports).items()}
    placed = store.placements(reports)
    events = {(p.report, event): world for p in placed.values() for event, world in p.events}
    copies = {p.report: p.copy_of for p in placed.values() if p.copy_of}
    return worlds_of(sketches, events, {p.report: p.story for p in placed.values()}, copies)


def chronicle(store: Store, query: Query, *, since: date | None = None, every: bool = False) -> Chronicle:
    """The record of an archive. With ``since`` only what a report published on that day or later tells."""
    found = worlds(store, query, every)
    if since is not None:
        found = [w for w in found if any(t.published is not None and t.published >= since for t in w.tellings)]
    latest = max((t.published for w in found for t in w.tellings if t.published), default=None)
    ahead = [w for w in found if _ahead(w, latest)]
    return Chronicle(
        worlds=tuple(w for w in found if w not in ahead),
        ahead=tuple(ahead),
        reports=len({t.report for w in found for t in w.tellings}),
        since=since,
        today=latest,
    )


def _ahead(world: World, today: date | None) -> bool:
    if world.status != "planned" or any(link.kind != "plan" for link in world.links):
        return False
    return world.latest is None or today is None or world.latest >= today
