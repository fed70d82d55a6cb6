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
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from dateline.learned.likeness import FILE, LEAD
from dateline.learned.reader import LearnedReader, load_reader
from dateline.learned.windows import Tree, Window, cut

OUT = Path(__file__).resolve().parents[2] / "src" / "dateline" / "data" / "learned"
KEPT_APART = ("2023-02-07", "2023-02-08", "2023-02-09", *(f"2023-06-{day}" for day in range(22, 27)))
"""Days on which the gold of stories and events is, and those beside them."""
EVERY = 3
"""Of so many days one is taken: within it lie the look-alikes to be told apart."""
AT_ONCE = 512
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
    sentences = []
    for sentence in _SENTENCE.split(text):
        first, last = len(words), min(LEAD, len(words) + len(found := _WORD.findall(sentence)))
        if first < last:
            words += found
            sentences.append((first, last))
    words = words[:LEAD] or ["-"]
    return cut(Tree(words, [], [], sentences or [(0, 1)], [0] * len(words)), reader.vocabulary)[0]


def states(chosen: list[dict[str, Any]]) -> Iterator[Any]:
    """For each item the states (words, width) of its first words."""
    reader = load_reader()
    windows = [window(item["text"], reader) for item in chosen]
    for start in range(0, len(windows), AT_ONCE):
        for found in reader.encoder.states(windows[start : start + AT_ONCE]):
            yield reader.heads.words(found, [0] * len(found)).astype(np.float16)


def main() -> None:
    """Read, train, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("torch")
    parser.add_argument("--items", type=int, default=21_000)
    parser.add_argument("--keep", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / "ends.npy").exists():
            chosen = items(given.gold, given.items)
            (folder / "items.json").write_text(json.dumps([item["text"] for item in chosen]), encoding="utf-8")
            found = list(states(chosen))
            np.save(folder / "states.npy", np.concatenate(found))
            np.save(folder / "ends.npy", np.cumsum([len(some) for some in found]))
        train = Path(__file__).with_name("train.py")
        subprocess.run([given.torch, str(train), str(folder), str(OUT / FILE)], check=True)
    encoder = load_reader().about["sha256"]["encoder.onnx"]
    about = {"sha256": {FILE: hashlib.sha256((OUT / FILE).read_bytes()).hexdigest()}, "encoder": encoder}
    (OUT / "likeness.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
