"""Scores of heads in, one tree out: every word has one head, one word is the root, no two lines to a head cross; and
its relations, as Universal Dependencies allow them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]
Scores = NDArray[np.float64]
NEVER = -1e9
ONE_ROOT = 1e4
"""Taken from every line to the root: a tree with two of them never scores best."""
SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj", "csubj:pass"})
ONCE = (SUBJECTS, frozenset({"obj"}))
"""Relations of which a word has one below it at most, as Universal Dependencies are checked for."""


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


class _Seams(NamedTuple):
    """Where the best of each span was put together, as words from its first on, by the span's first word and length:
    ``up`` are spans whose last word stands above, ``down`` those whose first does, ``line`` those of which only the
    line between both ends has just been drawn."""

    line: NDArray[np.int_]
    up: NDArray[np.int_]
    down: NDArray[np.int_]


def _eisner(scores: Scores) -> list[int]:
    """The best tree by dynamic programming over spans, all spans of a length at once. Scores of spans stand by their
    first word (``[0]``) or their last (``[1]``) and their length, so that the parts of all spans are slices."""
    size = len(scores) + 1
    weight = np.vstack([np.full((1, size), NEVER), scores])  # of a word's line to a head: weight[word, head]
    left, right = np.full((size, size), NEVER), np.full((size, size), NEVER)
    up, down = np.full((2, size, size), NEVER), np.full((2, size, size), NEVER)
    up[:, :, 0] = down[:, :, 0] = 0.0
    seams = _Seams(*(np.zeros((size, size), dtype=int) for _ in range(3)))
    for length in range(1, size):
        spans = size - length
        rows = np.arange(0, spans * length, length)
        split = down[0, :spans, :length] + up[1, length:, length - 1 :: -1]
        best = seams.line[:spans, length] = split.argmax(axis=1)
        score = split.ravel()[rows + best]
        left[length:, length] = score + weight.diagonal(length)
        right[:spans, length] = score + weight.diagonal(-length)
        split = up[0, :spans, :length] + left[length:, length:0:-1]
        best = seams.up[:spans, length] = split.argmax(axis=1)
        up[0, :spans, length] = up[1, length:, length] = split.ravel()[rows + best]
        split = right[:spans, 1 : length + 1] + down[1, length:, length - 1 :: -1]
        best = split.argmax(axis=1)
        seams.down[:spans, length] = best + 1
        down[0, :spans, length] = down[1, length:, length] = split.ravel()[rows + best]
    return _drawn(seams, size)


def _drawn(seams: _Seams, size: int) -> list[int]:
    """The heads of the best tree, from its seams."""
    line, up, down = (part.tolist() for part in seams)
    heads, todo = [0] * size, [(down, 0, size - 1)]
    while todo:
        part, first, last = todo.pop()
        if first == last:
            continue
        seam = first + part[first][last - first]
        if part is up:
            heads[seam] = last
            mid = seam + line[seam][last - seam]
            todo += [(up, first, seam), (down, seam, mid), (up, mid + 1, last)]
        else:
            heads[seam] = first
            mid = first + line[first][seam - first]
            todo += [(down, seam, last), (down, first, mid), (up, mid + 1, seam)]
    return heads[1:]


def single(scores: Matrix, heads: Sequence[int], groups: Sequence[Sequence[int]]) -> NDArray[np.int_]:
    """For each word of a sentence the number of its relation by their ``scores`` (words, relations). Of the words under
    one head only the one that would lose most by another keeps a relation of a group; the others take their next."""
    found, other = scores.argmax(axis=1), scores.copy()
    for group in groups:
        other[:, group] = -np.inf  # nor one of an earlier group, which it lost
        of_group = np.zeros(scores.shape[1], dtype=bool)
        of_group[group] = True
        margin, second = scores.max(axis=1) - other.max(axis=1), other.argmax(axis=1)
        kept: dict[int, int] = {}
        for k in (int(k) for k in np.flatnonzero(of_group[found])):
            best = kept.setdefault(heads[k], k)
            if best != k:
                loser = best if margin[k] > margin[best] else k
                kept[heads[k]], found[loser] = (k if loser == best else best), second[loser]
    return np.asarray(found)


def one_subject(heads: list[int], rels: Sequence[str]) -> bool:
    """Where a verb has a subject on each side of what is said, the one before it is the subject of that ("The union
    refused, the paper said"): change the ``heads`` (counted from 1) accordingly, and tell whether any was."""
    subjects = [k for k, rel in enumerate(rels) if rel in SUBJECTS]
    taken, changed = {heads[k] for k in subjects}, False
    for k in subjects:
        verb = heads[k] - 1
        within = [n for n in range(k + 1, verb) if heads[n] == verb + 1]
        said = next((n for n in within if rels[n] == "ccomp" and n + 1 not in taken), None)
        if said is not None and any(n > said and rels[n] in SUBJECTS for n in within):
            for n in range(said):
                if heads[n] == verb + 1:
                    heads[n], changed = said + 1, True
    return changed
