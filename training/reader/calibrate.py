"""Weighs the reader's shares: five readers and the fifths of the gold that they have not seen in; a calibration and
five-fold figures out.

    python training/reader/calibrate.py SCORER GOLD.jsonl FOLDS_FOLDER [--into READER_FOLDER]

``FOLDS_FOLDER/0`` to ``/4`` are exported readers (:mod:`export`), number K trained without fold K (:mod:`train`). What is
right is judged by ``SCORER`` (score_records.py). The weights are fitted by logistic regression; the figures that are
printed are cross-fitted: each fold is scored with weights that were fitted on the other four. ``--into`` writes the
calibration (fitted on all) to the reader.json of the reader that ships.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import math
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from folds import FOLDS, fold_of

SLOTS = {"actor": ("actor",), "recipient": ("recipient", "thing"), "thing": ("thing", "recipient"), "place": ("place",)}
"""For each role of the reader the roles of the gold that its words may stand in."""
ROLES = (*SLOTS, "time", "source")
PLAIN = {
    "line": dict.fromkeys(("bias", "sense", "actor", "actor told", "recipient", "recipient told"), 0.0)
    | dict.fromkeys(("event", "act", "status"), 1.0),
    "roles": {role: [1.0, 0.0] for role in ROLES},
    "least": dict.fromkeys(ROLES, 0.5),
    "shown": 0.5,
}
"""A calibration that changes nothing: what a reader has before it is weighed."""
RIDGE = 1.0
"""Pull of the weights to 0."""


def scorer_of(file: Path) -> Any:
    """The functions of the scorer, without running it."""
    source = file.read_text().replace("\nmain()\n", "\n")
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("scorer", loader=None))  # type: ignore[arg-type]
    exec(compile(source, str(file), "exec"), module.__dict__)
    return module


# --- one fold, in a process of its own --------------------------------------------------------------------------------


def seen(gold: Path, fold: int, out: Path) -> None:
    """Read a fold's reports with its reader; every line with its features and every argument with its share."""
    from prepare_records import _day, reader

    from dateline.intake.text import article_from_text

    documents = [d for d in map(json.loads, gold.read_text().splitlines()) if fold_of(d["id"]) == fold]
    articles = [
        article_from_text(d["text"], id=d["id"], published=_day(d), publisher=d.get("publisher")) for d in documents
    ]
    with out.open("w") as file:
        for document, record in zip(documents, reader().read_all(articles), strict=True):
            file.write(json.dumps({"id": document["id"], "lines": lines_of(record)}) + "\n")


def lines_of(record: Any) -> list[dict[str, Any]]:
    """Every line of a record as standoff, with the features of its score and the arguments that might stand in it."""
    import msgspec

    from dateline.export.standoff import to_standoff
    from dateline.learned.reader import sight_of
    from dateline.stages.events.likely import features
    from dateline.stages.events.stage import _Reading

    reading = _Reading(record, sight_of(record))
    events = reading.events()
    told = msgspec.structs.replace(record, layers=(*record.layers, "events"), events=tuple(events))
    rows = to_standoff(told)["events"]
    token = {t.start: i for i, t in enumerate(record.tokens)}
    found = []
    for event, row in zip(events, rows, strict=True):
        decision = reading.decisions[token[event.span.start]]
        if decision.act == "statement":
            continue
        cast = reading._cast(decision)
        arguments = [
            {"role": f.role, "share": f.score, "start": record.tokens[f.head].start, "end": record.tokens[f.head].end,
             "name": (e.name if (e := reading.ground.entity(f.head)) is not None else "")}
            for f in (*cast.sure, *cast.open)
        ]  # fmt: skip
        found.append(row | {"type": decision.act, "features": features(decision, cast), "cast": arguments})
    return found


# --- weighing ---------------------------------------------------------------------------------------------------------


def fitted(rows: list[list[float]], right: list[bool]) -> list[float]:
    """Weights of a logistic regression, the bias last (Newton's method)."""
    x = np.hstack([np.asarray(rows, dtype=float), np.ones((len(rows), 1))])
    y, w = np.asarray(right, dtype=float), np.zeros(len(rows[0]) + 1)
    pull = np.eye(len(w)) * RIDGE
    pull[-1, -1] = 0
    for _ in range(30):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        step = np.linalg.solve((x.T * (p * (1 - p))) @ x + pull, x.T @ (y - p) - pull @ w)
        w += step
        if np.abs(step).max() < 1e-6:
            break
    return [round(float(v), 4) for v in w]


