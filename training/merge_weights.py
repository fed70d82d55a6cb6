"""Fits the weights of ``merge/features.py``: gold event clusters and our own records of the same reports in, a weight a
feature out, to be rounded by hand into the file.

    .venv/bin/dateline read --jsonl IN.jsonl --to json -o records.jsonl        # IN: id, text, published of the gold
    .venv/bin/python training/merge_weights.py GOLD/eventcoref/ecbplus.jsonl records.jsonl

A pair is two tellings of one story in different reports that share a trigger, a word of its group or an act, and that
both lie on gold mentions; it is positive where the gold cluster is the same. Prints the fitted weights beside those in
use and, over five folds of stories, the best F1 of the pairs.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from dateline.merge import features
from dateline.merge.features import reasons
from dateline.merge.judging import START
from dateline.merge.merging import merge_sketches
from dateline.merge.neighbours import cosine
from dateline.merge.sketches import Sketch, sketch_of
from dateline.merge.tellings import Telling
from dateline.merge.traits import kin_of
from dateline.wire import from_json

GRADED = {"words": features.ALIKE, "reports": features.REPORTS, "untyped": features.UNTYPED}
"""Features whose reason grows with the values: what one full step of each counts now."""
FOLDS = 5
PULL = 2.0
"""Strength of the pull of every weight towards 0."""


def labels(document: dict[str, Any], sketch: Sketch, events: dict[str, tuple[int, int]]) -> dict[str, str]:
    """Gold cluster by the event id of each telling: that of most of its mentions."""
    found = {}
    for telling in sketch.tellings:
        votes = Counter(
            gold["cluster"]
            for mention in telling.mentions
            for gold in document["events"]
            if gold.get("cluster") and gold["start"] < events[mention][1] and events[mention][0] < gold["end"]
        )
        if votes:
            found[telling.event] = votes.most_common(1)[0][0]
    return found


def pairs(gold: Path, records: Path) -> Iterator[tuple[str, Telling, Telling, float, bool]]:
    """(story, one telling, another, likeness of their reports, whether they are one event)."""
    documents = {d["id"]: d for d in map(json.loads, gold.read_text().splitlines())}
    sketches, clusters = {}, {}
    for line in records.open("rb"):
        record = from_json(line)
        sketch = sketches[record.article.id] = sketch_of(record)
        events = {event.id: (event.span.start, event.span.end) for event in record.events}
        clusters[sketch.id] = labels(documents[sketch.id], sketch, events)
    every = list(sketches.values())
    stories = merge_sketches(every).stories
    told: dict[str, list[Any]] = defaultdict(list)
    for sketch in every:
        told[stories[sketch.id]] += [t for t in sketch.tellings if t.event in clusters[sketch.id]]
    for story, tellings in sorted(told.items()):
        for left, right in combinations(tellings, 2):
            if left.article != right.article and near(left, right):
                likeness = cosine(sketches[left.article].words, sketches[right.article].words)
                same = clusters[left.article][left.event] == clusters[right.article][right.event]
                yield story, left, right, likeness, same


def near(left: Telling, right: Telling) -> bool:
    acts = set(left.acts) & set(right.acts) - {"other"}
    return bool(set(left.triggers) & set(right.triggers) or kin_of(left) & kin_of(right) or acts)


def columns(left: Telling, right: Telling, likeness: float) -> dict[str, float]:
    """What is given a weight: the start, and each reason by its sign; graded ones by how much of them there is."""
    found = {"start": 1.0}
    for reason in reasons(left, right, likeness):
        step = GRADED.get(reason.feature)
        name = reason.feature if step else f"{reason.feature}{'+' if reason.weight > 0 else '-'}"
        found[name] = reason.weight / step if step else 1.0
    return found


def fitted(x: Any, y: Any) -> Any:
    """Logistic regression by Newton's method."""
    weights = np.zeros(x.shape[1])
    for _ in range(60):
        p = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (p - y) + PULL * weights
        curve = (x * (p * (1 - p))[:, None]).T @ x + PULL * np.eye(len(weights))
        weights -= np.linalg.solve(curve, slope)
    return weights


def best_f1(score: Any, y: Any) -> float:
    hits = np.cumsum(y[np.argsort(-score)])
    precision, recall = hits / np.arange(1, len(y) + 1), hits / y.sum()
    return float((2 * precision * recall / (precision + recall)).max())


def main() -> None:
    """Fit and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("records", type=Path)
    given = parser.parse_args()
    found = list(pairs(given.gold, given.records))
    rows = [columns(left, right, likeness) for _, left, right, likeness, _ in found]
    names = sorted({name for row in rows for name in row})
    x = np.array([[row.get(name, 0.0) for name in names] for row in rows])
    y = np.array([float(same) for *_, same in found])
    order = {story: n % FOLDS for n, story in enumerate(sorted({story for story, *_ in found}))}
    fold = np.array([order[story] for story, *_ in found])
    score = np.zeros(len(y))
    for n in range(FOLDS):
        score[fold == n] = x[fold == n] @ fitted(x[fold != n], y[fold != n])
    print(
        f"{len(y)} pairs, {y.mean():.2f} of them one event; best F1 of pairs over {FOLDS} folds {best_f1(score, y):.3f}"
    )
    print(f"start in use {START}")
    for name, weight in zip(names, fitted(x, y), strict=True):
        print(f"{name:16} {weight:+.2f}  ({int((x[:, names.index(name)] != 0).sum())} pairs)")


if __name__ == "__main__":
    main()
