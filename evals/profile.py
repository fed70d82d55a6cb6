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
from collections.abc import Sequence
from pathlib import Path

from evals.bench import ROOT, articles, seconds_by_part, timed

from dateline.model import Article
from dateline.pipeline import Pipeline, pipeline

ROUNDS = 3
SHOWN = 30


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
    whole, encoder = pipeline(), timed()
    rounds = [seconds_by_part(whole, given, encoder) for _ in range(ROUNDS + 1)][1:]  # the first one only warms up
    best = {name: min(r[name] for r in rounds) * 1000 / len(given) for name in rounds[0]}
    for name, milliseconds in best.items():
        print(f"{name:14} {milliseconds:7.2f} ms a report")
    print(f"{'all':14} {sum(best.values()):7.2f} ms a report\n")
    functions(whole, given, int(sys.argv[2]) if len(sys.argv) > 2 else SHOWN)


if __name__ == "__main__":
    main()
