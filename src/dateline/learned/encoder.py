"""The encoder behind the learned readings: windows of word pieces in, a state a word out. The only file that imports
onnxruntime."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from dateline.learned.heads import Matrix
from dateline.learned.windows import Window

BATCH = 16
"""Windows read together, of about one length."""


class Encoder:
    """A loaded encoder, on one thread: several processes read side by side."""

    def __init__(self, file: Path) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])

    def states(self, windows: Sequence[Window]) -> list[Matrix]:
        """States (words, size) of each window, in order."""
        found: list[Matrix | None] = [None] * len(windows)
        for chosen in _batches(windows):
            size = max(len(windows[k].pieces) for k in chosen)
            pieces = np.zeros((len(chosen), size), dtype=np.int64)
            mask = np.zeros((len(chosen), size), dtype=np.int64)
            for row, k in enumerate(chosen):
                pieces[row, : len(windows[k].pieces)] = windows[k].pieces
                mask[row, : len(windows[k].pieces)] = 1
            (states,) = self._session.run(None, {"pieces": pieces, "mask": mask})
            for row, k in enumerate(chosen):
                found[k] = states[row, windows[k].places]
        return [states for states in found if states is not None]


def _batches(windows: Sequence[Window]) -> Iterator[list[int]]:
    order = sorted(range(len(windows)), key=lambda k: (len(windows[k].pieces), k))
    for first in range(0, len(order), BATCH):
        yield order[first : first + BATCH]
