"""Makes the scorer of coreference again, in one go: gold in; weights, their hash, and figures by five folds out.

    .venv/bin/python training/coreference/make.py GOLD SCORE TORCH_PYTHON [--keep FOLDER] [--no-write]

GOLD and SCORE are the folders of annotated reports and of scorers beside the project; TORCH_PYTHON is a Python that has
torch (``training/coreference/requirements.txt``). The encoder is that of the settings (``DATELINE_READER``).
Every report is measured with weights that have not seen it.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import pickle
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from rows import FOLDS, Report, reports, row

from dateline.export.standoff import to_standoff
from dateline.learned.antecedents import FILE, Antecedents
from dateline.learned.reader import load_reader
from dateline.model import Record
from dateline.pipeline import run
from dateline.stages.coreference import Coreference

OUT = Path(__file__).resolve().parents[2] / "src" / "dateline" / "data" / "learned"
PARTS = ("mentions", "muc", "b3", "ceafe", "lea")


class Seen(Coreference):
    """The stage with the scorer of a fold, over states that were computed before."""

    def __init__(self, scorer: Any, report: Report) -> None:
        super().__init__(learned=True, scorer=scorer, words=lambda _: report.words.astype(np.float32))


def scorer_of(folder: Path) -> Any:
    """The scorer of coreference beside the project, as a module."""
    spec = importlib.util.spec_from_file_location("score_coref", folder / "score_coref.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def figures(scoring: Any, found: list[Report], read: Callable[[Report], Record]) -> None:
    """Print the figures of every corpus as the bench takes them."""
    for corpus in dict.fromkeys(report.corpus for report in found):
        chosen = [report for report in found if report.corpus == corpus]
        gold = {report.gold["id"]: report.gold for report in chosen}
        told = {report.gold["id"]: to_standoff(read(report)) for report in chosen}
        labels = scoring.labels(gold, told, "entities", "doc", "head")
        scored = scoring.score(*labels, drop_singletons=not corpus.startswith("gum_"))
        parts = "  ".join(f"{part} " + " ".join(f"{100 * scored[part][k]:.1f}" for k in "prf") for part in PARTS)
        print(f"  {corpus:20} CoNLL {100 * scored['conll']:.2f}   {parts}", flush=True)


def write(folder: Path) -> None:
    """Put the weights of all reports where the package reads them, with their hash and that of the encoder."""
    shutil.copy(folder / "all.npz", OUT / FILE)
    digest = hashlib.sha256((OUT / FILE).read_bytes()).hexdigest()
    about = {"sha256": {FILE: digest}, "encoder": load_reader().about["sha256"]["encoder.onnx"]}
    (OUT / "coreference.json").write_text(json.dumps(about, indent=1) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("score", type=Path)
    parser.add_argument("torch", type=Path)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--no-write", action="store_true")
    parser.add_argument("--only-weights", action="store_true", help="make the weights and measure nothing")
    given = parser.parse_args()
    start, folder = time.time(), given.keep or Path(tempfile.mkdtemp())
    folder.mkdir(parents=True, exist_ok=True)
    found = list(reports(given.gold))
    with (folder / "rows.pickle").open("wb") as file:
        pickle.dump([row(report) for report in found], file)
    print(f"{len(found)} reports read: {time.time() - start:.0f} s", flush=True)
    train = Path(__file__).with_name("train.py")
    flags = ["--only-weights"] if given.only_weights else []
    subprocess.run([given.torch, train, folder / "rows.pickle", folder, *flags], check=True)
    if given.only_weights:
        write(folder)
        return
    scoring, scorers = scorer_of(given.score), [Antecedents(np.load(folder / f"fold{k}.npz")) for k in range(FOLDS)]
    print("the rules alone")
    figures(scoring, found, lambda report: run(Coreference(), report.record))
    print("each report with the weights of the other folds")
    figures(scoring, found, lambda report: run(Seen(scorers[report.fold], report), report.record))
    if not given.no_write:
        write(folder)
    print(f"{time.time() - start:.0f} s")


if __name__ == "__main__":
    main()
