"""Resolves "the two leaders" and "his country": clusters in; pairs of clusters, and clusters joined, out."""

from __future__ import annotations

from dateline.grammar import Tree
from dateline.knowledge.nominals import word_set
from dateline.stages.coreference.clusters import Clusters
from dateline.stages.coreference.items import Item

_BACK = 2
_FAR = 6
"""Sentences back for "the two leaders": few persons of a report are leaders."""
_PARTIES = frozenset({"PER", "ORG", "GPE"})
_LEADERS = frozenset({"ruler", "leader"})


def pairs(clusters: Clusters, tree: Tree, several: dict[int, tuple[int, ...]]) -> dict[int, tuple[int, int]]:
    """For each "the two leaders" (by item) the two clusters it means, where just two persons fit nearby; "the two men"
    after them are the same two. ``several`` are the items that a plural pronoun means together."""
    found: dict[int, tuple[int, int]] = {}
    last: Item | None = None
    for item in clusters.items:
        both = sorted({clusters.of(place) for place in several.get(item.place, ())})
        if len(both) == 2 and all(clusters.names(root) for root in both):
            _pair(clusters, found, item, (both[0], both[1]))
            continue
        if item.kind != "NOM" or item.type != "PER" or item.number != "pl" or not _two(tree, item):
            continue
        if last is not None and item.sentence - last.sentence <= _BACK:
            clusters.join(last.place, item.place, "pair:again")
            last = item
            continue
        persons = _persons(clusters, item)
        if len(persons) == 2:
            _pair(clusters, found, item, (persons[0], persons[1]))
            last = item
    return found


def _pair(clusters: Clusters, found: dict[int, tuple[int, int]], item: Item, both: tuple[int, int]) -> None:
    """Note a pair; a second phrase for the same two joins the first."""
    before = next((place for place, other in found.items() if other == both), None)
    if before is None:
        found[item.place] = both
    else:
        clusters.join(before, item.place, "pair:again")


def join_ahead(clusters: Clusters, tree: Tree) -> None:
    """``After their talks the two ministers said``: a plural pronoun before the subject that it means."""
    by_head = {item.mention.head: item for item in clusters.items}
    for item in clusters.items:
        if (
            item.kind != "PRO"
            or item.group != "3"
            or item.number != "pl"
            or len(clusters.members[clusters.of(item.place)]) > 1
        ):
            continue
        for above in tree.ancestors(item.mention.head):
            subject = tree.subject(above) if tree.tokens[above].upos == "VERB" else None
            other = by_head.get(subject) if subject is not None and subject > item.mention.head else None
            if other is not None and other.kind == "NOM" and other.type in _PARTIES and _two(tree, other):
                clusters.join(item.place, other.place, "pair:ahead")
                break


def _two(tree: Tree, item: Item) -> bool:
    words = [t.form.lower() for t in tree.tokens[item.mention.first : item.mention.head]]
    return words in (["the", "two"], ["both"])


def _persons(clusters: Clusters, item: Item) -> list[int]:
    """The persons that fit the noun (leaders for "leaders") in the nearest sentences; once two are found, the sentence
    of the second one is read to its end, and a third one there makes it unsure."""
    reach = _FAR if item.group in _LEADERS else _BACK
    seen: list[int] = []
    stop = item.sentence - reach
    for place in range(item.place - 1, -1, -1):
        other = clusters.items[place]
        if other.sentence < stop:
            break
        root = clusters.of(place)
        if other.type != "PER" or other.number != "sg" or root in seen or not clusters.names(root):
            continue
        if _fits(clusters, root, item):
            seen.append(root)
            if len(seen) == 2:
                stop = other.sentence
    return sorted(seen)


def _fits(clusters: Clusters, root: int, item: Item) -> bool:
    if item.gender and clusters.gender(root) not in {"", item.gender}:
        return False
    if item.group not in _LEADERS:
        return True
    said = {title for member in clusters.all(root) for title, *_ in member.roles}
    said |= {member.lemma for member in clusters.all(root) if member.kind == "NOM"}
    return any(title in word_set("leader-noun") or title.split()[-1] in word_set("leader-noun") for title in said)


def join_lands(clusters: Clusters, tree: Tree) -> None:
    """``his country``: the one country of whom the pronoun means."""
    lands = {item.country: item.place for item in reversed(clusters.items) if item.land}
    by_head = {item.mention.head: item for item in clusters.items}
    for item in clusters.items:
        if item.kind != "NOM" or item.lemma not in word_set("land") or item.definite != "own" or item.number == "pl":
            continue
        owner = next((by_head[k] for k in tree.kids(item.mention.head, "nmod:poss") if k in by_head), None)
        if owner is None or owner.mention.first == item.place:
            continue
        countries = clusters.countries(owner.place) if clusters.type(owner.place) == "PER" else set()
        if len(countries) == 1:
            land = lands.get(next(iter(countries)))
            if land is not None:
                clusters.join(min(land, item.place), max(land, item.place), "description:possessor")