def odds(share: float) -> float:
    held = min(1 - 1e-4, max(1e-4, share))
    return math.log(held / (1 - held))


def judged(
    scorer: Any, document: dict[str, Any], lines: list[dict[str, Any]]
) -> list[tuple[dict[str, Any], dict[str, Any] | None]]:
    """Each line within the annotated part with its gold line, or none."""
    end = document["sentences"][-1][1]
    inside = [e for e in lines if e["start"] < end]
    pairs = scorer.pair(document, inside)
    return [(e, document["events"][pairs[k]] if k in pairs else None) for k, e in enumerate(inside)]


def argument_rows(scorer: Any, document: dict[str, Any], pairs: list[Any]) -> dict[str, list[tuple[float, bool]]]:
    """For each role the shares of the likeliest argument of found lines, and whether it is right."""
    found: dict[str, list[tuple[float, bool]]] = {}
    for event, gold in pairs:
        if gold is None:
            continue
        mutual = {"CONSULT", "COOPERATE", "AGREE"} & set(gold["acts"])
        for role, names in SLOTS.items():
            best = max((a for a in event["cast"] if a["role"] == role), key=lambda a: a["share"], default=None)
            if best is None:
                continue
            names = ("actor", "recipient") if mutual and role in {"actor", "recipient"} else names
            spans = [s for name in names for s in gold[name]] + (gold["recipient"] if role == "place" else [])
            found.setdefault(role, []).append(
                (best["share"], bool(spans) and scorer.touches(best, spans, document["text"]))
            )
    return found


def figures(scorer: Any, documents: dict[str, Any], lines: list[tuple[str, Any, Any]], least: float) -> dict[str, Any]:
    """Sound and whole of the lines whose score passes."""
    n: Counter[str] = Counter()
    n["asked"] = sum(g["weight"] == 1 for d in documents.values() for g in d["events"])
    for name, event, gold in lines:
        if event["score"] < least:
            continue
        n["shown"] += 1
        if gold is None:
            continue
        j = scorer.judge(event, gold, documents[name]["text"])
        asked = gold["weight"] == 1
        s, w = scorer.sound(j), scorer.whole(j, gold)
        n.update(found=1, found_asked=asked, sound=s, whole=w, sound_asked=s and asked, whole_asked=w and asked)
    out = {"least": least, "shown": n["shown"]}
    for kind in ("found", "sound", "whole"):
        p, r = n[kind] / max(1, n["shown"]), n[kind + "_asked"] / n["asked"]
        out |= {f"{kind}_p": round(p, 3), f"{kind}_r": round(r, 3), f"{kind}_f": round(2 * p * r / (p + r or 1), 3)}
    return out


def error_of(scores: list[float], right: list[bool], bins: int = 10) -> float:
    """Expected calibration error over bins of equal width."""
    total = 0.0
    for b in range(bins):
        inside = [
            (s, r)
            for s, r in zip(scores, right, strict=True)
            if b / bins <= s < (b + 1) / bins or (b == bins - 1 and s == 1)
        ]
        if inside:
            total += abs(sum(s for s, _ in inside) - sum(r for _, r in inside))
    return total / len(scores)


Line = tuple[str, dict[str, Any], dict[str, Any] | None]
"""A report's id, a line, and the gold line that it belongs to."""


class Weighed:
    """Lines of several folds with the features of their scores and whether they are sound."""

    def __init__(self, scorer: Any, documents: dict[str, Any], folds: dict[int, list[Line]]) -> None:
        self.folds = folds
        self.names = sorted(next(e for lines in folds.values() for _, e, _ in lines)["features"])
        self._rows = {k: [[e["features"][n] for n in self.names] for _, e, _ in lines] for k, lines in folds.items()}
        self.sound = {
            k: [g is not None and bool(scorer.sound(scorer.judge(e, g, documents[i]["text"]))) for i, e, g in lines]
            for k, lines in folds.items()
        }

    def weights(self, folds: list[int]) -> dict[str, float]:
        """The weights of a line's score, fitted on some folds."""
        found = fitted([r for k in folds for r in self._rows[k]], [s for k in folds for s in self.sound[k]])
        return dict(zip([*self.names, "bias"], found, strict=True))

    def score(self, fold: int, weights: dict[str, float]) -> None:
        """Note each line's score under some weights."""
        for (_, event, _), row in zip(self.folds[fold], self._rows[fold], strict=True):
            total = sum(weights[name] * value for name, value in zip(self.names, row, strict=True))
            event["score"] = 1 / (1 + math.exp(-(total + weights["bias"])))


