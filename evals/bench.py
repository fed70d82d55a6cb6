"""Ratios taken in one run on the example reports: reading against the bare parse, by rules alone and with the learned
reader; start-up, peak memory.

``make bench``. Absolute times depend on the machine; the ratios are what is promised (README, "What it costs").
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path

import msgspec

from dateline.intake.text import article_from_text
from dateline.model import Article, Record
from dateline.pipeline import Pipeline, pipeline, run
from dateline.settings import settings

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 7
COPIES = 8
"""Times the example reports stand in one round, so that batches are full."""


def articles(folder: Path) -> list[Article]:
    """The example reports, or the ``text`` rows of a JSON Lines file."""
    if folder.is_file():
        rows = [json.loads(line) for line in folder.read_text(encoding="utf-8").splitlines()]
        texts = [(row["text"], row.get("published")) for row in rows]
    else:
        texts = [(f.read_text(encoding="utf-8"), "2024-05-18") for f in sorted(folder.glob("*.txt"))] * COPIES
    return [article_from_text(text, id=str(i), published=day) for i, (text, day) in enumerate(texts)]


def seconds_by_stage(whole: Pipeline, given: list[Article]) -> dict[str, float]:
    """CPU seconds of each stage over all articles, the parse in full batches as in real use."""
    took: dict[str, float] = defaultdict(float)
    started = time.process_time()
    records: list[Record] = list(Pipeline(whole.stages[:1]).read_all(given))
    took["syntax"] = time.process_time() - started
    for record in records:  # report by report, as in real use: stages share what the learned reader saw
        for stage in whole.stages[1:]:
            started = time.process_time()
            record = run(stage, record)
            took[stage.name] += time.process_time() - started
    return took


def start_up() -> float:
    """Wall seconds from the command to the first record, in a fresh process that may keep compiled modules, as in real
    use."""
    report = sorted((ROOT / "examples").glob("*.txt"))[0]
    around = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    started = time.perf_counter()
    command = [sys.executable, "-m", "dateline", "read", str(report), "--published", "2024-05-18", "--to", "standoff"]
    subprocess.run(command, check=True, capture_output=True, env=around)
    return time.perf_counter() - started


def main() -> None:
    """Print the figures."""
    given = articles(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "examples")
    whole, rules = pipeline(), pipeline(msgspec.structs.replace(settings(), learned=False))
    tokens = sum(len(r.tokens) for r in Pipeline(whole.stages[:1]).read_all(given))
    rounds: dict[str, list[dict[str, float]]] = {"whole": [], "rules": []}
    for number in range(ROUNDS + 1):  # in turns, so that a slow moment strikes both; the first one only warms up
        for name, chosen in (("whole", whole), ("rules", rules)):
            took = seconds_by_stage(chosen, given)
            if number:
                rounds[name].append(took)
    print(f"{len(given)} reports, {tokens} tokens, {ROUNDS} rounds, CPU time of one core")
    for name, words in (("rules", "rules alone / bare parse"), ("whole", "with the learned reader / bare parse")):
        ratios = [sum(r.values()) / r["syntax"] for r in rounds[name]]
        print(f"{words:38} {statistics.median(ratios):.2f}   ({min(ratios):.2f} to {max(ratios):.2f})")
    for name in rounds["whole"][0]:
        per_token = statistics.median(r[name] / tokens * 1e6 for r in rounds["whole"])
        share, alone = (statistics.median(r[name] / r["syntax"] for r in rounds[kind]) for kind in ("whole", "rules"))
        print(f"  {name:14} {per_token:7.1f} us a token   {share:6.1%} of the parse, {alone:6.1%} by rules alone")
    starts = [start_up() for _ in range(5)]
    print(f"start-up to first record     {statistics.median(starts):.2f} s   ({min(starts):.2f} to {max(starts):.2f})")
    print(f"peak memory                  {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
