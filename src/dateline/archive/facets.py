"""Events of the world in, what each can be found by out: facet by facet its keys, and what to call them."""

from __future__ import annotations

import functools
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain, product

from msgspec import Struct

from dateline.knowledge.countries import load_countries
from dateline.merge.saying import PRONOUNS
from dateline.merge.worlds import World

FACETS = ("actor", "between", "type", "status", "country", "place", "source", "outlet", "equipment")
"""What events can be chosen by, in the order in which a reader is offered it. ``between`` is two parties, one at either
end."""
SIDES = frozenset({"actor", "recipient"})
PAIR = "|"
"""Between the two keys of ``between``, the lesser first."""
_THINGS = frozenset({"equipment", "artifact"})
_LETTERS = 3
"""Letters at the beginning of a name before it is offered."""


class Choice(Struct, frozen=True, kw_only=True):
    """Which events: those that hold one of the keys chosen in every facet, on a day from ``since`` to ``until``, told
    in a sentence with ``words`` (``whole``: in a report with them). ``every`` takes in what is otherwise left out
    (:func:`dateline.archive.viewing.slight`)."""

    words: str = ""
    whole: bool = False
    keys: tuple[tuple[str, str], ...] = ()
    since: date | None = None
    until: date | None = None
    every: bool = False

    def of(self, facet: str) -> tuple[str, ...]:
        """The keys chosen in a facet."""
        return tuple(key for name, key in self.keys if name == facet)


class Offer(Struct, frozen=True, kw_only=True):
    """A key of a facet, what it is called, and how many of the events at hand hold it."""

    facet: str
    key: str
    name: str
    count: int


class Held(Struct, frozen=True):
    """What events can be found by, as it is kept: ``keys`` are (facet, key, what it is called most often), those of a
    facet side by side; ``of`` holds for every event the places of its keys in that row."""

    keys: tuple[tuple[str, str, str], ...] = ()
    of: tuple[tuple[int, ...], ...] = ()


def held_by(worlds: Sequence[World]) -> Held:
    """The keys of some events, in the order of :data:`FACETS`."""
    called: dict[str, defaultdict[str, Counter[str]]] = {facet: defaultdict(Counter) for facet in FACETS}
    held: list[dict[tuple[str, str], None]] = []
    for world in worlds:
        own: dict[tuple[str, str], None] = {}
        for facet, key, name in _keys(world):
            called[facet][key][name] += 1
            own[facet, key] = None
        held.append(own)
    keys = [
        (facet, key, max(names, key=lambda name: (names[name], name)))
        for facet, some in called.items()
        for key, names in some.items()
    ]
    place = {(facet, key): number for number, (facet, key, _) in enumerate(keys)}
    return Held(tuple(keys), tuple(tuple(place[one] for one in own) for own in held))


