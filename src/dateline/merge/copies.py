"""Sketches in, which report is a reprint of which out: a copy has most of its words, in order, from another."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence

from dateline.merge.beside import NOTHING, Beside
from dateline.merge.neighbours import alike
from dateline.merge.sketches import Sketch

COPIED_SHARE = 0.5
"""Share of a report's shingles found in one earlier report that makes it a copy. Two own reports of one speech share
its quotations and stay well below; a reprint with a new headline or a cut tail stays well above."""
FEWEST = 20
"""Shingles that a report must have: of a shorter one nobody can tell."""


def copies_of(sketches: Sequence[Sketch], beside: Beside = NOTHING) -> dict[str, str]:
    """Id of a copy -> id of its origin, for reports of one day: an earlier report beside which it is laid, or one of
    the day, the longest first; never itself a copy."""
    holders: defaultdict[int, list[str]] = defaultdict(list)
    for sketch in beside.originals():
        _hold(sketch, holders)
    origin_of: dict[str, str] = {}
    of = {sketch.id: sketch for sketch in sketches}
    for sketch in sorted(sketches, key=_seniority):
        origins = beside.of(sketch.id).keys() | {name for name, other in of.items() if alike(sketch, other)}
        origin = _origin(sketch, holders, origins)
        if origin is None:
            _hold(sketch, holders)
        else:
            origin_of[sketch.id] = origin
    return origin_of


def _hold(sketch: Sketch, holders: defaultdict[int, list[str]]) -> None:
    for shingle in sketch.shingles:
        holders[shingle].append(sketch.id)


def _origin(sketch: Sketch, holders: Mapping[int, list[str]], origins: Collection[str]) -> str | None:
    """The report, of those that may be its origin, that most shingles come from. Only originals hold shingles, so lists
    stay short."""
    own = sketch.shingles
    if len(own) < FEWEST:
        return None
    shared = Counter(holder for shingle in own for holder in holders.get(shingle, ()))
    enough = [name for name, count in shared.items() if count >= COPIED_SHARE * len(own) and name in origins]
    return min(enough, key=lambda name: (-shared[name], name), default=None)


def _seniority(sketch: Sketch) -> tuple[int, str]:
    return -len(sketch.shingles), sketch.id
