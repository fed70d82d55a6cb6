"""Knows weapons and vehicles: a text in; the systems named in it (or the kinds, ``strategic bombers``) out, in place.

Names are compared token by token, a token being a run of letters or a run of digits: ``MiG-31``, ``MIG31`` and
``MiG 31`` are one. One pass over the tokens walks a trie; names that are also words, people or places count only
beside a word that tells (``context.csv``), ships only beside a word for a ship.
"""

from __future__ import annotations

import functools
from collections.abc import Generator, Iterable, Iterator, Sequence
from typing import Any, Literal

from msgspec import Struct

from dateline.errors import KnowledgeError
from dateline.knowledge import files
from dateline.knowledge.countries import load_countries
from dateline.knowledge.designators import (
    HYPHENS,
    TOKEN,
    Token,
    capitals_agree,
    follows,
    joined,
    key_of,
    sentence_around,
    tight,
    tokens_of,
    whole,
    with_suffix,
)
from dateline.knowledge.generics import Generics
from dateline.knowledge.names import fold, normalise

Kind = Literal[
    "missile",
    "aircraft",
    "helicopter",
    "drone",
    "ship",
    "submarine",
    "armour",
    "artillery",
    "rocket-launcher",
    "munition",
    "air-defence",
    "radar",
    "small-arm",
    "launcher",
    "satellite",
    "weapon",
]
VEHICLES = frozenset({"aircraft", "helicopter", "drone", "ship", "submarine", "armour", "launcher", "satellite"})
"""Kinds whose mentions are VEH; the others are WEA."""
_SPLIT_WORDS = 4
"""At most so many class nouns may stand between the letters and the number of a broken designator."""
_OPENERS = frozenset({"the", "a", "an", "its", "their", "his", "two", "three", "more", "new", "no", "some", "these"})
_LEAF = ""


class System(Struct, frozen=True):
    """A weapon, vehicle or class of them. ``mention_type`` is WEA or VEH; ``country`` the origin, alpha-3;
    ``carriers`` the ids of what carries it; ``family`` words for what it is (``Udaloy-class frigate``)."""

    id: str
    name: str
    kind: Kind
    mention_type: Literal["WEA", "VEH"]
    country: str | None = None
    carriers: tuple[str, ...] = ()
    family: str | None = None


class EquipmentHit(Struct, frozen=True):
    """``text[start:end]`` names ``system``; ``generic`` where only its kind is told."""

    start: int
    end: int
    system: System
    generic: bool


class _Form(Struct, frozen=True):
    """One way to write a system: its tokens as written in the table, and whether a telling word must stand near."""

    system: System
    tokens: tuple[str, ...]
    context: bool
    ship: bool


