"""Keeps which items are one entity: pairs joined in, clusters with their names, countries and roles out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dateline.stages.coreference.items import Item


class Clusters:
    """A union of items. The cluster of an item is known by its first item's place."""

    def __init__(self, items: Sequence[Item]) -> None:
        self.items = items
        self._above = list(range(len(items)))
        self.members: dict[int, list[int]] = {i: [i] for i in range(len(items))}
        self.reasons: dict[int, str] = {}
        self._genders = {i: item.gender for i, item in enumerate(items)}
        self._lands = {i: item.hit.country.code for i, item in enumerate(items) if item.land and item.hit}

    def copy(self) -> Clusters:
        """The same clusters over the same items, to be joined further without a trace here."""
        other = Clusters(self.items)
        other._above = list(self._above)
        other.members = dict(self.members)
        other.reasons = dict(self.reasons)
        other._genders = dict(self._genders)
        other._lands = dict(self._lands)
        return other

    def of(self, place: int) -> int:
        """The cluster of an item."""
        root = place
        while self._above[root] != root:
            root = self._above[root]
        self._above[place] = root
        return root

    def roots(self, places: Iterable[int]) -> list[int]:
        """The cluster of each of some items."""
        above = self._above
        return [root if above[root := above[place]] == root else self.of(place) for place in places]

    def same(self, a: int, b: int) -> bool:
        """Whether two items are one entity already."""
        return self.of(a) == self.of(b)

    def join(self, antecedent: int, item: int, why: str) -> bool:
        """Make two items one entity, unless their genders forbid it or they are two countries. The reason is kept with
        the later one."""
        a, b = self.of(antecedent), self.of(item)
        if a == b:
            return True
        genders = {self.gender(a), self.gender(b)} - {""}
        lands = {self._lands[root] for root in (a, b) if root in self._lands}
        if len(genders) > 1 or len(lands) > 1:
            return False
        low, high = min(a, b), max(a, b)
        if lands:
            self._lands[low] = lands.pop()
        self._above[high] = low
        self._genders[low] = self._genders[low] or self._genders[high]
        self.members[low] = sorted(self.members[low] + self.members.pop(high))
        self.reasons.setdefault(item, why)
        return True

    def all(self, place: int) -> Iterable[Item]:
        """The items of the cluster of an item, in text order."""
        return (self.items[i] for i in self.members[self.of(place)])

    def gender(self, place: int) -> str:
        """m, f, n, or empty where nothing tells."""
        return self._genders[self.of(place)]

    def names(self, place: int) -> list[Item]:
        """The cluster's names."""
        return [item for item in self.all(place) if item.kind == "NAM"]

    def type(self, place: int) -> str:
        """That of its first name, else of its first item that is no pronoun."""
        for kind in ("NAM", "NOM", "PRO"):
            for item in self.all(place):
                if item.kind == kind and item.type != "NORP":
                    return item.type
        return self.items[self.of(place)].type

    def countries(self, place: int) -> set[str]:
        """The countries its titles and phrases tell."""
        found = set()
        for item in self.all(place):
            for code in (item.country, item.title_country, *(role[1] for role in item.roles)):
                if code:
                    found.add(code)
        return found
