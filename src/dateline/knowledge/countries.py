"""Tells which country a word stands for: a name, adjective, people, capital or seat of government in, a hit out."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct

from dateline.errors import KnowledgeError
from dateline.knowledge import files
from dateline.knowledge.names import normalise
from dateline.knowledge.nominals import word_set
from dateline.model import Token

How = Literal["name", "adjective", "demonym", "capital", "seat"]
_COLUMNS: tuple[tuple[str, How], ...] = (
    ("name", "name"),
    ("other_names", "name"),
    ("adjectives", "adjective"),
    ("demonyms", "demonym"),
    ("capital", "capital"),
    ("other_capitals", "capital"),
)
_SHORT = 4
"""Abbreviations of up to so many letters (US, UK, CAR) count in capitals only: ``us`` and ``car`` are words."""


_HYPHENS = frozenset("-‐‑–")


def only_said_of(tokens: Sequence[Token], i: int) -> bool:
    """True for a country's name in "anti-Syria journalist", "Syrian-backed militia", "ethnic Turks": it says something
    of somebody, but not whose he is. ``tokens`` are a sentence or more, ``i`` the place of the name among them."""
    before, after = tokens[max(0, i - 2) : i], tokens[i + 1 : i + 3]
    if len(before) > 1 and before[1].form in _HYPHENS and before[0].form.lower() in word_set("said-of"):
        return True
    if len(after) > 1 and after[0].form in _HYPHENS and after[1].form.lower() in word_set("said-of"):
        return True
    return bool(before) and before[-1].form.lower() == "ethnic"


class Country(Struct, frozen=True):
    """A country or dependent area; ``alpha3`` is ISO 3166-1 (KOS for Kosovo), or a PLOVER body code (EUR, IGO)."""

    alpha3: str
    alpha2: str
    name: str
    adjective: str
    capital: str
    owner: str | None = None

    @property
    def code(self) -> str:
        """The PLOVER country code: that of the owner for a dependent area."""
        return self.owner or self.alpha3


class CountryHit(Struct, frozen=True):
    """What a word stands for. ``sector`` is set for a seat (Kremlin: GOV) and a breakaway region (PRE)."""

    country: Country
    how: How
    sector: str | None = None


_BODIES = (
    Country("EUR", "", "European Union", "European", "Brussels"),
    Country("IGO", "", "International organisation", "", ""),
    Country("UNO", "", "United Nations", "", ""),
)


class Countries:
    """Every country by each of its words. Looked up by :meth:`find`; :attr:`by_code` holds them by alpha-3."""

    def __init__(self) -> None:
        self.by_code: dict[str, Country] = {}
        self._words: dict[str, CountryHit] = {}
        self._capitals: dict[str, CountryHit] = {}
        for country in _BODIES:
            self.by_code[country.alpha3] = country
        for row in files.rows(files.path("actors", "countries.csv"), ("alpha3", "owner")):
            self._add_country(row)
        for row in files.rows(files.path("actors", "seats.csv"), ("name", "country", "sector")):
            self._add_seat(row)

    def _add_country(self, row: dict[str, str]) -> None:
        adjective = row["adjectives"].partition("|")[0]
        country = Country(row["alpha3"], row["alpha2"], row["name"], adjective, row["capital"], row["owner"] or None)
        self.by_code[country.alpha3] = country
        for column, how in _COLUMNS:
            hit = CountryHit(country, how)
            for word in row[column].split("|"):
                if word:
                    self._add_word(word, hit)

    def _add_word(self, word: str, hit: CountryHit) -> None:
        bare = word.replace(".", "").replace(" ", "")
        if bare.isupper() and len(bare) <= _SHORT:
            self._capitals.setdefault(bare, hit)
        else:
            self._words.setdefault(normalise(word), hit)

    def _add_seat(self, row: dict[str, str]) -> None:
        country = self.by_code.get(row["country"])
        if country is None:
            raise KnowledgeError(f"actors/seats.csv: {row['name']}: no country {row['country']!r} in countries.csv")
        self._add_word(row["name"], CountryHit(country, "seat", row["sector"] or None))

    @functools.lru_cache(maxsize=10_000)  # noqa: B019 - one object a process
    def find(self, words: str) -> CountryHit | None:
        """The country that ``words`` stand for, taken as a whole (``the Russian``, ``U.S.``, ``Kremlin``), or None."""
        words = words.strip()
        if len(words) <= _SHORT + 4:
            bare = words.removeprefix("the ").removeprefix("The ").replace(".", "").replace(" ", "")
            bare = bare.removesuffix("'s").removesuffix("’s")
            if bare.isupper() and bare in self._capitals:
                return self._capitals[bare]
            if "." in words and bare.upper() in self._capitals:
                return self._capitals[bare.upper()]
        return self._words.get(normalise(words))

    def words(self) -> Iterator[tuple[str, CountryHit]]:
        """Every word, as it is compared (capitals for abbreviations), with what it stands for."""
        yield from self._words.items()
        yield from self._capitals.items()


@functools.cache
def load_countries() -> Countries:
    """The countries of ``data/actors``, read once."""
    return Countries()
