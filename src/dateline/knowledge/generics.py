"""Finds weapons and vehicles told by kind alone (``122 mm rockets``, ``strategic bombers``): tokens in, spans out."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from dateline.knowledge import files

_CALIBRES = frozenset(
    {"mm", "millimetre", "millimeter", "millimetres", "millimeters", "cm", "inch", "calibre", "caliber"}
)
_GAPS = frozenset({"", " ", "-", "\u00a0", "‑", "–", "  ", "\n"})


class _Word(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def form(self) -> str: ...
    @property
    def key(self) -> str: ...


class Generics:
    """The rows of ``generic.csv``: heads (``missile system``) with the words that may stand before them."""

    def __init__(self) -> None:
        self._heads: dict[tuple[str, ...], dict[str, str]] = {}
        self._modifiers: set[tuple[str, ...]] = set()
        self._starts: set[str] = set()
        self._words: set[str] = set()
        self._not_before: set[str] = set()
        for row in files.rows(files.path("equipment", "generic.csv"), ("phrase", "role", "kind", "not_after")):
            if row["role"] == "not-before":
                self._not_before.add(row["phrase"])
                continue
            for phrase in _forms(row["phrase"], row["role"]):
                if row["role"] == "head":
                    self._heads[phrase] = row
                else:
                    self._modifiers.add(phrase)
                self._starts.add(phrase[0])
                self._words.update(phrase)
        self._longest = max(len(phrase) for phrase in (*self._heads, *self._modifiers))

    def is_class(self, tokens: Sequence[_Word]) -> bool:
        """Whether every token is a word of some kind of equipment: ``rocket launchers``."""
        return all(token.key in self._words for token in tokens)

    def find(self, text: str, tokens: Sequence[_Word], taken: set[int]) -> Iterator[tuple[int, int, str, str]]:
        """(first token, last token, kind, name) of every phrase, longest first at each place."""
        at = 0
        while at < len(tokens):
            token = tokens[at]
            if token.start in taken or not (token.key in self._starts or self._calibre(tokens, at)):
                at += 1
                continue
            found = self._phrase(text, tokens, at)
            if found is None:
                at += 1
                continue
            last, row = found
            if self._describes(text, tokens, last):
                at = last + 1
                continue
            yield at, last, row["kind"], self._name(tokens[at : last + 1], row)
            at = last + 1

    def _phrase(self, text: str, tokens: Sequence[_Word], at: int) -> tuple[int, dict[str, str]] | None:
        """Modifiers in any number, then the longest head."""
        here = at
        while here < len(tokens):
            for size in range(min(self._longest, len(tokens) - here), 0, -1):
                if not _close(text, tokens[max(at, here - 1) : here + size]):
                    continue
                phrase = tuple(token.key for token in tokens[here : here + size])
                row = self._heads.get(phrase)
                if row and self._allowed(tokens, here, row):
                    return self._compound(text, tokens, here + size - 1, row)
                if phrase in self._modifiers:
                    here += size
                    break
            else:
                if not self._calibre(tokens, here):
                    return None
                here += 2
        return None

    def _describes(self, text: str, tokens: Sequence[_Word], last: int) -> bool:
        """Whether the phrase only says of what kind the next noun is: ``missile programme``."""
        after = tokens[last + 1 : last + 2]
        return bool(after) and after[0].key in self._not_before and _close(text, tokens[last : last + 2])

    def _compound(
        self, text: str, tokens: Sequence[_Word], last: int, row: dict[str, str]
    ) -> tuple[int, dict[str, str]]:
        """A head that another one follows describes it: ``guided missile destroyer`` is a ship."""
        for size in range(min(self._longest, len(tokens) - last - 1), 0, -1):
            if not tokens[last].key.endswith("s") and _close(text, tokens[last : last + 1 + size]):
                after = self._heads.get(tuple(token.key for token in tokens[last + 1 : last + 1 + size]))
                if after:
                    return last + size, after
        return last, row

    @staticmethod
    def _calibre(tokens: Sequence[_Word], at: int) -> bool:
        """``122 mm``, ``155-millimetre``."""
        return tokens[at].form.isdigit() and at + 1 < len(tokens) and tokens[at + 1].key in _CALIBRES

    @staticmethod
    def _allowed(tokens: Sequence[_Word], at: int, row: dict[str, str]) -> bool:
        refused = row["not_after"]
        return not (refused and at and tokens[at - 1].key in refused.split("|"))

    @staticmethod
    def _name(tokens: Sequence[_Word], row: dict[str, str]) -> str:
        size = len(row["phrase"].replace("-", " ").split())
        return " ".join([*(token.key for token in tokens[:-size]), row["phrase"]])


def _forms(phrase: str, role: str) -> Iterator[tuple[str, ...]]:
    words = phrase.replace("-", " ").split()
    yield tuple(words)
    if role == "head" and not words[-1].endswith("s") and words[-1] not in ("aircraft", "artillery", "ammunition"):
        last = words[-1]
        plural = last[:-1] + "ies" if last.endswith("y") else last + "es" if last.endswith("ch") else last + "s"
        yield (*words[:-1], plural)


def _close(text: str, tokens: Sequence[Any]) -> bool:
    return all(text[a.end : b.start] in _GAPS for a, b in itertools.pairwise(tokens))
