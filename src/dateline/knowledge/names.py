"""Makes names comparable: a name as written in, its normal form or its transliteration key out."""

from __future__ import annotations

import difflib
import functools
import re
import unicodedata
from collections.abc import Iterable

from dateline.knowledge import files

_SPACE = re.compile(r"[\s\-‐-―_/.,·]+")
_SAME_NAME = 0.6
"""Least likeness (difflib) of two names with one fold key: shoigu / choigou 0.83, szojgu / choigou 0.62."""
_SHORT = 5
"""Names below so many letters are only themselves."""
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘`´ʼʹ"), None)
_POSSESSIVE = ("'s", "’s")


@functools.cache
def _letters() -> dict[int, str]:
    """Letters that lose no accent when decomposed (ø, ł, Cyrillic), with their plain spelling."""
    return {ord(row["letter"]): row["latin"] for row in files.rows(files.path("actors", "fold_letters.csv"))}


@functools.cache
def _rules() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(row["pattern"]), row["key"]) for row in files.rows(files.path("actors", "fold_rules.csv")))


def _plain(text: str) -> str:
    """Without accents; й keeps its own letter, so letters are mapped before they are decomposed."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_letters()))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


@functools.lru_cache(maxsize=10_000)
def normalise(name: str) -> str:
    """The form in which names are compared: lower case, no accents, one space for hyphens, dots and commas, no
    apostrophes, no possessive ending, no leading article. ``The Côte-d'Ivoire's`` gives ``cote divoire``."""
    text = name.strip()
    if text.isascii() and text.replace(" ", "").isalpha() and "  " not in text:
        text = text.lower()
        return text[4:] if text.startswith("the ") else text
    if text.endswith(_POSSESSIVE):
        text = text[:-2]
    if "." in text:
        text = _initials(text)
    text = text.casefold()
    if not text.isascii():
        text = _plain(text.translate(_APOSTROPHES))
    elif "'" in text or "`" in text:
        text = text.translate(_APOSTROPHES)
    text = _SPACE.sub(" ", text).strip()
    return text[4:] if text.startswith("the ") else text


_INITIALS = re.compile(r"(?<![^\s(])(?:[^\W\d_]\. ?){2,}")


def _initials(text: str) -> str:
    """``U.S.`` and ``U. S.`` become ``US``: dots between single letters tie, other dots part words."""
    return _INITIALS.sub(lambda found: found.group().replace(".", "").replace(" ", "") + " ", text)


@functools.lru_cache(maxsize=10_000)
def fold(name: str) -> str:
    """The transliteration key: spellings of one Russian, Ukrainian or Arabic name in French, German, Polish and
    English mostly share it (``Chapochnikov``, ``Shaposhnikov``). Equal keys make a candidate, never a proof."""
    return _fold(normalise(name))


def fold_all(names: Iterable[str]) -> list[str]:
    """The keys of many names, in order: one pass a rule over all of them, twenty times quicker than one by one. No
    rule may look past a line's end (a test compares)."""
    return _fold("\n".join(map(normalise, names))).split("\n")


def _fold(key: str) -> str:
    for pattern, replacement in _rules():
        key = pattern.sub(replacement, key)
    return key


@functools.cache
def _reading_rules() -> dict[str, tuple[tuple[re.Pattern[str], str], ...]]:
    """How each language writes foreign names: patterns with the sound they stand for, in order."""
    found: dict[str, list[tuple[re.Pattern[str], str]]] = {}
    for row in files.rows(files.path("actors", "reading_rules.csv"), ("language", "order", "pattern", "key")):
        found.setdefault(row["language"], []).append((re.compile(row["pattern"]), row["key"]))
    return {language: tuple(rules) for language, rules in found.items()}


@functools.lru_cache(maxsize=5_000)
def readings(name: str) -> frozenset[str]:
    """How a name sounds, read as each language writes it: ``Choigou`` as French is ``Shoigu`` as English."""
    rules, found = _reading_rules(), set()
    text = "".join(_letters().get(ord(c), c) if c > "\u03ff" else c for c in name.strip().casefold())
    text = _SPACE.sub(" ", text.translate(_APOSTROPHES)).strip()
    for language in sorted(set(rules) - {"any", "end"}):
        key = text
        for pattern, sound in (*rules["any"], *rules[language]):
            key = pattern.sub(sound, key)
        key = _plain(key)
        for pattern, sound in rules["end"]:
            key = pattern.sub(sound, key)
        found.add(key.replace(" ", ""))
    return frozenset(found)


def alike(left: str, right: str) -> bool:
    """Whether two names are spellings of one: equal but for case, accents, hyphens and where the parts are cut ("Kim
    Jong-un", "Kim Jongun"); or of one transliteration key, or of one sound in some pair of languages, with letters
    mostly in common. It says nothing of bearers: two persons may have one name."""
    one, other = normalise(left), normalise(right)
    if one.replace(" ", "") == other.replace(" ", ""):
        return True
    if one.split()[-1:] != other.split()[-1:] and min(len(one), len(other)) < _SHORT:
        return False
    if fold(one) != fold(other) and readings(left).isdisjoint(readings(right)):
        return False
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio() >= _SAME_NAME
