"""Outlines in, which of them are alike and how much out; and the keys by which one is found among many."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from dateline.knowledge.merging import load_merging
from dateline.learned.likeness import cosines
from dateline.merge.blocking import Pair
from dateline.merge.sketches import BUCKET_DAYS, Outline

FLOOR = 0.05
"""Similarities below it count as none."""
THRESHOLD = 0.33
"""Mean likeness at which groups of reports are one story."""
TIE = 0.33
"""Likeness of two reports of one day from which on they are laid together."""
WORDS_ALONE = 1.22
"""What the cosine of words counts for by itself: .27 of it parts the stories of ECB+ best, as :data:`THRESHOLD` of what
is learned those of a day's feeds."""
SHARED = 2
"""Heavy words that two reports must share to be compared at all: one is shared by too many."""
HORIZON = 2 * BUCKET_DAYS
"""Days for which what was reported stays open: a later report is laid beside it. At most those of two buckets."""
NEAREST = 16
"""Earlier reports beside which one is laid, the most alike: bounds its cost whatever goes on around it."""
ANY, UNDATED = "any", "undated"
"""Where a report without a day looks for others, and where it is looked for: it may be of any time."""


def keys_of(outline: Outline) -> tuple[str, ...]:
    """What an outline is found by: its heaviest words, with its bucket of days, and without."""
    if outline.bucket is None:
        return tuple(f"{word} {UNDATED}" for word in outline.top)
    return tuple(f"{word} {place}" for word in outline.top for place in (ANY, str(outline.bucket)))


def wanted_by(outline: Outline) -> tuple[str, ...]:
    """The keys of those that it may be alike to, earlier, later, or of its day; one that holds a word is found by it
    once."""
    places: tuple[str, ...] = (ANY, UNDATED)
    if outline.bucket is not None:
        places = (UNDATED, *(str(outline.bucket + n) for n in (-2, -1, 0, 1, 2)))
    return tuple(f"{word} {place}" for word in outline.top for place in places)


def sharing(outline: Outline, holders: Mapping[str, Iterable[str]]) -> list[str]:
    """Ids of the others that share enough heavy words with it; ``holders`` are ids by key."""
    counts = Counter(other for key in wanted_by(outline) for other in holders.get(key, ()))
    return sorted(other for other, count in counts.items() if count >= SHARED and other != outline.id)


def holders_of(outlines: Iterable[Outline]) -> dict[str, list[str]]:
    """The ids of those that hold each key."""
    holders: defaultdict[str, list[str]] = defaultdict(list)
    for outline in outlines:
        for key in keys_of(outline):
            holders[key].append(outline.id)
    return dict(holders)


def is_before(earlier: Outline, later: Outline) -> bool:
    """Whether one is still open when the other comes: published on an earlier day within the horizon. A report without
    a day comes after all that have one."""
    if earlier.published is None:
        return False
    return later.published is None or 0 < (later.published - earlier.published).days <= HORIZON


def turn_of(published: date | None) -> tuple[bool, date]:
    """When the reports of a day are placed: day by day, those without one at the end."""
    return published is None, published or date.max


def nearest(outline: Outline, others: Iterable[Outline]) -> dict[str, float]:
    """The earlier ones beside which a report is laid: id -> similarity, the most alike first."""
    earlier = [o for o in others if is_before(o, outline)]
    near = nearnesses(outline.vector, [o.vector for o in earlier])
    found = {o.id: alikeness(outline, o, vector) for o, vector in zip(earlier, near, strict=True)}
    ranked = sorted((-likeness, name) for name, likeness in found.items() if likeness >= FLOOR)
    return {name: -negative for negative, name in ranked[:NEAREST]}


def likeness(outlines: Sequence[Outline]) -> dict[Pair, float]:
    """Similarity of every two of one day that share heavy words, from :data:`FLOOR` on."""
    found: dict[Pair, float] = {}
    for left, right in near(outlines):
        similarity = alikeness(outlines[left], outlines[right])
        if similarity >= FLOOR:
            found[left, right] = similarity
    return found


def near(outlines: Sequence[Outline]) -> Iterator[Pair]:
    """Every two of one day that share enough of their heaviest words, in order."""
    holders: defaultdict[tuple[str, date | None], list[int]] = defaultdict(list)
    for n, outline in enumerate(outlines):
        earlier = Counter(m for word in outline.top for m in holders.get((word, outline.published), ()))
        yield from ((m, n) for m in sorted(earlier) if earlier[m] >= SHARED)
        for word in outline.top:
            holders[word, outline.published].append(n)


def cosine(left: Mapping[str, float], right: Mapping[str, float]) -> float:
    """How alike two unit vectors are, from 0 to 1; the same in whatever order words come."""
    return math.fsum([left[word] * right[word] for word in left.keys() & right.keys()])


def alikeness(left: Outline, right: Outline, near: float | None = None) -> float:
    """How alike two reports are, from 0 to 1: how likely they are of one story, by their words and by what their first
    words are about (``near``, where it was worked out already). By their words alone where one of them has no vector,
    or no day: of reports of any time many are about the same kind of thing."""
    words = cosine(left.words, right.words)
    if not left.vector or not right.vector or left.published is None or right.published is None:
        return min(1.0, WORDS_ALONE * words)
    return likely_of(compared(words, nearness(left.vector, right.vector) if near is None else near))


def compared(words: float, vector: float) -> dict[str, float]:
    """What counts of two reports, by the names of the weights."""
    near = max(0.0, vector)
    return {"words": words, "root of words": math.sqrt(words), "vector": vector, "vector squared": near * near}


def likely_of(values: Mapping[str, float]) -> float:
    """How likely two reports are of one story, by what was compared of them."""
    weights = load_merging().stories
    told = weights["start"] + math.fsum(weights[name] * value for name, value in values.items())
    return 1 / (1 + math.exp(-told))


def nearness(left: bytes, right: bytes) -> float:
    """The cosine of two kept vectors, from -1 to 1."""
    return nearnesses(left, [right])[0]


def nearnesses(own: bytes, others: Sequence[bytes]) -> list[float]:
    """The cosine of a kept vector with each of some, from -1 to 1; 0 where there is none."""
    there = [vector for vector in others if vector]
    if not own or not there:
        return [0.0] * len(others)
    found = iter(cosines(own, there))
    return [next(found) if vector else 0.0 for vector in others]


def alike(left: Outline, right: Outline) -> bool:
    """Whether two of one day are tied in a chain of likeness: they share heavy words and are like enough."""
    if left.published != right.published or len(set(left.top) & set(right.top)) < SHARED:
        return False
    return alikeness(left, right) >= TIE
