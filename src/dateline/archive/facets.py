"""Events of the world in, what each can be found by out: facet by facet its keys, and what to call them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import product

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


class Facets:
    """The keys of some events, which are named by their place in the row that they were given in."""

    def __init__(self, worlds: Sequence[World]) -> None:
        self._of: list[dict[str, tuple[str, ...]]] = []
        self._at: dict[str, defaultdict[str, list[int]]] = {facet: defaultdict(list) for facet in FACETS}
        called: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for number, world in enumerate(worlds):
            held: defaultdict[str, dict[str, None]] = defaultdict(dict)
            for facet, key, name in _keys(world):
                called[facet, key][name] += 1
                if key not in held[facet]:
                    held[facet][key] = None
                    self._at[facet][key].append(number)
            self._of.append({facet: tuple(keys) for facet, keys in held.items()})
        self._names = {one: max(names, key=lambda name: (names[name], name)) for one, names in called.items()}

    def name(self, facet: str, key: str) -> str:
        """What a key is called most often; the key itself where no event holds it."""
        if facet == "between":
            return " and ".join(self.name("actor", part) for part in key.split(PAIR))
        return self._names.get((facet, key), key)

    def holders(self, facet: str, key: str) -> Sequence[int]:
        """The events that hold a key, in order."""
        return self._at[facet].get(key, ()) if facet in self._at else ()

    def keys(self, facet: str) -> Iterable[str]:
        """Every key of a facet."""
        return self._at[facet].keys()

    def chosen(self, keys: Iterable[tuple[str, str]]) -> set[int] | None:
        """The events that hold one of the keys of every facet that has some; None where no key is given."""
        groups: defaultdict[str, set[int]] = defaultdict(set)
        for facet, key in keys:
            groups[facet].update(self.holders(facet, key))
        return set.intersection(*groups.values()) if groups else None

    def counted(self, facet: str, numbers: Iterable[int], most: int | None = None) -> list[Offer]:
        """The keys that some events hold, those of the most events first."""
        counts: Counter[str] = Counter()
        for number in numbers:
            counts.update(self._of[number].get(facet, ()))
        ranked = sorted(counts.items(), key=lambda one: (-one[1], self.name(facet, one[0]), one[0]))[:most]
        return [Offer(facet=facet, key=key, name=self.name(facet, key), count=count) for key, count in ranked]

    def beginning(self, letters: str, most: int) -> list[Offer]:
        """Keys that have a word which begins with some letters in their name, those of the most events first."""
        start = letters.strip().lower()
        if len(start) < _LETTERS:
            return []
        found = [
            Offer(facet=facet, key=key, name=name, count=len(self._at[facet][key]))
            for (facet, key), name in self._names.items()
            if facet != "between" and (name.lower().startswith(start) or f" {start}" in name.lower())
        ]
        return sorted(found, key=lambda one: (-one.count, one.name, one.facet, one.key))[:most]


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
