"""Resolves "her Belgian counterpart": clusters in; the holder of the same office of the other country joined to it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dateline.grammar import Tree
from dateline.stages.coreference.clusters import Clusters
from dateline.stages.coreference.items import Item
from dateline.stages.coreference.offices import Offices

_NOUN = "counterpart"


def join_counterparts(clusters: Clusters, tree: Tree, offices: Offices, day: date | None) -> dict[int, str]:
    """Join each counterpart to the one person of the report who holds the office, wherever that person is named; where
    the report names nobody, the knowledge id of the holder on the day, by item."""
    linked: dict[int, str] = {}
    by_head = {item.mention.head: item for item in clusters.items}
    for item in clusters.items:
        if item.lemma != _NOUN or item.kind != "NOM" or item.number == "pl" or item.country is None:
            continue
        owner = next((by_head[k] for k in tree.kids(item.mention.head, "nmod:poss") if k in by_head), None)
        if owner is None:
            continue
        titles = list(dict.fromkeys(title for title, *_ in _roles(clusters, owner.place)))
        if clusters.names(item.place):
            _give(clusters, item, titles)
            continue
        found = [root for root in _named(clusters) if _holds(clusters, root, titles, item.country, offices)]
        if len(found) == 1 and not clusters.same(found[0], owner.place):
            clusters.join(min(found[0], item.place), max(found[0], item.place), "counterpart:report")
        elif not found and day is not None:
            holders = [offices.holder(item.country, title, day) for title in titles]
            known = next((holder for holder in holders if holder is not None), None)
            if known is not None:
                linked[item.place] = known.id
    return linked


def _give(clusters: Clusters, item: Item, titles: list[str]) -> None:
    """A counterpart that is named holds the same office: that says more than the word."""
    for member in clusters.all(item.place):
        for i, (title, of, first, last) in enumerate(member.roles):
            if title.endswith(_NOUN) and titles:
                member.roles[i] = (titles[0], of, first, last)


def _roles(clusters: Clusters, place: int) -> Iterator[tuple[str, str | None, int, int]]:
    for member in clusters.all(place):
        yield from member.roles


def _named(clusters: Clusters) -> list[int]:
    """The persons of the report that have a name."""
    roots = (clusters.of(item.place) for item in clusters.items if item.kind == "NAM" and item.type == "PER")
    return list(dict.fromkeys(roots))


def _holds(clusters: Clusters, root: int, titles: list[str], country: str, offices: Offices) -> bool:
    wanted = {offices.office(title) for title in titles}
    return any(of == country and offices.office(title) in wanted for title, of, *_ in _roles(clusters, root))
