"""The encoder behind the learned readings: windows of word pieces in, a state a word out. The only file that imports
onnxruntime."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from dateline.learned.heads import Matrix
from dateline.learned.windows import Window


class Encoder:
    """A loaded encoder, on one thread: several processes read side by side."""

    def __init__(self, file: Path) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])

    def states(self, windows: Sequence[Window]) -> Iterator[Matrix]:
        """States (words, size) of each window, in order. Each is read by itself: what stands beside it in a batch would
        change its last digits."""
        for window in windows:
            pieces, shapes = (np.array([row], dtype=np.int64) for row in (window.pieces, window.shapes))
            given = {"pieces": pieces, "mask": np.ones_like(pieces), "shapes": shapes}
            (states,) = self._session.run(None, given)
            yield states[0, window.places]
