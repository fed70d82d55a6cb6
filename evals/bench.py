"""What reading costs, taken in one run: the whole reading, and by rules alone, against spaCy's bare parse of the same
texts; what each part takes; start-up, memory, size; reports a second of a whole process with two workers.

    python -m evals.bench [REPORTS] [--keep]        the example reports, or the ``text`` rows of a JSON Lines file

Times of a machine depend on the machine; the ratios of one run are what is promised. ``--keep`` writes
``evals/bench.json``, and the page and plot that are made of it (:mod:`evals.cost`). ``make bench`` keeps.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import platform
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from importlib.metadata import distribution, distributions
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from evals.cost import table, write

from dateline.intake.text import article_from_text
from dateline.knowledge.gazetteer_build import ready
from dateline.learned.encoder import Encoder
from dateline.learned.heads import Matrix
from dateline.learned.reader import load_reader
from dateline.learned.windows import Window
from dateline.model import Article, Record
from dateline.pipeline import Pipeline, pipeline, run
from dateline.settings import settings
from dateline.stages.syntax.spacy_parser import SMALL

Found = TypeVar("Found")
ROOT = Path(__file__).resolve().parent.parent
OUT = Path(__file__).with_name("bench.json")
ROUNDS = 7
STARTS = 5
COPIES = 8
"""Times the example reports stand in one round, so that batches are full."""
DAY = "2024-05-18"
LONG, MANY, WORKERS = 4_293, 60, 2
"""Characters of a long agency report, and how many of them are read for the rate, by so many workers."""


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


def timed() -> Timed:
    """The shipped reader's encoder, counted from now on."""
    encoder = Timed(load_reader().encoder)
    load_reader().encoder = encoder  # type: ignore[assignment]
    return encoder


def articles(folder: Path) -> list[Article]:
    """The example reports, or the ``text`` rows of a JSON Lines file."""
    if folder.is_file():
        rows = [json.loads(line) for line in folder.read_text(encoding="utf-8").splitlines()]
        texts = [(row["text"], row.get("published")) for row in rows]
    else:
        texts = [(text, DAY) for text in examples(folder)] * COPIES
    return [article_from_text(text, id=str(i), published=day) for i, (text, day) in enumerate(texts)]


def examples(folder: Path) -> list[str]:
    """The texts of a folder."""
    return [f.read_text(encoding="utf-8") for f in sorted(folder.glob("*.txt"))]


def yardstick(parser: Pipeline, given: list[Article]) -> float:
    """CPU seconds of spaCy's bare parse of all articles, in full batches."""
    started = time.process_time()
    for _ in parser.read_all(given):
        pass
    return time.process_time() - started


def seconds_by_part(whole: Pipeline, given: Sequence[Article], encoder: Timed) -> dict[str, float]:
    """CPU seconds of the encoder's run and of what each stage does besides, over all articles, report by report as in
    real use: stages share what the encoder gave."""
    took: dict[str, float] = defaultdict(float)
    for article in given:
        record = Record(article=article)
        for stage in whole.stages:
            started, before = time.process_time(), encoder.seconds
            record = run(stage, record)
            inside = encoder.seconds - before
            took[stage.name] += time.process_time() - started - inside
            took["encoder"] += inside
    return took


def memory(reports: str) -> float:
    """Megabytes at most of a process that reads some reports together."""
    code = "import sys; from evals.bench import articles, most, Path, pipeline;"
    code += "list(pipeline().read_all(articles(Path(sys.argv[1])))); print(most())"
    found = subprocess.run([sys.executable, "-c", code, reports], check=True, capture_output=True, text=True, cwd=ROOT)
    return float(found.stdout)


