"""Text in, the words out that search compares: without case, accents and punctuation, the same for every engine."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")
_QUOTED = re.compile(r'"([^"]*)"?|“([^”]*)”?')


def words_of(text: str) -> list[str]:
    """The words of a text in order, folded; letters of every script and digits, nothing else."""
    plain = unicodedata.normalize("NFKD", text)
    if not plain.isascii():
        plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return _WORD.findall(plain.casefold())


def folded(text: str) -> str:
    """The words of a text with one space between them."""
    return " ".join(words_of(text))


def name_key(name: str | None) -> str:
    """The words of a name with a space before, between and after, so that whole words can be looked for; empty for
    none."""
    key = folded(name or "")
    return f" {key} " if key else ""


def phrases(asked: str) -> list[list[str]]:
    """What a person typed, as phrases that must all be there: each quoted stretch one, each other word one."""
    found: list[list[str]] = []
    rest = 0
    for match in _QUOTED.finditer(asked):
        found += [[word] for word in words_of(asked[rest : match.start()])]
        found.append(words_of(match[1] or match[2] or ""))
        rest = match.end()
    found += [[word] for word in words_of(asked[rest:])]
    return [phrase for phrase in found if phrase]
