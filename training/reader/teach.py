"""A trained teacher labels prepared rows that nobody annotated: rows in, shares of acts, certainty and roles out.

    python training/reader/teach.py TEACHER_FOLDER ENCODER_FOLDER ROWS.jsonl OUT.pickle [--threads 2]

The teacher is the same network on a larger encoder (MPNet-base), trained by :mod:`train`. Its labels are read again by
``train.py --taught``; they are made, used and thrown away on the machine that trains, never shipped.
"""

from __future__ import annotations

import argparse
import json
import pickle
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch
from examples import examples, pair
from shape import Reader, vocabulary_of
from train import batches_of, encoded, event_scores, told
from windows import Vocabulary, tree_of_row

LEAST = 0.15
"""Share of all acts together from which the teacher also says who and how certain."""


def labels(model: Reader, batch: list[dict[str, Any]]) -> Iterator[tuple[tuple[str, int], dict[str, Any]]]:
    """What the teacher sees in each window, by the report and its first word."""
    words = encoded(model, batch)
    states = told(model, words, batch)
    acts = torch.softmax(model.act(states), -1)
    status, weight = torch.softmax(model.status(states), -1), torch.sigmoid(model.weight(states)[..., 0])
    pairs = []
    for k, x in enumerate(batch):
        for n in range(len(x["kinds"])):
            if 1 - acts[k, n, 0] >= LEAST:
                pairs.append((k, n))
    seen: list[list[dict[str, Any]]] = [[] for _ in batch]
    if pairs:
        only = torch.stack([acts[k, n] for k, n in pairs])
        only[:, 0] = 0
        only = only / only.sum(-1, keepdim=True)
        made = [(k, batch[k]["anchors"](n)) for k, n in pairs]
        shares = torch.sigmoid(event_scores(model, words, batch, made, only)).numpy().astype(np.float16)
        for p, (k, n) in enumerate(pairs):
            size = len(batch[k]["kinds"])
            seen[k].append(
                {
                    "word": n,
                    "sure": float(1 - acts[k, n, 0]),
                    "acts": only[p].numpy().astype(np.float16),
                    "status": status[k, n].numpy().astype(np.float16),
                    "weight": float(weight[k, n]),
                    "labels": shares[p, :size],
                }
            )
    for k, x in enumerate(batch):
        yield (x["id"], x["first"]), {"acts": acts[k, : len(x["kinds"])].numpy().astype(np.float16), "events": seen[k]}


def windows_of(row: dict[str, Any], vocabulary: Vocabulary) -> list[dict[str, Any]]:
    """The windows of a row, each with a function that gives a word of it as an anchor."""
    tree = tree_of_row(row)
    made = examples(row, vocabulary)
    for x in made:
        x["anchors"] = _anchors(row, tree, x)
    return made


def _anchors(row: dict[str, Any], tree: Any, x: dict[str, Any]) -> Any:
    first, size = x["first"], len(x["kinds"])

    class Here:
        pass

    window = Here()
    window.first, window.last = first, first + size  # type: ignore[attr-defined]

    def anchor(n: int) -> dict[str, Any]:
        grammar = [0] * size
        for k, number in row["grammar"].get(str(first + n), {}).items():
            if first <= int(k) < first + size:
                grammar[int(k) - first] = number
        return pair(tree, window, [first + n]) | {"grammar": grammar}

    return anchor


def taught(file: Path, vocabulary: Vocabulary) -> Iterator[dict[str, Any]]:
    """Windows of the student with the labels that a teacher gave them."""
    with file.open("rb") as opened:
        rows_file, known = pickle.load(opened)
    for line in Path(rows_file).read_text().splitlines():
        row = json.loads(line)
        for x in windows_of(row, vocabulary):
            found = known.get((x["id"], x["first"]))
            if found is None or len(found["acts"]) != len(x["kinds"]):
                continue
            said = [
                x["anchors"](e["word"]) | {k: e[k] for k in ("sure", "acts", "status", "weight", "labels")}
                for e in found["events"]
            ]
            del x["anchors"]
            x["acts"], x["events"] = None, []
            x["taught"] = {"acts": found["acts"], "events": said}
            yield x


def main() -> None:
    """Label every window."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("teacher", type=Path)
    parser.add_argument("encoder", type=Path)
    parser.add_argument("rows", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--threads", type=int, default=1)
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    vocabulary = vocabulary_of(given.encoder)
    model = Reader(given.encoder)
    model.load_state_dict(torch.load(given.teacher / "model.pt"))
    model.eval()
    data = [x for line in given.rows.read_text().splitlines() for x in windows_of(json.loads(line), vocabulary)]
    print(len(data), "windows", flush=True)
    known: dict[tuple[str, int], dict[str, Any]] = {}
    with torch.no_grad():
        for n, batch in enumerate(batches_of(data, 3000)):
            known |= dict(labels(model, batch))
            if n % 50 == 0:
                print(n, len(known), flush=True)
    with given.out.open("wb") as opened:
        pickle.dump((str(given.rows), known), opened)


if __name__ == "__main__":
    main()
