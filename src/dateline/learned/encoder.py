"""The encoder behind the learned readings: windows of word pieces in, states of words out, for the tasks and for the
grammar. The only file that imports onnxruntime."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from dateline.learned.heads import Matrix
from dateline.learned.windows import Window

SLOWER = "SkipLayerNormFusion"
"""An optimisation of onnxruntime's that takes seven times what it puts together."""


class Encoder:
    """A loaded encoder, on one thread: several processes read side by side."""

    def __init__(self, file: Path) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        options.enable_mem_pattern = False  # windows differ in length: plans of memory would be made and kept for each
        self._only = onnxruntime.RunOptions()
        self._only.only_execute_path_to_fetches = True
        self._session = onnxruntime.InferenceSession(
            str(file), options, providers=["CPUExecutionProvider"], disabled_optimizers=[SLOWER]
        )

    def states(self, windows: Sequence[Window]) -> Iterator[Matrix]:
        """States (words, size) of each window, in order, as the tasks see them. Each is read by itself: what stands
        beside it in a batch would change its last digits."""
        for window in windows:
            (states,) = self._run(["states"], window)
            yield states

    def both(self, windows: Sequence[Window]) -> Iterator[tuple[Matrix, Matrix]]:
        """States of each window, in order, as the tasks and as the grammar see them; each (words, size)."""
        for window in windows:
            states, grammar = self._run(["states", "grammar"], window)
            yield states, grammar

    def _run(self, wanted: list[str], window: Window) -> list[Matrix]:
        pieces, shapes = (np.array([row], dtype=np.int64) for row in (window.pieces, window.shapes))
        given = {"pieces": pieces, "shapes": shapes}
        found = self._session.run(wanted, given, self._only)
        return [states[0, window.places] for states in found]