def read_folds(given: argparse.Namespace) -> None:
    """Read every fold with its reader, each in a process of its own."""
    for fold in given.only:
        write(given.folds / str(fold), PLAIN)
        environment = os.environ | {"DATELINE_READER": str((given.folds / str(fold)).resolve())}
        command = [sys.executable, __file__, *map(str, (given.scorer, given.gold, given.folds)), "--one", str(fold)]
        subprocess.run(command, env=environment, check=True)


def write(folder: Path, calibration: dict[str, Any]) -> None:
    """Put a calibration into a reader's folder."""
    about = json.loads((folder / "reader.json").read_text())
    (folder / "reader.json").write_text(json.dumps(about | {"calibration": calibration}, indent=1) + "\n")


def weigh(given: argparse.Namespace) -> None:
    """Fit, print, and write: each fold's reader gets what was fitted on the other folds."""
    scorer = scorer_of(given.scorer)
    gold = {d["id"]: d for d in map(json.loads, given.gold.read_text().splitlines())}
    folds: dict[int, list[Line]] = {}
    arguments: dict[int, dict[str, list[tuple[float, bool]]]] = {}
    documents: dict[str, Any] = {}
    for fold in given.only:
        folds[fold], arguments[fold] = [], {}
        for row in map(json.loads, (given.folds / f"{fold}.lines.jsonl").read_text().splitlines()):
            document = documents[row["id"]] = gold[row["id"]]
            pairs = judged(scorer, document, row["lines"])
            folds[fold] += [(row["id"], e, g) for e, g in pairs]
            for role, seen_here in argument_rows(scorer, document, pairs).items():
                arguments[fold].setdefault(role, []).extend(seen_here)
    weighed = Weighed(scorer, documents, folds)

    def calibration(on: list[int], shown: float) -> dict[str, Any]:
        roles = {}
        for role in SLOTS:
            rows = [x for k in on for x in arguments[k].get(role, ())]
            roles[role] = fitted([[odds(s)] for s, _ in rows], [r for _, r in rows])
        plain = {role: [1.0, 0.0] for role in ("time", "source")}
        return {
            "line": weighed.weights(on),
            "roles": roles | plain,
            "least": dict.fromkeys((*SLOTS, *plain), 0.5),
            "shown": shown,
        }

    for fold in given.only:
        weighed.score(fold, weighed.weights([k for k in given.only if k != fold] or [fold]))
    lines = [line for k in given.only for line in folds[k]]
    error = error_of([e["score"] for _, e, _ in lines], [s for k in given.only for s in weighed.sound[k]])
    curve = [figures(scorer, documents, lines, least / 100) for least in range(20, 91, 5)]
    shown = next((f["least"] for f in curve if f["sound_p"] >= given.precision), 0.5)
    print("calibration error", round(error, 4), "shown from", shown, *curve, sep="\n")
    (given.folds / "weighed.json").write_text(
        json.dumps({"error": round(error, 4), "shown": shown, "curve": curve}) + "\n"
    )
    for fold in given.only:
        write(given.folds / str(fold), calibration([k for k in given.only if k != fold] or [fold], shown))
    if given.into:
        write(given.into, calibration(given.only, shown))


def main() -> None:
    """Read the folds, weigh, print; write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scorer", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("folds", type=Path)
    parser.add_argument("--into", type=Path)
    parser.add_argument("--one", type=int, help="read one fold (used by the command itself)")
    parser.add_argument("--only", type=int, nargs="*", default=list(range(FOLDS)), help="the folds that there are")
    parser.add_argument("--again", action="store_true", help="take the folds as they were read before")
    parser.add_argument("--precision", type=float, default=0.78, help="of the sound lines that are shown")
    given = parser.parse_args()
    if given.one is not None:
        seen(given.gold, given.one, given.folds / f"{given.one}.lines.jsonl")
        return
    if not given.again:
        read_folds(given)
    weigh(given)


if __name__ == "__main__":
    main()
