"""Common nouns, titles, pronouns and given names that make or mark a mention: lexicon files in, look-up tables out."""

from __future__ import annotations

import functools
from typing import cast

from msgspec import Struct

from dateline.errors import KnowledgeError
from dateline.knowledge.files import path, rows
from dateline.model import MentionType

TYPES = frozenset({"PER", "ORG", "GPE", "LOC", "FAC", "VEH", "WEA"})
"""Mention types a common noun may head."""


class Noun(Struct, frozen=True):
    """A noun that makes a mention. ``number`` is ``pl`` for nouns plural in sense ("police"); ``heads_name`` is true
    where the capitalised noun ends or opens proper names ("Ministry of", "Knevichi Airport")."""

    type: MentionType
    number: str
    gender: str
    heads_name: bool
    group: str


class Pronoun(Struct, frozen=True):
    """A pronoun: ``person`` 1, 2 or 3; ``number`` and ``gender`` empty where the form does not tell."""

    person: int
    number: str
    gender: str
    case: str


class Title(Struct, frozen=True):
    """A word before a personal name that is no part of it. ``modifier`` words only count before another title."""

    kind: str
    gender: str


class Nominals(Struct, frozen=True):
    """All tables, keyed by lower-case form (``given`` by the form as it is written). ``fixed`` are
    phrases whose noun refers to nothing ("on board"); ``historical`` states have a name and a successor's code."""

    nouns: dict[str, Noun]
    titles: dict[str, Title]
    pronouns: dict[str, Pronoun]
    given: dict[str, str]
    fixed: frozenset[str]
    historical: dict[str, tuple[str, str]]

    def noun(self, lemma: str) -> Noun | None:
        """The row of a noun's lemma, lower case."""
        return self.nouns.get(lemma)


@functools.cache
def load_nominals() -> Nominals:
    """The lexicons, read once. Raises :class:`KnowledgeError` for an unknown type or person."""
    return Nominals(
        nouns={row["noun"].lower(): _noun(row) for row in rows(path("lexicons", "nominals.csv"), ("noun", "type"))},
        titles={
            row["title"]: Title(row["kind"], row["gender"])
            for row in rows(path("lexicons", "titles.csv"), ("title", "kind"))
        },
        pronouns={
            row["form"].lower(): _pronoun(row) for row in rows(path("lexicons", "pronouns.csv"), ("form", "person"))
        },
        given={row["name"]: row["gender"] for row in rows(path("lexicons", "given_names.csv"), ("name", "gender"))},
        fixed=frozenset(row["phrase"] for row in rows(path("lexicons", "fixed_phrases.csv"), ("phrase",))),
        historical={
            row["words"]: (row["name"], row["country"])
            for row in rows(path("lexicons", "historical_states.csv"), ("words", "name", "country"))
        },
    )


def word_set(name: str) -> frozenset[str]:
    """A word list of ``lexicons/word_sets.csv``, lower case. Raises :class:`KnowledgeError` for an unknown name."""
    found = _word_sets().get(name)
    if found is None:
        raise KnowledgeError(f"lexicons/word_sets.csv: no rows of the set {name!r}")
    return found


@functools.cache
def _word_sets() -> dict[str, frozenset[str]]:
    """All word lists, by name."""
    found: dict[str, set[str]] = {}
    for row in rows(path("lexicons", "word_sets.csv"), ("set", "word")):
        found.setdefault(row["set"], set()).add(row["word"])
    return {name: frozenset(words) for name, words in found.items()}


def _noun(row: dict[str, str]) -> Noun:
    if row["type"] not in TYPES:
        raise KnowledgeError(
            f"lexicons/nominals.csv: {row['noun']}: type is {row['type']!r}; allowed: {', '.join(sorted(TYPES))}"
        )
    return Noun(
        cast("MentionType", row["type"]), row["number"], row["gender"], row["heads_name"] == "name", row["group"]
    )


def _pronoun(row: dict[str, str]) -> Pronoun:
    if row["person"] not in {"1", "2", "3"}:
        raise KnowledgeError(f"lexicons/pronouns.csv: {row['form']}: person is {row['person']!r}; allowed: 1, 2, 3")
    return Pronoun(int(row["person"]), row["number"], row["gender"], row["case"])
