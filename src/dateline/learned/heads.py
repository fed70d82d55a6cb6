"""The heads of the reader: states of words in; cues, acts, and what each word is to either, out. Numpy only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]
PERCEPTRON = ("mean", "spread", "in", "bias", "out", "end")
"""The parts of a perceptron: (features), (features), (features, hidden), (hidden), (hidden), ()."""


class Evidence(NamedTuple):
    """What stands at words besides their states: the numbers of their kinds and standings (words), and the acts that
    the lexicon fits or allows (words, senses), 1 or 0."""

    kinds: list[int]
    standings: list[int]
    fitting: Matrix
    possible: Matrix


class Seen(NamedTuple):
    """How words stand to an act: distance, relation, kind and grammar (a number a word), and the shares of its acts."""

    far: NDArray[np.int_]
    how: Sequence[int]
    kinds: list[int]
    grammar: list[int]
    acts: Matrix


class Perceptron:
    """One hidden layer over features that are brought to mean 0 and spread 1: rows of features in, shares out."""

    def __init__(self, weights: Mapping[str, Any]) -> None:
        parts = (np.asarray(weights[name], dtype=np.float32) for name in PERCEPTRON)
        self._mean, self._spread, self._in, self._bias, self._out, self._end = parts

    def shares(self, rows: Sequence[Sequence[float]]) -> Matrix:
        """The share that each row is right (rows)."""
        x = (np.asarray(rows, dtype=np.float32) - self._mean) / self._spread
        hidden = np.maximum(x @ self._in + self._bias, 0)
        return np.asarray(1 / (1 + np.exp(-(hidden @ self._out + self._end))), dtype=np.float32)


class Heads:
    """The weights by name, as the recipe wrote them (``training/reader/export.py``)."""

    def __init__(self, weights: Mapping[str, Any]) -> None:
        self._weights = {name: np.asarray(weights[name], dtype=np.float32) for name in weights}
        rel = self._weights["trees.rel"]
        self._rel = np.ascontiguousarray(rel.transpose(1, 0, 2).reshape(rel.shape[1], -1))

    def words(self, states: Matrix, quoted: Sequence[int]) -> Matrix:
        """States of words (words, size) with what stands in quotation marks told."""
        return np.asarray(states + self._weights["quoted.weight"][list(quoted)], dtype=np.float32)

    def tags(self, states: Matrix, head: str) -> NDArray[np.int_]:
        """For each word the number of its tag (``upos``, ``xpos``, ``feats``, ``names``)."""
        return np.asarray(self._linear(states, f"tags.{head}").argmax(axis=1))

    def starts(self, states: Matrix) -> Matrix:
        """For each word the share that a sentence begins with it."""
        return sigmoid(self._linear(states, "start")[:, 0])

    def arcs(self, states: Matrix) -> Matrix:
        """Scores (words, 1 + words) of each word's head in a sentence, the root first."""
        weights = self._weights
        above = np.maximum(self._linear(self._rooted(states), "trees.above"), 0)
        below = _ended(np.maximum(self._linear(states, "trees.below"), 0))
        return np.asarray(below @ weights["trees.arc"] @ above.T)

    def relations(self, states: Matrix, heads: Sequence[int]) -> NDArray[np.int_]:
        """For each word of a sentence the number of its relation to its head (counted from 1; 0 is the root)."""
        above = _ended(np.maximum(self._linear(self._rooted(states)[list(heads)], "trees.above_rel"), 0))
        below = _ended(np.maximum(self._linear(states, "trees.below_rel"), 0))
        left = (below @ self._rel).reshape(len(states), -1, below.shape[1])
        return np.asarray((left @ above[:, :, None])[:, :, 0].argmax(axis=1))

    def _rooted(self, states: Matrix) -> Matrix:
        return np.concatenate([self._weights["trees.root"][None], states])

    def _linear(self, states: Matrix, name: str) -> Matrix:
        return np.asarray(states @ self._weights[f"{name}.weight"].T + self._weights[f"{name}.bias"])

    def cues(self, words: Matrix, head: str) -> Matrix:
        """For each word the shares of O, B, I (``head`` is ``cue`` or ``nested``)."""
        return softmax(words @ self._weights[f"{head}.weight"].T + self._weights[f"{head}.bias"])

    def told(self, words: Matrix, evidence: Evidence) -> Matrix:
        """States of words with what the evidence says of them: for acts, certainty and weight."""
        weights = self._weights
        mixed = words + weights["kind.weight"][evidence.kinds] + weights["standing.weight"][evidence.standings]
        mixed += evidence.fitting @ weights["fitting.weight"].T + evidence.possible @ weights["possible.weight"].T
        return np.asarray(np.maximum(mixed @ weights["mixed.weight"].T + weights["mixed.bias"], 0), dtype=np.float32)

    def shares(self, told: Matrix, head: str) -> Matrix:
        """For each word the shares of the head's labels (``act``, ``status``)."""
        return softmax(told @ self._weights[f"{head}.weight"].T + self._weights[f"{head}.bias"])

    def weight(self, told: Matrix) -> Matrix:
        """For each word the share that its line is one that must be listed."""
        return sigmoid((told @ self._weights["weight.weight"].T + self._weights["weight.bias"])[:, 0])

    def projected(self, task: str, words: Matrix) -> Matrix:
        """The words of a window as a task's pairs see them, worked out once for all anchors."""
        return np.asarray(words @ self._weights[f"pairs.{task}.word.weight"].T, dtype=np.float32)

    def pairs(
        self, task: str, words: Matrix, anchor: Matrix, far: NDArray[np.int_], how: Sequence[int], convention: int
    ) -> Matrix:
        """For each projected word the shares of the task's labels, seen from an anchor's state. ``far`` and ``how`` are
        the numbers of distance and relation, a word each."""
        return softmax(self._out(task, self._mixed(task, words, anchor, far, how, convention)))

    def roles(self, words: Matrix, anchor: Matrix, seen: Seen, convention: int) -> Matrix:
        """For each projected word the share of each role (each by itself) in the act at an anchor."""
        weights, name = self._weights, "pairs.event."
        mixed = self._mixed("event", words, anchor, seen.far, seen.how, convention)
        mixed += weights[name + "act.weight"] @ seen.acts
        mixed += weights[name + "kind.weight"][seen.kinds] + weights[name + "grammar.weight"][seen.grammar]
        return sigmoid(self._out("event", mixed))

    def _mixed(
        self, task: str, words: Matrix, anchor: Matrix, far: NDArray[np.int_], how: Sequence[int], convention: int
    ) -> Matrix:
        weights, name = self._weights, f"pairs.{task}."
        own = weights[name + "anchor.weight"] @ anchor + weights[name + "anchor.bias"]
        size = len(own) // 2
        mixed = words[:, :size] + words[:, size:] * own[size:]
        mixed += own[:size] + weights[name + "convention.weight"][convention]
        mixed += weights[name + "distance.weight"][far] + weights[name + "relation.weight"][list(how)]
        return np.asarray(mixed, dtype=np.float32)

    def _out(self, task: str, mixed: Matrix) -> Matrix:
        weights, name = self._weights, f"pairs.{task}."
        return np.asarray(np.maximum(mixed, 0) @ weights[name + "out.weight"].T + weights[name + "out.bias"])


def _ended(states: Matrix) -> Matrix:
    """States with a 1 at the end of each."""
    return np.concatenate([states, np.ones((len(states), 1), dtype=states.dtype)], axis=1)


def sigmoid(scores: Matrix) -> Matrix:
    """Each score as a share by itself."""
    return np.asarray(1.0 / (1.0 + np.exp(-scores)), dtype=np.float32)


def softmax(scores: Matrix) -> Matrix:
    """Shares along the last axis."""
    parts = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(parts / parts.sum(axis=-1, keepdims=True), dtype=np.float32)
