"""Fits the small weights around the reader: rows of features and what is right in, weights out. Numpy only, seeded."""

from __future__ import annotations

from typing import Any

import numpy as np

from dateline.learned.heads import PERCEPTRON

RIDGE = 1.0
"""Pull of the weights of a logistic regression to 0."""
HIDDEN, EPOCHS, BATCH, RATE, DECAY = 64, 30, 256, 2e-3, 4e-3
"""Of a perceptron: its hidden units, how often it sees the rows, rows a step, step size, pull of the weights to 0."""


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


def perceptron(rows: Any, right: list[bool]) -> dict[str, Any]:
    """A network of one hidden layer (Adam on the cross entropy): the parts of a
    :class:`dateline.learned.heads.Perceptron`."""
    x, y = np.asarray(rows, dtype=np.float32), np.asarray(right, dtype=np.float32)
    mean, spread = x.mean(0), np.where(x.std(0) < 1e-6, 1, x.std(0))
    x = (x - mean) / spread
    chance = np.random.default_rng(7)
    reach = np.sqrt(6 / (x.shape[1] + HIDDEN))
    parts = [
        chance.uniform(-reach, reach, (x.shape[1], HIDDEN)).astype(np.float32),
        np.zeros(HIDDEN, dtype=np.float32),
        chance.uniform(-0.3, 0.3, HIDDEN).astype(np.float32),
        np.zeros((), dtype=np.float32),
    ]
    first, second, step = [p * 0 for p in parts], [p * 0 for p in parts], 0
    for epoch in range(EPOCHS):
        order = chance.permutation(len(x))
        for at in range(0, len(x), BATCH):
            batch, step = order[at : at + BATCH], step + 1
            slopes = _slopes(parts, x[batch], y[batch])
            rate = RATE * (1 - epoch / EPOCHS)
            for n, slope in enumerate(slopes):
                first[n] = 0.9 * first[n] + 0.1 * slope
                second[n] = 0.999 * second[n] + 0.001 * slope * slope
                move = (first[n] / (1 - 0.9**step)) / (np.sqrt(second[n] / (1 - 0.999**step)) + 1e-8)
                parts[n] = (parts[n] - rate * move).astype(np.float32)
    return dict(zip(PERCEPTRON, (mean, spread.astype(np.float32), *parts), strict=True))


def _slopes(parts: list[Any], x: Any, y: Any) -> list[Any]:
    """The gradient of the mean cross entropy and the decay."""
    within, bias, out, end = parts
    hidden = np.maximum(x @ within + bias, 0)
    wrong = (1 / (1 + np.exp(-(hidden @ out + end))) - y) / len(x)
    back = np.outer(wrong, out) * (hidden > 0)
    return [x.T @ back + DECAY * within, back.sum(0), hidden.T @ wrong + DECAY * out, wrong.sum()]
