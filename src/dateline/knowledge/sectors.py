"""What each PLOVER sector is: ``data/ontology/sectors.csv`` in; definitions, and the groups that rules ask for, out."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from msgspec import Struct

from dateline.errors import KnowledgeError
from dateline.knowledge import files

_MARKS = ("official", "at_home", "body", "party", "firm", "abroad")
NOBODY = "UNK"
"""The sector of words that say of no one what they are."""
FORMER = "ELI"
"""The sector of those who held an official one."""


class Sector(Struct, frozen=True, kw_only=True):
    """A sector. ``official``: of the state, lost with the office. ``at_home``: such bodies act in their own country
    alone. ``body``: its code stands in the country's place. ``party``: spoken of without an article as of one party.
    ``firm``: a business. ``abroad``: a place says where they are, not whose ("soldiers in Mali")."""

    name: str
    definition: str
    who: str
    official: bool
    at_home: bool
    body: bool
    party: bool
    firm: bool
    abroad: bool


class Sectors(Struct, frozen=True, kw_only=True):
    """The sectors by name, and the names of each group."""

    by_name: Mapping[str, Sector]
    official: frozenset[str]
    at_home: frozenset[str]
    bodies: frozenset[str]
    parties: frozenset[str]
    firms: frozenset[str]
    abroad: frozenset[str]

    def slots(self, country: str | None, sector: str | None) -> tuple[str | None, str | None]:
        """Country and sector as they are written: a body of several countries stands in the country's place; a rights
        group or agency that belongs to one country stays there."""
        if sector not in self.bodies:
            return country, sector
        if sector == "NGO" and country is not None:
            return country, None if country in self.bodies else sector
        return country if country in self.bodies else sector, None

    @property
    def held(self) -> frozenset[str]:
        """The official ones and the one of those who once had them."""
        return self.official | {FORMER}


@functools.cache
def load_sectors() -> Sectors:
    """The shipped sectors, read once. Raises :class:`KnowledgeError` where a mark is neither yes nor no."""
    table = files.rows(files.path("ontology", "sectors.csv"), ("sector", "definition", "who", *_MARKS))
    by_name = {row["sector"]: _sector(row) for row in table}

    def marked(mark: str) -> frozenset[str]:
        return frozenset(name for name, sector in by_name.items() if getattr(sector, mark))

    return Sectors(
        by_name=by_name,
        official=marked("official"),
        at_home=marked("at_home"),
        bodies=marked("body"),
        parties=marked("party"),
        firms=marked("firm"),
        abroad=marked("abroad"),
    )


def _sector(row: Mapping[str, str]) -> Sector:
    marks = {}
    for mark in _MARKS:
        if row[mark] not in {"yes", "no"}:
            raise KnowledgeError(f"ontology/sectors.csv: {row['sector']}: {mark} is {row[mark]!r}; allowed: yes, no")
        marks[mark] = row[mark] == "yes"
    return Sector(name=row["sector"], definition=row["definition"], who=row["who"], **marks)
