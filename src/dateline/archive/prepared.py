"""An archive in one state in, all that pages about it share out, laid out once: its events in order, by facet, on the
map, and what is ahead."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import msgspec
from msgspec import Struct

from dateline.archive import viewing
from dateline.archive.facets import Choice, Facets
from dateline.merge.slots import Slot
from dateline.merge.worlds import World, base_of
from dateline.store import Hit, Query, Report, Store

ORDERS = ("newest", "oldest", "weight")
"""How events may be ordered. One without a day stands on that of its first report, behind the others of it; what was
over long before it was told stands last by day, whichever way."""


class Spot(Struct, frozen=True, kw_only=True):
    """Where an event was: degrees, and how far off it may be; ``whole`` is somewhere in a country. ``given`` is set by
    a person."""

    name: str
    lat: float
    lon: float
    radius_km: float
    whole: bool
    given: bool = False


class Prepared:
    """What an archive holds in one state. Nothing in it changes; threads may share it.

    ``worlds`` are all events, by day; ``today`` is the day of the latest report; ``reports`` are all
    reports by id, by day of publication; ``spots`` the places of events that have one."""

    def __init__(self, store: Store) -> None:
        self.state = store.state()
        self.reports: dict[str, Report] = {report.id: report for report in store.reports()}
        self.worlds: tuple[World, ...] = tuple(viewing.every_world(store))
        self.today = max((r.published for r in self.reports.values() if r.published), default=None)
        self.number = {world.id: number for number, world in enumerate(self.worlds)}
        self.ahead = frozenset(n for n, w in enumerate(self.worlds) if viewing.is_ahead(w, self.today))
        self.background = frozenset(n for n, w in enumerate(self.worlds) if viewing.is_background(w))
        self.slight = frozenset(n for n, w in enumerate(self.worlds) if viewing.slight(w))
        self.facets = Facets(self.worlds)
        self.spots = _spots(store, self.worlds)
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
            low, high = choice.since or date.min, choice.until or date.max
            numbers = (n for n in numbers if _within(self.worlds[n], low, high))
        if choice.words.strip():
            told = self._told_with(choice.words, choice.whole)
            numbers = (n for n in numbers if base_of(self.worlds[n].id) in told)
        return list(numbers)

    def _told_with(self, words: str, whole: bool) -> set[str]:
        return {world.id for world in self._store.worlds(Query(words=words, whole=whole, limit=None))}

    def found(self, query: Query, *, since: date | None = None, every: bool = False) -> list[World]:
        """The events that a query finds, by day, as :func:`dateline.archive.viewing.chronicle` does."""
        hit = {world.id for world in self._store.worlds(msgspec.structs.replace(query, limit=None, offset=0))}
        shown = every or bool(query.types)
        found = viewing.those(self._store, query, self.worlds, hit)
        if since is not None:
            found = [w for w in found if any(t.published and t.published >= since for t in w.tellings)]
        return [w for w in found if shown or not viewing.slight(w, query)]

    def ordered(self, numbers: Sequence[int], order: str) -> list[int]:
        """Events in an order of :data:`ORDERS`. Of one day those with the most independent sources come first."""
        if order == "weight":
            return sorted(numbers, key=lambda n: (-self.worlds[n].independent, -self.worlds[n].reports, n))
        if order == "oldest":
            return sorted(numbers, key=lambda n: (n in self.background, n))
        return sorted(numbers, key=self._newest)

    def _newest(self, number: int) -> tuple[bool, int, bool, int, int, int]:
        world = self.worlds[number]
        day = world.earliest or (world.first if world.first != date.max else date.min)
        undated, old = world.earliest is None, number in self.background
        return old, -day.toordinal(), undated, -world.independent, -world.reports, number

    def story(self, world: World) -> list[World]:
        """All events of the story of one, by day."""
        return [other for other in self.worlds if other.story == world.story]

    def told_by(self, report: str) -> list[World]:
        """The events that a report tells, by day."""
        return [world for world in self.worlds if any(told.report == report for told in world.tellings)]

    def copies(self, report: str) -> list[Report]:
        """The reports that reprint one."""
        return [other for other in self.reports.values() if other.copy_of == report]

    def differing(self) -> list[int]:
        """The events on which reports differ, the worst first."""
        found = [n for n, world in enumerate(self.worlds) if world.differs and n not in self.slight]
        return sorted(found, key=lambda n: (_gravity(self.worlds[n]), n))

    def since(self, day: date) -> list[int]:
        """The events that were first told on a day or later, the best supported first."""
        found = [
            n for n, w in enumerate(self.worlds) if w.first != date.max and w.first >= day and n not in self.slight
        ]
        return sorted(found, key=lambda n: (-self.worlds[n].independent, -self.worlds[n].reports, n))


def _within(world: World, low: date, high: date) -> bool:
    """Whether its days, or without any that of its first report, overlap these."""
    if world.earliest is None or world.latest is None:
        return world.first != date.max and low <= world.first <= high
    return world.latest >= low and world.earliest <= high


def _gravity(world: World) -> tuple[int, int, int]:
    """How far the reports are apart: the independent sources behind the second account, then behind the first; whether
    it happened at all weighs most."""
    slots = world.differs
    second = max((_second(slot) for slot in slots), default=0)
    return -any(slot.name == "status" for slot in slots), -second, -world.independent


def _second(slot: Slot) -> int:
    return sorted((value.independent for value in slot.values), reverse=True)[1] if len(slot.values) > 1 else 0


def _spots(store: Store, worlds: Sequence[World]) -> dict[str, Spot]:
    """The places of events: that of a hit which names the place that the reports support best, or a person's own."""
    everywhere = Query(box=(-90.0, -180.0, 90.0, 180.0), limit=None)
    hits: dict[tuple[str, str], Hit] = {}
    for hit in store.search(everywhere):
        if hit.world and hit.place:
            hits.setdefault((hit.world, hit.place), hit)
    found = {}
    for world in worlds:
        spot = _given(world) or _read(world, hits)
        if spot is not None:
            found[world.id] = spot
    return found


def _read(world: World, hits: dict[tuple[str, str], Hit]) -> Spot | None:
    hit = hits.get((base_of(world.id), world.place or ""))
    if hit is None or hit.lat is None or hit.lon is None:
        return None
    broad = next((v.broad for slot in world.slots if slot.name == "place" for v in slot.values), False)
    radius = hit.radius_km or 0.0
    return Spot(name=hit.place or "", lat=hit.lat, lon=hit.lon, radius_km=radius, whole=broad or radius > WIDE_KM)


WIDE_KM = 250.0
"""A place with a greater radius is a country or as vague as one."""


def _given(world: World) -> Spot | None:
    """The place that a person gave, where it has degrees: ``person:name|lat|lon``."""
    for slot in world.slots:
        for value in slot.values if slot.name == "place" else ():
            name, *degrees = value.key.removeprefix("person:").split("|")
            if value.key.startswith("person:") and len(degrees) == 2:
                lat, lon = (float(part) for part in degrees)
                return Spot(name=name, lat=lat, lon=lon, radius_km=0.0, whole=False, given=True)
    return None
