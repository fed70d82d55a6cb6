"""The heads of the reader: states of words in; cues, acts, and what each word is to either, out. Numpy only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]
Numbers = NDArray[np.int_]
TASKS = ("attribution", "event")
"""What is judged of pairs of an anchor and a word."""
LEAST = 1e-9
"""Added to shares before their logarithm."""
CHUNK = 12
"""Anchors judged at once: what is between the layers of more would not stay in the processor's cache."""


class Evidence(NamedTuple):
    """What stands at words besides their states: the numbers of their kinds and standings (words), and the acts that
    the lexicon fits or allows (words, senses), 1 or 0."""

    kinds: list[int]
    standings: list[int]
    fitting: Matrix
    possible: Matrix


class Seen(NamedTuple):
    """How the words of a window stand to acts: distance, relation and grammar (a row an act, a number a word), their
    kinds (a number a word), the acts' numbers (an entry an act), and the words that are asked about."""

    far: Numbers
    how: Numbers
    grammar: Numbers
    kinds: Numbers
    acts: Numbers
    asked: Numbers


class Bonds(NamedTuple):
    """How the words of a window may hang on each other: each as one that stands above (the root first; words + 1, size)
    and as one that hangs below (words, size), for arcs and for relations (words, relations, size)."""

    above: Matrix
    below: Matrix
    above_rel: Matrix
    below_rel: Matrix

    def arcs(self, first: int, last: int) -> Matrix:
        """Scores (words, 1 + words) of each word's head in the sentence ``first`` to ``last``, the root first."""
        above = np.concatenate([self.above[:1], self.above[first + 1 : last + 1]])
        return np.asarray(self.below[first:last] @ above.T)

    def relations(self, first: int, last: int, heads: Sequence[int]) -> Matrix:
        """Scores (words, relations) of each word's relation to its head (counted from 1; 0 is the root)."""
        above = self.above_rel[[h + first if h else 0 for h in heads]]
        return np.asarray((self.below_rel[first:last] @ above[:, :, None])[:, :, 0])


class Heads:
    """The weights by name, as the recipe wrote them (``training/reader/export.py``)."""

    def __init__(self, weights: Mapping[str, Any]) -> None:
        self._weights = {name: np.asarray(weights[name], dtype=np.float32) for name in weights}
        rel = self._weights["trees.rel"]
        self._rel = np.ascontiguousarray(rel.transpose(1, 0, 2).reshape(rel.shape[1], -1))
        pairs = {task: f"pairs.{task}." for task in TASKS}
        self._standing = {
            task: _summed(self._weights[name + "distance.weight"], self._weights[name + "relation.weight"])
            for task, name in pairs.items()
        }
        name = pairs["event"]
        self._sides = _summed(self._weights[name + "kind.weight"], self._weights[name + "grammar.weight"])
        self._acts = np.ascontiguousarray(self._weights[name + "act.weight"].T)

    def words(self, states: Matrix, quoted: Sequence[int]) -> Matrix:
        """States of words (words, size) with what stands in quotation marks told."""
        return np.asarray(states + self._weights["quoted.weight"][list(quoted)], dtype=np.float32)

    def tags(self, states: Matrix, head: str) -> Matrix:
        """For each word the shares of its tags (``upos``, ``xpos``, ``feats``, ``names``)."""
        return softmax(self._linear(states, f"tags.{head}"))

    def together(self, states: Matrix, heads: Sequence[str], allowed: Numbers) -> NDArray[np.int_]:
        """For each word the number of the row of ``allowed`` (rows of a tag's number in each of several heads) that
        the heads say together."""
        said = [np.log(self.tags(states, head) + LEAST) for head in heads]
        return np.asarray(sum(s[:, allowed[:, n]] for n, s in enumerate(said)).argmax(axis=1))

    def starts(self, states: Matrix) -> Matrix:
        """For each word the share that a sentence begins with it."""
        return sigmoid(self._linear(states, "start")[:, 0])

    def bonds(self, states: Matrix) -> Bonds:
        """What scores the trees of a window's sentences, worked out for all its words at once."""
        rooted = np.concatenate([self._weights["trees.root"][None], states])
        above, above_rel = (np.maximum(self._linear(rooted, f"trees.{part}"), 0) for part in ("above", "above_rel"))
        below, below_rel = (
            _ended(np.maximum(self._linear(states, f"trees.{part}"), 0)) for part in ("below", "below_rel")
        )
        related = (below_rel @ self._rel).reshape(len(states), -1, below_rel.shape[1])
        return Bonds(above, below @ self._weights["trees.arc"], _ended(above_rel), related)

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

    def pairs(self, task: str, words: Matrix, anchor: Matrix, far: Numbers, how: Numbers, convention: int) -> Matrix:
        """For each projected word the shares of the task's labels, seen from an anchor's state. ``far`` and ``how`` are
        the numbers of distance and relation, a word each."""
        mixed = self._mixed(task, words, self._owns(task, [anchor]), far[None], how[None], convention)
        return softmax(self._out(task, mixed)[0])

    def roles(self, words: Matrix, anchors: Sequence[Matrix], seen: Seen, convention: int) -> Matrix:
        """For each act at an anchor and each projected word of their window the share of each role, each by itself
        (acts, words, roles); 0 at words that are not asked about."""
        name, asked = "pairs.event.", seen.asked
        labels = self._weights[name + "out.bias"]
        found = np.zeros((len(anchors), len(words), len(labels)), dtype=np.float32)
        if not len(asked):
            return found
        near, kinds = words[asked], seen.kinds[asked] * len(self._weights[name + "grammar.weight"])
        far, how, sides = seen.far[:, asked], seen.how[:, asked], kinds + seen.grammar[:, asked]
        owns = self._owns("event", anchors)
        for start in range(0, len(anchors), CHUNK):
            part = slice(start, start + CHUNK)
            mixed = self._mixed("event", near, owns[part], far[part], how[part], convention)
            mixed += self._acts[seen.acts[part], None]
            mixed += self._sides[sides[part]]
            found[part, asked] = sigmoid(self._out("event", mixed))
        return found

    def _owns(self, task: str, anchors: Sequence[Matrix]) -> Matrix:
        """What each anchor adds to a pair and multiplies it by (anchors, twice the size)."""
        weight, bias = (self._weights[f"pairs.{task}.anchor.{part}"] for part in ("weight", "bias"))
        return np.stack([weight @ anchor for anchor in anchors]) + bias

    def _mixed(self, task: str, words: Matrix, owns: Matrix, far: Numbers, how: Numbers, convention: int) -> Matrix:
        """What is between the layers, for each anchor and word (anchors, words, size)."""
        size = owns.shape[1] // 2
        mixed = words[:, size:] * owns[:, None, size:]
        mixed += words[:, :size]
        mixed += (owns[:, :size] + self._weights[f"pairs.{task}.convention.weight"][convention])[:, None]
        relations = len(self._weights[f"pairs.{task}.relation.weight"])
        mixed += self._standing[task][far * relations + how]
        return np.asarray(mixed, dtype=np.float32)

    def _out(self, task: str, mixed: Matrix) -> Matrix:
        weights, name = self._weights, f"pairs.{task}."
        return np.asarray(np.maximum(mixed, 0, out=mixed) @ weights[name + "out.weight"].T + weights[name + "out.bias"])


def _summed(one: Matrix, other: Matrix) -> Matrix:
    """The sums of all rows of two tables: row ``i`` of the one and ``j`` of the other at ``i * len(other) + j``."""
    return (one[:, None] + other[None]).reshape(-1, one.shape[1])


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
