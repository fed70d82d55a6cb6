"""Makes the entities of a report: clusters in; names, links with reasons, roles, country and sector out."""

from __future__ import annotations

import functools
from datetime import date

from msgspec.structs import replace

from dateline.grammar import tree_of
from dateline.knowledge.actors import Actor, Actors, load_actors
from dateline.knowledge.companies import Company, load_companies
from dateline.knowledge.equipment import load_equipment
from dateline.knowledge.gazetteer import load_gazetteer
from dateline.knowledge.nominals import Nominals, word_set
from dateline.knowledge.phrases import load_phrases
from dateline.knowledge.placed import PlacedWords
from dateline.model import Entity, Link, MentionType, Record, Role, Span
from dateline.stages.coreference.clusters import Clusters
from dateline.stages.coreference.force import CountryInForce
from dateline.stages.coreference.items import Item
from dateline.stages.coreference.roles import merged

_BARE = 0.75
"""Least score of a link by family name alone, one bearer in the tables and in office."""
_RULING = 3
"""Rank of offices (heads of state and government, ministers above all) known by family name alone."""
_SAID = frozenset({"NOUN", "PROPN", "ADJ", "ADP"})
_TOWN = 20_000
"""People a town needs for its country to be taken from the gazetteer."""
_INSTITUTIONS = frozenset({"GOV", "MIL", "LEG", "JUD", "COP", "SPY"})
_OF_A_COUNTRY = frozenset({"PER", "ORG", "GPE", "NORP"})


