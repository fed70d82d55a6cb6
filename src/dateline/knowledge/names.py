"""Makes names comparable: a name as written in, its normal form or its transliteration key out."""

from __future__ import annotations

import functools
import re
import unicodedata

from dateline.knowledge import files

_SPACE = re.compile(r"[\s\-‐-―_/.,·]+")
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


@functools.lru_cache(maxsize=20_000)
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


@functools.lru_cache(maxsize=20_000)
def fold(name: str) -> str:
    """The transliteration key: spellings of one Russian, Ukrainian or Arabic name in French, German, Polish and
    English mostly share it (``Chapochnikov``, ``Shaposhnikov``). Equal keys make a candidate, never a proof."""
    key = normalise(name)
    for pattern, replacement in _rules():
        key = pattern.sub(replacement, key)
    return key
