"""Ratios taken in one run on the example reports: reading, by rules alone and with the learned reader, against what
spaCy's small pipeline takes for its bare parse of the same texts; start-up, peak memory of reading.

``make bench``. Absolute times depend on the machine; the ratios are what is promised (README, "What it costs").
"""

from __future__ import annotations

import json
import os
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
from dateline.stages.syntax.spacy_parser import SMALL

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


def yardstick(parser: Pipeline, given: list[Article]) -> float:
    """CPU seconds of spaCy's bare parse of all articles, in full batches."""
    started = time.process_time()
    for _ in parser.read_all(given):
        pass
    return time.process_time() - started


def seconds_by_stage(whole: Pipeline, given: list[Article]) -> dict[str, float]:
    """CPU seconds of each stage over all articles, report by report as in real use: stages share what the encoder
    gave."""
    took: dict[str, float] = defaultdict(float)
    for article in given:
        record = Record(article=article)
        for stage in whole.stages:
            started = time.process_time()
            record = run(stage, record)
            took[stage.name] += time.process_time() - started
    return took


def memory(reports: str) -> float:
    """Megabytes at most of a process that reads the reports."""
    code = "import sys, resource; from evals.bench import articles, Path, pipeline;"
    code += "list(pipeline().read_all(articles(Path(sys.argv[1]))));"
    code += "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
    found = subprocess.run([sys.executable, "-c", code, reports], check=True, capture_output=True, text=True, cwd=ROOT)
    return float(found.stdout)


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
    reports = sys.argv[1] if len(sys.argv) > 1 else str(ROOT / "examples")
    given = articles(Path(reports))
    whole, rules = pipeline(), pipeline(msgspec.structs.replace(settings(), learned=False))
    parser = Pipeline(pipeline(msgspec.structs.replace(settings(), model=SMALL)).stages[:1])
    tokens = sum(len(r.tokens) for r in Pipeline(whole.stages[:1]).read_all(given))
    parses: list[float] = []
    rounds: dict[str, list[dict[str, float]]] = {"whole": [], "rules": []}
    for number in range(ROUNDS + 1):  # in turns, so that a slow moment strikes all; the first one only warms up
        parse = yardstick(parser, given)
        took = {name: seconds_by_stage(chosen, given) for name, chosen in (("whole", whole), ("rules", rules))}
        if number:
            parses.append(parse)
            for name, found in took.items():
                rounds[name].append(found)
    print(f"{len(given)} reports, {tokens} tokens, {ROUNDS} rounds, CPU time of one core")
    print(f"spaCy's bare parse           {statistics.median(parses) / tokens * 1e6:.1f} us a token")
    for name, words in (("rules", "rules alone / spaCy's bare parse"), ("whole", "reading / spaCy's bare parse")):
        ratios = [sum(r.values()) / parse for r, parse in zip(rounds[name], parses, strict=True)]
        print(f"{words:38} {statistics.median(ratios):.2f}   ({min(ratios):.2f} to {max(ratios):.2f})")
    for name in rounds["whole"][0]:
        per_token = statistics.median(r[name] / tokens * 1e6 for r in rounds["whole"])
        share, alone = (
            statistics.median(r[name] / parse for r, parse in zip(rounds[kind], parses, strict=True))
            for kind in ("whole", "rules")
        )
        print(f"  {name:14} {per_token:7.1f} us a token   {share:6.1%} of the parse, {alone:6.1%} by rules alone")
    starts = [start_up() for _ in range(5)]
    print(f"start-up to first record     {statistics.median(starts):.2f} s   ({min(starts):.2f} to {max(starts):.2f})")
    print(f"peak memory                  {memory(reports):.0f} MB")


if __name__ == "__main__":
    main()
