"""Every span of every layer on whole corpora: ``python -m evals.spans GOLD [--workers 2]``.

Reads all JSON Lines files below GOLD and prints what does not hold; exit status 1 where anything does not.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import msgspec
from tests.invariants import broken

from dateline.batch.rows import read_rows
from dateline.model import Rejection
from dateline.settings import settings


def problems(file: Path) -> tuple[str, int, list[str]]:
    """(file, rows read, what does not hold) of one JSON Lines file."""
    found, count = [], 0
    configured = msgspec.structs.replace(settings(), workers=1)
    with file.open("rb") as lines:
        for result in read_rows(_texts(lines), configured):
            count += 1
            if isinstance(result, Rejection):
                found.append(f"{result.id}: {result.stage}: {result.reason}")
                continue
            faults = [f"{f.stage}: {f.reason}" for f in result.faults if f.kind == "error"]
            found += [f"{result.article.id}: {line}" for line in [*faults, *broken(result)]]
    return str(file), count, found


def _texts(lines: Iterator[bytes]) -> Iterator[bytes]:
    """Rows that have a text (phrase tables have none)."""
    return (line for line in lines if b'"text"' in line)


def main() -> None:
    """Read everything below a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--workers", type=int, default=1)
    given = parser.parse_args()
    files = sorted(given.gold.rglob("*.jsonl"), key=lambda f: -f.stat().st_size)
    total, wrong = 0, 0
    with ProcessPoolExecutor(given.workers) as pool:
        for name, count, found in pool.map(problems, files):
            total, wrong = total + count, wrong + len(found)
            print(f"{name}: {count} texts, {len(found)} problems", *found[:20], sep="\n  ", flush=True)
    print(f"{total} texts, {wrong} problems")
    sys.exit(wrong > 0)


if __name__ == "__main__":
    main()
