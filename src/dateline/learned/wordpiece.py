"""Words in, word-piece numbers out: the greedy longest-match cutting of BERT's uncased vocabulary."""

from __future__ import annotations

import unicodedata
from pathlib import Path

_LONGEST = 40
"""Longer words are unknown: they are addresses and noise."""


class Vocabulary:
    """Word pieces by number. ``pieces`` keeps what it has cut: reports repeat their words."""

    def __init__(self, lines: list[str]) -> None:
        self._numbers = {piece: number for number, piece in enumerate(lines)}
        self.unknown, self.first, self.last = (self._numbers[name] for name in ("[UNK]", "[CLS]", "[SEP]"))
        self._kept: dict[str, tuple[int, ...]] = {}

    @classmethod
    def load(cls, file: Path) -> Vocabulary:
        """Read a vocabulary: a piece a line, its number the line."""
        return cls(file.read_text(encoding="utf-8").split("\n"))

    def pieces(self, word: str) -> tuple[int, ...]:
        """The numbers of a word's pieces, at least one."""
        found = self._kept.get(word)
        if found is None:
            if len(self._kept) > 50_000:
                self._kept.clear()
            parts = [] if _is_heap(word) else _parts(_plain(word))
            found = self._kept[word] = tuple(n for part in parts for n in self._cut(part)) or (self.unknown,)
        return found

    def _cut(self, word: str) -> list[int]:
        found, start = [], 0
        if len(word) > _LONGEST:
            return [self.unknown]
        while start < len(word):
            end = len(word)
            while end > start:
                number = self._numbers.get(word[start:end] if start == 0 else "##" + word[start:end])
                if number is not None:
                    break
                end -= 1
            if end == start:
                return [self.unknown]
            found.append(number or 0)
            start = end
        return found


def _is_heap(word: str) -> bool:
    """Whether a word is many marks and nothing else: each would be a piece, and none says anything."""
    return len(word) > _LONGEST and not any(letter.isalnum() for letter in word)


def _plain(word: str) -> str:
    if word.isascii():
        return word.lower()
    letters = unicodedata.normalize("NFD", word.lower())
    return "".join(letter for letter in letters if unicodedata.category(letter) != "Mn")


def _parts(word: str) -> list[str]:
    """Punctuation and each CJK letter stand alone."""
    if word.isalnum() and word.isascii():
        return [word]
    found: list[str] = []
    glued = False
    for letter in word:
        kind = unicodedata.category(letter)
        if kind[0] in "ZC":
            glued = False
            continue
        alone = (not letter.isalnum() and kind[0] in "PS") or "\u4e00" <= letter <= "\u9fff"
        if alone or not glued:
            found.append(letter)
        else:
            found[-1] += letter
        glued = not alone
    return found