def most() -> float:
    """Megabytes of this process at most; where the system tells, without those of the one that started it."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(re.findall(r"VmHWM:\s+(\d+) kB", status.read_text())[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def command(*arguments: str) -> tuple[float, float]:
    """Wall and CPU seconds of a ``dateline`` command, in a fresh process that may keep compiled modules, as in real
    use."""
    around = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run([sys.executable, "-m", "dateline", *arguments], check=True, capture_output=True, env=around)
    took, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    return took, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def start_up() -> float:
    """Wall seconds from the command to the first record of a short report."""
    report = sorted((ROOT / "examples").glob("*.txt"))[0]
    return command("read", str(report), "--published", DAY, "--to", "standoff")[0]


def rate() -> dict[str, float]:
    """What a whole process makes of many reports of a long agency report's length, made of the examples'
    paragraphs."""
    parts = [part for text in examples(ROOT / "examples") for part in text.split("\n\n")]
    with tempfile.TemporaryDirectory() as folder:
        rows, out = Path(folder) / "rows.jsonl", Path(folder) / "out.jsonl"
        with rows.open("w", encoding="utf-8") as file:
            for n in range(MANY):
                turned = parts[n % len(parts) :] + parts[: n % len(parts)]
                file.write(json.dumps({"id": str(n), "published": DAY, "text": "\n\n".join(turned)[:LONG]}) + "\n")
        wall, cpu = command("read", "--jsonl", str(rows), "--workers", str(WORKERS), "-o", str(out))
    return {
        "reports": MANY,
        "characters": LONG,
        "workers": WORKERS,
        "a second": MANY / wall,
        "a CPU second": MANY / cpu,
    }


def installed() -> dict[str, float]:
    """Packages that a fresh machine like this one gets (``requirements/run.lock``) and their megabytes, with the
    program's own."""
    locked = re.findall(r"^([\w.-]+)==", (ROOT / "requirements" / "run.lock").read_text(), re.M)
    here = {_plain(found.name) for found in distributions()}
    names = [name for name in locked if _plain(name) in here]  # some are for another system
    sizes = {name: sum(_sizes(name)) for name in names}
    own = sum(f.stat().st_size for f in (ROOT / "src").rglob("*") if f.is_file() and "__pycache__" not in f.parts)
    largest = max(sizes, key=lambda name: sizes[name])
    return {
        "packages": len(names),
        "megabytes": (sum(sizes.values()) + own) / 1e6,
        largest: sizes[largest] / 1e6,
    }


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _sizes(name: str) -> Iterator[int]:
    found = distribution(name)
    for row in csv.reader((found.read_text("RECORD") or "").splitlines()):
        file = Path(str(found.locate_file(row[0])))
        if file.is_file():
            yield file.stat().st_size


def spread(figures: Sequence[float]) -> dict[str, float]:
    """The least, the middle and the greatest of some figures."""
    return {"least": min(figures), "median": statistics.median(figures), "most": max(figures)}


def ratios(reports: Path) -> dict[str, Any]:
    """Reading, and reading by rules alone, against the bare parse, round by round in turns, so that a slow moment
    strikes all; the first round only warms up."""
    given, encoder = articles(reports), timed()
    whole, rules = pipeline(), pipeline(msgspec.structs.replace(settings(), learned=False))
    parser = Pipeline(pipeline(msgspec.structs.replace(settings(), model=SMALL)).stages[:1])
    tokens = sum(len(r.tokens) for r in Pipeline(whole.stages[:1]).read_all(given))
    parses: list[float] = []
    rounds: dict[str, list[dict[str, float]]] = {"whole": [], "rules": []}
    for number in range(ROUNDS + 1):
        parse = yardstick(parser, given)
        took = {name: seconds_by_part(chosen, given, encoder) for name, chosen in (("whole", whole), ("rules", rules))}
        if number:
            parses.append(parse)
            for name, one in took.items():
                rounds[name].append(one)
    sums = {
        name: spread([sum(r.values()) / parse for r, parse in zip(made, parses, strict=True)])
        for name, made in rounds.items()
    }
    whole_rounds = [(sum(r.values()) / parse, r, parse) for r, parse in zip(rounds["whole"], parses, strict=True)]
    _, middle, parse = sorted(whole_rounds, key=lambda taken: taken[0])[ROUNDS // 2]
    parts = {part: seconds / parse for part, seconds in middle.items()}
    microseconds = statistics.median(parses) / tokens * 1e6
    return {"reports": len(given), "tokens": tokens, "rounds": ROUNDS, "parse": microseconds, **sums, "parts": parts}


def peaks() -> dict[str, float]:
    """Megabytes at most for one short report, and for the example reports, so many, read together; and of the file that
    is mapped beside it."""
    with tempfile.TemporaryDirectory() as folder:
        one = Path(folder) / "one.jsonl"
        one.write_text(json.dumps({"text": examples(ROOT / "examples")[0], "published": DAY}) + "\n")
        found = {"one": memory(str(one)), "many": memory(str(ROOT / "examples"))}
    reports = len(articles(ROOT / "examples"))
    return {**found, "reports": reports, "gazetteer": ready().stat().st_size / 1e6}


def measured(reports: Path) -> dict[str, Any]:
    """All figures of one run."""
    return {
        "day": datetime.now(UTC).date().isoformat(),
        "machine": {"cores": os.cpu_count(), "python": platform.python_version(), "system": platform.system()},
        "ratios": ratios(reports),
        "start": spread([start_up() for _ in range(STARTS)]),
        "memory": peaks(),
        "rate": rate(),
        "installed": installed(),
    }


def main() -> None:
    """Print the figures, and keep them where that is asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", type=Path, nargs="?", default=ROOT / "examples")
    parser.add_argument("--keep", action="store_true")
    given = parser.parse_args()
    found = json.loads(json.dumps(measured(given.reports)), parse_float=lambda text: round(float(text), 4))
    print(table(found))
    for part, ratio in found["ratios"]["parts"].items():
        print(f"  {part:14} {ratio:6.1%} of the parse")
    if given.keep:
        OUT.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
        write()


if __name__ == "__main__":
    main()
