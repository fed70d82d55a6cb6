"""A text in, its tokens out, in time that grows with its length: the pipeline's tokenizer, over stretches it can
bear."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

BEARABLE = 200
"""Characters without a space that the tokenizer gets at once: it takes marks off a word's ends one by one and looks at
all of the rest each time. No word of a report is longer, and addresses that are longer are not cut (see below)."""
LONGEST = 4_000
"""Characters at which a stretch is cut wherever it is."""
_LONG = re.compile(rf"\S{{{BEARABLE + 1},}}")
_SEAM = re.compile(r"(?<=[^\w\s][^\w\s])(?=[^\w\s])")
"""Within three marks: there no word, number or address is cut apart."""


class Bounded:
    """A tokenizer that gives another one no long stretch without a space, and puts what it makes of the parts together.
    Every text without such a stretch goes to it as it is."""

    def __init__(self, inner: Callable[[str], Doc], vocab: Vocab) -> None:
        self.inner, self.vocab = inner, vocab

    def __call__(self, text: str) -> Doc:
        """The tokens of a text."""
        if _LONG.search(text) is None:
            return self.inner(text)
        from spacy.tokens import Doc

        words: list[str] = []
        spaces: list[bool] = []
        for start, end in parts_of(text):
            for token in self.inner(text[start:end]):
                words.append(token.text)
                spaces.append(bool(token.whitespace_))
        return Doc(self.vocab, words=words, spaces=spaces)


def parts_of(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of stretches that are tokenized by themselves; together they are the text. Only a long stretch
    without a space is cut: within three marks, at the first such place behind :data:`BEARABLE` characters, and
    everywhere at :data:`LONGEST`."""
    start = 0
    for long in _LONG.finditer(text):
        at = long.start()
        while long.end() - at > BEARABLE:
            seam = _SEAM.search(text, at + BEARABLE, min(long.end(), at + LONGEST))
            if seam is None and at + LONGEST >= long.end():
                break
            cut = seam.start() if seam is not None else at + LONGEST
            yield start, cut
            start = at = cut
    if start < len(text):
        yield start, len(text)
