"""Ties a cluster of one report to a row of our tables: items in; the actor, firm, country or weapon, with why, out."""

from __future__ import annotations

from datetime import date

from dateline.knowledge.actors import Actor, Actors
from dateline.knowledge.companies import Company, load_companies
from dateline.knowledge.equipment import load_equipment
from dateline.knowledge.nominals import Nominals, word_set
from dateline.model import Link, Record
from dateline.stages.coreference.clusters import Clusters
from dateline.stages.coreference.items import Item

_BARE = 0.75
"""Least score of a link by family name alone, one bearer in the tables and in office."""
_STEM, _LITTLE = 4, 3
"""Letters by which words of two names are compared, and of words that do not count."""
_RULING = 3
"""Rank of offices (heads of state and government, ministers above all) known by family name alone."""


def words_of(record: Record, item: Item) -> str:
    """The item as the report writes it, on one line."""
    return " ".join(item.mention.span.of(record.article.text).split())


def _written_out(row: str, longer: list[str]) -> bool:
    """Whether letters may stand for a row's name where the report writes them out itself: "New South Wales Environment
    Protection Authority (EPA)" is not the agency of the United States."""
    full = [n for n in longer if " " in n]
    wanted = [w[:_STEM] for w in row.casefold().split() if w[0].isalpha() and len(w) > _LITTLE]
    return not full or any(all(w in n.casefold() for w in wanted) for n in full)


class Linker:
    """The links of one report. ``offices`` are the knowledge ids that descriptions led to, by item."""

    def __init__(
        self,
        record: Record,
        clusters: Clusters,
        lexicon: Nominals,
        actors: Actors,
        day: date | None,
        offices: dict[int, str],
    ) -> None:
        self.record, self.clusters, self.lexicon = record, clusters, lexicon
        self.actors, self.day, self.offices = actors, day, offices
        self._named = {i.country for i in clusters.items if i.kind == "NAM" and i.type in {"GPE", "NORP", "ORG"}}

    def _mentioned(self, country: str | None) -> bool:
        """Whether the report names the country at all."""
        return country is not None and country in self._named

    def actor(self, type_: str, items: list[Item]) -> tuple[Actor | None, Link | None]:
        """The row of our tables that the cluster is, with the reason; none where more than one may be meant."""
        if type_ not in {"PER", "ORG"}:
            return None, None
        names = sorted({words_of(self.record, i) for i in items if i.kind == "NAM"}, key=lambda n: (-n.count(" "), n))
        for name in names:
            if type_ == "PER" and " " not in name:
                continue
            found = [a for a in self.actors.find(name, self.day) if (a.kind == "person") == (type_ == "PER")]
            if name.isupper():
                found = [a for a in found if _written_out(a.name, [n for n in names if not n.isupper()])]
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
        ruling = [a for a, post in held if post is not None and post.rank <= _RULING and self._mentioned(a.country)]
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
        if min((post.rank for post in only.roles), default=_RULING + 1) > _RULING or not self._mentioned(only.country):
            return None, None
        return only, Link(
            id=only.id, name=only.name, score=_BARE, why="family name of a head once in office, with title"
        )

    def thing(self, type_: str, items: list[Item]) -> Link | None:
        """The row of a country, a weapon or vehicle, a firm."""
        return self._country_link(type_, items) or self._system_link(items) or self._company_link(type_, items)

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

    def institution(self, type_: str, items: list[Item], country: str) -> Link | None:
        """``the Defence Ministry`` is that of the country it was found to be at home in."""
        known = self.actors.code(country)
        if type_ != "ORG" or known is None or not known.adjective:
            return None
        for item in items:
            if item.kind != "NAM" or not self.actors.institution(words_of(self.record, item)):
                continue
            found = self.actors.find(f"{known.adjective} {words_of(self.record, item)}", self.day)
            if len(found) == 1 and found[0].country == country:
                why = f"{words_of(self.record, item)!r} and its country"
                name = f"{known.adjective} {words_of(self.record, item).removeprefix('the ').removeprefix('The ')}"
                return Link(id=found[0].id, name=name, score=0.8, why=why)
        return None

    def company(self, type_: str, items: list[Item]) -> Company | None:
        """The firm or club that a name of the cluster is."""
        if type_ != "ORG":
            return None
        names = (" ".join(item.words) for item in items if item.kind == "NAM")
        return next((found for name in names if (found := load_companies().find(name)) is not None), None)

    def _company_link(self, type_: str, items: list[Item]) -> Link | None:
        found = self.company(type_, items)
        return Link(id=found.id, name=found.name, score=0.9, why=f"table of firms: {found.kind}") if found else None
