"""Compares written designators token by token: a text in; its runs of letters and of digits out, and what ties them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from dateline.knowledge.names import normalise

TOKEN = re.compile(r"[^\W\d_]+|\d+")
HYPHENS = ("-", "‐", "‑", "–")
_GAP = re.compile(r"[\s\-‐-―./'’\"“”«»]{0,3}\Z")
_SPACES = (" ", "\u00a0", *HYPHENS)
_WINDOW = 240
"""How far, in characters, a telling word may stand from a name that needs one; never past the sentence."""
_SENTENCE_END = re.compile(r"[.!?…][\s\"”'’)]|\n")
_ORDINALS = frozenset({"st", "nd", "rd", "th", "am", "pm"})
_ONE_LETTER_WORDS = frozenset({"a", "i"})


class Token(Struct, frozen=True, array_like=True, gc=False):
    """A run of letters or of digits: ``text[start:end]`` is ``form``, ``key`` its lower case."""

    start: int
    end: int
    form: str
    key: str


def tokens_of(text: str) -> list[Token]:
    """The runs of letters and of digits, in order."""
    return [Token(m.start(), m.end(), form := m.group(), form.lower()) for m in TOKEN.finditer(text)]


def key_of(token: str) -> str:
    """The form in which tokens are compared: lower case, no accents."""
    return token.lower() if token.isascii() else normalise(token)


def joined(text: str, left: Token, right: Token) -> bool:
    """Whether only a hyphen, a space or a quotation mark lies between two tokens."""
    return right.start - left.end <= 3 and _GAP.match(text, left.end, right.start) is not None


def follows(text: str, left: Token, right: Token) -> bool:
    """Whether one plain space or hyphen parts two tokens."""
    return text[left.end : right.start] in _SPACES


def capitals_agree(text: str, tokens: Sequence[Token], form: Sequence[str]) -> bool:
    """A name is written with its capitals (HARM is not harm); a designator may be lower-case where a hyphen or
    nothing ties it (mig-31), for ``at 4`` is a time."""
    if len(form) > 1 and form[1].isdigit() and len(form[0]) > 1:
        gap = text[tokens[0].end : tokens[1].start]
        return gap in HYPHENS or not gap or _spaced(tokens[0].form, form[0])
    return all(_as_written(token.form, part) for token, part in zip(tokens, form, strict=True))


def _spaced(word: str, part: str) -> bool:
    return word.isupper() if part.isupper() else word[0].isupper() or part[0].islower()


def _as_written(word: str, part: str) -> bool:
    if not part[0].isupper():
        return True
    inner = any(letter.isupper() for letter in part[1:])
    return word[0].isupper() and (not inner or any(letter.isupper() for letter in word[1:]))


def whole(tokens: Sequence[Token], last: int) -> bool:
    """Whether the words end here: ``Grad`` is not in ``Grad5``, though ``F-16`` is in ``F-16C``."""
    if last + 1 == len(tokens) or tokens[last + 1].start > tokens[last].end:
        return True
    suffix = tokens[last + 1]
    return tokens[last].form.isdigit() and len(suffix.form) <= 3 and suffix.key not in _ORDINALS


def tight(text: str, tokens: Sequence[Token], at: int, last: int) -> bool:
    """One letter and a number: a capital, and where the letter is a word, a hyphen (``S 400``, but not ``A 10``)."""
    if last == at:
        return True
    first = tokens[at]
    if not first.form[0].isupper() and not first.form.isdigit():
        return False
    return first.key not in _ONE_LETTER_WORDS or text[first.end : tokens[at + 1].start] in HYPHENS


def with_suffix(tokens: Sequence[Token], last: int) -> int:
    """Over the letters of a variant or plural that adjoin the number: ``F-16C``, ``MiG-31s``."""
    after = last + 1
    if after < len(tokens) and tokens[after].start == tokens[last].end and tokens[last].form.isdigit():
        return after
    return last


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentence around a span begins and ends, as far as it needs to be looked at."""
    left = max(0, start - _WINDOW)
    for found in _SENTENCE_END.finditer(text, left, start):
        left = found.end()
    stop = _SENTENCE_END.search(text, end, min(len(text), end + _WINDOW))
    return left, stop.start() if stop else min(len(text), end + _WINDOW)
