"""Scores of heads in, trees out (dateline.stages.syntax.trees)."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from dateline.stages.syntax.trees import heads_of


def is_tree(heads: tuple[int, ...]) -> bool:
    if heads.count(0) != 1:
        return False
    for start in range(1, len(heads) + 1):
        at, steps = start, 0
        while at and steps <= len(heads):
            at, steps = heads[at - 1], steps + 1
        if at:
            return False
    return True


def value(scores: NDArray[np.float32], heads: Sequence[int]) -> float:
    return sum(float(scores[k, head]) for k, head in enumerate(heads))


@pytest.mark.parametrize("seed", range(40))
def test_every_answer_is_a_tree(seed: int) -> None:
    chance = np.random.default_rng(seed)
    size = int(chance.integers(1, 40))
    assert is_tree(tuple(heads_of(chance.normal(size=(size, size + 1)).astype(np.float32))))


@pytest.mark.parametrize("seed", range(25))
def test_no_tree_with_the_same_root_scores_higher(seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(4, 5)).astype(np.float32)
    heads = heads_of(scores)
    others = (h for h in itertools.product(range(5), repeat=4) if is_tree(h) and h.index(0) == heads.index(0))
    assert value(scores, heads) == pytest.approx(max(value(scores, h) for h in others), abs=1e-5)
