"""The learned likeness of reports: states of a report's first words in, a small vector out, near to those of reports
that tell of the same. Numpy only."""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from dateline.errors import ModelError
from dateline.knowledge.files import path
from dateline.learned.heads import Matrix
from dateline.learned.reader import lead_states, load_reader
from dateline.model import Record

FILE = "likeness.npz"
LEAD = 80
"""Words that are looked at: headline, dateline and the first two or three sentences."""
CELLS = 3
"""Cells of the space of vectors that a report is found by, those that it lies nearest to."""
_STEP = 127
"""What 1 is in a kept vector."""


class Likeness:
    """A map of the mean state of some words, and the centres of the cells: weights by name, as
    ``training/likeness/make.py`` writes them."""

    def __init__(self, weights: Mapping[str, Any]) -> None:
        parts = (np.asarray(weights[name], dtype=np.float32) for name in ("middle", "map", "centres"))
        self._middle, self._map, self._centres = parts

    def vector(self, states: Matrix) -> bytes:
        """The vector of some words by their states (words, size): a signed byte a dimension, of length 1 in steps of
        1/127; none for no words."""
        if not len(states):
            return b""
        mapped = self._map @ (states.mean(axis=0) - self._middle)
        unit = mapped / (np.linalg.norm(mapped) + 1e-6)
        return np.asarray(np.rint(unit * _STEP), dtype=np.int8).tobytes()

    def cells(self, vector: bytes) -> tuple[int, ...]:
        """The numbers of the cells that a vector is found by."""
        if not vector:
            return ()
        near = self._centres @ unpacked(vector)
        return tuple(int(n) for n in np.argsort(-near, kind="stable")[:CELLS])


@functools.lru_cache(maxsize=20_000)
def unpacked(vector: bytes) -> Matrix:
    """A kept vector as numbers, of about length 1."""
    return np.frombuffer(vector, dtype=np.int8).astype(np.float32) / np.float32(_STEP)


def cosines(own: bytes, others: Sequence[bytes]) -> list[float]:
    """The cosines of a kept vector with others of its size. Sums of whole numbers: the same whatever stands beside."""
    steps = np.frombuffer(b"".join(others), dtype=np.int8).astype(np.float32).reshape(len(others), -1)
    found = steps @ np.frombuffer(own, dtype=np.int8).astype(np.float32)
    return [float(total) / (_STEP * _STEP) for total in found.tolist()]


def vector_of(record: Record) -> bytes:
    """The vector of a report by its first words, the same whatever follows them; none where nothing was parsed."""
    likeness = load_likeness() if record.tokens else None
    return likeness.vector(lead_states(record, LEAD)) if likeness else b""


@functools.cache
def load_likeness() -> Likeness | None:
    """The head that ships; None beside a reader whose encoder it was not trained on. Raises :class:`ModelError` where
    its file was changed."""
    file, about = path("learned", FILE), json.loads(path("learned", "likeness.json").read_text(encoding="utf-8"))
    if hashlib.sha256(file.read_bytes()).hexdigest() != about["sha256"][FILE]:
        raise ModelError(f"{file} is not the file this release was made with; reinstall dateline")
    if about["encoder"] != load_reader().about["sha256"]["encoder.onnx"]:
        return None
    with np.load(file) as weights:
        return Likeness(weights)
