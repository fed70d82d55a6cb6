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

FILE = "coreference.npz"
CHUNK = 8192
"""Pairs judged at once: what is between the layers of more would fill the memory."""


class Antecedents:
    """A few networks alike, their scores averaged: weights by name with the network's number before it, as
    ``training/coreference/train.py`` writes them."""

    def __init__(self, weights: Mapping[str, Any]) -> None:
        self._weights = {name: np.asarray(weights[name], dtype=np.float32) for name in weights}
        self.networks = sorted({name.partition(".")[0] for name in self._weights})

    def __call__(
        self, states: Matrix, alone: Matrix, later: NDArray[np.int_], earlier: NDArray[np.int_], figures: Matrix
    ) -> tuple[Matrix, Matrix]:
        """A score for each pair, and for each mention the score that nothing before it is meant. ``states`` (mentions,
        size) and ``alone`` (mentions, figures) describe mentions, ``figures`` (pairs, figures) the pairs of the
        mentions numbered ``later`` and ``earlier``."""
        paired, new = np.zeros(len(later), dtype=np.float32), np.zeros(len(alone), dtype=np.float32)
        for name in self.networks:
            seen = np.tanh(self._dense(f"{name}.state", states))
            self_told = np.concatenate([alone, seen], axis=1)
            new += self._out(f"{name}.new", self._dense(f"{name}.first", self_told))
            left, right = self._dense(f"{name}.later", self_told), self._dense(f"{name}.earlier", self_told)
            for start in range(0, len(later), CHUNK):
                part = slice(start, start + CHUNK)
                i, j = later[part], earlier[part]
                mixed = left[i] + right[j] + self._dense(f"{name}.pair", figures[part])
                mixed += self._dense(f"{name}.product", seen[i] * seen[j])
                paired[part] += self._out(f"{name}.out", mixed)
        return paired / len(self.networks), new / len(self.networks)

    def _dense(self, name: str, rows: Matrix) -> Matrix:
        found = rows @ self._weights[name + ".weight"].T
        bias = self._weights.get(name + ".bias")
        return np.asarray(found if bias is None else found + bias, dtype=np.float32)

    def _out(self, name: str, mixed: Matrix) -> Matrix:
        return self._dense(name, np.maximum(mixed, 0))[:, 0]


@functools.cache
def load_antecedents() -> Antecedents:
    """The scorer that ships. Raises :class:`ModelError` where its file was changed."""
    file, about = path("learned", FILE), json.loads(path("learned", "coreference.json").read_text(encoding="utf-8"))
    if hashlib.sha256(file.read_bytes()).hexdigest() != about["sha256"][FILE]:
        raise ModelError(f"{file} is not the file this release was made with; reinstall dateline")
    with np.load(file) as weights:
        return Antecedents(weights)
