"""Scores of heads in, one tree out: every word has one head, one word is the root, no two lines to a head cross."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]
Scores = NDArray[np.float64]
NEVER = -1e9
ONE_ROOT = 1e4
"""Taken from every line to the root: a tree with two of them never scores best."""


def heads_of(found: Matrix) -> list[int]:
    """The best projective tree by the scores ``found`` (words, 1 + words; column 0 the root): for each word its head
    counted from 1, or 0. One word hangs on the root. Each word's best head where that is such a tree, else Eisner's
    algorithm (1996), whose work grows with the cube of the length."""
    size = len(found)
    if size == 1:
        return [0]
    scores: Scores = found.astype(np.float64)
    scores[np.arange(size), np.arange(1, size + 1)] = NEVER
    greedy = [int(h) for h in scores.argmax(axis=1)]
    if greedy.count(0) == 1 and not _circles(greedy) and _projective(greedy):
        return greedy
    scores[:, 0] -= ONE_ROOT
    return _eisner(scores)


def _circles(heads: list[int]) -> bool:
    """Whether a word stands above itself."""
    seen = [0] * (len(heads) + 1)
    for start in range(1, len(seen)):
        at = start
        while at and not seen[at]:
            seen[at], at = start, heads[at - 1]
        if at and seen[at] == start:
            return True
    return False


def _projective(heads: list[int]) -> bool:
    """Whether no lines cross, those to the root from the left of all words."""
    lines = sorted((min(k, h), -max(k, h)) for k, h in enumerate(heads, 1))
    open_: list[int] = []
    for left, minus_right in lines:
        while open_ and open_[-1] <= left:
            open_.pop()
        if open_ and open_[-1] < -minus_right:
            return False
        open_.append(-minus_right)
    return True


class _Spans(NamedTuple):
    """The best of each span (first, last): its score, and where it was put together."""

    score: Scores
    seam: NDArray[np.int_]


def _spans(size: int) -> _Spans:
    score = np.full((size, size), NEVER)
    np.fill_diagonal(score, 0.0)
    return _Spans(score, np.zeros((size, size), dtype=int))


def _eisner(scores: Scores) -> list[int]:
    """The best tree by dynamic programming over spans, all spans of a length at once. ``up`` are spans whose last word
    stands above, ``down`` those whose first does; ``left`` and ``right`` the same when only the line between both ends
    has just been drawn."""
    size = len(scores) + 1
    weight = np.vstack([np.full((1, size), NEVER), scores])  # of a word's line to a head: weight[word, head]
    left, right, up, down = (_spans(size) for _ in range(4))
    for length in range(1, size):
        first = np.arange(size - length)
        last, step = first + length, np.arange(length)
        at = first[:, None] + step  # the seams of each span
        split = down.score[first[:, None], at] + up.score[at + 1, last[:, None]]
        best = split.argmax(axis=1)
        value = split[first, best]
        for part, line in ((left, weight[first, last]), (right, weight[last, first])):
            part.score[first, last], part.seam[first, last] = value + line, first + best
        split = up.score[first[:, None], at] + left.score[at, last[:, None]]
        best = split.argmax(axis=1)
        up.score[first, last], up.seam[first, last] = split[first, best], first + best
        split = right.score[first[:, None], at + 1] + down.score[at + 1, last[:, None]]
        best = split.argmax(axis=1)
        down.score[first, last], down.seam[first, last] = split[first, best], first + best + 1
    return _drawn(left, right, up, down)


def _drawn(left: _Spans, right: _Spans, up: _Spans, down: _Spans) -> list[int]:
    """The heads of the best tree, from its seams."""
    size = len(down.score)
    heads, todo = [0] * size, [(down, 0, size - 1)]
    while todo:
        part, first, last = todo.pop()
        if first == last:
            continue
        seam = int(part.seam[first, last])
        if part is up:
            todo += [(up, first, seam), (left, seam, last)]
        elif part is down:
            todo += [(right, first, seam), (down, seam, last)]
        else:
            heads[first if part is left else last] = last if part is left else first
            todo += [(down, first, seam), (up, seam + 1, last)]
    return heads[1:]
