"""Knows large firms and sports clubs by name: a name in; its country, sector and kind out."""

from __future__ import annotations

import functools

from msgspec import Struct

from dateline.knowledge.files import path, rows
from dateline.knowledge.names import normalise


class Company(Struct, frozen=True):
    """A firm or club. ``country`` is alpha-3, ``sector`` a PLOVER sector (BUS, SOC), ``kind`` company or club."""

    id: str
    name: str
    kind: str
    country: str
    sector: str


class Companies:
    """The rows of ``lexicons/companies.csv`` by name."""

    def __init__(self) -> None:
        self._names: dict[str, Company] = {}
        for row in rows(path("lexicons", "companies.csv"), ("name", "kind", "country", "sector")):
            key = normalise(row["name"])
            identity = f"{row['kind']}:{key.replace(' ', '-')}"
            self._names.setdefault(key, Company(identity, row["name"], row["kind"], row["country"], row["sector"]))

    def find(self, name: str) -> Company | None:
        """The firm of this name, case and accents aside; short names (``HP``) count in capitals only."""
        found = self._names.get(normalise(name))
        if found is not None and len(name) <= _SHORT and not name.isupper() and name != found.name:
            return None
        return found


_SHORT = 4


@functools.cache
def load_companies() -> Companies:
    """The table, read once."""
    return Companies()
