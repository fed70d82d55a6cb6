"""The heads of the reader: states of words in; cues, and what each word is to a cue or an event, out. Numpy only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]


class Heads:
    """The weights by name, as the recipe wrote them (``training/reader/export.py``)."""

    def __init__(self, weights: Mapping[str, Any]) -> None:
        self._weights = {name: np.asarray(weights[name], dtype=np.float32) for name in weights}

    def words(self, states: Matrix, quoted: Sequence[int]) -> Matrix:
        """States of words (words, size) with what stands in quotation marks told."""
        return np.asarray(states + self._weights["quoted.weight"][list(quoted)], dtype=np.float32)

    def cues(self, words: Matrix, head: str) -> Matrix:
        """For each word the shares of O, B, I (``head`` is ``cue`` or ``nested``)."""
        return softmax(words @ self._weights[f"{head}.weight"].T + self._weights[f"{head}.bias"])

    def pairs(
        self, task: str, words: Matrix, anchor: Matrix, far: NDArray[np.int_], how: Sequence[int], convention: int
    ) -> Matrix:
        """For each word the shares of the task's labels, seen from an anchor's state. ``far`` and ``how`` are the
        numbers of distance and relation, a word each."""
        weights, name = self._weights, f"pairs.{task}."
        mixed = words @ (weights[name + "word.weight"] + weights[name + "product.weight"] * anchor).T
        mixed += weights[name + "anchor.weight"] @ anchor + weights[name + "anchor.bias"]
        mixed += weights[name + "convention.weight"][convention]
        mixed += weights[name + "distance.weight"][far] + weights[name + "relation.weight"][list(how)]
        return softmax(np.maximum(mixed, 0) @ weights[name + "out.weight"].T + weights[name + "out.bias"])


def softmax(scores: Matrix) -> Matrix:
    """Shares along the last axis."""
    parts = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(parts / parts.sum(axis=-1, keepdims=True), dtype=np.float32)
