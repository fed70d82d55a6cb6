"""A key of somebody, a place or a piece of equipment in, what an archive holds of it out: its events by role, how it is
called, whom it deals with, what it vouches for."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from msgspec import Struct

from dateline.archive.facets import SIDES, sides_of
from dateline.archive.prepared import Prepared
from dateline.merge.saying import PRONOUNS
from dateline.merge.slots import Value
from dateline.merge.worlds import World


class Partner(Struct, frozen=True, kw_only=True):
    """Somebody on the other end of events, or on the same one: the events that go to them, come from them, are done
    side by side; ``weight`` sums the independent sources of all."""

    key: str
    name: str
    to: tuple[int, ...]
    by: tuple[int, ...]
    beside: tuple[int, ...]
    weight: int

    @property
    def count(self) -> int:
        """How many events there are between the two."""
        return len({*self.to, *self.by, *self.beside})


class Dossier(Struct, frozen=True, kw_only=True):
    """What an archive holds of one key: ``roles`` are its events by the role that it has in them, ``spellings`` the
    words by which reports call it with how often, ``vouched`` the events of which it is an ultimate source. Events are
    named by their place in :attr:`~dateline.archive.prepared.Prepared.worlds`."""

    facet: str
    key: str
    name: str
    roles: dict[str, tuple[int, ...]]
    spellings: tuple[tuple[str, int], ...]
    partners: tuple[Partner, ...]
    vouched: tuple[int, ...]

    @property
    def numbers(self) -> list[int]:
        """Every event that it has a role in, by day."""
        return sorted({number for numbers in self.roles.values() for number in numbers})


def dossier(prepared: Prepared, facet: str, key: str) -> Dossier | None:
    """What is held of a key of ``actor``, ``place`` or ``equipment``; None where no event knows it."""
    numbers = prepared.facets.holders(facet, key)
    vouched = prepared.facets.holders("source", key) if facet == "actor" else ()
    if not numbers and not vouched:
        return None
    roles: defaultdict[str, list[int]] = defaultdict(list)
    spelt: Counter[str] = Counter()
    for number in numbers:
        for slot, value in _values(prepared.worlds[number], facet, key):
            if number not in roles[slot][-1:]:
                roles[slot].append(number)
            spelt.update(saying.words for saying in value.sayings if _spells(saying.words))
    name = prepared.facets.name(facet, key) if numbers else prepared.facets.name("source", key)
    return Dossier(
        facet=facet,
        key=key,
        name=name,
        roles={slot: tuple(found) for slot, found in sorted(roles.items())},
        spellings=tuple(spelt.most_common()),
        partners=tuple(_partners(prepared, key, numbers)) if facet == "actor" else (),
        vouched=tuple(vouched),
    )


def _spells(words: str) -> bool:
    return bool(words) and words.lower() not in PRONOUNS


def _values(world: World, facet: str, key: str) -> Iterable[tuple[str, Value]]:
    for slot in world.slots:
        if (facet == "actor" and slot.name not in SIDES) or (facet == "place") != (slot.name == "place"):
            continue
        for value in slot.values:
            if value.key == key:
                yield slot.name, value


def _partners(prepared: Prepared, key: str, numbers: Iterable[int]) -> list[Partner]:
    """Those on either end of the events of somebody, those with the most independent sources first."""
    found: defaultdict[str, defaultdict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for number in numbers:
        sides = {"actor": set[str](), "recipient": set[str]()} | {
            side: set(keys) for side, keys in sides_of(prepared.worlds[number]).items()
        }
        own = next(side for side in ("actor", "recipient") if key in sides[side])
        for side, keys in sides.items():
            way = "beside" if side == own else "to" if own == "actor" else "by"
            for other in keys - {key}:
                found[other][way].append(number)
    partners = [
        Partner(
            key=other,
            name=prepared.facets.name("actor", other),
            to=tuple(ways["to"]),
            by=tuple(ways["by"]),
            beside=tuple(ways["beside"]),
            weight=sum(prepared.worlds[n].independent for n in {*ways["to"], *ways["by"], *ways["beside"]}),
        )
        for other, ways in found.items()
    ]
    return sorted(partners, key=lambda p: (-p.weight, -p.count, p.name, p.key))
