"""Learns what each piece of evidence says of a name's type: annotated reports in, ``name_evidence.csv`` out.

    python training/name_evidence.py GOLD.jsonl OUT.csv [--skip N]

GOLD.jsonl has a report a line: ``{"id", "text", "entities": [{"start", "end", "type"}]}`` with the types Person,
Organization, Location, Facility, NORP, Misc, Product. Softmax regression with ridge, in numpy; two rounds, since the
second one sees what the first found for the longer names. Same input, same weights.
"""

from __future__ import annotations

import argparse
import csv
import functools
import json
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

from dateline.grammar import tree_of
from dateline.intake.text import article_from_text
from dateline.knowledge.actors import load_actors
from dateline.knowledge.gazetteer import load_gazetteer
from dateline.knowledge.nominals import load_nominals
from dateline.model import Record
from dateline.settings import settings
from dateline.stages.mentions.chunks import Chunker
from dateline.stages.mentions.evidence import Evidence
from dateline.stages.mentions.typing import CLASSES, Names, Pieces, Weights, best_class
from dateline.stages.syntax import Syntax

GOLD = {
    "person": "PER",
    "organization": "ORG",
    "organisation": "ORG",
    "location": "LOC",
    "facility": "LOC",
    "norp": "NORP",
    "misc": "MISC",
    "product": "MISC",
}
PRIOR: Weights = {"known=PER": (2.8, -0.9, -0.4, -0.4, -0.4, -0.7)}
"""Set by hand where the texts hold too few cases: the mirror of what was learned for ``known=ORG``."""
SEEN_IN = 4
"""Reports a piece of evidence must occur in."""
Case = tuple[int, tuple[str, ...], Pieces, str]


def names_of(record: Record) -> Names:
    """The candidate names of a parsed report."""
    lexicon = load_nominals()
    evidence = Evidence(tree_of(record), lexicon, load_actors(), load_gazetteer())
    return Names(evidence, Chunker(record.tokens, record.sentences, lexicon, evidence.countries).chunks())


def gold_class(names: Names, key: tuple[str, ...], gold: dict[str, Any]) -> str | None:
    """The class most occurrences have in the gold; None where only the edges disagree."""
    votes: Counter[str] = Counter()
    tokens = names.evidence.tokens
    for chunk in names.groups[key]:
        start, end = tokens[chunk.first].start, tokens[chunk.last - 1].end
        over = [e for e in gold["entities"] if e["start"] < end and start < e["end"] and str(e["type"]).lower() in GOLD]
        exact = [e for e in over if _bare(e, gold["text"]) == (start, end)]
        votes[GOLD[str(exact[0]["type"]).lower()] if exact else "skip" if over else "NONE"] += 1
    best = min(votes, key=lambda c: (-votes[c], c))
    return None if best == "skip" else best


def _bare(entity: dict[str, Any], text: str) -> tuple[int, int]:
    start, end = entity["start"], entity["end"]
    words = text[start:end]
    for article in ("the ", "The "):
        if words.startswith(article):
            start += len(article)
    for ending in ("'s", "’s"):
        if words.endswith(ending):
            end -= len(ending)
    return start, end


def cases(records: list[Names], gold: list[dict[str, Any]], weights: Weights | None) -> list[Case]:
    """(report, name, evidence, class) of every name whose class can be told."""
    found: list[Case] = []
    for number, (names, document) in enumerate(zip(records, gold, strict=True)):
        names.judge(functools.partial(_note, found, weights, (number, names, document)))
    return found


def _note(
    found: list[Case],
    weights: Weights | None,
    where: tuple[int, Names, dict[str, Any]],
    key: tuple[str, ...],
    pieces: Pieces,
) -> str:
    number, names, document = where
    right = gold_class(names, key, document)
    if right is not None:
        found.append((number, key, pieces, right))
    return best_class(weights, pieces.items())[0] if weights else right or "NONE"


def fit(found: list[Case], ridge: float = 1.5, rounds: int = 250) -> Weights:
    """Softmax regression by full-batch gradient descent with momentum."""
    seen: dict[str, set[int]] = {}
    for number, _, pieces, _ in found:
        for piece in pieces:
            seen.setdefault(piece, set()).add(number)
    index = {piece: i for i, piece in enumerate(sorted(p for p, where in seen.items() if len(where) >= SEEN_IN))}
    row, column, value = [], [], []
    for i, (_, _, pieces, _) in enumerate(found):
        for piece, amount in pieces.items():
            if piece in index:
                row.append(i)
                column.append(index[piece])
                value.append(amount)
    rows, columns, values = np.array(row), np.array(column), np.array(value)
    right = np.zeros((len(found), len(CLASSES)))
    right[np.arange(len(found)), [CLASSES.index(c) for *_, c in found]] = 1.0
    tags = [sum(a for p, a in pieces.items() if p.startswith("tag")) for _, _, pieces, _ in found]
    occurrences = np.array(tags)[:, None]
    w, g2 = np.zeros((len(index), len(CLASSES))), np.full((len(index), len(CLASSES)), 1e-8)
    for _ in range(rounds):
        score = np.zeros_like(right)
        np.add.at(score, rows, w[columns] * values[:, None])
        score -= score.max(axis=1, keepdims=True)
        chance = np.exp(score)
        chance /= chance.sum(axis=1, keepdims=True)
        miss = (chance - right) * occurrences
        gradient = ridge * w
        np.add.at(gradient, columns, miss[rows] * values[:, None])
        g2 += gradient * gradient
        w -= 0.3 * gradient / np.sqrt(g2)
    w -= w.mean(axis=1, keepdims=True)
    return {piece: tuple(round(float(x), 2) for x in w[i]) for piece, i in index.items() if np.abs(w[i]).max() >= 0.08}


def write(weights: Weights, out: Path) -> None:
    """The table, sorted by evidence."""
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("evidence", *CLASSES))
        weights = {**PRIOR, **weights}
        for piece in sorted(weights):
            writer.writerow((piece, *(f"{x:g}" for x in weights[piece])))


def main() -> None:
    """Read, parse, learn, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--skip", type=int, default=0, help="leave out the first N reports, to measure on")
    chosen = parser.parse_args()
    gold = [json.loads(line) for line in chosen.gold.read_text(encoding="utf-8").splitlines() if line][chosen.skip :]
    articles = [article_from_text(document["text"], id=document["id"]) for document in gold]
    layers = map(Syntax(settings().model).read, articles)
    records = [
        names_of(Record(article=a, layers=tuple(x), tokens=x["tokens"], sentences=x["sentences"]))
        for a, x in zip(articles, layers, strict=True)
    ]
    learn(records, gold, chosen.out)


def learn(records: list[Names], gold: list[dict[str, Any]], out: Path) -> None:
    """Two rounds over the names of all reports, and the table written."""
    first = fit(cases(records, gold, None))
    write(fit(cases(records, gold, first)), out)


if __name__ == "__main__":
    main()
