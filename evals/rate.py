"""Rate and memory of a batch with one worker and with several, on rows of your own.

``python -m evals.rate ROWS.jsonl.gz FOLDER --items 1500 --workers 1 2 --learned`` reads the first items into FOLDER,
once for each number of workers, and prints for each: items a second of wall time and of CPU, the CPU that is not a
reader's (what does not grow with workers), the most memory of one reader, of the others together, and how much the
largest reader grew after ``--settled`` items. The outputs must have the same bytes: exit status 1 where they do not.

On a machine that others use wall time says little; CPU time does: with n workers and a share s of CPU that is nobody's
reader, n cores give at most 1 / max(1 / n, s) times the rate of one.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from evals.kills import hashes
from evals.living import below
from msgspec import Struct

_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")


class Seen(Struct):
    """What was seen of a process: its CPU seconds, and its memory in bytes at most, in all and until the batch had
    settled."""

    cpu: float = 0.0
    most: int = 0
    settled: int = 0


def watched(command: list[str], out: Path, env: dict[str, str], settled: int) -> dict[int, Seen]:
    """Runs a batch into ``out`` and looks at its processes once a second; it has settled after so many shards. Key 0 is
    the run itself."""
    seen: dict[int, Seen] = {}
    with out.with_suffix(".log").open("wb") as log:
        running = subprocess.Popen(command, env=env, stdout=log, stderr=log)
    while running.poll() is None:
        done = len(list(out.glob("ledger/*.jsonl")))
        for pid in {running.pid} | below(running.pid):
            key = 0 if pid == running.pid else pid
            _look(seen.setdefault(key, Seen()), pid, done < settled)
        time.sleep(1)
    return seen


def _look(seen: Seen, pid: int, settling: bool) -> None:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return
    seen.cpu = max(seen.cpu, (int(stat[11]) + int(stat[12])) / _TICKS)
    memory = int(stat[21]) * _PAGE
    seen.most = max(seen.most, memory)
    if settling:
        seen.settled = max(seen.settled, memory)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows")
    parser.add_argument("folder")
    parser.add_argument("--items", type=int, default=1500)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--settled", type=int, default=5000, help="items from which on growth is counted")
    parser.add_argument("--shard-size", type=int, default=250)
    parser.add_argument("--learned", action="store_true")
    asked = parser.parse_args()
    folder = Path(asked.folder)
    folder.mkdir(parents=True, exist_ok=True)
    with gzip.open(asked.rows) as source, (folder / "items.jsonl").open("wb") as items:
        items.writelines(itertools.islice(source, asked.items))
    env = os.environ | {"DATELINE_LEARNED": str(asked.learned).lower(), "DATELINE_TODAY": "2026-01-01"}
    results = []
    for workers in asked.workers:
        out = folder / f"out-{workers}"
        shutil.rmtree(out, ignore_errors=True)
        command = [sys.executable, "-m", "dateline", "batch", str(folder / "items.jsonl"), str(out)]
        command += ["--workers", str(workers), "--shard-size", str(asked.shard_size)]
        begun = time.monotonic()
        seen = watched(command, out, env, asked.settled // asked.shard_size)
        _show(workers, time.monotonic() - begun, asked.items, seen)
        results.append(hashes(out))
    same = all(result == results[0] for result in results)
    print("the same bytes" if same else "OTHER BYTES")
    sys.exit(0 if same else 1)


def _show(workers: int, seconds: float, items: int, seen: dict[int, Seen]) -> None:
    """A line. Readers are the processes that take most CPU."""
    others = {key: found for key, found in seen.items() if key}
    readers = sorted(others.values(), key=lambda found: -found.most)[:workers]
    rest = [found for found in seen.values() if all(found is not reader for reader in readers)]
    cpu = sum(found.cpu for found in seen.values())
    aside = sum(found.cpu for found in rest)
    grown = max((found.most - found.settled for found in readers if found.settled), default=0)
    print(
        f"{workers} workers: {items / seconds:.2f} items/s wall, {items / cpu:.2f} items/CPU s, {aside / cpu:.1%} of "
        f"the CPU not a reader's, {max(found.most for found in readers) / 1e6:.0f} MB a reader at most, "
        f"{sum(found.most for found in rest) / 1e6:.0f} MB the others, grown {grown / 1e6:.0f} MB after it had settled",
        flush=True,
    )


if __name__ == "__main__":
    main()
