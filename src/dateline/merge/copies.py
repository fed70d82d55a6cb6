"""Records in, which report is a reprint of which out: a copy has most of its words, in order, from another."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from zlib import crc32

from dateline.merge.words import plain_words
from dateline.model import Record

SHINGLE = 5
"""Words in a row that are compared: shorter runs recur by chance, longer ones break at every small edit."""
COPIED_SHARE = 0.5
"""Share of a report's shingles found in one earlier report that makes it a copy. Two own reports of one speech share
its quotations and stay well below; a reprint with a new headline or a cut tail stays well above."""
FEWEST = 20
"""Shingles that a report must have: of a shorter one nobody can tell."""


def copies_of(records: Sequence[Record]) -> dict[str, str]:
    """Article id of a copy -> article id of its origin: the earliest, of one day the longest; never itself a copy."""
    shingles = {record.article.id: _shingles(record.article.text) for record in records}
    ordered = sorted(records, key=lambda record: _seniority(record, len(shingles[record.article.id])))
    holders: defaultdict[int, list[str]] = defaultdict(list)
    origin_of: dict[str, str] = {}
    for record in ordered:
        name = record.article.id
        origin = _origin(shingles[name], holders)
        if origin is not None:
            origin_of[name] = origin
            continue
        for shingle in shingles[name]:
            holders[shingle].append(name)
    return origin_of


def _origin(own: frozenset[int], holders: dict[int, list[str]]) -> str | None:
    """The earlier report that most of these shingles come from. Only originals hold shingles, so lists stay short."""
    if len(own) < FEWEST:
        return None
    shared = Counter(holder for shingle in own for holder in holders.get(shingle, ()))
    best = min(shared, key=lambda name: (-shared[name], name), default=None)
    return best if best is not None and shared[best] >= COPIED_SHARE * len(own) else None


def _shingles(text: str) -> frozenset[int]:
    words = plain_words(text)
    return frozenset(crc32(" ".join(words[i : i + SHINGLE]).encode()) for i in range(len(words) - SHINGLE + 1))


def _seniority(record: Record, length: int) -> tuple[date, int, str]:
    return record.article.published or date.max, -length, record.article.id
