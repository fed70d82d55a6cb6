"""Tells the country in force around words that leave it out ("the Defence Ministry"): clusters in, a code out."""

from __future__ import annotations

from collections import Counter

from dateline.knowledge.placed import PlacedWords
from dateline.stages.coreference.clusters import Clusters
from dateline.stages.coreference.items import Item

_BACK = 2
_SHARE = 0.6
"""Share of all country words that makes one country the report's own."""
_HOME = 0.4
"""The share that is enough for the country of the dateline."""
_FEW = 3
_GROUPS = frozenset({"government", "body", "force", "legislature"})
_POLICE = "COP"


class CountryInForce:
    """The countries of one report, by sentence: those that are named (``by_sentence``), and those of its places."""

    def __init__(self, clusters: Clusters, placed: PlacedWords) -> None:
        self.placed = placed
        self.by_sentence: dict[int, list[str]] = {}
        self.total: Counter[str] = Counter()
        for item in clusters.items:
            if item.kind == "NAM" and item.country and item.type in {"GPE", "NORP", "ORG"}:
                if item.type == "ORG" or item.hit is not None:
                    self.by_sentence.setdefault(item.sentence, []).append(item.country)
                self.total[item.country] += 1

    def mentioned(self, country: str | None) -> bool:
        """Whether the report names the country at all."""
        return country is not None and country in self.total

    def around(self, items: list[Item], sector: str | None) -> str | None:
        """The only country of the sentence, or of the nearest sentence before it that names any; where that names
        several, the report's own country if it has one. Towns speak where no country does."""
        item = items[0]
        if not _institution(item, sector):
            return None
        for back in range(_BACK + 1):
            sentence = item.sentence - back
            named = set(self.by_sentence.get(sentence, ())) or set(self.placed.by_sentence.get(sentence, ()))
            if len(named) == 1:
                return named.pop()
            if named:
                break
        return self._own()

    def _own(self) -> str | None:
        """The country that the report is about."""
        count, home = sum(self.total.values()), self.placed.home
        if home is not None and self.total[home] >= _HOME * count:
            return home
        if count < _FEW:
            return None
        country, times = max(self.total.items(), key=lambda pair: (pair[1], pair[0]))
        return country if times >= _SHARE * count else None


def _institution(item: Item, sector: str | None) -> bool:
    """A body's name, or a definite phrase for one or for the holder of an office: never "two leaders", "bombers".
    Of the police a report speaks without an article."""
    if item.kind == "NAM":
        return item.type == "ORG"
    if sector == _POLICE and item.definite == "" and item.type == "ORG":
        return True
    return item.definite == "the" and (item.number == "sg" or item.group in _GROUPS)
