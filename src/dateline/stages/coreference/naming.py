"""Joins names that are one entity's: items in; clusters joined by equal names, aliases, parts and initials out."""

from __future__ import annotations

from itertools import islice

from dateline.knowledge.actors import Actors
from dateline.knowledge.names import fold
from dateline.knowledge.nominals import Nominals, word_set
from dateline.stages.coreference.clusters import Clusters
from dateline.stages.coreference.items import Item

_MOST = 100
"""Bearers of a word that a shorter name is held against: of a name that more persons bear, part of it tells nobody."""
_PLACES = frozenset({"GPE", "LOC", "FAC", "NORP"})
_SPELLED = 5
"""Letters a name needs before another spelling of it counts as the same."""


def join_names(clusters: Clusters, actors: Actors, lexicon: Nominals) -> None:
    """All name sieves, the most precise first."""
    names = [item for item in clusters.items if item.kind == "NAM"]
    _equal(clusters, names)
    _countries(clusters, names, lexicon)
    _aliases(clusters, names, actors)
    _spellings(clusters, names)
    _initials(clusters, names)
    _airfields(clusters, names)
    _person_parts(clusters, names)
    _body_parts(clusters, names, lexicon)


def _family(item: Item) -> str:
    return "place" if item.type in _PLACES else item.type


def _equal(clusters: Clusters, names: list[Item]) -> None:
    first: dict[tuple[str, str], int] = {}
    for item in names:
        if item.type == "NORP" and item.number == "pl":
            key = (item.key, "people")
        else:
            key = (item.key, _family(item))
        clusters.join(first.setdefault(key, item.place), item.place, "name:equal")


def _countries(clusters: Clusters, names: list[Item], lexicon: Nominals) -> None:
    """A country's names and its adjective are the country; its people and its capital are not."""
    first: dict[str, int] = {}
    for item in names:
        if _family(item) != "place" or item.number == "pl":
            continue
        past = lexicon.historical.get(item.key)
        if past is not None:
            clusters.join(first.setdefault(past[0], item.place), item.place, "name:state")
            continue
        if item.hit is not None and item.hit.how in {"name", "adjective"}:
            clusters.join(first.setdefault(item.hit.country.alpha3, item.place), item.place, "name:country")


def _aliases(clusters: Clusters, names: list[Item], actors: Actors) -> None:
    """Two names of one row: ``ISIL`` and ``Islamic State``."""
    first: dict[str, int] = {}
    seen: set[str] = set()
    for item in names:
        if item.key in seen or item.type not in {"ORG", "PER"} or (item.type == "PER" and len(item.words) < 2):
            continue
        seen.add(item.key)
        found = actors.find(" ".join(item.words))
        if len(found) == 1:
            clusters.join(first.setdefault(found[0].id, item.place), item.place, f"name:{found[0].id}")


def _spellings(clusters: Clusters, names: list[Item]) -> None:
    """One report's two spellings of a long name: ``Shoigu`` and ``Choigu``."""
    first: dict[tuple[str, str], int] = {}
    for item in names:
        if len(item.key) >= _SPELLED and item.type == "PER":
            key = (fold(item.key), item.type)
            clusters.join(first.setdefault(key, item.place), item.place, "name:spelling")


def _initials(clusters: Clusters, names: list[Item]) -> None:
    """``Food and Agriculture Organization`` and ``FAO``; "the" and "of" do not count."""
    long: dict[str, set[int]] = {}
    for item in names:
        if item.type != "PER" and len(item.words) > 1:
            for keep in (True, False):
                letters = "".join(
                    w[0] for w in item.words if w[0].isupper() or (keep and w[0].isalpha() and w.islower())
                )
                if len(letters) > 1:
                    long.setdefault(letters.upper(), set()).add(clusters.of(item.place))
    for item in names:
        if item.type != "PER" and len(item.words) == 1 and item.words[0].isupper() and len(item.words[0]) > 1:
            found = {clusters.of(c) for c in long.get(item.words[0].replace(".", ""), ())}
            if len(found) == 1:
                clusters.join(found.pop(), item.place, "name:initials")


def _airfields(clusters: Clusters, names: list[Item]) -> None:
    """``Entebbe airport`` and ``Entebbe air base`` are one field."""
    first: dict[str, int] = {}
    for item in names:
        if item.type != "FAC" or len(item.words) < 2:
            continue
        for size in (2, 1):
            place, kind = " ".join(item.words[:-size]), " ".join(item.words[-size:]).lower()
            if place and kind in word_set("airfield"):
                clusters.join(first.setdefault(place, item.place), item.place, "name:airfield")
                break


def _person_parts(clusters: Clusters, names: list[Item]) -> None:
    """``Putin`` is ``Vladimir Putin`` where one person of the report bears the name; a middle name may be left out."""
    bearers: dict[str, dict[tuple[str, int], int]] = {}
    for item in names:
        if item.type == "PER" and len(item.words) > 1:
            for word in dict.fromkeys(item.key.split()):
                bearers.setdefault(word, {}).setdefault((item.key, clusters.of(item.place)), item.place)
    for item in names:
        if item.type != "PER":
            continue
        words = item.key.split()
        some = list(islice(bearers.get(words[-1], {}).values(), _MOST))
        places = [p for p in some if _part_of(words, clusters.items[p].key.split())]
        found = list(dict.fromkeys(clusters.of(p) for p in places if not clusters.same(p, item.place)))
        if len(found) > 1 and len(words) == 1:
            found = _surname_first(clusters, words[0], found)
        if len(found) == 1:
            clusters.join(found[0], item.place, "name:part")


def _part_of(short: list[str], long: list[str]) -> bool:
    """All words of the short name stand in the long one in order, the last one as its last or, alone, anywhere."""
    if len(short) >= len(long):
        return False
    rest = iter(long)
    if not all(word in rest for word in short):
        return False
    return len(short) == 1 or short[-1] == long[-1] or short[0] == long[0]


def _surname_first(clusters: Clusters, word: str, found: list[int]) -> list[int]:
    """Of several bearers the one whose last word it is; still several: none."""
    last = [c for c in found if any(i.key.split()[-1] == word for i in clusters.names(c))]
    return last if len(last) == 1 else []


def _body_parts(clusters: Clusters, names: list[Item], lexicon: Nominals) -> None:
    """``Huawei`` for ``Huawei Technologies Co``; "the Authority" for the one ``Water Authority`` of the report."""
    long: dict[str, set[int]] = {}
    for item in names:
        words = item.key.split()
        if item.type == "ORG" and len(words) > 1:
            if any(w in word_set("company-tail") for w in words[1:]):
                long.setdefault(words[0], set()).add(item.place)
            noun = lexicon.nouns.get(words[-1])
            if noun is not None and noun.type == "ORG" and noun.heads_name:
                long.setdefault(words[-1], set()).add(item.place)
    for item in names:
        if item.type == "ORG" and len(item.words) == 1:
            found = {clusters.of(p) for p in long.get(item.key, ())} - {clusters.of(item.place)}
            if len(found) == 1:
                clusters.join(found.pop(), item.place, "name:short")
