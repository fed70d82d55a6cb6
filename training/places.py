"""Learns the weights of the places stage from geoparsing corpora, and measures them on documents left out.

    python training/places.py GOLD_FOLDER [--folds 5] [--write]

GOLD_FOLDER holds place/*.jsonl as in the contract's gold form. Two models come out: whether a match is a toponym
(logistic regression over named evidence) and what it stands for (a softmax over its senses). With --write the weights
of all documents together replace src/dateline/data/places/weights.csv; without, only the left-out figures are shown.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import random
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from dateline.grammar import Tree
from dateline.intake.text import article_from_text
from dateline.knowledge import files
from dateline.knowledge.gazetteer import load_gazetteer
from dateline.knowledge.place_weights import SENSE_FEATURES, PlaceWeights
from dateline.model import Record
from dateline.settings import settings
from dateline.stages.places import mark_acting, ranking, resolve
from dateline.stages.places.toponyms import Context, Toponym, find_toponyms, link_containers, match_names

NEAR_KM = 161.0
CORPORA = ("lgl", "trnews", "geovirus")
Document = tuple[dict[str, Any], Record]


def parsed(gold: Path, corpus: str) -> list[Document]:
    """Gold rows with their parsed records; the parses are kept in the cache folder."""
    rows = [json.loads(line) for line in (gold / "place" / f"{corpus}.jsonl").open(encoding="utf-8")]
    kept = settings().cache_dir / f"training-places-{corpus}.msgpack"
    if kept.is_file():
        return list(zip(rows, msgspec.msgpack.decode(kept.read_bytes(), type=list[Record]), strict=True))
    from dateline.stages.mentions import Mentions
    from dateline.stages.syntax import Syntax

    articles = [article_from_text(r["text"], id=r["id"], title=r.get("title")) for r in rows]
    layers = map(Syntax(settings().model).read, articles)
    records = [msgspec.structs.replace(Record(article=a), **g) for a, g in zip(articles, layers, strict=True)]
    records = [msgspec.structs.replace(r, **Mentions()(r)) for r in records]
    kept.write_bytes(msgspec.msgpack.encode(records))
    return list(zip(rows, records, strict=True))


def km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    a, b = math.radians(lat1), math.radians(lat2)
    d = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 2 * 6371.009 * math.asin(min(1.0, math.sqrt(d)))


def gold_at(row: dict[str, Any], start: int, end: int, layer: str = "places") -> dict[str, Any] | None:
    return next((p for p in row.get(layer) or [] if p["start"] < end and start < p["end"]), None)


def span_of(match: Toponym, record: Record) -> tuple[int, int]:
    return record.tokens[match.first].start, record.tokens[match.last - 1].end


def learn_spans(documents: list[Document], least: int = 5, decay: float = 1.0) -> dict[str, float]:
    """Logistic regression by Newton-like steps (AdaGrad) over binary evidence that ``least`` documents show."""
    gazetteer = load_gazetteer()
    lists: list[list[str]] = []
    labels: list[float] = []
    seen_in: dict[str, set[str]] = {}
    for row, record in documents:
        matches = list(match_names(record, gazetteer))
        link_containers(matches, record.tokens)
        context = Context(record, matches)
        for match in matches:
            start, end = span_of(match, record)
            hit = gold_at(row, start, end)
            if hit is None and gold_at(row, start, end, "ignore"):
                continue
            lists.append(context.evidence(match))
            for name in lists[-1]:
                seen_in.setdefault(name, set()).add(row["id"])
            labels.append(1.0 if hit else 0.0)
    fixed = np.array([sum(FIXED.get(n, 0.0) for n in evidence) for evidence in lists])
    number = {n: i for i, n in enumerate(sorted(n for n, d in seen_in.items() if len(d) >= least and n not in FIXED))}
    pairs = [(i, number[n]) for i, evidence in enumerate(lists) for n in evidence if n in number]
    at, of = np.array([p[0] for p in pairs]), np.array([p[1] for p in pairs])
    y, w, bias = np.array(labels), np.zeros(len(number)), 0.0
    squares, bias_squares = np.full(len(number), 1e-6), 1e-6
    for _ in range(400):
        z = np.bincount(at, weights=w[of], minlength=len(y)) + fixed + bias
        error = 1 / (1 + np.exp(-z)) - y
        gradient = np.bincount(of, weights=error[at], minlength=len(w)) + decay * w
        squares += gradient**2
        bias_squares += error.sum() ** 2
        w -= 0.5 * gradient / np.sqrt(squares)
        bias -= 0.5 * error.sum() / math.sqrt(bias_squares)
    learned = {n: float(w[i]) for n, i in number.items() if abs(w[i]) >= 0.05}
    return {"bias": float(bias), **FIXED, **learned}


def learn_senses(documents: list[Document], span: dict[str, float]) -> PlaceWeights:
    """Conditional logit over senses, first alone, then in the company that the first one gives."""
    weights = PlaceWeights(span, START, START)
    alone = fit_senses(sense_rows(documents, weights, together=False))
    weights = PlaceWeights(span, alone, alone)
    together = list(START)
    for _ in range(2):
        together = fit_senses(sense_rows(documents, weights, together=True))
        weights = PlaceWeights(span, alone, together)
    return weights


BELIEVED = {
    "population": 2.5,
    "contained": 3.0,
    "acting_capital": 6.0,
    "capital": 2.5,
    "facility": 1.0,
    "company_country": 1.5,
    "company_region": 1.0,
    "company_near": 1.0,
    "small_capital_in_company": 6.0,
    "region_of_a_capitals_name": -3.0,
}
"""Where learning starts from and is drawn back to: what the corpora (local news, epidemics) show too seldom."""
FAITH = 0.5
"""How hard learning is drawn back: two thirds of the documents are local news, where the nearest town is meant."""
SHARES = {"lgl": 0.3}
"""What a corpus counts in the choice of senses: LGL is five times the others and all local news of small towns."""
FIXED = {"own=facility": 2.5, "own=airport": 2.0, "own=natural": 1.5, "own=area": 0.5, "own=district": 0.5}
"""Evidence that the corpora cannot teach, since hardly any of our own places stands in them."""
SETTLED = ("contained", "small_capital_in_company")
"""What is not learned: "Paris, Kentucky" lies in Kentucky, however often a corpus marks such names loosely."""
START = tuple(BELIEVED.get(f, 0.0) for f in SENSE_FEATURES)


def sense_rows(
    documents: list[Document], weights: PlaceWeights, together: bool
) -> list[tuple[np.ndarray[Any, Any], np.ndarray[Any, Any], float]]:
    """For each group with a reachable answer: its feature rows, which senses are right, its weight."""
    gazetteer, found = load_gazetteer(), []
    for row, record in documents:
        toponyms = find_toponyms(record, gazetteer, weights)
        mark_acting(toponyms, Tree(record.tokens, record.sentences, record.article.text))
        groups = (
            ranking.rank(toponyms, record.tokens, weights) if together else ranking.groups_of(toponyms, record.tokens)
        )
        company = ranking.Company(groups) if together else None
        for group in groups:
            right = answers(group, row, record)
            if len(group.senses) > 1 and any(right):
                rows = np.array(ranking.features(group, company))
                found.append(
                    (rows, np.array(right), len(group.members) ** 0.5 * SHARES.get(row["id"].partition("/")[0], 1.0))
                )
    return found


def answers(group: ranking.Group, row: dict[str, Any], record: Record) -> list[bool]:
    right = [False] * len(group.senses)
    for member in group.members:
        hit = gold_at(row, *span_of(member, record))
        if hit is not None and hit.get("lat") is not None:
            for i, sense in enumerate(group.senses):
                right[i] = right[i] or km(sense.lat, sense.lon, hit["lat"], hit["lon"]) <= NEAR_KM
    return right


def fit_senses(cases: list[tuple[np.ndarray[Any, Any], np.ndarray[Any, Any], float]]) -> list[float]:
    w = np.array(START)
    squares = np.full(len(w), 1e-6)
    for _ in range(300):
        gradient = FAITH * (w - np.array(START))
        for rows, right, weight in cases:
            z = rows @ w
            p = np.exp(z - z.max())
            p /= p.sum()
            q = p * right
            q /= q.sum()
            gradient = gradient + weight * (rows.T @ (p - q))
        gradient[[SENSE_FEATURES.index(name) for name in SETTLED]] = 0.0
        squares += gradient**2
        w = w - 0.3 * gradient / np.sqrt(squares)
    return [float(x) for x in w]


def judged(documents: list[Document], weights: PlaceWeights) -> tuple[int, int, int, int]:
    """(right, predicted, gold, found) as the scorer counts them end to end."""
    gazetteer = load_gazetteer()
    right = predicted = gold = found = 0
    for row, record in documents:
        gold += sum(p.get("lat") is not None for p in row["places"])
        groups = resolve(record, gazetteer, weights)
        used: set[int] = set()
        for group in groups:
            sense = group.senses[max(range(len(group.senses)), key=group.belief.__getitem__)]
            for member in group.members:
                if member.silent:
                    continue
                start, end = span_of(member, record)
                hit = gold_at(row, start, end)
                if hit is None:
                    predicted += gold_at(row, start, end, "ignore") is None
                elif hit.get("lat") is not None and hit["start"] not in used:
                    used.add(hit["start"])
                    predicted += 1
                    found += 1
                    right += km(sense.lat, sense.lon, hit["lat"], hit["lon"]) <= NEAR_KM
    return right, predicted, gold, found


def show(name: str, counts: tuple[int, int, int, int]) -> None:
    right, predicted, gold, found = counts
    span_f = 200 * found / (predicted + gold)
    f = 200 * right / (predicted + gold)
    print(
        f"{name:10} P {100 * right / predicted:5.1f} R {100 * right / gold:5.1f} e2e F {f:5.1f}"
        f"  span F {span_f:5.1f} acc161 {100 * right / max(1, found):5.1f}"
    )


def write(weights: dict[str, dict[str, float]]) -> None:
    with files.path("places", "weights.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["model", "evidence", "weight"])
        for model in sorted(weights):
            writer.writerows([model, n, f"{w:.3f}"] for n, w in sorted(weights[model].items()))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("gold", type=Path)
    options.add_argument("--folds", type=int, default=5)
    options.add_argument("--write", action="store_true")
    asked = options.parse_args()
    corpora = {c: parsed(asked.gold, c) for c in CORPORA}
    totals = {c: [0, 0, 0, 0] for c in CORPORA}
    everything = [d for c in CORPORA for d in corpora[c]]
    order = list(range(len(everything)))
    random.Random(7).shuffle(order)
    for fold in range(asked.folds):
        held = set(order[fold :: asked.folds])
        train = [d for i, d in enumerate(everything) if i not in held]
        weights = learn_senses(train, learn_spans(train))
        for corpus in CORPORA:
            mine = [d for i, d in enumerate(everything) if i in held and d[0]["id"].startswith(corpus)]
            totals[corpus] = [a + b for a, b in zip(totals[corpus], judged(mine, weights), strict=True)]
    for corpus in CORPORA:
        if asked.folds:
            show(corpus, tuple(totals[corpus]))  # type: ignore[arg-type]
    if asked.write:
        span = learn_spans(everything)
        final = learn_senses(everything, span)
        write({"span": span, **final.tables()})


if __name__ == "__main__":
    main()
