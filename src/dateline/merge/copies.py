"""Sketches in, which report is a reprint of which out: a copy has most of its words, in order, from another."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from dateline.merge.neighbours import alike
from dateline.merge.sketches import Sketch

COPIED_SHARE = 0.5
"""Share of a report's shingles found in one earlier report that makes it a copy. Two own reports of one speech share
its quotations and stay well below; a reprint with a new headline or a cut tail stays well above."""
FEWEST = 20
"""Shingles that a report must have: of a shorter one nobody can tell."""


def copies_of(sketches: Sequence[Sketch]) -> dict[str, str]:
    """Id of a copy -> id of its origin: the earliest, of one day the longest; never itself a copy, and always one that
    the archive finds too when it places the copy: of the same weeks and with the same heavy words."""
    holders: defaultdict[int, list[str]] = defaultdict(list)
    origin_of: dict[str, str] = {}
    of = {sketch.id: sketch for sketch in sketches}
    for sketch in sorted(sketches, key=_seniority):
        origin = _origin(sketch, holders, of)
        if origin is not None:
            origin_of[sketch.id] = origin
            continue
        for shingle in sketch.shingles:
            holders[shingle].append(sketch.id)
    return origin_of


def _origin(sketch: Sketch, holders: Mapping[int, list[str]], of: Mapping[str, Sketch]) -> str | None:
    """The earlier report that most shingles come from. Only originals hold shingles, so lists stay short."""
    own = sketch.shingles
    if len(own) < FEWEST:
        return None
    shared = Counter(holder for shingle in own for holder in holders.get(shingle, ()))
    enough = [name for name, count in shared.items() if count >= COPIED_SHARE * len(own) and alike(sketch, of[name])]
    return min(enough, key=lambda name: (-shared[name], name), default=None)


def _seniority(sketch: Sketch) -> tuple[date, int, str]:
    return sketch.published or date.max, -len(sketch.shingles), sketch.id