class Facets:
    """The keys of some events, which are named by their place in the row that they were given in."""

    def __init__(self, held: Held) -> None:
        self._keys, self._of = held.keys, held.of
        self._place = {(facet, key): number for number, (facet, key, _) in enumerate(held.keys)}
        self._at: list[list[int]] = [[] for _ in held.keys]
        for number, own in enumerate(held.of):
            for place in own:
                self._at[place].append(number)
        facets = [facet for facet, _, _ in held.keys]
        starts = {facet: facets.index(facet) for facet in dict.fromkeys(facets)}
        self._range = {facet: range(start, start + facets.count(facet)) for facet, start in starts.items()}

    def name(self, facet: str, key: str) -> str:
        """What a key is called most often; the key itself where no event holds it."""
        if facet == "between":
            return " and ".join(self.name("actor", part) for part in key.split(PAIR))
        place = self._place.get((facet, key))
        return key if place is None else self._keys[place][2]

    def holders(self, facet: str, key: str) -> Sequence[int]:
        """The events that hold a key, in order."""
        place = self._place.get((facet, key))
        return () if place is None else self._at[place]

    def keys(self, facet: str) -> Iterable[str]:
        """Every key of a facet."""
        return (self._keys[place][1] for place in self._range.get(facet, ()))

    def chosen(self, keys: Iterable[tuple[str, str]]) -> set[int] | None:
        """The events that hold one of the keys of every facet that has some; None where no key is given."""
        groups: defaultdict[str, set[int]] = defaultdict(set)
        for facet, key in keys:
            groups[facet].update(self.holders(facet, key))
        return set.intersection(*groups.values()) if groups else None

    def counted(self, facet: str, numbers: Iterable[int], most: int | None = None) -> list[Offer]:
        """The keys of a facet that some events hold, those of the most events first."""
        return self._ranked(facet, self._counts(numbers), most)

    def counted_each(self, numbers: Iterable[int], most: int) -> dict[str, list[Offer]]:
        """As :meth:`counted`, for every facet at once."""
        counts = self._counts(numbers)
        return {facet: self._ranked(facet, counts, most) for facet in FACETS}

    def _counts(self, numbers: Iterable[int]) -> Counter[int]:
        return Counter(chain.from_iterable(map(self._of.__getitem__, numbers)))

    def _ranked(self, facet: str, counts: Counter[int], most: int | None) -> list[Offer]:
        places = self._range.get(facet, range(0))
        found = [place for place in counts if place in places]
        if most is not None and len(found) > most:
            least = sorted((counts[place] for place in found), reverse=True)[most - 1]
            found = [place for place in found if counts[place] >= least]
        offers = [self._offer(place, counts[place]) for place in found]
        return sorted(offers, key=lambda one: (-one.count, one.name, one.key))[:most]

    def _offer(self, place: int, count: int) -> Offer:
        facet, key, _ = self._keys[place]
        return Offer(facet=facet, key=key, name=self.name(facet, key), count=count)

    def beginning(self, letters: str, most: int) -> list[Offer]:
        """Keys that have a word which begins with some letters in their name, those of the most events first."""
        start = letters.strip().lower()
        if len(start) < _LETTERS:
            return []
        inside = f" {start}"
        found = [
            self._offer(place, len(self._at[place]))
            for place, name in self._lower
            if name.startswith(start) or inside in name
        ]
        return sorted(found, key=lambda one: (-one.count, one.name, one.facet, one.key))[:most]

    @functools.cached_property
    def _lower(self) -> list[tuple[int, str]]:
        """Where each name stands that is offered for letters, and the name in small letters."""
        return [(place, name.lower()) for place, (facet, _, name) in enumerate(self._keys) if facet != "between"]


def is_somebody(key: str, name: str) -> bool:
    """Whether a key names one and the same in every report: no "officials", no pronoun, no office of nobody's."""
    return not key.startswith(("words:", "office::")) and name.lower() not in PRONOUNS


def pair_of(one: str, other: str) -> str:
    """The key of two parties, whichever does something to the other."""
    return PAIR.join(sorted((one, other)))


def sides_of(world: World) -> dict[str, list[str]]:
    """The keys of those who are named at either end, by slot."""
    return {
        slot.name: [value.key for value in slot.values if is_somebody(value.key, value.name)]
        for slot in world.slots
        if slot.name in SIDES
    }


def _keys(world: World) -> Iterator[tuple[str, str, str]]:
    yield "type", world.type, world.type
    yield "status", world.status, world.status
    for source in world.sources:
        yield "source", source.key, source.name
    for told in world.tellings:
        if told.publisher:
            yield "outlet", told.publisher, told.publisher
    yield from _values(world)
    sides = sides_of(world)
    for one, other in product(sides.get("actor", ()), sides.get("recipient", ())):
        if one != other:
            yield "between", pair_of(one, other), ""


def _values(world: World) -> Iterator[tuple[str, str, str]]:
    for slot in world.slots:
        for value in slot.values:
            if slot.name in SIDES and is_somebody(value.key, value.name):
                yield "actor", value.key, value.name
            elif slot.name == "place":
                yield "place", value.key, value.name
                if value.country:
                    yield "country", value.country, country_name(value.country)
            elif slot.name in _THINGS and is_thing(slot.name, value.key):
                yield "equipment", value.key, value.name.removeprefix("the ").removeprefix("a ")


def is_thing(slot: str, key: str) -> bool:
    """Whether what stands in a slot is equipment: read as such, or of the tables of equipment."""
    return slot == "equipment" or key.startswith("equipment:")


def country_name(code: str) -> str:
    """A country's name by its alpha-3, or the code."""
    country = load_countries().by_code.get(code)
    return country.name if country else code
