"""Makes the head of likeness again, in one go: feed items in; weights and their hashes out.

    .venv/bin/python training/likeness/make.py GOLD TORCH_PYTHON [--items N] [--keep FOLDER]

GOLD is the folder of corpora beside the project; TORCH_PYTHON a Python with ``training/likeness/requirements.txt``. The
encoder is that of the settings (``DATELINE_READER``). What was read stays in the folder of ``--keep`` and is not
read again.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
import subprocess
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np

from dateline.learned.likeness import FILE, LEAD
from dateline.learned.reader import LearnedReader, load_reader
from dateline.learned.windows import Window, cut

OUT = Path(__file__).resolve().parents[2] / "src" / "dateline" / "data" / "learned"
KEPT_APART = ("2023-02-07", "2023-02-08", "2023-02-09", *(f"2023-06-{day}" for day in range(22, 27)))
"""Days on which the gold of stories and events is, and those beside them."""
EVERY = 3
"""Of so many days one is taken: within it lie the look-alikes to be told apart."""
AT_ONCE = 512
SIZE, PULL = 64, 300.0
"""Dimensions of a vector; strength of the pull of the map towards nothing."""
CELLS, ROUNDS = 64, 15
"""Cells of the space, and rounds of finding their centres."""
_WORD = re.compile(r"\w+(?:[’']\w+)?|[^\w\s]")
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")


def items(gold: Path, limit: int) -> list[dict[str, Any]]:
    """Feed items of every third day, in order of time."""
    days: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for file in sorted((gold / "feeds").glob("*.jsonl.gz")):
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            for item in map(json.loads, lines):
                days[item["published"]].append(item)
    chosen = [day for n, day in enumerate(sorted(days)) if n % EVERY == 1 and day not in KEPT_APART]
    return [item for day in chosen for item in days[day]][:limit]


def window(text: str, reader: LearnedReader) -> Window:
    """The first words of a text as the encoder reads them."""
    words: list[str] = []
    stretches = []
    for sentence in _SENTENCE.split(text):
        first, last = len(words), min(LEAD, len(words) + len(found := _WORD.findall(sentence)))
        if first < last:
            words += found
            stretches.append((first, last))
    words = words[:LEAD] or ["-"]
    return cut(words, stretches or [(0, 1)], reader.vocabulary)[0]


def means(chosen: list[dict[str, Any]]) -> Any:
    """For each item the mean state of its first words: (items, width)."""
    reader = load_reader()
    windows = [window(item["text"], reader) for item in chosen]
    parts = (windows[start : start + AT_ONCE] for start in range(0, len(windows), AT_ONCE))
    states = (found for part in parts for found in reader.encoder.states(part))
    found = [reader.heads.words(some, [0] * len(some)).mean(axis=0) for some in states]
    return np.stack(found)


def head(own: Any, taught: Any) -> dict[str, Any]:
    """The map from mean states (items, width) to the teacher's first components, by ridge regression, and the cells."""
    apart = taught - taught.mean(axis=0)
    components = np.linalg.eigh(np.cov(apart.T))[1][:, ::-1][:, :SIZE]
    middle, spread = own.mean(axis=0), own.std(axis=0) + 1e-3
    x = (own - middle) / spread
    found = np.linalg.solve(x.T @ x + PULL * np.eye(x.shape[1]), x.T @ (apart @ components))
    mapped = x @ found
    unit = mapped / np.linalg.norm(mapped, axis=1, keepdims=True)
    weights = {"middle": middle, "map": (found / spread[:, None]).T, "centres": centres(unit[::3])}
    return {name: np.asarray(value, dtype=np.float32) for name, value in weights.items()}


def centres(points: Any) -> Any:
    """The centres of the cells (cells, size): k-means of vectors by their angle."""
    rng = np.random.default_rng(0)
    found = points[rng.choice(len(points), CELLS, replace=False)]
    for _ in range(ROUNDS):
        near = (points @ found.T).argmax(axis=1)
        sums = np.stack([points[near == n].sum(axis=0) + 1e-6 * found[n] for n in range(CELLS)])
        found = sums / np.linalg.norm(sums, axis=1, keepdims=True)
    return found


def main() -> None:
    """Read, learn, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("torch")
    parser.add_argument("--items", type=int, default=21_000)
    parser.add_argument("--keep", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / "means.npy").exists():
            chosen = items(given.gold, given.items)
            (folder / "items.json").write_text(json.dumps([item["text"] for item in chosen]), encoding="utf-8")
            np.save(folder / "means.npy", means(chosen))
        if not (folder / "teacher.npy").exists():
            script = [
                given.torch,
                Path(__file__).with_name("teacher.py"),
                folder / "items.json",
                folder / "teacher.npy",
            ]
            subprocess.run([str(part) for part in script], check=True)
        np.savez_compressed(OUT / FILE, **head(np.load(folder / "means.npy"), np.load(folder / "teacher.npy")))
    encoder = load_reader().about["sha256"]["encoder.onnx"]
    about = {"sha256": {FILE: hashlib.sha256((OUT / FILE).read_bytes()).hexdigest()}, "encoder": encoder}
    (OUT / "likeness.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
