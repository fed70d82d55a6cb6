"""A text in, hashes of its runs of words out: what a reprint shares with its origin."""

from __future__ import annotations

from zlib import crc32

from dateline.merge.words import plain_words

SHINGLE = 5
"""Words in a row that are compared: shorter runs recur by chance, longer ones break at every small edit."""


def shingles_of(text: str) -> frozenset[int]:
    """The hashes of every run of five words."""
    words = plain_words(text)
    return frozenset(crc32(" ".join(words[i : i + SHINGLE]).encode()) for i in range(len(words) - SHINGLE + 1))
