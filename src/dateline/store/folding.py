"""Text in, the words out that search compares: without case, accents and punctuation, the same for every engine."""

from __future__ import annotations

import functools
import re
import unicodedata

from dateline.errors import StoreError
from dateline.knowledge.names import fold

LONGEST_WORD = 100
"""Letters of a word that are compared: PostgreSQL takes no word over 2,046 bytes."""
MOST_PHRASES = 64
"""Phrases of one query: each is a condition of its own on a server."""
LEAST = 5
"""Letters of a word that may be spelt in several ways."""
SPELT = "~"
"""What stands before a word of a name by its spelling key."""
_WORD = re.compile(r"[^\W_]+")
_ASKED = re.compile(r'"([^"]*)"?|“([^”]*)”?|([^\s"“]+)')


def words_of(text: str) -> list[str]:
    """The words of a text in order, folded; letters of every script and digits, nothing else."""
    plain = unicodedata.normalize("NFKD", text)
    if not plain.isascii():
        plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return [word[:LONGEST_WORD] for word in _WORD.findall(plain.casefold())]


def folded(text: str) -> str:
    """The words of a text with one space between them."""
    return " ".join(words_of(text))


def name_key(*names: str | None) -> str:
    """The words of each different name with a space before, between and after, so that whole words can be looked for;
    empty for none."""
    keys = dict.fromkeys(folded(name) for name in names if name)
    return "".join(f" {key} " for key in keys if key)


def spelling_key(*names: str | None) -> str:
    """As :func:`name_key`, each word by what its spellings share (Zelensky and Zelenskyy are one) and marked, so that
    it is no other word's; nothing of names without a word of :data:`LEAST` letters, which are only themselves."""
    keys = dict.fromkeys(_spelt(tuple(words_of(name))) for name in names if name)
    return "".join(f" {key} " for key in keys if key)


@functools.lru_cache(maxsize=20_000)
def _spelt(words: tuple[str, ...]) -> str:
    if all(len(word) < LEAST or not word.isalpha() for word in words):
        return ""
    return " ".join(f"{SPELT}{fold(word).lower()}" for word in words)


def phrases(asked: str) -> list[tuple[str, ...]]:
    """What a person typed, as phrases that must all be there: each quoted stretch, and each stretch between spaces
    ("Su-34" is the phrase of "su" and "34"). Raises :class:`StoreError` for more than :data:`MOST_PHRASES`."""
    stretches = (words_of(match[1] or match[2] or match[3] or "") for match in _ASKED.finditer(asked))
    found = list(dict.fromkeys(tuple(phrase) for phrase in stretches if phrase))
    if len(found) > MOST_PHRASES:
        raise StoreError(
            f"{len(found)} words to look for, more than {MOST_PHRASES}; ask for fewer, or put them in quotes"
        )
    return found


def plain(words: str | None) -> str | None:
    """Words that every engine can hold: without NUL (PostgreSQL) and halves of a surrogate pair (UTF-8)."""
    if words is None or (words.isascii() and "\0" not in words):
        return words
    return words.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
