"""Boosted trees as arrays: rows in, shares out."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from dateline.learned.boosted import ROWS, Boosted
from dateline.stages.events.likely import share_of

TWO: dict[str, Any] = {
    "feature": [[1, 0, 0, 0, 0], [0, 0, 0, 0, 0]],
    "threshold": [[0.0, 2.0, 0, 0, 0], [1.0, 0, 0, 0, 0]],
    "left": [[1, 3, 2, 3, 4], [1, 1, 2, 3, 4]],
    "right": [[2, 4, 2, 3, 4], [2, 1, 2, 3, 4]],
    "value": [[0, 0, 0.5, -1.0, 1.0], [0, 0.25, -0.25, 0, 0]],
    "base": -0.1,
    "depth": 2,
}
"""One tree of two questions and one of one; a value at the threshold goes left."""


@pytest.mark.parametrize(
    ("row", "odds"),
    [([0.0, 1.0], -0.1 + 0.5 + 0.25), ([2.0, 0.0], -0.1 - 1.0 - 0.25), ([3.0, -1.0], -0.1 + 1.0 - 0.25)],
)
def test_each_row_falls_to_one_leaf_a_tree(row: list[float], odds: float) -> None:
    assert Boosted(TWO).shares([row]).tolist() == pytest.approx([share_of(odds)])


def test_many_rows_are_what_each_is_alone() -> None:
    rows = np.random.default_rng(1).normal(size=(2 * ROWS + 3, 2)).tolist()
    trees = Boosted(TWO)
    assert trees.shares(rows).tolist() == [float(trees.shares([row])[0]) for row in rows]


def test_no_rows_have_no_shares() -> None:
    assert Boosted(TWO).shares([]).shape == (0,)
