"""Text of strangers in, text safe to show out: what steers a terminal or turns the writing direction becomes visible.

Every character is replaced by exactly one, so spans of the article still fit the shown text.
"""

from __future__ import annotations

import functools
import unicodedata

from dateline.knowledge.wording import words

_KEPT = frozenset("\n\t\u00ad\u200c\u200d")
"""Line ends and tabs; soft hyphen and joiners, which names in many scripts need."""
REPLACED = "\ufffd"


class _Shown(dict[int, str]):
    """A translation table that fills itself: control characters, direction marks, lone surrogates, line separators."""

    def __missing__(self, code: int) -> str:
        self[code] = shown = _shown(chr(code))
        return shown


def _shown(character: str) -> str:
    code = ord(character)
    if character in _KEPT:
        return character
    if code < 0x20 or code == 0x7F:
        return chr(0x2400 + code) if code < 0x20 else "\u2421"
    category = unicodedata.category(character)
    if category in {"Zl", "Zp"}:
        return " "
    return REPLACED if category in {"Cc", "Cf", "Cs"} or code & 0xFFFE == 0xFFFE else character


_TABLE = _Shown()


def visible(text: str) -> str:
    """The text with every steering character replaced by one that shows. Line ends and tabs stay."""
    return text.replace("\r", "\n").translate(_TABLE)


@functools.lru_cache(maxsize=4096)
def one_line(text: str) -> str:
    """The same on one line: white space runs together."""
    return " ".join(visible(text).split())


def shortened(text: str, limit: int) -> str:
    """One line of at most ``limit`` characters, cut at a word where there is one."""
    line = one_line(text[: limit * 4])
    if len(line) <= limit and len(text) <= limit * 4:
        return line
    cut = line[: limit - 1]
    space = cut.rfind(" ")
    return (cut[:space] if space > limit // 2 else cut).rstrip(" ,;:") + "…"


def in_words(kind: str, code: str | None, default: str | None = None) -> str:
    """The words for a code of a record, or the code itself on one line: records may come from strangers too."""
    return one_line(words(kind, code, default))
