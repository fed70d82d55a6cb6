"""Joins descriptions to what they describe: appositions, copulas, offices, ``the frigate``; clusters in and out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from dateline.grammar import Tree
from dateline.knowledge.nominals import word_set
from dateline.knowledge.sectors import load_sectors
from dateline.stages.coreference.clusters import Clusters
from dateline.stages.coreference.items import Item
from dateline.stages.coreference.offices import RULERS, Offices

_THINGS = frozenset({"VEH", "WEA"})
_PLACE = frozenset({"GPE", "LOC", "FAC"})
_OTHERS = frozenset({"other", "another", "different"})
_REACH = 20
"""Sentences back to which a definite phrase may refer by its head alone."""


def join_descriptions(clusters: Clusters, tree: Tree) -> None:
    """Titles, appositions, copulas: said of a name in so many words."""
    by_head = {item.mention.head: item for item in clusters.items if item.kind != "PRO"}
    for item in clusters.items:
        if item.title and item.kind == "NAM":
            item.roles.append((" ".join(item.title), item.title_country, item.title_first, item.mention.first))
        if item.kind == "PRO":
            continue
        if item.kind == "NOM":
            _join_named(clusters, tree, item, by_head)
        for k in tree.children[item.mention.head]:
            other = by_head.get(k) if tree.tokens[k].deprel == "appos" else None
            if other is not None and other is not item:
                _describe(clusters, *((item, other) if item.kind == "NAM" else (other, item)), "apposition")
        if item.kind == "NOM" and item.type != "MISC":
            _join_copula(clusters, tree, item, by_head)


def _join_copula(clusters: Clusters, tree: Tree, item: Item, by_head: dict[int, Item]) -> None:
    """``Okello is the minister``: one entity; ``Okello is a lawyer``: a role."""
    head = item.mention.head
    if tree.kid(head, "cop") is None or tree.negated(head) is not None:
        return
    subject = tree.kid(head, "nsubj")
    other = by_head.get(subject) if subject is not None else None
    if other is not None and (item.definite == "the" or other.kind == "NAM"):
        _describe(clusters, other, item, "copula", join=item.definite in {"the", "own"})


def _join_named(clusters: Clusters, tree: Tree, item: Item, by_head: dict[int, Item]) -> None:
    """A noun with its name: ``the frigate Minsk``, ``the city of Goma``, ``the Tass news agency``."""
    after = clusters.items[item.place + 1] if item.place + 1 < len(clusters.items) else None
    if (
        item.type == "VEH"
        and after is not None
        and after.type == "VEH"
        and after.mention.first == item.mention.last
        and after.kind == "NAM"
    ):
        clusters.join(item.place, after.place, "description:named")
    for k in tree.children[item.mention.head]:
        name = by_head.get(k)
        if name is None or name.kind != "NAM" or name.number != item.number:
            continue
        relation = tree.tokens[k].deprel
        town = relation == "nmod:of" and {name.type, item.type} <= _PLACE and item.lemma in word_set("named-of")
        body = relation == "compound" and name.type == item.type == "ORG" and item.group in {"media", "group"}
        inside = item.mention.first <= k < item.mention.head
        thing = inside and relation != "nmod:poss" and {name.type, item.type} <= _THINGS
        if town or body or thing:
            clusters.join(min(name.place, item.place), max(name.place, item.place), "description:named")


def _describe(clusters: Clusters, name: Item, nominal: Item, why: str, join: bool = True) -> None:
    if nominal.kind != "NOM" or name.number != nominal.number:
        return
    if name.type != nominal.type and not {name.type, nominal.type} <= _PLACE:
        return
    if not join or clusters.join(min(name.place, nominal.place), max(name.place, nominal.place), f"description:{why}"):
        mention = nominal.mention
        name.roles.append((" ".join(nominal.title) or nominal.lemma, nominal.country, mention.first, mention.last))


class Definites:
    """Resolves definite nominals in text order."""

    def __init__(self, clusters: Clusters, tree: Tree, offices: Offices, day: date | None) -> None:
        self.clusters, self.tree, self.offices, self.day = clusters, tree, offices, day
        self.linked: dict[int, str] = {}
        """Knowledge ids of nominals whose office tells the holder, by place."""
        self._nominals: dict[tuple[str, str], list[Item]] = {}
        self._names: dict[tuple[str, str], list[Item]] = {}
        for item in clusters.items:
            if item.kind == "NOM":
                self._nominals.setdefault((item.lemma, item.number), []).append(item)
            elif item.kind == "NAM" and len(item.words) > 1:
                for word in dict.fromkeys(item.key.split()):
                    self._names.setdefault((word, item.type), []).append(item)

    def resolve(self) -> None:
        """All nominals in text order."""
        for item in self.clusters.items:
            if item.kind == "NOM" and len(self.clusters.members[self.clusters.of(item.place)]) == 1:
                self._resolve(item)

    def resolve_offices(self) -> None:
        """Only those known by their role or office: what the report says of a person in so many words."""
        for item in self.clusters.items:
            alone = len(self.clusters.members[self.clusters.of(item.place)]) == 1
            if item.kind == "NOM" and alone and not self._another(item):
                self._by_post(item)

    def _another(self, item: Item) -> bool:
        """``a minister``, ``another minister``: somebody new."""
        return item.definite == "a" or bool(item.modifiers & _OTHERS)

    def _by_post(self, item: Item) -> bool:
        return item.type == "PER" and item.number == "sg" and (self._by_role(item) or self._by_office(item))

    def _resolve(self, item: Item) -> None:
        if self._another(item):
            return
        if item.type == "PER" and item.number == "sg":
            if self._by_post(item):
                return
        elif (item.type == "VEH" and self._by_class(item)) or (item.type == "GPE" and self._by_place(item)):
            return
        if self._by_name_head(item):
            return
        self._by_head(item)

    # --- persons --------------------------------------------------------------------------------------------------

    def _by_role(self, item: Item) -> bool:
        """The only person before it of whom the report has said this role."""
        if item.definite not in {"the", "own"} and item.country is None:
            return False
        if item.modifiers & word_set("other-person"):
            return False
        found = {c for c in self._persons_before(item) if self._has_role(c, item)}
        if len(found) > 1:
            found = {c for c in found if self._fresh(c, item)}
        if len(found) != 1:
            return False
        return self.clusters.join(found.pop(), item.place, "role:report")

    def _fresh(self, cluster: int, item: Item) -> bool:
        """Whether a person was spoken of in this sentence or the one before."""
        return any(0 <= item.sentence - m.sentence <= 1 for m in self.clusters.all(cluster) if m.place < item.place)

    def _persons_before(self, item: Item) -> Iterator[int]:
        seen = set()
        for other in self.clusters.items[: item.place]:
            if other.type == "PER" and other.kind == "NAM":
                root = self.clusters.of(other.place)
                if root not in seen:
                    seen.add(root)
                    yield root

    def _has_role(self, cluster: int, item: Item) -> bool:
        for member in self.clusters.all(cluster):
            for title, of, _, _ in member.roles:
                words = title.split()
                same = _titled(title, item.lemma) or (
                    item.country is not None and item.lemma in RULERS and _rules(title) and of is not None
                )
                if same and (item.country is None or of is None or of == item.country) and _fits(item, words):
                    if item.country is not None and of is None and not self._of_country(cluster, item.country):
                        continue
                    return True
        return False

    def _of_country(self, cluster: int, country: str) -> bool:
        """Whether the report, or else the tables, tie a person to a country."""
        said = self.clusters.countries(cluster)
        if said:
            return country in said
        names = (" ".join(item.words) for item in self.clusters.names(cluster) if len(item.words) > 1)
        return any(actor.country == country for name in names for actor in self.offices.actors.find(name, self.day))

    def _by_office(self, item: Item) -> bool:
        """The holder of the office on the report's day, by the tables."""
        if item.country is None or self.day is None or item.modifiers & word_set("other-person"):
            return False
        inside = self.tree.tokens[item.mention.first : item.mention.head]
        title = " ".join([t.lemma.lower() for t in inside if t.upos == "NOUN"] + [item.lemma])
        holder = self.offices.holder(item.country, title, self.day)
        if holder is None:
            return False
        self.linked[item.place] = holder.id
        surname = holder.name.split()[-1].casefold()
        for cluster in self._persons_before(item):
            names = self.clusters.names(cluster)
            if any(
                actor.id == holder.id for n in names for actor in self.offices.actors.find(" ".join(n.words), self.day)
            ):
                return self.clusters.join(cluster, item.place, f"office:{holder.id}")
            if all(len(n.words) == 1 for n in names) and any(n.key == surname for n in names):
                return self.clusters.join(cluster, item.place, f"office:{holder.id}")
        return False

    # --- things ---------------------------------------------------------------------------------------------------

    def _by_class(self, item: Item) -> bool:
        """``the frigate``, ``the plane``: the only ship or aircraft of the last sentences."""
        if item.group not in {"ship", "aircraft"} or item.number == "pl" or item.definite != "the":
            return False
        found = set()
        for other in self._before(item, _REACH):
            if other.type == "VEH" and other.number == "sg" and _same_class(item, other):
                found.add(self.clusters.of(other.place))
        if item.country is not None:  # "the Turkish cargo ship" is no frigate of nobody's
            found = {cluster for cluster in found if item.country in self.clusters.countries(cluster)}
        return len(found) == 1 and self.clusters.join(found.pop(), item.place, f"class:{item.group}")

    def _by_place(self, item: Item) -> bool:
        """``the city``, ``the country``: the only one named in this sentence and the one before."""
        if (
            item.number == "pl"
            or item.definite != "the"
            or item.lemma not in word_set("town") | word_set("land")
            or item.country
        ):
            return False
        found = set()
        for other in self._before(item, 1):
            if other.type == "GPE" and other.kind == "NAM":
                land = (
                    other.country is not None
                    and self.clusters.of(other.place) >= 0
                    and other.hit is not None
                    and other.hit.how == "name"
                )
                if land == (item.lemma in word_set("land")):
                    found.add(self.clusters.of(other.place))
        return len(found) == 1 and self.clusters.join(found.pop(), item.place, "class:place")

    def _by_name_head(self, item: Item) -> bool:
        """``the ministry`` for ``Defence Ministry``: the last name of that head."""
        if item.definite != "the" or item.number == "pl" or item.type == "PER":
            return False
        for other in _nearest(self._names.get((item.lemma, item.type), ()), item):
            if item.modifiers <= set(other.key.split()):
                return self.clusters.join(other.place, item.place, "head:name")
        return False

    def _by_head(self, item: Item) -> bool:
        """The last phrase with this head that the words allow: all its modifiers were said before."""
        bare = self._party(item)
        if item.definite not in {"the", "own"} and not bare:
            return False
        for other in _nearest(self._nominals[item.lemma, item.number], item):
            if bare and (other.definite == "a" or other.modifiers):
                continue
            if other.country and item.country and other.country != item.country:
                continue
            said = frozenset().union(*(m.modifiers for m in self.clusters.all(other.place)))
            if item.modifiers <= said and not (item.definite == "own" and other.modifiers != item.modifiers):
                return self.clusters.join(other.place, item.place, "head:same")
        return False

    def _party(self, item: Item) -> bool:
        """``rebels``, ``police`` without an article: in one report the same ones throughout."""
        if item.definite or item.modifiers or item.number != "pl" or item.type not in {"PER", "ORG"}:
            return False
        return self.offices.actors.sector([item.lemma]) in load_sectors().parties

    def _before(self, item: Item, reach: int) -> Iterator[Item]:
        """Items before this one, nearest first, as far as ``reach`` sentences back."""
        for place in range(item.place - 1, -1, -1):
            other = self.clusters.items[place]
            if other.sentence < item.sentence - reach:
                return
            if not (other.mention.first <= item.mention.first and item.mention.last <= other.mention.last):
                yield other


