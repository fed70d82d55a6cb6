"""Knows the institutions that every country has: a name in (``russian defence ministry``), what it is out."""

from __future__ import annotations

from typing import Any

from dateline.knowledge import files
from dateline.knowledge.countries import Countries
from dateline.knowledge.names import normalise


class Institutions:
    """Ministries, services and courts found by country word and kind: no row a country is needed."""

    def __init__(self, countries: Countries) -> None:
        self._countries = countries
        self._forms: dict[str, dict[str, str]] = {}
        for row in files.rows(files.path("actors", "institutions.csv"), ("key", "name", "forms", "kind", "sector")):
            for form in (row["name"], *row["forms"].split("|")):
                if form:
                    self._forms.setdefault(normalise(form), row)

    def find(self, key: str) -> dict[str, Any] | None:
        """The fields of the actor that a normalised name tells: ``russian defence ministry``, ``ministry of defence
        of ukraine``, ``ukraines ministry of defence``."""
        words = key.split()
        for cut in range(1, min(4, len(words))):
            row = self._forms.get(" ".join(words[cut:]))
            if row:
                return self._actor(row, " ".join(words[:cut]))
        for cut in range(len(words) - 1, 1, -1):
            row = self._forms.get(" ".join(words[: cut - 1])) if words[cut - 1] in ("of", "in") else None
            if row:
                return self._actor(row, " ".join(words[cut:]).removeprefix("the "))
        return None

    def kind(self, words: str) -> dict[str, str] | None:
        """The row of ``institutions.csv`` that the words name without a country: ``Defence Ministry``."""
        return self._forms.get(normalise(words))

    def _actor(self, row: dict[str, str], owner: str) -> dict[str, Any] | None:
        hit = self._countries.find(owner) or self._countries.find(owner.upper())
        if hit is None and owner.endswith("s"):
            hit = self._countries.find(owner[:-1])
        if hit is None or hit.how == "seat":
            return None
        country = hit.country
        return {
            "id": f"institution:{country.code.lower()}-{row['key']}",
            "name": f"{country.adjective or country.name} {row['name']}",
            "kind": row["kind"],
            "country": country.code,
            "sector": row["sector"] or None,
        }
