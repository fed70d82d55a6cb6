"""Tells the PLOVER sector of a noun phrase or a title: lower-case lemmas in (``riot``, ``police``), ``COP`` out."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from dateline.knowledge import files
from dateline.knowledge.names import normalise
from dateline.knowledge.sectors import FORMER, load_sectors

_LINKS = frozenset({"of", "in", "for", "from", "at", "with", "to", "by", "on", "against", "under", "near"})
"""Words after which the head noun of an English noun phrase is over."""


class Title:
    """A row of ``titles.csv``: the sector of the office and its rank (1 is a head of state)."""

    __slots__ = ("rank", "second", "sector")

    def __init__(self, sector: str, rank: int, second: str | None) -> None:
        self.sector, self.rank, self.second = sector, rank, second


class Agents:
    """The nouns that say what somebody is. Strong rows win over weak ones (``leader``), the head over modifiers."""

    def __init__(self) -> None:
        self._strong: dict[str, str] = {}
        self._weak: dict[str, str] = {}
        self._former: set[str] = set()
        for row in files.rows(files.path("actors", "agents.csv"), ("noun", "sector", "strength")):
            phrase = normalise(row["noun"].replace("'s ", " "))
            if row["strength"] == "former":
                self._former.add(phrase)
            else:
                (self._weak if row["strength"] == "weak" else self._strong)[phrase] = row["sector"]
        self.titles: dict[str, Title] = {}
        for row in files.rows(files.path("actors", "titles.csv"), ("title", "sector", "rank")):
            title = Title(row["sector"], int(row["rank"]), row["second"] or None)
            for name in (row["title"], *row["other_forms"].split("|")):
                if name:
                    self.titles.setdefault(normalise(name), title)

    def sector(self, lemmas: Sequence[str]) -> str | None:
        """The sector of a noun phrase by its lemmas; None when no row speaks. ``former`` officials are ELI."""
        words = [word for lemma in lemmas for word in normalise(lemma).split()]
        found = self._sector(words)
        if found in load_sectors().official and not self._former.isdisjoint(words[: _head_end(words)]):
            return FORMER
        return found

    def _sector(self, words: list[str]) -> str | None:
        end = _head_end(words)
        for table in (self._strong, self._weak):
            found = _longest(table, words, end) or _inside(table, words)
            if found:
                return found
        return None

    def title(self, words: str) -> Title | None:
        """The office that a title names (``Prime Minister``), or the longest title it ends or begins with."""
        parts = normalise(words).split()
        for start in range(len(parts)):
            for end in range(len(parts), start, -1):
                found = self.titles.get(" ".join(parts[start:end]))
                if found:
                    return found
        return None


def _head_end(words: list[str]) -> int:
    """One past the head noun: everything before the first preposition."""
    return next((at for at, word in enumerate(words) if word in _LINKS and at), len(words))


def _known(table: dict[str, str], words: list[str]) -> str | None:
    phrase = " ".join(words)
    found = table.get(phrase)
    if found is None and phrase.endswith("s"):
        found = table.get(phrase[:-1])
    return found


def _longest(table: dict[str, str], words: list[str], end: int) -> str | None:
    """The longest row that holds the head noun: with its complement first (``member of parliament``)."""
    for last in range(len(words), end - 1, -1):
        for first in range(end):
            found = _known(table, words[first:last])
            if found:
                return found
    return None


def _inside(table: dict[str, str], words: list[str]) -> str | None:
    """The longest row anywhere in the phrase; of equal ones the last before the head's end comes first."""
    for size in range(min(4, len(words)), 0, -1):
        for first in range(len(words) - size, -1, -1):
            found = _known(table, words[first : first + size])
            if found:
                return found
    return None


@functools.cache
def load_agents() -> Agents:
    """The nouns and titles of ``data/actors``, read once."""
    return Agents()