def _nearest(items: Sequence[Item], item: Item) -> Iterator[Item]:
    """Those before ``item`` within reach, nearest first."""
    for other in reversed(items):
        if other.place < item.place:
            if other.sentence < item.sentence - _REACH:
                return
            if other.mention.last <= item.mention.first:
                yield other


def _titled(title: str, lemma: str) -> bool:
    """``deputy foreign minister`` answers to "minister", ``secretary of state`` to itself and to "secretary"."""
    return title.partition(" of ")[0].rpartition(" ")[2] == lemma or title.endswith(lemma)


def _rules(title: str) -> bool:
    """A title of somebody who leads a country: ``prime minister`` answers to "leader"."""
    return title.rsplit(maxsplit=1)[-1] in word_set("ruler") or title in word_set("leader-noun")


def _same_class(item: Item, other: Item) -> bool:
    """Whether ``the ship`` may be ``the frigate`` or a vehicle known by name."""
    if other.kind == "NAM":
        return item.group == other.group
    general = word_set("ship") if item.group == "ship" else word_set("aircraft")
    return other.group == item.group and (other.lemma == item.lemma or item.lemma in general or other.lemma in general)


def _fits(item: Item, title: list[str]) -> bool:
    """What the phrase adds to its head agrees with the title: ``defence minister`` is no ``foreign minister``."""
    said = {m.replace("defense", "defence") for m in item.modifiers if m not in {"north", "south"}}
    given = {t.replace("defense", "defence") for t in title if t != item.lemma}
    nouns = {m for m in said if not m[:1].isupper()}
    if not given or not nouns:
        return True
    return bool(given & nouns) or (item.country is not None and not (nouns - given - _country_like(item)))


def _country_like(item: Item) -> frozenset[str]:
    return item.modifiers if item.country is not None else frozenset()
