"""Tells for whom an office holder speaks ("NATO chief", "the ministry's spokesman"): an item in, the body's out."""

from __future__ import annotations

from dateline.grammar import Tree
from dateline.knowledge.nominals import word_set
from dateline.stages.coreference.clusters import Clusters
from dateline.stages.coreference.items import Item

_BODY = ("nmod:of", "nmod:for", "nmod:at", "nmod:with", "nmod:poss", "compound", "nmod")
_OF_BODY = ("compound", "amod", "nmod:poss", "nmod:of", "nmod:from", "nmod")
_PERSON = ("nmod:poss", "nmod:for", "nmod:of", "nmod:to")


class Serving:
    """The bodies and officials that the descriptions of one report name beside an office."""

    def __init__(self, clusters: Clusters, tree: Tree) -> None:
        self.clusters, self.tree = clusters, tree
        self._by_head = {item.mention.head: item for item in clusters.items}

    def whom(self, item: Item) -> Item | None:
        """The body, or the person, in whose name the holder of an office that every body has speaks."""
        if item.title_body >= 0 and item.title and item.title[-1] in word_set("generic-office"):
            return self.clusters.items[item.title_body]
        office = item.lemma if item.kind == "NOM" else " ".join(item.title)
        if item.type != "PER" or not self.in_every_body(office):
            return None
        return self._beside(item, _BODY, "ORG") or self._beside(item, _PERSON, "PER")

    @staticmethod
    def in_every_body(title: str) -> bool:
        """Whether every body has such an office: "chief", "secretary general"."""
        words = title.split()
        return not {*words[-1:], " ".join(words[-2:])}.isdisjoint(word_set("generic-office"))

    def body(self, item: Item) -> Item | None:
        """The body that a common noun stands with: "EU foreign ministers", "fighters of the Taliban"; for a body the
        person too ("the Okello administration")."""
        if item.kind != "NOM" or item.type not in {"PER", "ORG"} or item.lemma in word_set("relational"):
            return None
        found = self._beside(item, _OF_BODY, "ORG")
        return self._beside(item, ("compound",), "PER") if found is None and item.type == "ORG" else found

    def _beside(self, item: Item, relations: tuple[str, ...], kind: str) -> Item | None:
        head = item.mention.head
        titles = [k for k in self.tree.kids(head, "compound") if k < item.mention.first] if item.kind == "NAM" else []
        for relation in relations:
            for k in (k for top in (head, *titles) for k in self.tree.kids(top, relation)):
                other = self._by_head.get(k)
                if other is not None and other is not item and self.clusters.type(other.place) == kind:
                    return other
        return None

    def in_a_firm(self, item: Item) -> bool:
        """Whether a title serves a firm where a firm is named ("vice chairman of the carrier")."""
        return (item.title[-1] if item.title else item.lemma) in word_set("company-title")
