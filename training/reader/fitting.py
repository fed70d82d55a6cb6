"""Fits the small weights around the reader: rows of features and what is right in, weights out. Seeded."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

RIDGE = 1.0
"""Pull of the weights of a logistic regression to 0."""
TREES = {"feature": np.int16, "threshold": np.float64, "left": np.int16, "right": np.int16, "value": np.float32}
"""What is told of each node of the trees, and how it is kept."""
Parts = dict[str, Any]


def logistic(rows: list[list[float]], right: list[bool]) -> list[float]:
    """Weights of a logistic regression, the bias last (Newton's method)."""
    x = np.hstack([np.asarray(rows, dtype=float), np.ones((len(rows), 1))])
    y, w = np.asarray(right, dtype=float), np.zeros(len(rows[0]) + 1)
    pull = np.eye(len(w)) * RIDGE
    pull[-1, -1] = 0
    for _ in range(30):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        step = np.linalg.solve((x.T * (p * (1 - p))) @ x + pull, x.T @ (y - p) - pull @ w)
        w += step
        if np.abs(step).max() < 1e-6:
            break
    return [round(float(v), 4) for v in w]


class Growth(NamedTuple):
    """How boosted trees are grown: how many, by what rate each corrects those before it, leaves and depth of one at
    most, and the fewest rows behind a leaf."""

    trees: int
    rate: float
    leaves: int
    depth: int
    fewest: int


def boosted(rows: Any, right: list[bool], growth: Growth) -> Parts:
    """Gradient-boosted trees (scikit-learn, on histograms, each split choosing among three in ten features): the parts
    of a :class:`dateline.learned.boosted.Boosted`."""
    fitted = HistGradientBoostingClassifier(
        max_iter=growth.trees, learning_rate=growth.rate, max_leaf_nodes=growth.leaves, max_depth=growth.depth,
        min_samples_leaf=growth.fewest, l2_regularization=2.0, max_features=0.3, early_stopping=False, random_state=7,
    ).fit(np.asarray(rows, dtype=float), np.asarray(right))  # fmt: skip
    grown = [tree.nodes for (tree,) in fitted._predictors]
    size = max(map(len, grown))
    parts = {name: np.zeros((len(grown), size), dtype=kind) for name, kind in TREES.items()}
    for n, nodes in enumerate(grown):
        own, leaf, at = np.arange(len(nodes)), nodes["is_leaf"].astype(bool), slice(0, len(nodes))
        parts["feature"][n, at] = np.where(leaf, 0, nodes["feature_idx"])
        parts["threshold"][n, at] = nodes["num_threshold"]
        parts["left"][n, at] = np.where(leaf, own, nodes["left"])
        parts["right"][n, at] = np.where(leaf, own, nodes["right"])
        parts["value"][n, at] = np.where(leaf, nodes["value"], 0.0)
    deepest = max(int(nodes["depth"].max()) for nodes in grown)
    return parts | {"base": np.asarray(fitted._baseline_prediction.item()), "depth": np.asarray(deepest)}
