"""Whole lines of the record, five folds by report: readers that have not seen a fold read it through the command line.

    python -m evals.records GOLD SCORE FOLDS_FOLDER

``FOLDS_FOLDER/0`` to ``/4`` are exported readers, number K trained without fold K and weighed on the others
(``training/reader/README.md``). Writes ``evals/records.json``: what ``SCORE/score_records.py`` says of all folds
together, the error of the lines' scores, and the same for the table of senses without the learned reader. The gold
stands beside
the project, never in it; its hash is kept.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from training.reader.folds import FOLDS, fold_of
from training.reader.judging import Line, curve_of, judged, scorer_of

OUT = Path(__file__).with_name("records.json")
ROOT = Path(__file__).resolve().parent.parent


def read(rows: Iterable[str], out: Path, **environment: str) -> None:
    """Append the standoff of some rows, read by a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        given, made = Path(folder) / "in.jsonl", Path(folder) / "out.jsonl"
        given.write_text("\n".join(rows) + "\n")
        command = [sys.executable, "-m", "dateline", "read", "--jsonl", str(given), "--to", "standoff", "-o", str(made)]
        subprocess.run(command, check=True, cwd=folder, env=os.environ | environment)
        with out.open("a") as file:
            file.write(made.read_text())


def scored(scorer: Path, gold: Path, predicted: Path) -> dict[str, Any]:
    """What the scorer says."""
    command = [sys.executable, str(scorer), str(gold), str(predicted), "--json"]
    found: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return found


def calibration(scorer: Path, rows: list[str], read: Path, shown: float) -> dict[str, Any]:
    """How far the scores of all lines, also of those too doubtful to show, miss the truth, and the figures of each
    threshold. A line that is not shown has the type ``other`` and keeps its act."""
    judge, documents = scorer_of(scorer), {d["id"]: d for d in map(json.loads, rows)}
    lines: list[Line] = []
    for report in map(json.loads, read.read_text().splitlines()):
        told = [e | {"type": e["act"]} for e in report["events"] if e["act"] is not None and e["type"] != "statement"]
        document = documents[report["id"]]
        lines += [(report["id"], line, gold) for line, gold in judged(judge, document, told)]
    return {"shown": shown} | curve_of(judge, documents, lines)


def shown_from(folds: Path) -> float:
    """The score from which the readers of the folds show a line."""
    about = json.loads((folds / "0" / "reader.json").read_text())
    return float(about["calibration"]["shown"])


def main() -> None:
    """Read every fold, score, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("score", type=Path)
    parser.add_argument("folds", type=Path)
    given = parser.parse_args()
    gold = given.gold / "records" / "records.jsonl"
    rows = [line for line in gold.read_text().splitlines() if line.strip()]
    with tempfile.TemporaryDirectory() as folder:
        learned, table = Path(folder) / "learned.jsonl", Path(folder) / "table.jsonl"
        for fold in range(FOLDS):
            kept = [line for line in rows if fold_of(json.loads(line)["id"]) == fold]
            read(kept, learned, DATELINE_READER=str((given.folds / str(fold)).resolve()))
        read(rows, table, DATELINE_LEARNED="false")
        scorer = given.score / "score_records.py"
        found = {"learned": scored(scorer, gold, learned), "table": scored(scorer, gold, table)}
        found["calibration"] = calibration(scorer, rows, learned, shown_from(given.folds))
    with gzip.open(ROOT / "training" / "reader" / "annotations.jsonl.gz") as lines:
        added = sum("unlearned" not in json.loads(line) for line in lines)
    digest = hashlib.sha256(gold.read_bytes()).hexdigest()
    OUT.write_text(json.dumps({"sha256": digest, "folds": FOLDS, "added": added, **found}, indent=1) + "\n")
    print(json.dumps(found["learned"]))


if __name__ == "__main__":
    main()