class Equipment:
    """The tables of ``data/equipment``, asked by :meth:`find`."""

    def __init__(self) -> None:
        self.systems: dict[str, System] = {}
        self._trie: dict[str, Any] = {}
        self._broken: dict[str, dict[str, _Form]] = {}
        self._hulls: dict[str, Any] = {}
        self._generics = Generics()
        self._context = _context_words()
        self._ship_words = self._context["ship"]
        for file in sorted(files.path("equipment").glob("systems_*.csv")):
            self._add_file(file.name)

    def get(self, system_id: str) -> System | None:
        """The system with this id (``equipment:kh-47m2``)."""
        return self.systems.get(system_id)

    def find(self, text: str) -> list[EquipmentHit]:
        """Every system and kind named in the text, in text order, without overlaps."""
        tokens = tokens_of(text)
        specific = list(self._specific(text, tokens))
        if self._hulls and any(token.key in self._ship_words for token in tokens):
            specific = _without_overlaps(specific, self._ships(text, tokens))
        return _with_generic(text, specific, self._generic(text, tokens, specific))

    def _add_file(self, file: str) -> None:
        columns = ("id", "name", "kind", "family", "country", "aliases", "context_aliases", "carriers")
        for row in files.rows(files.path("equipment", file), columns):
            if row["id"] in self.systems:
                raise KnowledgeError(f"equipment/{file}: id {row['id']!r} stands twice")
            kind: Any = row["kind"]
            system = System(
                row["id"],
                row["name"],
                kind,
                "VEH" if kind in VEHICLES else "WEA",
                row["country"] or None,
                tuple(part for part in row["carriers"].split("|") if part),
                row["family"] or None,
            )
            self.systems[system.id] = system
            for column in ("aliases", "context_aliases"):
                for alias in row[column].split("|"):
                    if alias:
                        self._add_form(system, alias, column == "context_aliases")

    def _add_form(self, system: System, alias: str, context: bool) -> None:
        tokens = tuple(TOKEN.findall(alias))
        hull = context and system.kind in ("ship", "submarine")
        form = _Form(system, tokens, context, hull)
        if hull:
            _plant(self._hulls, fold(" ".join(tokens)).split(), form)
            return
        _plant(self._trie, [key_of(token) for token in tokens], form)
        if len(tokens) == 2 and tokens[1].isdigit() and len(tokens[0]) > 1:
            self._broken.setdefault(tokens[0].lower(), {}).setdefault(tokens[1], form)

    def _specific(self, text: str, tokens: Sequence[Token]) -> Iterator[EquipmentHit]:
        at, trie = 0, self._trie
        while at < len(tokens):
            token = tokens[at]
            key = token.key if token.form.isascii() else key_of(token.form)
            found = self._match(text, tokens, at, trie[key]) if key in trie else None
            found = found or (self._rejoined(text, tokens, at) if key in self._broken else None)
            if found is None:
                at += 1
                continue
            form, last = found
            last = with_suffix(tokens, last)
            yield EquipmentHit(token.start, _closed(text, token.start, tokens[last].end), form.system, False)
            at = yield from self._slashed(text, tokens, last, form)

    def _match(self, text: str, tokens: Sequence[Token], at: int, node: dict[str, Any]) -> tuple[_Form, int] | None:
        """The longest form that starts at token ``at`` (whose trie node is ``node``), with its last token."""
        best: tuple[_Form, int] | None = None
        last = at
        while True:
            for form in node.get(_LEAF, ()):
                if self._fits(text, tokens, at, last, form):
                    best = (form, last)
                    break
            last += 1
            if last >= len(tokens) or not joined(text, tokens[last - 1], tokens[last]):
                return best
            after = node.get(key_of(tokens[last].form))
            if after is None:
                return best
            node = after

    def _fits(self, text: str, tokens: Sequence[Token], at: int, last: int, form: _Form) -> bool:
        first = tokens[at]
        if at and tokens[at - 1].end == first.start and not first.form.isdigit():
            return False
        if not capitals_agree(text, tokens[at : last + 1], form.tokens) or not whole(tokens, last):
            return False
        if len(first.form) == 1 and not tight(text, tokens, at, last):
            return False
        if not form.context:
            return True
        return self._alone(text, tokens, at, last) and self._told(text, first.start, tokens[last].end, form.system.kind)

    def _alone(self, text: str, tokens: Sequence[Token], at: int, last: int) -> bool:
        """Whether the word is no part of a longer name (``Stacey Abrams``, ``Patriot Act``)."""
        if last > at:
            return True
        if last + 1 < len(tokens) and follows(text, tokens[last], tokens[last + 1]):
            after = tokens[last + 1]
            if after.form[0].isupper() and not self._generics.is_class([after]):
                return False
        before = tokens[at - 1] if at else None
        if before is None or not before.form[0].isupper() or not follows(text, before, tokens[at]):
            return True
        opens = at == 1 or not follows(text, tokens[at - 2], before)
        return (opens and before.key in _OPENERS) or load_countries().find(before.form) is not None

    def _told(self, text: str, start: int, end: int, kind: str) -> bool:
        """Whether a word that tells of this kind stands in the same sentence."""
        words = self._context.get(kind, frozenset())
        left, right = sentence_around(text, start, end)
        return any(m.group().lower() in words for m in TOKEN.finditer(text, left, start)) or any(
            m.group().lower() in words for m in TOKEN.finditer(text, end, right)
        )

    def _rejoined(self, text: str, tokens: Sequence[Token], at: int) -> tuple[_Form, int] | None:
        """A designator broken by its class noun: ``RBU rocket launchers -6000``."""
        numbers = self._broken.get(tokens[at].key, {})
        if not tokens[at].form[0].isupper():
            return None
        for last in range(at + 2, min(at + 2 + _SPLIT_WORDS, len(tokens))):
            form = numbers.get(tokens[last].form)
            between = tokens[at + 1 : last]
            if form and text[tokens[last].start - 1] in HYPHENS and self._generics.is_class(between):
                return form, last
        return None

    def _slashed(
        self, text: str, tokens: Sequence[Token], last: int, form: _Form
    ) -> Generator[EquipmentHit, None, int]:
        """Further numbers of one row: ``Su-27/30``. Returns the next token to look at."""
        at = last + 1
        row = self._broken.get(form.tokens[0].lower(), {})
        while at < len(tokens) and text[tokens[at - 1].end : tokens[at].start] == "/" and tokens[at].form in row:
            yield EquipmentHit(tokens[at].start, tokens[at].end, row[tokens[at].form].system, False)
            at += 1
        return at

    def _ships(self, text: str, tokens: Sequence[Token]) -> Iterator[EquipmentHit]:
        """Ships by name and transliteration key: two words in a ship's sentence, one word beside a word for a ship."""
        at = 0
        while at < len(tokens):
            found = self._hull(text, tokens, at) if tokens[at].form[0].isupper() else None
            if found is None:
                at += 1
                continue
            form, last = found
            yield EquipmentHit(tokens[at].start, tokens[last].end, form.system, False)
            at = last + 1

    def _hull(self, text: str, tokens: Sequence[Token], at: int) -> tuple[_Form, int] | None:
        node: dict[str, Any] = self._hulls
        best: tuple[_Form, int] | None = None
        for last in range(at, min(at + 5, len(tokens))):
            if last > at and not joined(text, tokens[last - 1], tokens[last]):
                break
            node = node.get(fold(tokens[last].form), {})
            if not node:
                break
            if _LEAF in node and self._afloat(text, tokens, at, last):
                best = (node[_LEAF][0], last)
        return best

    def _afloat(self, text: str, tokens: Sequence[Token], at: int, last: int) -> bool:
        beside = [*tokens[max(0, at - 2) : at], *tokens[last + 1 : last + 2]]
        if any(token.key in self._ship_words for token in beside):
            return True
        return last > at and self._told(text, tokens[at].start, tokens[last].end, "ship")

    def _generic(self, text: str, tokens: Sequence[Token], specific: Sequence[EquipmentHit]) -> Iterator[EquipmentHit]:
        taken = {hit.start for hit in specific}
        for first, last, kind, name in self._generics.find(text, tokens, taken):
            yield EquipmentHit(tokens[first].start, tokens[last].end, _generic_system(kind, name), True)


