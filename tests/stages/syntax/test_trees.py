"""Scores of heads in, trees out (dateline.stages.syntax.trees)."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from dateline.stages.syntax.trees import heads_of, one_subject, single


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


def projective(heads: Sequence[int]) -> bool:
    """Whether every word between a word and its head hangs, at last, on that head."""

    def below(word: int, head: int) -> bool:
        while word:
            if word == head:
                return True
            word = heads[word - 1]
        return head == 0

    lines = list(enumerate(heads, 1))
    return all(below(k, h) for word, h in lines for k in range(min(word, h) + 1, max(word, h)))


def value(scores: NDArray[np.float32], heads: Sequence[int]) -> float:
    return sum(float(scores[k, head]) for k, head in enumerate(heads))


@pytest.mark.parametrize("seed", range(40))
def test_every_answer_is_a_tree_without_crossing_lines(seed: int) -> None:
    chance = np.random.default_rng(seed)
    size = int(chance.integers(1, 40))
    heads = tuple(heads_of(chance.normal(size=(size, size + 1)).astype(np.float32)))
    assert is_tree(heads)
    assert projective(heads)


@pytest.mark.parametrize("seed", range(25))
def test_no_such_tree_scores_higher(seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(5, 6)).astype(np.float32)
    others = (h for h in itertools.product(range(6), repeat=5) if is_tree(h) and projective(h))
    assert value(scores, heads_of(scores)) == pytest.approx(max(value(scores, h) for h in others), abs=1e-4)


def test_a_tree_of_best_heads_stays_as_it_is() -> None:
    scores = np.full((3, 4), -5.0, dtype=np.float32)
    scores[[0, 1, 2], [2, 0, 2]] = 1.0
    assert heads_of(scores) == [2, 0, 2]


@pytest.mark.parametrize("heads", [[2, 3, 1, 0], [3, 1, 2, 0], [2, 1, 0], [0, 3, 4, 2]])
def test_best_heads_that_go_round_are_no_tree(heads: list[int]) -> None:
    scores = np.full((len(heads), len(heads) + 1), -5.0, dtype=np.float32)
    scores[range(len(heads)), heads] = 1.0
    found = tuple(heads_of(scores))
    assert found != tuple(heads)
    assert is_tree(found)


@pytest.mark.parametrize("seed", range(200))
def test_small_trees_of_any_scores_are_trees(seed: int) -> None:
    chance = np.random.default_rng(seed)
    assert is_tree(tuple(heads_of(chance.integers(0, 3, size=(5, 6)).astype(np.float32))))


def test_a_subject_on_each_side_of_what_is_said_is_one_of_each_verb() -> None:
    rels = ["nsubj", "ccomp", "punct", "nsubj", "root"]
    heads = [5, 5, 5, 5, 0]
    assert one_subject(heads, rels)
    assert heads == [2, 5, 5, 5, 0]
    assert not one_subject(heads, rels)


def test_of_two_subjects_the_likelier_stays_and_the_other_is_what_it_is_next() -> None:
    scores = np.array([[5.0, 1.0, 0.0], [4.0, 3.0, 0.0], [0.0, 0.0, 9.0], [6.0, 5.5, 0.0]], dtype=np.float32)
    assert list(single(scores, [3, 3, 0, 1], [[0]])) == [0, 1, 2, 0]
    assert list(single(scores, [3, 3, 0, 1], [])) == [0, 0, 2, 0]


def test_what_lost_one_relation_does_not_come_back_to_it() -> None:
    scores = np.array([[9.0, 0.0, 0.0], [5.0, 1.0, 0.0], [4.0, 3.0, 2.0]], dtype=np.float32)
    assert list(single(scores, [4, 4, 4], [[0], [1]])) == [0, 1, 2]
