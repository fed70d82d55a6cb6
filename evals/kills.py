"""Kill a batch, its workers and itself, at random moments; run it again; compare what it comes to, byte by byte.

``python -m evals.kills FOLDER --engine ray --reports 2000 --kills 20 --driver-kills 3`` makes reports of templates,
three of them poisoned, reads them once undisturbed with one process, then again and again with kills until all have
landed. Exit status 1 where an output differs, where the poisoned are not the only errors, or a process outlives it.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import msgspec
from evals import poison
from evals.living import below, line_of
from evals.made_reports import made

from dateline.settings import STAGES

POISONS = {7: poison.ABORT, 31: poison.LOOP, 52: poison.MEMORY}
"""Number of a report -> what it says."""
WORKERS = ("spawn_main", "ray::MapWorker")
"""How the command lines of processes that do the work look."""
GRACE = 15.0


def main() -> None:
    asked = _asked()
    folder = Path(asked.folder)
    folder.mkdir(parents=True, exist_ok=True)
    _write_reports(folder / "in.jsonl", asked.reports)
    env = _environment(folder, asked)
    if not asked.again:
        shutil.rmtree(folder / "reference", ignore_errors=True)
    begun = time.monotonic()
    _command(folder, "reference", asked, "local", 1, env).wait()
    print(f"undisturbed, one process: {time.monotonic() - begun:.0f} s", flush=True)
    reference, sound = hashes(folder / "reference"), True
    poisoned = _errors(folder / "reference")
    if len(poisoned) != len(POISONS):
        print(f"the errors are not the poisoned reports: {poisoned}")
        sound = False
    left = {"worker": asked.kills, "driver": asked.driver_kills}
    rng, trial = random.Random(asked.seed), 0
    while any(left.values()) and trial < asked.trials:
        trial += 1
        shutil.rmtree(folder / "trial", ignore_errors=True)
        before = dict(left)
        orphans = _killed(folder, asked, env, left, rng)
        same = hashes(folder / "trial") == reference
        landed = {what: before[what] - left[what] for what in left}
        print(
            f"trial {trial}: killed {landed}, {'same bytes' if same else 'OTHER BYTES'}, {orphans} orphans", flush=True
        )
        sound = sound and same and not orphans
    print(f"{asked.engine}: {asked.reports} reports, {asked.kills - left['worker']} workers and "
          f"{asked.driver_kills - left['driver']} drivers killed, {len(poisoned)} error records, "
          f"{'all the same' if sound else 'NOT THE SAME'}")  # fmt: skip
    sys.exit(0 if sound and not any(left.values()) else 1)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("--engine", default="local")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--reports", type=int, default=2000)
    parser.add_argument("--kills", type=int, default=20, help="of workers")
    parser.add_argument("--driver-kills", type=int, default=3)
    parser.add_argument("--pause", type=float, default=8.0, help="mean seconds between two kills")
    parser.add_argument("--trials", type=int, default=10, help="runs at most")
    parser.add_argument("--shard-size", type=int, default=50)
    parser.add_argument("--to", default="jsonl")
    parser.add_argument("--stages", default=",".join(STAGES), help="fewer load and read faster: syntax")
    parser.add_argument("--max-seconds", type=float, default=30, help="as the setting; more on a busy machine")
    parser.add_argument("--learned", action="store_true", help="with the learned reader (half as fast)")
    parser.add_argument("--again", action="store_true", help="compare with the undisturbed run that FOLDER holds")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def _write_reports(file: Path, count: int) -> None:
    with file.open("w", encoding="utf-8") as out:
        for number, report in enumerate(made(count)):
            text = f"{report.text}\n\n{POISONS[number]}" if number in POISONS else report.text
            row = {"id": number, "title": report.title, "text": text, "published": str(report.published)}
            out.write(json.dumps(row | {"publisher": report.publisher}) + "\n")


def _environment(folder: Path, asked: argparse.Namespace) -> dict[str, str]:
    """The environment of the runs: the poison stage last, and limits that poison soon breaks."""
    package = folder / "poison" / "poison-1.dist-info"
    package.mkdir(parents=True, exist_ok=True)
    (package / "METADATA").write_text("Metadata-Version: 2.1\nName: poison\nVersion: 1\n")
    (package / "entry_points.txt").write_text("[dateline.stages]\npoison = poison:Poison\n")
    paths = [str(package.parent), str(Path(__file__).parent), *(path for path in sys.path if path)]
    return os.environ | {
        "PYTHONPATH": os.pathsep.join(paths),
        "DATELINE_STAGES": f"{asked.stages},poison",
        "DATELINE_LEARNED": "true" if asked.learned else "false",
        "DATELINE_MAX_SECONDS": str(asked.max_seconds),
        "DATELINE_TODAY": "2026-01-01",
    }


def _command(
    folder: Path, out: str, asked: argparse.Namespace, engine: str, workers: int, env: dict[str, str]
) -> subprocess.Popen[bytes]:
    command = [
        sys.executable,
        "-m",
        "dateline",
        "batch",
        "in.jsonl",
        out,
        "--engine",
        engine,
        "--workers",
        str(workers),
    ]
    command += ["--shard-size", str(asked.shard_size), "--to", asked.to]
    log = (folder / f"{out}.log").open("ab")
    return subprocess.Popen(command, cwd=folder, env=env, stdout=log, stderr=log, start_new_session=True)


def _killed(
    folder: Path, asked: argparse.Namespace, env: dict[str, str], left: dict[str, int], rng: random.Random
) -> int:
    """A trial: run, killed, run again until it ends; how many processes outlive it."""
    known: set[int] = set()
    while True:
        running = _command(folder, "trial", asked, asked.engine, asked.workers, env)
        ends = time.monotonic() + rng.expovariate(1 / asked.pause)
        while running.poll() is None:
            time.sleep(0.2)
            known.update(under := below(running.pid))
            if time.monotonic() < ends or not any(left.values()):
                continue
            ends = time.monotonic() + rng.expovariate(1 / asked.pause)
            _kill_one(running, under, left, rng)
        if running.returncode != -signal.SIGKILL:
            break
    if not (folder / "trial" / "summary.json").exists():
        print(f"it ended with {running.returncode}: {(folder / 'trial.log').read_text()[-1000:]}")
    limit = time.monotonic() + GRACE
    while (alive := [pid for pid in known if line_of(pid)]) and time.monotonic() < limit:
        time.sleep(0.2)
    return len(alive)


def _kill_one(running: subprocess.Popen[bytes], under: set[int], left: dict[str, int], rng: random.Random) -> None:
    """Kills the run itself, once its workers are there, or one of these."""
    workers = sorted(pid for pid in under if any(sign in line_of(pid) for sign in WORKERS))
    if not workers:
        return
    what = rng.choices(list(left), weights=list(left.values()))[0]
    with contextlib.suppress(ProcessLookupError):
        os.kill(running.pid if what == "driver" else rng.choice(workers), signal.SIGKILL)
        left[what] -= 1


def hashes(out: Path) -> dict[str, str]:
    files = sorted(file for file in out.rglob("*") if file.is_file() and file.name != "plan.json")
    return {file.relative_to(out).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def _errors(out: Path) -> list[str]:
    lines = (out / "rejects.jsonl").read_bytes().splitlines()
    return [msgspec.json.decode(line)["reason"] for line in lines]


if __name__ == "__main__":
    main()
