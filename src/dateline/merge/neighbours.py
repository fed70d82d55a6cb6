"""Sketches in, which of them are alike and how much out; and the keys by which one is found among many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dateline.merge.blocking import Pair, sharing_pairs
from dateline.merge.sketches import Outline

FLOOR = 0.05
"""Similarities below it count as none."""
THRESHOLD = 0.27
"""Mean similarity at which groups of reports are one story (from ECB+, NP4E and NewsWCL50; B3 91.6, 100, 100)."""
ANY = "any"
"""Where a report without a day looks, and where it is looked for: it may be of any time."""


def keys_of(sketch: Outline) -> tuple[str, ...]:
    """What a sketch is found by: its heaviest words, with its thirty days and without."""
    if sketch.bucket is None:
        return tuple(f"{word} {place}" for word in sketch.top for place in (ANY, "undated"))
    return tuple(f"{word} {place}" for word in sketch.top for place in (ANY, str(sketch.bucket)))


def wanted_by(sketch: Outline) -> tuple[str, ...]:
    """The keys of those that it may be alike to."""
    return tuple(f"{word} {place}" for word in sketch.top for place in _around(sketch))


def _around(sketch: Outline) -> Iterator[str]:
    if sketch.bucket is None:
        yield ANY
        return
    yield "undated"
    yield from (str(sketch.bucket + n) for n in (-1, 0, 1))


def likeness(sketches: Sequence[Outline]) -> dict[Pair, float]:
    """Similarity of every two that share one of their heaviest words and are of one time, from :data:`FLOOR` on."""
    found: dict[Pair, float] = {}
    for left, right in near(sketches):
        similarity = cosine(sketches[left].words, sketches[right].words)
        if similarity >= FLOOR:
            found[left, right] = similarity
    return found


def near(sketches: Sequence[Outline]) -> Iterator[Pair]:
    """Every two that may be alike: they share one of their heaviest words and are of one time."""
    for left, right in sharing_pairs([sketch.top for sketch in sketches], len(sketches)):
        if _of_one_time(sketches[left], sketches[right]):
            yield left, right


def _of_one_time(left: Outline, right: Outline) -> bool:
    return left.bucket is None or right.bucket is None or abs(left.bucket - right.bucket) <= 1


def cosine(left: dict[str, float], right: dict[str, float]) -> float:
    """How alike two unit vectors are, from 0 to 1."""
    few, many = (left, right) if len(left) <= len(right) else (right, left)
    return sum(weight * many[word] for word, weight in few.items() if word in many)


def alike(left: Outline, right: Outline) -> bool:
    """Whether two sketches may be of one story: they share a heavy word, are of one time, and like enough."""
    if set(left.top).isdisjoint(right.top) or not _of_one_time(left, right):
        return False
    return cosine(left.words, right.words) >= THRESHOLD
