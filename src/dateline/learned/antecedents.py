"""The learned scorer of coreference: states and figures of mentions and of their pairs in; how far each pair is one
entity, and how far each mention is a new one, out. Numpy only."""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.errors import ModelError
from dateline.knowledge.files import path
from dateline.learned.heads import Matrix
from dateline.learned.reader import load_reader

FILE = "coreference.npz"
CHUNK = 2048
"""Pairs judged at once: what is between the layers of more would not stay in the processor's cache."""


class Antecedents:
    """A few networks alike, their scores averaged: weights by name with the network's number before it, as
    ``training/coreference/train.py`` writes them."""

    def __init__(self, weights: Mapping[str, Any]) -> None:
        self._weights = {name: np.asarray(weights[name], dtype=np.float32) for name in weights}
        self.networks = sorted({name.partition(".")[0] for name in self._weights})
        parts = [[self._weights[f"{name}.{part}.weight"] for part in ("pair", "close")] for name in self.networks]
        self._shared = np.concatenate([np.concatenate(part, axis=1).T for part in parts], axis=1)
        """What figures and cosines of a pair add in each network, side by side: one product for all."""

    def __call__(
        self, states: Matrix, alone: Matrix, later: NDArray[np.int_], earlier: NDArray[np.int_], figures: Matrix
    ) -> tuple[Matrix, Matrix]:
        """A score for each pair, and for each mention the score that nothing before it is meant. ``states`` (mentions,
        size) and ``alone`` (mentions, figures) describe mentions, ``figures`` (pairs, figures) the pairs of the
        mentions numbered ``later`` (in text order) and ``earlier``."""
        halves, told = _unit(states), [self._told(name, states, alone) for name in self.networks]
        paired = np.zeros(len(later), dtype=np.float32)
        for start in range(0, len(later), CHUNK):
            part = slice(start, start + CHUNK)
            i, j, figured = later[part], earlier[part], figures[part]
            first, last = int(i[0]), int(i[-1]) + 1  # in text order
            near = halves[:, first:last] @ halves[:, :last].transpose(0, 2, 1)
            close = near[:, i - first, j].T
            shared = np.concatenate([figured, close], axis=1) @ self._shared
            for k, (seen, left, right, _) in enumerate(told):
                mixed = left[i]  # rows of its own: added to in place
                mixed += shared[:, k * left.shape[1] : (k + 1) * left.shape[1]]
                mixed += right[j]
                both = seen[i]
                both *= seen[j]
                mixed += self._dense(f"{self.networks[k]}.product", both)
                paired[part] += self._out(f"{self.networks[k]}.out", mixed)
        new = sum((mine for *_, mine in told), np.zeros(len(alone), dtype=np.float32))
        return np.asarray(paired / len(self.networks), np.float32), np.asarray(new / len(self.networks), np.float32)

    def _told(self, name: str, states: Matrix, alone: Matrix) -> tuple[Matrix, Matrix, Matrix, Matrix]:
        """What a network makes of mentions by themselves: their states seen small, what they add to a pair as its later
        and its earlier one, and their scores as new ones."""
        seen = np.tanh(self._dense(f"{name}.state", states))
        both = np.concatenate([alone, seen], axis=1)
        later, earlier = self._dense(f"{name}.later", both), self._dense(f"{name}.earlier", both)
        return seen, later, earlier, self._out(f"{name}.new", self._dense(f"{name}.first", both))

    def _dense(self, name: str, rows: Matrix) -> Matrix:
        found = rows @ self._weights[name + ".weight"].T
        bias = self._weights.get(name + ".bias")
        return np.asarray(found if bias is None else found + bias, dtype=np.float32)

    def _out(self, name: str, mixed: Matrix) -> Matrix:
        return self._dense(name, np.maximum(mixed, 0, out=mixed))[:, 0]


def _unit(states: Matrix) -> Matrix:
    """The two halves of the states (head and phrase), each of length 1: (2, mentions, size)."""
    halves = states.reshape(len(states), 2, -1).transpose(1, 0, 2)
    return np.asarray(halves / (np.linalg.norm(halves, axis=2, keepdims=True) + 1e-6), dtype=np.float32)


@functools.cache
def load_antecedents() -> Antecedents | None:
    """The scorer that ships; None beside a reader whose encoder it was not trained on. Raises :class:`ModelError` where
    its file was changed."""
    file, about = path("learned", FILE), json.loads(path("learned", "coreference.json").read_text(encoding="utf-8"))
    if hashlib.sha256(file.read_bytes()).hexdigest() != about["sha256"][FILE]:
        raise ModelError(f"{file} is not the file this release was made with; reinstall dateline")
    if about["encoder"] != load_reader().about["sha256"]["encoder.onnx"]:
        return None
    with np.load(file) as weights:
        return Antecedents(weights)
