"""Where the time of a reading goes: milliseconds a report of the encoder's run and of what each stage does besides; and
the functions that cost most.

``python -m evals.profile [REPORTS.jsonl] [FUNCTIONS]``: the example reports, or the ``text`` rows of a JSON Lines file;
FUNCTIONS lines of the profile are shown (30). CPU time of one core, the best of three rounds.
"""

from __future__ import annotations

import cProfile
import pstats
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from evals.bench import ROOT, articles

from dateline.learned.encoder import Encoder
from dateline.learned.heads import Matrix
from dateline.learned.reader import load_reader
from dateline.learned.windows import Window
from dateline.model import Article, Record
from dateline.pipeline import Pipeline, pipeline, run

Found = TypeVar("Found")
ROUNDS = 3
SHOWN = 30


class Timed:
    """An encoder that counts the CPU seconds of its runs."""

    def __init__(self, inner: Encoder) -> None:
        self.inner, self.seconds = inner, 0.0

    def states(self, windows: Sequence[Window]) -> Iterator[Matrix]:
        """States (words, size) of each window, in order, for the tasks."""
        return iter(self._timed(self.inner.states(windows)))

    def both(self, windows: Sequence[Window]) -> Iterator[tuple[Matrix, Matrix]]:
        """The same for the tasks and for the grammar."""
        return iter(self._timed(self.inner.both(windows)))

    def _timed(self, run: Iterator[Found]) -> list[Found]:
        started = time.process_time()
        found = list(run)
        self.seconds += time.process_time() - started
        return found


def seconds_by_part(whole: Pipeline, given: Sequence[Article], encoder: Timed) -> dict[str, float]:
    """CPU seconds of the encoder's run and of what each stage does besides, over all reports."""
    took: dict[str, float] = defaultdict(float)
    for article in given:  # report by report, as in real use: stages share what the encoder gave
        record = Record(article=article)
        for stage in whole.stages:
            started, before = time.process_time(), encoder.seconds
            record = run(stage, record)
            inside = encoder.seconds - before
            took[stage.name] += time.process_time() - started - inside
            took["encoder"] += inside
    return took


def functions(whole: Pipeline, given: Sequence[Article], shown: int) -> None:
    """Print the functions that cost most."""
    profile = cProfile.Profile(time.process_time)
    profile.enable()
    for _ in whole.read_all(given):
        pass
    profile.disable()
    pstats.Stats(profile).strip_dirs().sort_stats("tottime").print_stats(shown)


def main() -> None:
    """Print the figures."""
    given = articles(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "examples")
    whole, encoder = pipeline(), Timed(load_reader().encoder)
    load_reader().encoder = encoder  # type: ignore[assignment]
    rounds = [seconds_by_part(whole, given, encoder) for _ in range(ROUNDS + 1)][1:]  # the first one only warms up
    best = {name: min(r[name] for r in rounds) * 1000 / len(given) for name in rounds[0]}
    for name, milliseconds in best.items():
        print(f"{name:14} {milliseconds:7.2f} ms a report")
    print(f"{'all':14} {sum(best.values()):7.2f} ms a report\n")
    functions(whole, given, int(sys.argv[2]) if len(sys.argv) > 2 else SHOWN)


if __name__ == "__main__":
    main()
