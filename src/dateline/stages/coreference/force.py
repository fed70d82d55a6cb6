"""Tells the country in force around words that leave it out ("the Defence Ministry"): clusters in, a code out."""

from __future__ import annotations

from collections import Counter

from dateline.stages.coreference.clusters import Clusters
from dateline.stages.coreference.items import Item

_BACK = 2
_SHARE = 0.6
"""Share of all country words that makes one country the report's own."""


_GROUPS = frozenset({"government", "body", "force", "legislature"})


class CountryInForce:
    """The countries of one report, by sentence."""

    def __init__(self, clusters: Clusters) -> None:
        self.by_sentence: dict[int, list[str]] = {}
        self.total: Counter[str] = Counter()
        for item in clusters.items:
            if item.kind == "NAM" and item.country and item.type in {"GPE", "NORP", "ORG"}:
                self.by_sentence.setdefault(item.sentence, []).append(item.country)
                self.total[item.country] += 1

    def mentioned(self, country: str | None) -> bool:
        """Whether the report names the country at all."""
        return country is not None and country in self.total

    def around(self, items: list[Item]) -> str | None:
        """The only country of the sentence, or of the nearest sentence before it that names any; where that names
        several, the report's own country if it has one."""
        item = items[0]
        if not _institution(item):
            return None
        for back in range(_BACK + 1):
            named = set(self.by_sentence.get(item.sentence - back, ()))
            if len(named) == 1:
                return named.pop()
            if named:
                break
        count = sum(self.total.values())
        if count < 3:
            return None
        country, times = max(self.total.items(), key=lambda pair: (pair[1], pair[0]))
        return country if times >= _SHARE * count else None


def _institution(item: Item) -> bool:
    """A body's name, or a definite phrase for one or for the holder of an office: never "two leaders", "bombers"."""
    if item.kind == "NAM":
        return item.type == "ORG"
    return item.definite == "the" and (item.number == "sg" or item.group in _GROUPS)
