"""Sketches in, the story of each out: reports that tell of the same course of events share one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from dateline.merge.clustering import average_link
from dateline.merge.neighbours import THRESHOLD, cosine, likeness, near
from dateline.merge.sketches import Sketch


def stories_of(sketches: Sequence[Sketch], copies: Mapping[str, str]) -> dict[str, str]:
    """The story of each report (id -> story id); a copy is in its origin's. Ids name the earliest report."""
    ordered = sorted(sketches, key=lambda sketch: sketch.id)
    originals = [sketch for sketch in ordered if sketch.id not in copies]
    groups = average_link(len(originals), likeness(originals), THRESHOLD)
    group_of = {sketch.id: group for sketch, group in zip(originals, groups, strict=True)}
    group_of.update({copy: group_of[origin] for copy, origin in copies.items()})
    names: dict[int, str] = {}
    for sketch in sorted(ordered, key=_age):
        names.setdefault(group_of[sketch.id], f"story:{sketch.id}")
    return {sketch.id: names[group_of[sketch.id]] for sketch in ordered}


def components_of(sketches: Sequence[Sketch], bound: Sequence[tuple[str, str]] = ()) -> dict[str, str]:
    """The component of each report (id -> id of its first member): reports that a chain of likeness ties, or a
    judgement (``bound``). Stories, copies and events never reach from one component into another."""
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
        if a in place and b in place:
            tie(place[a], place[b])
    for left, right in near(ordered):
        if root(left) != root(right) and cosine(ordered[left].words, ordered[right].words) >= THRESHOLD:
            tie(left, right)
    return {sketch.id: ordered[root(n)].id for n, sketch in enumerate(ordered)}


def _age(sketch: Sketch) -> tuple[date, str]:
    """Sorts the earliest report first; of one day, and without a day, by id."""
    return sketch.day or date.max, sketch.id
