"""Scores of heads in, one tree out: every word has one head, one word is the root, no circle."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]
Scores = NDArray[np.float64]
NEVER = -1e9


def heads_of(found: Matrix) -> list[int]:
    """The best tree by the scores ``found`` (words, 1 + words; column 0 the root): for each word its head counted from
    1, or 0. One word hangs on the root. Greedy where that is a tree, else the maximum spanning arborescence
    (Chu-Liu/Edmonds)."""
    size = len(found)
    if size == 1:
        return [0]
    scores: Scores = found.astype(np.float64)
    scores[np.arange(size), np.arange(1, size + 1)] = NEVER
    greedy = scores.argmax(axis=1)
    if (greedy == 0).sum() == 1 and _circle(np.concatenate([[0], greedy])) is None:
        return [int(h) for h in greedy]
    root = _root(scores)
    scores[:, 0] = NEVER
    scores[root, 0] = 0.0
    full = np.full((size + 1, size + 1), NEVER)
    full[1:] = scores
    return [int(h) for h in _arborescence(full)[1:]]


def _root(scores: Scores) -> int:
    """The word that gains most as the root against its best head among the words."""
    return int((scores[:, 0] - scores[:, 1:].max(axis=1)).argmax())


def _circle(heads: NDArray[np.int_]) -> list[int] | None:
    """A circle among ``heads`` (entry 0 is the root itself), or None."""
    seen = [0] * len(heads)
    for start in range(1, len(heads)):
        at = start
        while at and not seen[at]:
            seen[at] = start
            at = int(heads[at])
        if at and seen[at] == start:
            circle, first = [at], at
            while int(heads[at]) != first:
                at = int(heads[at])
                circle.append(at)
            return circle
    return None


def _arborescence(scores: Scores) -> NDArray[np.int_]:
    """For each node its head, node 0 the root; ``scores`` (nodes, nodes) of heads in columns."""
    np.fill_diagonal(scores, NEVER)
    heads: NDArray[np.int_] = scores.argmax(axis=1)
    heads[0] = 0
    circle = _circle(heads)
    if circle is None:
        return heads
    inside = np.zeros(len(scores), dtype=bool)
    inside[circle] = True
    rest = np.flatnonzero(~inside)
    cycle = np.array(circle)
    gain = scores[cycle] - scores[cycle, heads[cycle]][:, None]
    into = gain[:, rest]
    out = scores[np.ix_(rest, cycle)]
    small = np.full((len(rest) + 1, len(rest) + 1), NEVER)
    small[:-1, :-1] = scores[np.ix_(rest, rest)]
    small[-1, :-1] = into.max(axis=0)
    small[:-1, -1] = out.max(axis=1)
    solved = _arborescence(small)
    found: NDArray[np.int_] = heads.copy()
    for k, node in enumerate(rest):
        if node:
            found[node] = cycle[out[k].argmax()] if solved[k] == len(rest) else rest[solved[k]]
    above = int(solved[-1])
    broken = cycle[into[:, above].argmax()]
    found[broken] = rest[above]
    return found
