"""Similarities of pairs in, groups out: average-link clustering that does not depend on the order of its input."""

from __future__ import annotations

import heapq
from collections.abc import Mapping

Pair = tuple[int, int]


def average_link(size: int, similarities: Mapping[Pair, float], threshold: float) -> list[int]:
    """The group of each of ``size`` items, named by its lowest member.

    Two groups join while the mean similarity between their members is at least ``threshold``, the closest first;
    of equally close ones, those with the lowest members. A pair not in ``similarities`` counts as 0.
    """
    totals: list[dict[int, float]] = [{} for _ in range(size)]
    for (left, right), similarity in sorted(similarities.items()):
        totals[left][right] = totals[right][left] = similarity
    sizes = [1] * size
    group = list(range(size))
    queue = [(-s, min(p), max(p), 1, 1) for p, s in sorted(similarities.items()) if s >= threshold]
    heapq.heapify(queue)
    while queue:
        _, left, right, left_size, right_size = heapq.heappop(queue)
        if sizes[left] != left_size or sizes[right] != right_size:
            continue
        _join(left, right, totals, sizes)
        group[right] = left
        for other in sorted(totals[left]):
            mean = totals[left][other] / (sizes[left] * sizes[other])
            if mean >= threshold:
                low, high = min(left, other), max(left, other)
                heapq.heappush(queue, (-mean, low, high, sizes[low], sizes[high]))
    return [_root(item, group) for item in range(size)]


def _join(left: int, right: int, totals: list[dict[int, float]], sizes: list[int]) -> None:
    """The group ``right`` becomes part of ``left``: sums of similarities add up."""
    totals[left].pop(right, None)
    for other, total in totals[right].items():
        if other != left:
            del totals[other][right]
            totals[left][other] = totals[left].get(other, 0.0) + total
            totals[other][left] = totals[left][other]
    totals[right] = {}
    sizes[left], sizes[right] = sizes[left] + sizes[right], 0


def _root(item: int, group: list[int]) -> int:
    while group[item] != item:
        item = group[item]
    return item