class Describer:
    """Describes each cluster of one report. ``offices`` are the knowledge ids that descriptions led to, by item."""

    def __init__(
        self,
        record: Record,
        clusters: Clusters,
        lexicon: Nominals,
        actors: Actors,
        day: date | None,
        offices: dict[int, str],
        placed: PlacedWords,
    ) -> None:
        self.record, self.clusters, self.lexicon, self.actors, self.day, self.offices = (
            record,
            clusters,
            lexicon,
            actors,
            day,
            offices,
        )
        self.force = CountryInForce(clusters, placed)
        self.tree = tree_of(record)
        self._by_head = {item.mention.head: item for item in clusters.items}

    def entities(self, pairs: dict[int, tuple[int, int]]) -> tuple[Entity, ...]:
        """The entities in the order of their first mention; pronouns that found nobody make none. ``pairs`` are items
        that mean two clusters: their entity is one of its own, named after both."""
        made: dict[int, Entity] = {}
        paired = {self.clusters.of(place) for place in pairs}
        for root in sorted(self.clusters.members):
            items = list(self.clusters.all(root))
            if len(items) == 1 and items[0].type == "MISC" and items[0].kind != "PRO":
                made[root] = self._thing(f"e{len(made)}", items[0])
            elif len(items) > 1 or items[0].kind != "PRO" or root in paired:
                made[root] = self._entity(f"e{len(made)}", root, items)
        for place, both in pairs.items():
            first, second = (made[self.clusters.of(root)] for root in both)
            root = self.clusters.of(place)
            name = f"{first.name} and {second.name}"
            made[root] = replace(made[root], type=first.type, name=name, country=None, by="coreference:pair")
        return tuple(made.values())

    def _entity(self, identity: str, root: int, items: list[Item]) -> Entity:
        type_: MentionType = self.clusters.type(root)  # type: ignore[assignment]
        if type_ == "NORP" and any(item.land for item in items):
            type_ = "GPE"
        actor, link = self._actor(type_, items)
        country, sector = self._codes(type_, items, actor)
        if link is None:
            link = self._country_link(type_, items) or self._system_link(items) or self._company_link(type_, items)
        if link is None and country is not None:
            link = self._institution_link(type_, items, country)
        roles = merged(self._said_roles(items), self._known_roles(actor))
        return Entity(
            id=identity,
            type=type_,
            name=link.name if link is not None else self._name(items),
            mentions=tuple(item.mention.id for item in items),
            links=(link,) if link is not None else (),
            roles=roles,
            country=country,
            sector=sector,
            by=self._reasons(items),
        )

    def _thing(self, identity: str, item: Item) -> Entity:
        """A phrase that nothing else in the report means and no table is asked about."""
        name = self._words(item)
        return Entity(id=identity, type="MISC", name=name, mentions=(item.mention.id,), by="coreference")

    def _name(self, items: list[Item]) -> str:
        """The longest name; without one the first description."""
        if len(items) == 1:
            return self._words(items[0])
        names = [item for item in items if item.kind == "NAM"]
        chosen = max(names or items, key=lambda i: (i.kind != "PRO", i.subject, *_fullness(i, bool(names))))
        if names:
            chosen = max(names, key=lambda item: _fullness(item, True))
        return self._words(chosen)

    def _words(self, item: Item) -> str:
        """The item as the report writes it, on one line."""
        return " ".join(item.mention.span.of(self.record.article.text).split())

    def _reasons(self, items: list[Item]) -> str:
        found = dict.fromkeys(self.clusters.reasons[i.place] for i in items if i.place in self.clusters.reasons)
        return (
            "coreference:" + ",".join(dict.fromkeys(reason.partition(":")[0] for reason in found))
            if found
            else "coreference"
        )

    # --- knowledge ------------------------------------------------------------------------------------------------

    def _actor(self, type_: str, items: list[Item]) -> tuple[Actor | None, Link | None]:
        """The row of our tables that the cluster is, with the reason; none where more than one may be meant."""
        if type_ not in {"PER", "ORG"}:
            return None, None
        names = sorted({self._words(i) for i in items if i.kind == "NAM"}, key=lambda n: (-n.count(" "), n))
        for name in names:
            if type_ == "PER" and " " not in name:
                continue
            found = [a for a in self.actors.find(name, self.day) if (a.kind == "person") == (type_ == "PER")]
            chosen, score, why = self._choose(found, items)
            if chosen is not None:
                return chosen, Link(id=chosen.id, name=chosen.name, score=score, why=f"name {name!r}: {why}")
        for item in items:
            known = self.actors.get(self.offices[item.place], self.day) if item.place in self.offices else None
            if known is not None:
                return known, Link(
                    id=known.id, name=known.name, score=0.9, why="holds the office named, on the report's day"
                )
        return self._by_surname(items, names) if type_ == "PER" else (None, None)

    def _choose(self, found: list[Actor], items: list[Item]) -> tuple[Actor | None, float, str]:
        if len(found) == 1:
            return found[0], 0.95, "the only one of that name"
        said = self.clusters.countries(items[0].place)
        fitting = [a for a in found if a.country in said]
        if len(fitting) == 1:
            return fitting[0], 0.9, f"the only one of {fitting[0].country}"
        in_office = [a for a in found if self.day is not None and self.actors.role_on(a, self.day) is not None]
        if len(in_office) == 1:
            return in_office[0], 0.85, "the only one in office that day"
        return None, 0.0, ""

    def _by_surname(self, items: list[Item], names: list[str]) -> tuple[Actor | None, Link | None]:
        """A family name alone: only for holders of the highest offices on the day, or with the country said."""
        if len(names) != 1 or " " in names[0]:
            return None, None
        if self.day is None:
            return self._undated(items, names[0])
        said = self.clusters.countries(items[0].place)
        held = [(a, self.actors.role_on(a, self.day)) for a in self.actors.surname(names[0], self.day)]
        titled = [a for a, post in held if post is not None and a.country in said]
        ruling = [
            a for a, post in held if post is not None and post.rank <= _RULING and self.force.mentioned(a.country)
        ]
        for found, score, why in (
            (titled, 0.85, "family name and country"),
            (ruling, _BARE, "family name of a head in office"),
        ):
            if len(found) == 1:
                return found[0], Link(id=found[0].id, name=found[0].name, score=score, why=why)
        return None, None

    def _undated(self, items: list[Item], name: str) -> tuple[Actor | None, Link | None]:
        """A family name in a report without a day: the only bearer, who once held one of the highest offices, where
        the report names the country and a ruler's title stands before the name."""
        bearers = self.actors.surname(name)
        if len(bearers) != 1 or not any(item.title and item.title[-1] in word_set("ruler") for item in items):
            return None, None
        only = bearers[0]
        if min((post.rank for post in only.roles), default=_RULING + 1) > _RULING or not self.force.mentioned(
            only.country
        ):
            return None, None
        return only, Link(
            id=only.id, name=only.name, score=_BARE, why="family name of a head once in office, with title"
        )

    def _country_link(self, type_: str, items: list[Item]) -> Link | None:
        """The row of a country, for its name and adjective; a capital and a people are none."""
        if type_ not in {"GPE", "NORP"} or not items[0].country:
            return None
        for item in items:
            if item.kind != "NAM" or item.number == "pl":
                continue
            past = self.lexicon.historical.get(item.key)
            if past is not None:
                return Link(
                    id=f"state:{past[0].lower().replace(' ', '-')}", name=past[0], score=0.95, why="historical state"
                )
            hit = item.hit
            if hit is not None and hit.how in {"name", "adjective"}:
                return Link(
                    id=f"country:{hit.country.alpha3}", name=hit.country.name, score=0.98, why=f"country by {hit.how}"
                )
        return None

    def _system_link(self, items: list[Item]) -> Link | None:
        """The row of a weapon or vehicle."""
        for item in items:
            system = load_equipment().get(item.mention.by) if item.mention.by.startswith("equipment:") else None
            if system is not None:
                return Link(id=system.id, name=system.name, score=0.95, why=f"equipment table: {system.kind}")
        return None

    def _institution_link(self, type_: str, items: list[Item], country: str) -> Link | None:
        """``the Defence Ministry`` is that of the country in force."""
        known = self.actors.code(country)
        if type_ != "ORG" or known is None or not known.adjective:
            return None
        for item in items:
            if item.kind != "NAM" or not self.actors.institution(self._words(item)):
                continue
            found = self.actors.find(f"{known.adjective} {self._words(item)}", self.day)
            if len(found) == 1 and found[0].country == country:
                why = f"{self._words(item)!r} and the country in force"
                return Link(id=found[0].id, name=found[0].name, score=0.8, why=why)
        return None

    def _company(self, type_: str, items: list[Item]) -> Company | None:
        """The firm or club that a name of the cluster is."""
        if type_ != "ORG":
            return None
        names = (" ".join(item.words) for item in items if item.kind == "NAM")
        return next((found for name in names if (found := load_companies().find(name)) is not None), None)

    def _company_link(self, type_: str, items: list[Item]) -> Link | None:
        found = self._company(type_, items)
        return Link(id=found.id, name=found.name, score=0.9, why=f"table of firms: {found.kind}") if found else None

    # --- roles ----------------------------------------------------------------------------------------------------

    def _said_roles(self, items: list[Item]) -> tuple[Role, ...]:
        """Roles in the report's own words, with their place."""
        tokens = self.record.tokens
        found: dict[tuple[str, str | None], Role] = {}
        for item in items:
            for title, of, first, last in item.roles:
                span = Span(tokens[first].start, tokens[last - 1].end)
                body = (
                    self.clusters.items[item.title_body].mention
                    if item.title_body >= 0 and last == item.mention.first
                    else None
                )
                held = of or (body.span.of(self.record.article.text) if body is not None else None)
                found.setdefault((title, held), Role(title=title, of=held, span=span))
        return tuple(found.values())

    def _body_name(self, item: Item) -> str | None:
        """The body in a title: ``IAEA`` in "IAEA chief"."""
        if item.title_body < 0:
            return None
        return self.clusters.items[item.title_body].mention.span.of(self.record.article.text)

    def _known_roles(self, actor: Actor | None) -> tuple[Role, ...]:
        """The posts of our tables that were held on the report's day."""
        if actor is None or self.day is None:
            return ()
        return tuple(
            Role(title=post.title, of=post.of, since=post.since, until=post.until)
            for post in actor.roles
            if post.held(self.day)
        )

    # --- codes ----------------------------------------------------------------------------------------------------

    def _codes(self, type_: str, items: list[Item], actor: Actor | None) -> tuple[str | None, str | None]:
        """PLOVER country and sector: by knowledge, else by the words, else (institutions) the country in force."""
        if type_ not in _OF_A_COUNTRY:
            said = self.clusters.countries(items[0].place)
            return (said.pop() if len(said) == 1 else None), None
        company = self._company(type_, items) if actor is None else None
        if company is not None:
            return company.country, company.sector
        sector = actor.sector if actor is not None else self._sector(type_, items)
        if sector == "ELI" and _in_office(items):
            sector = self._sector(type_, items)
        country = (actor.country if actor is not None else None) or self._country(items)
        if country is None and type_ == "GPE":
            country = self._town_country(items)
        if country is None and sector in _INSTITUTIONS:
            country = self.force.around(items, sector)
        return country, sector or None

    def _country(self, items: list[Item]) -> str | None:
        """Of the words, else of the country that has it: ``its forces``."""
        found = self.clusters.countries(items[0].place)
        if not found:
            found = {code for item in items for code in self._owners(item)}
        return next(iter(found)) if len(found) == 1 else None

    def _owners(self, item: Item) -> set[str]:
        if item.kind != "NOM" or item.definite != "own" or item.type not in {"PER", "ORG"}:
            return set()
        owners = (self._by_head.get(k) for k in self.tree.kids(item.mention.head, "nmod:poss"))
        return {
            code
            for owner in owners
            if owner is not None and self.clusters.type(owner.place) in {"GPE", "ORG"}
            for code in self.clusters.countries(owner.place)
        }

    def _town_country(self, items: list[Item]) -> str | None:
        """A town's country, where every place of some size under its name lies in one."""
        name = next(
            (" ".join(i.mention.span.of(self.record.article.text).split()) for i in items if i.kind == "NAM"), None
        )
        senses = load_gazetteer().find(name) if name else ()
        largest = max((sense.population for sense in senses), default=0)
        if largest < _TOWN:
            return None
        found = {sense.country for sense in senses if sense.population >= largest / 10}
        return (found.pop() or None) if len(found) == 1 else None

    def _sector(self, type_: str, items: list[Item]) -> str | None:
        if type_ in {"GPE", "NORP"}:
            return self._seat_sector(items)
        for item in items:
            if item.title_body >= 0 and item.title and item.title[-1] in word_set("generic-office"):
                body = list(self.clusters.all(item.title_body))
                return self._sector("ORG", body)
            for title, _, _, _ in item.roles:
                sector = self.actors.post(title) or _sector_of(tuple(title.split()))
                if sector:
                    past = bool(word_set("past-office") & set(title.split()))
                    return "ELI" if past and sector in _INSTITUTIONS else sector
        for item in items:
            if item.kind == "NOM" or (item.kind == "NAM" and type_ == "ORG"):
                sector = _sector_of(self._lemmas(item)) or _coded(self._phrase(item), self.day)
                if sector:
                    return sector
        return None

    def _phrase(self, item: Item) -> str:
        """The words with what stands behind "of": "members of the council"."""
        last = item.mention.last - 1
        behind = self.tree.kid(item.mention.head, "nmod:of")
        if item.kind == "NOM" and behind is not None and behind > last:
            last = max(last, *self.tree.descendants(behind, ("acl", "appos", "punct", "conj")))
        text = self.record.article.text[item.mention.span.start : self.record.tokens[last].end]
        return " ".join(text.split())

    def _lemmas(self, item: Item) -> tuple[str, ...]:
        tokens = self.record.tokens[item.mention.first : item.mention.last]
        return tuple(t.lemma.lower() for t in tokens if t.upos in _SAID)

    def _seat_sector(self, items: list[Item]) -> str | None:
        """``Kremlin`` is RUS GOV, and so is a capital that acts; a country has no sector of its own."""
        for item in items:
            if item.hit is not None and item.hit.sector:
                return item.hit.sector
        return "GOV" if any(item.acts for item in items) else None


@functools.lru_cache(maxsize=20_000)
def _sector_of(lemmas: tuple[str, ...]) -> str | None:
    return load_actors().sector(lemmas)


@functools.lru_cache(maxsize=20_000)
def _coded(phrase: str, day: date | None) -> str | None:
    return load_phrases().code(phrase, day).sector


def _fullness(item: Item, named: bool) -> tuple[int, bool, int]:
    """More words, small letters beside capitals, the earlier one."""
    return (len(item.words), not item.words[0].isupper(), -item.place) if named else (0, True, -item.place)


def _in_office(items: list[Item]) -> bool:
    """The report gives a title without "former": the tables, which begin in 2000, may not know the post."""
    titles = [item.title for item in items if item.kind == "NAM" and item.title]
    return bool(titles) and not any(word_set("past-office") & set(title) for title in titles)
