"""A text in, the stretches of it out that a tokenizer can bear, so that its time grows with the length of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

BEARABLE = 200
"""Characters without a space that the tokenizer gets at once: it takes marks off a word's ends one by one and looks at
all of the rest each time. No word of a report is longer, and addresses that are longer are not cut (see below)."""
LONGEST = 4_000
"""Characters at which a stretch is cut wherever it is."""
HEAPED = 40
"""Marks that are still read one by one."""
_HEAP = re.compile(r"(?:[^\w\s]|_)+")
_LONG = re.compile(rf"\S{{{BEARABLE + 1},}}")
_SEAM = re.compile(r"(?<=[^\w\s][^\w\s])(?=[^\w\s])")
"""Within three marks: there no word, number or address is cut apart."""


def bearable(text: str) -> bool:
    """Whether a text has no long stretch without a space."""
    return _LONG.search(text) is None


def parts_of(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of stretches that are tokenized by themselves; together they are the text. Only a long stretch
    without a space is cut: within three marks, at the first such place behind :data:`BEARABLE` characters, and
    everywhere at :data:`LONGEST`; and at its ends."""
    start = 0
    for long in _LONG.finditer(text):
        at = long.start()
        while long.end() - at > BEARABLE:
            seam = _SEAM.search(text, at + BEARABLE, min(long.end(), at + LONGEST))
            if seam is None and at + LONGEST >= long.end():
                break
            cut = seam.start() if seam is not None else at + LONGEST
            if start < at:
                yield start, at
            yield at, cut
            start = at = cut
        if long.start() < start < long.end():
            yield start, long.end()
            start = long.end()
    if start < len(text):
        yield start, len(text)


def is_heap(part: str) -> bool:
    """Whether a part is many marks and nothing else: one token, not hundreds: it says nothing."""
    return len(part) > HEAPED and _HEAP.fullmatch(part) is not None