@functools.lru_cache(maxsize=2000)
def _generic_system(kind: Any, name: str) -> System:
    return System(
        f"equipment:generic-{normalise(name).replace(' ', '-')}", name, kind, "VEH" if kind in VEHICLES else "WEA"
    )


def _plant(trie: dict[str, Any], keys: Sequence[str], form: _Form) -> None:
    for key in keys:
        trie = trie.setdefault(key, {})
    trie.setdefault(_LEAF, []).append(form)


def _closed(text: str, start: int, end: int) -> int:
    """The end with the closing quotation mark of one that opened inside: ``BM-21 “Grad”``."""
    pairs = (("“", "”"), ("«", "»"), ('"', '"'), ("‘", "’"))
    here = text[start:end]
    return end + any(here.count(left) == 1 and text[end : end + 1] == right for left, right in pairs)


def _without_overlaps(kept: list[EquipmentHit], more: Iterable[EquipmentHit]) -> list[EquipmentHit]:
    """Both, in text order; of two that overlap the longer one stays."""
    found: list[EquipmentHit] = []
    for hit in sorted([*kept, *more], key=lambda hit: (hit.start, -hit.end)):
        if found and hit.start < found[-1].end:
            if hit.end - hit.start > found[-1].end - found[-1].start:
                found[-1] = hit
        else:
            found.append(hit)
    return found


def _with_generic(text: str, specific: list[EquipmentHit], generic: Iterable[EquipmentHit]) -> list[EquipmentHit]:
    """Adds the kinds, save where they only describe the system beside them (``Kinzhal hypersonic missiles``)."""
    found = list(specific)
    ends = {hit.end for hit in specific}
    starts = {hit.start for hit in specific}
    for hit in generic:
        if any(hit.start < other.end and other.start < hit.end for other in specific):
            continue
        left = len(text[: hit.start].rstrip(" \u00a0\"“”«»'’‘(")) if hit.start else 0
        right = (
            hit.end + len(text[hit.end : hit.end + 4]) - len(text[hit.end : hit.end + 4].lstrip(" \u00a0\"“”«»'’‘("))
        )
        if left not in ends and right not in starts:
            found.append(hit)
    return sorted(found, key=lambda hit: hit.start)


def _context_words() -> dict[str, frozenset[str]]:
    rows = files.rows(files.path("equipment", "context.csv"), ("kind", "words"))
    return {row["kind"]: frozenset(row["words"].split("|")) for row in rows}


@functools.cache
def load_equipment() -> Equipment:
    """The knowledge of equipment, read once."""
    return Equipment()
