"""Codes the clusters of one report: items in; PLOVER country and sector out, by knowledge, else by the words.

The words of the phrase first, then whom an office holder speaks for, then (for bodies) where they are at home.
"""

from __future__ import annotations

import functools

from dateline.grammar import Tree
from dateline.knowledge.actors import Actor, Actors
from dateline.knowledge.nominals import word_set
from dateline.knowledge.sectors import FORMER, NOBODY, load_sectors
from dateline.knowledge.trades import Trades
from dateline.knowledge.whose import Whose, town_lands
from dateline.model import Link, MentionType
from dateline.stages.coreference.clusters import Clusters
from dateline.stages.coreference.home import Home
from dateline.stages.coreference.items import Item
from dateline.stages.coreference.linking import Linker
from dateline.stages.coreference.serving import Serving

_OF_A_COUNTRY = frozenset({"PER", "ORG", "GPE", "NORP"})
_OWNERS = frozenset({"GPE", "ORG", "PER"})

Code = tuple[str | None, str | None]


class Coder:
    """Each cluster is coded once; what is asked of another cluster on the way is coded first."""

    def __init__(self, clusters: Clusters, tree: Tree, linker: Linker, whose: Whose, trades: Trades) -> None:
        self.clusters, self.tree, self.linker, self.trades = clusters, tree, linker, trades
        self.actors: Actors = linker.actors
        self.home = Home(clusters, tree, whose, self.told)
        self.serving = Serving(clusters, tree)
        self._by_head = {item.mention.head: item for item in clusters.items}
        self._actors: dict[int, tuple[Actor | None, Link | None]] = {}
        self._told: dict[int, Code] = {}
        self._codes: dict[int, Code] = {}

    def type(self, root: int) -> MentionType:
        """The cluster's type; a people that is a country's name or adjective is the country."""
        found: MentionType = self.clusters.type(root)  # type: ignore[assignment]
        land = found == "NORP" and any(item.land for item in self.clusters.all(root))
        return "GPE" if land else found

    def actor(self, place: int) -> tuple[Actor | None, Link | None]:
        """The row of our tables that the cluster is."""
        root = self.clusters.of(place)
        if root not in self._actors:
            self._actors[root] = self.linker.actor(self.type(root), list(self.clusters.all(root)))
        return self._actors[root]

    def codes(self, place: int) -> Code:
        """Country and sector of a cluster."""
        root = self.clusters.of(place)
        if root not in self._codes:
            country, sector = self.told(root)
            self._codes[root] = country, sector
            if country is None and sector in load_sectors().official and self.type(root) in _OF_A_COUNTRY:
                self._codes[root] = self.home.of(list(self.clusters.all(root)), sector), sector
        return self._codes[root]

    def told(self, place: int) -> Code:
        """Country and sector as far as tables and words tell them."""
        root = self.clusters.of(place)
        if root not in self._told:
            self._told[root] = None, None
            self._told[root] = self._tell(root, list(self.clusters.all(root)))
        return self._told[root]

    def _tell(self, root: int, items: list[Item]) -> Code:
        type_ = self.type(root)
        if type_ not in _OF_A_COUNTRY:
            said = self.clusters.countries(root)
            return (said.pop() if len(said) == 1 else None), None
        actor = self.actor(root)[0]
        company = self.linker.company(type_, items) if actor is None else None
        if company is not None:
            return company.country, company.sector
        served = self._served(items) if type_ == "PER" else None
        own = self._title(items) if served is not None and actor is None else None
        sector = actor.sector if actor is not None else own or (served[1] if served else self._sector(type_, items))
        if sector == FORMER and _in_office(items):
            sector = self._sector(type_, items)
        country = (actor.country if actor is not None else None) or self._country(items)
        if country is None and served is not None:
            country = served[0]
        if country is None and type_ == "GPE":
            lands = town_lands(self._name(items)) if any(item.kind == "NAM" for item in items) else set()
            country = lands.pop() if len(lands) == 1 else None
        return country, sector or None

    def _name(self, items: list[Item]) -> str:
        return next(" ".join(item.words) for item in items if item.kind == "NAM")

    # --- country --------------------------------------------------------------------------------------------------

    def _country(self, items: list[Item]) -> str | None:
        """Of the words, else of whoever has it: ``its forces``, ``his spokesman``."""
        found = self.clusters.countries(items[0].place) or {code for item in items for code in self._owners(item)}
        if not found:
            bodies = (self.serving.body(item) for item in items)
            found = {code for body in bodies if body is not None and (code := self.told(body.place)[0])}
        return next(iter(found)) if len(found) == 1 else None

    def _owners(self, item: Item) -> set[str]:
        if item.kind != "NOM" or item.definite != "own" or item.type not in {"PER", "ORG"}:
            return set()
        if item.lemma in word_set("relational"):
            return set()
        found: set[str] = set()
        for owner in (self._by_head.get(k) for k in self.tree.kids(item.mention.head, "nmod:poss")):
            kind = self.clusters.type(owner.place) if owner is not None else ""
            if owner is None or kind not in _OWNERS or (kind == "PER" and item.type != "ORG"):
                continue
            told = self.told(owner.place)[0]
            found |= self.clusters.countries(owner.place) or ({told} if told else set())
        return found

    # --- sector ---------------------------------------------------------------------------------------------------

    def _served(self, items: list[Item]) -> Code | None:
        """The code of the body or official that an office holder speaks for; None where nothing names one."""
        for item in items:
            body = self.serving.whom(item)
            if body is None or self.clusters.same(body.place, item.place):
                continue
            country, sector = self.codes(body.place) if body.type == "ORG" else self.told(body.place)
            if body.type == "PER" and sector not in load_sectors().official:
                continue
            if body.type == "ORG" and country is None and sector in {None, NOBODY}:
                if body.kind != "NAM" or not self.serving.in_a_firm(item):
                    continue
                sector = "BUS"
            past = not word_set("past-office").isdisjoint({*item.title, *item.modifiers})
            return country, FORMER if past and sector in load_sectors().official else sector
        return None

    def _sector(self, type_: str, items: list[Item]) -> str | None:
        if type_ in {"GPE", "NORP"}:
            return self._seat_sector(items)
        return next((sector for item in items if (sector := self._of_roles(item))), None) or next(
            (sector for item in items if (sector := self._of_words(item, type_))), None
        )

    def _title(self, items: list[Item]) -> str | None:
        """Of a title that says more than the office beside it: "Rep. Sam Ortiz, chairman of the panel"."""
        titles = (t for item in items for t, *_ in item.roles if item.kind == "NAM" and t == " ".join(item.title))
        found = (title for title in titles if not self.serving.in_every_body(title))
        return next((sector for title in found if (sector := self.actors.post(title))), None)

    def _of_roles(self, item: Item) -> str | None:
        """Of the titles that the report gives somebody."""
        for title, _, first, last in item.roles:
            if self._civil(title, first, last):
                continue
            words = title.split()
            sector = self.actors.post(title) or self.actors.sector(words)
            if sector in load_sectors().official and not word_set("past-office").isdisjoint(words):
                return FORMER
            if sector:
                return sector
        return None

    def _of_words(self, item: Item, type_: str) -> str | None:
        """Of a description, or of a body's name."""
        mention = item.mention
        if item.kind == "NOM":
            if item.lemma == "officer" and not item.modifiers and self._police_report:
                return "COP"
            return self.trades.of(mention.head, mention.first, mention.last)
        return self.trades.body(item.words) if item.kind == "NAM" and type_ == "ORG" else None

    @functools.cached_property
    def _police_report(self) -> bool:
        """Whether the officers of the report are police: it speaks of police, and never of armed forces."""
        spoken = {self.actors.sector([item.lemma]) for item in self.clusters.items if item.type == "ORG"}
        return "COP" in spoken and "MIL" not in spoken

    def _civil(self, title: str, first: int, last: int) -> bool:
        """ "Captain" in small letters before a name: of a ship or a side, unless the words say of what forces."""
        words = title.split()
        forces = not word_set("of-the-forces").isdisjoint(words)
        small = any(token.form == words[-1] for token in self.tree.tokens[first:last])
        return words[-1] in word_set("civil-crew") and small and not forces

    def _seat_sector(self, items: list[Item]) -> str | None:
        """``Kremlin`` is RUS GOV, and so is a capital that acts; a country has no sector of its own."""
        for item in items:
            if item.hit is not None and item.hit.sector:
                return item.hit.sector
        return "GOV" if any(item.acts for item in items) else None


def _in_office(items: list[Item]) -> bool:
    """The report gives a title without "former": the tables, which begin in 2000, may not know the post."""
    titles = [item.title for item in items if item.kind == "NAM" and item.title]
    return bool(titles) and not any(word_set("past-office") & set(title) for title in titles)
