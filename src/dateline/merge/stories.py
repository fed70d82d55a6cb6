"""Sketches of a day in, the story of each out: reports that tell of the same course of events share one, and it goes
on from day to day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from dateline.merge.beside import NOTHING, Beside
from dateline.merge.clustering import average_link
from dateline.merge.neighbours import THRESHOLD, TIE, alikeness, likeness, near
from dateline.merge.sketches import Outline, Sketch

JOIN = 0.5
"""Mean similarity at which a group goes on with an open story."""
CENTRE = 2
"""Reports of an earlier story that a new one is compared with, the most alike."""


def stories_of(sketches: Sequence[Sketch], copies: Mapping[str, str], beside: Beside = NOTHING) -> dict[str, str]:
    """The story of each report of a day (id -> story id): the open one that its group is most like, or a new one,
    named by its first report; a copy is in its origin's."""
    ordered = sorted(sketches, key=lambda sketch: sketch.id)
    originals = [sketch for sketch in ordered if sketch.id not in copies]
    groups: defaultdict[int, list[str]] = defaultdict(list)
    grouped = average_link(len(originals), likeness(originals), THRESHOLD)
    for sketch, group in zip(originals, grouped, strict=True):
        groups[group].append(sketch.id)
    reprints: defaultdict[str, list[str]] = defaultdict(list)
    for copy, origin in copies.items():
        reprints[origin].append(copy)
    found = {}
    for names in groups.values():
        first = min([*names, *(copy for name in names for copy in reprints[name])])
        story = _open(names, beside) or f"story:{first}"
        found.update(dict.fromkeys(names, story))
    for copy, origin in copies.items():
        found[copy] = found[origin] if origin in found else beside.places[origin].story
    return dict(sorted(found.items()))


def _open(names: Sequence[str], beside: Beside) -> str | None:
    """The earlier story that a group is like enough to, on the mean of its reports; None where there is none."""
    totals: defaultdict[str, float] = defaultdict(float)
    for name in names:
        stories: defaultdict[str, list[float]] = defaultdict(list)
        for other, similarity in beside.of(name).items():
            if similarity > 0:
                stories[beside.places[other].story].append(similarity)
        for story, some in stories.items():
            totals[story] += sum(some[:CENTRE]) / min(CENTRE, len(some))
    best = min(totals, key=lambda story: (-totals[story], story), default=None)
    return best if best is not None and totals[best] / len(names) >= JOIN else None


def components_of(sketches: Sequence[Outline], bound: Sequence[tuple[str, str]] = ()) -> dict[str, str]:
    """The component of each report (id -> id of its first member): reports of one day that a chain of likeness ties,
    or a judgement (``bound``). What is laid at once is one component, and no more."""
    ordered = sorted(sketches, key=lambda sketch: sketch.id)
    place = {sketch.id: n for n, sketch in enumerate(ordered)}
    first = list(range(len(ordered)))

    def root(n: int) -> int:
        while first[n] != n:
            first[n] = first[first[n]]
            n = first[n]
        return n

    def tie(left: int, right: int) -> None:
        low, high = sorted((root(left), root(right)))
        first[high] = low

    for a, b in bound:
        if a in place and b in place and ordered[place[a]].published == ordered[place[b]].published:
            tie(place[a], place[b])
    for left, right in near(ordered):
        if root(left) != root(right) and alikeness(ordered[left], ordered[right]) >= TIE:
            tie(left, right)
    return {sketch.id: ordered[root(n)].id for n, sketch in enumerate(ordered)}
