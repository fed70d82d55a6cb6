"""Figures that may not fall: run the scorers on the gold texts and compare with ``floors.json``.

``python evals/floors.py GOLD SCORE`` checks; ``--raise`` writes every figure that is better as the new floor.
The gold is third-party text beside the project, never in it: each floor carries the hash of the file it was taken on,
and a file with another hash is an error, not a pass.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

FLOORS = Path(__file__).with_name("floors.json")
SLACK = 0.01
"""What another processor's arithmetic may change in the parse, and the rounding of the scorers' figures."""


def flat(value: dict[str, Any], prefix: str = "") -> dict[str, float]:
    """Nested figures by dotted path."""
    found: dict[str, float] = {}
    for key, item in value.items():
        if isinstance(item, dict):
            found |= flat(item, f"{prefix}{key}.")
        elif isinstance(item, int | float):
            found[prefix + key] = float(item)
        elif isinstance(item, list) and len(item) == len("prf") and all(isinstance(i, int | float) for i in item):
            found |= {f"{prefix}{key}.{name}": float(figure) for name, figure in zip("prf", item, strict=True)}
    return found


def measured(gold: Path, score: Path, entry: dict[str, Any]) -> dict[str, float]:
    """The figures of one gold file (its first ``limit`` documents)."""
    task, name = entry["file"].split("/")
    with tempfile.NamedTemporaryFile(suffix=".json") as out:
        command = [sys.executable, str(score / "bench.py"), str(gold), "--cmd", f"{sys.executable} -m dateline"]
        command += ["--tasks", task, "--only", name.removesuffix(".jsonl"), "--limit", str(entry["limit"])]
        subprocess.run([*command, "--json", out.name], check=True, capture_output=True)
        return flat(json.loads(Path(out.name).read_bytes())[entry["file"]])


def check(gold: Path, score: Path, entry: dict[str, Any], lift: bool) -> list[str]:
    """What fell in one file; raises floors in place where asked."""
    digest = hashlib.sha256((gold / entry["file"]).read_bytes()).hexdigest()
    if digest != entry["sha256"]:
        return [f"{entry['file']}: its hash is {digest[:12]}, the floors were taken on {entry['sha256'][:12]}"]
    found, fallen = measured(gold, score, entry), []
    if found.get("errors"):
        fallen.append(f"{entry['file']}: {found['errors']:.0f} documents with an error")
    for path, floor in entry["floors"].items():
        now = found.get(path, float("nan"))
        lower_is_better = path.endswith(("mae", "MAE"))
        worse = now > floor + SLACK if lower_is_better else not now >= floor - SLACK
        print(f"{entry['file']:36} {path:44} {now:8.3f}   floor {floor:.3f}{'   FELL' if worse else ''}", flush=True)
        if worse:
            fallen.append(f"{entry['file']}: {path} is {now:.3f}, the floor is {floor:.3f}")
        elif lift:
            entry["floors"][path] = round(now, 3)
    return fallen


def main() -> None:
    """Check every floor; exit status 1 where one fell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("score", type=Path)
    parser.add_argument("--raise", dest="lift", action="store_true")
    given = parser.parse_args()
    entries = json.loads(FLOORS.read_text())
    fallen = [line for entry in entries for line in check(given.gold, given.score, entry, given.lift)]
    if given.lift:
        FLOORS.write_text(json.dumps(entries, indent=1) + "\n")
    print("\n".join(fallen) or f"{len(entries)} files: no figure fell")
    sys.exit(bool(fallen))


if __name__ == "__main__":
    main()
