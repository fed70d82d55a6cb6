"""Weighted words or shingles in, the pairs worth comparing out: through an index, never all with all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import combinations

import numpy as np

Pair = tuple[int, int]


def similar_pairs(vectors: Sequence[Mapping[str, float]], floor: float) -> dict[Pair, float]:
    """Cosine of every two unit vectors that reach ``floor``, exact: row by row over an index of the words."""
    index = _index(vectors)
    found: dict[Pair, float] = {}
    sums = np.zeros(len(vectors))
    for row, vector in enumerate(vectors):
        sums[:] = 0.0
        for word, weight in vector.items():
            rows, weights = index[word]
            sums[rows] += weight * weights
        for other in np.flatnonzero(sums[:row] >= floor):
            found[int(other), row] = float(sums[other])
    return found


def _index(vectors: Sequence[Mapping[str, float]]) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    rows: defaultdict[str, list[int]] = defaultdict(list)
    weights: defaultdict[str, list[float]] = defaultdict(list)
    for row, vector in enumerate(vectors):
        for word, weight in vector.items():
            rows[word].append(row)
            weights[word].append(weight)
    return {word: (np.array(rows[word]), np.array(weights[word])) for word in rows}


def sharing_pairs(keys: Sequence[Iterable[Hashable]], limit: int) -> list[Pair]:
    """Pairs of items that share a key, sorted. A key of more than ``limit`` items is passed over."""
    holders: defaultdict[Hashable, list[int]] = defaultdict(list)
    for item, own in enumerate(keys):
        for key in set(own):
            holders[key].append(item)
    return sorted({pair for items in holders.values() if len(items) <= limit for pair in combinations(items, 2)})
