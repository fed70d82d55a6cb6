"""Boosted decision trees: rows of features in, the share that each is right out. Numpy only; the recipe fits them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from dateline.learned.heads import Matrix, sigmoid

PARTS = ("feature", "threshold", "left", "right", "value", "base", "depth")
"""Of some trees: for each node the number of its feature, the value up to which a row goes left, its children and what
a leaf adds to the log odds, each (trees, nodes); the log odds before any tree and the steps to the deepest leaf, (). A
leaf is its own child."""
ROWS = 256
"""Rows walked at once: what lies between the steps of more would not stay in the processor's cache."""


class Boosted:
    """Trees by the parts that the recipe wrote (``training/reader/fitting.py``)."""

    def __init__(self, weights: Mapping[str, Any]) -> None:
        trees, nodes = np.shape(weights["feature"])
        self._roots = np.arange(trees) * nodes
        first = self._roots[:, None]
        self._feature = np.asarray(weights["feature"], dtype=np.intp).ravel()
        self._threshold = np.asarray(weights["threshold"], dtype=float).ravel()
        self._left = (np.asarray(weights["left"], dtype=np.intp) + first).ravel()
        self._right = (np.asarray(weights["right"], dtype=np.intp) + first).ravel()
        self._value = np.asarray(weights["value"], dtype=float).ravel()
        self._base, self._depth = float(weights["base"]), int(weights["depth"])

    def shares(self, rows: Sequence[Sequence[float]]) -> Matrix:
        """The share that each row is right (rows)."""
        if not len(rows):
            return np.zeros(0, dtype=np.float32)
        x = np.asarray(rows, dtype=float)
        return sigmoid(np.concatenate([self._odds(x[at : at + ROWS]) for at in range(0, len(x), ROWS)]))

    def _odds(self, x: Any) -> Any:
        size = x.shape[1]
        start = (np.arange(len(x)) * size)[:, None]
        flat, node = x.ravel(), np.broadcast_to(self._roots, (len(x), len(self._roots)))
        for _ in range(self._depth):
            below = flat[start + self._feature[node]] <= self._threshold[node]
            node = np.where(below, self._left[node], self._right[node])
        return self._base + self._value[node].sum(axis=1)
