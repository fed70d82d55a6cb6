"""An archive in one state in, all that pages about it share out, laid out once: its events in order, by facet, on the
map, and what is ahead."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from dateline.archive import viewing
from dateline.archive.facets import Choice, Facets
from dateline.archive.laid import Laid, Spot, laid_out
from dateline.merge.worlds import World, base_of
from dateline.store import Query, Report, Store

__all__ = ["ORDERS", "Prepared", "Spot"]

_NEVER = date.max.toordinal()
ORDERS = ("newest", "oldest", "weight")
"""How events may be ordered. One without a day stands on that of its first report, behind the others of it; what was
over long before it was told stands last by day, whichever way."""


class Prepared:
    """What an archive holds in one state. Nothing in it changes; threads may share it. What was laid out before
    (``laid``) is taken as it is, and ``state`` says whether it still holds; ``before`` is what was laid out in another
    state, of which what still holds is taken.

    ``worlds`` are all events, by day; ``today`` is the day of the latest report; ``reports`` are all reports by id, by
    day of publication; ``spots`` the places of events that have one; ``ahead``, ``background`` and ``slight`` are
    places in ``worlds``."""

    def __init__(
        self, store: Store, laid: Laid | None = None, state: str | None = None, before: Laid | None = None
    ) -> None:
        self.state = store.state() if state is None else state
        self.laid = laid_out(store, before) if laid is None else laid
        self.reports: dict[str, Report] = {report.id: report for report in self.laid.reports}
        self.worlds = self.laid.worlds
        self.today = max((r.published for r in self.laid.reports if r.published), default=None)
        self.number = {world.id: number for number, world in enumerate(self.worlds)}
        self.ahead, self.slight = frozenset(self.laid.ahead), frozenset(self.laid.slight)
        self.background = frozenset(self.laid.background)
        self.facets = Facets(self.laid.held)
        self.spots = self.laid.spots
        self._store = store

    def world(self, name: str) -> World | None:
        """The event of an id."""
        number = self.number.get(name)
        return None if number is None else self.worlds[number]

    def chosen(self, choice: Choice) -> list[int]:
        """The events of a choice, by their place in ``worlds``. Acts that are otherwise left out are in it where a type
        or a status is chosen."""
        found = self.facets.chosen(choice.keys)
        numbers: Iterable[int] = range(len(self.worlds)) if found is None else sorted(found)
        if not (choice.every or choice.of("type") or choice.of("status")):
            numbers = (n for n in numbers if n not in self.slight)
        if choice.since or choice.until:
            low, high = (choice.since or date.min).toordinal(), (choice.until or date.max).toordinal()
            days = self._days
            numbers = (n for n in numbers if low <= days[n][1] and days[n][0] <= high)
        if choice.words.strip():
            told = self._told_with(choice.words, choice.whole)
            numbers = (n for n in numbers if base_of(self.worlds[n].id) in told)
        return list(numbers)

    def _told_with(self, words: str, whole: bool) -> set[str]:
        return {world.id for world in self._store.worlds(Query(words=words, whole=whole, limit=None))}

    def found(self, query: Query, *, since: date | None = None, every: bool = False) -> list[World]:
        """The events that a query finds, by day, as :func:`dateline.archive.viewing.chronicle` does."""
        shown = every or bool(query.types)
        found = viewing.found_in(self._store, query, self.worlds)
        if since is not None:
            found = [w for w in found if any(t.published and t.published >= since for t in w.tellings)]
        return [w for w in found if shown or not viewing.slight(w, query)]

    def ordered(self, numbers: Sequence[int], order: str) -> list[int]:
        """Events in an order of :data:`ORDERS`. Of one day those with the most independent sources come first."""
        if order == "oldest":
            return sorted(numbers, key=lambda n: (n in self.background, n))
        return sorted(numbers, key=(self._by_weight if order == "weight" else self._by_day).__getitem__)

    @functools.cached_property
    def _days(self) -> list[tuple[int, int]]:
        """The days of every event, as a choice of days sees them."""
        return [_span(world, first) for world, first in zip(self.worlds, self.laid.firsts, strict=True)]

    @functools.cached_property
    def _by_weight(self) -> list[int]:
        """The place of every event among all by weight."""
        worlds = self.worlds
        return _places(sorted(range(len(worlds)), key=lambda n: (-worlds[n].independent, -worlds[n].reports, n)))

    @functools.cached_property
    def _by_day(self) -> list[int]:
        """The place of every event among all from the newest on."""
        return _places(sorted(range(len(self.worlds)), key=self._newest))

    def _newest(self, number: int) -> tuple[bool, int, bool, int, int, int]:
        world = self.worlds[number]
        day = world.earliest or (world.first if world.first != date.max else date.min)
        undated, old = world.earliest is None, number in self.background
        return old, -day.toordinal(), undated, -world.independent, -world.reports, number

    @functools.cached_property
    def _stories(self) -> dict[str, list[World]]:
        found: defaultdict[str, list[World]] = defaultdict(list)
        for world in self.worlds:
            found[world.story].append(world)
        return dict(found)

    @functools.cached_property
    def _tellers(self) -> dict[str, list[World]]:
        found: defaultdict[str, list[World]] = defaultdict(list)
        for world in self.worlds:
            for report in dict.fromkeys(told.report for told in world.tellings):
                found[report].append(world)
        return dict(found)

    @functools.cached_property
    def _reprints(self) -> dict[str, list[Report]]:
        found: defaultdict[str, list[Report]] = defaultdict(list)
        for report in self.laid.reports:
            if report.copy_of:
                found[report.copy_of].append(report)
        return dict(found)

    def story(self, world: World) -> list[World]:
        """All events of the story of one, by day."""
        return self._stories.get(world.story, [])

    def told_by(self, report: str) -> list[World]:
        """The events that a report tells, by day."""
        return self._tellers.get(report, [])

    def copies(self, report: str) -> list[Report]:
        """The reports that reprint one."""
        return self._reprints.get(report, [])

    def differing(self) -> list[int]:
        """The events on which reports differ, the worst first."""
        return list(self.laid.differing)

    def since(self, day: date) -> list[int]:
        """The events that were first told on a day or later, the best supported first."""
        low = day.toordinal()
        found = [n for n, first in enumerate(self.laid.firsts) if low <= first < _NEVER and n not in self.slight]
        return self.ordered(found, "weight")


def _places(ordered: Sequence[int]) -> list[int]:
    """Where each number stands in an order of all."""
    found = [0] * len(ordered)
    for place, number in enumerate(ordered):
        found[number] = place
    return found


def _span(world: World, first: int) -> tuple[int, int]:
    """The first and the last day (ordinals) of an event, without any that on which it was first told (``first``); days
    that no choice holds where there is none."""
    if world.earliest is not None and world.latest is not None:
        return world.earliest.toordinal(), world.latest.toordinal()
    return (first, first) if first != _NEVER else (_NEVER + 1, 0)
