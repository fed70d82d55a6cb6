"""Weighs the reader's shares: five readers and the fifths of the gold that they have not seen in; a calibration and
five-fold figures out.

    python training/reader/calibrate.py SCORER GOLD.jsonl FOLDS_FOLDER [--into READER_FOLDER]

``FOLDS_FOLDER/0`` to ``/4`` are exported readers (:mod:`export`), number K trained without fold K (:mod:`train`). What
is right is judged by ``SCORER`` (score_records.py). The weights are fitted by logistic regression; the figures that are
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
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from folds import FOLDS, fold_of

SLOTS = {"actor": ("actor",), "recipient": ("recipient", "thing"), "thing": ("thing", "recipient"), "place": ("place",)}
"""For each role of the reader the roles of the gold that its words may stand in."""
ROLES = (*SLOTS, "time", "source")
PLAIN: dict[str, Any] = {
    "line": dict.fromkeys(("bias", "sense", "actor", "actor told", "recipient", "recipient told"), 0.0)
    | dict.fromkeys(("event", "act", "status"), 1.0),
    "roles": {role: [1.0, 0.0] for role in ROLES},
    "least": dict.fromkeys(ROLES, 0.5),
    "shown": 0.5,
}
"""A calibration that changes nothing: what a reader has before it is weighed."""
LEAST = PLAIN["least"] | {"actor": 0.75, "recipient": 0.75}
"""Scores from which an argument fills its role: a wrong party costs a line, an empty slot does not."""
RIDGE = 1.0
"""Pull of the weights to 0."""


def scorer_of(file: Path) -> Any:
    """The functions of the scorer, without running it."""
    source = file.read_text().replace("\nmain()\n", "\n")
    spec = importlib.util.spec_from_loader("scorer", loader=None)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
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
        environment = os.environ | {"DATELINE_READER": str((given.folds / str(fold)).resolve())}
        command = [sys.executable, __file__, *map(str, (given.scorer, given.gold, given.folds)), "--one", str(fold)]
        subprocess.run(command, env=environment, check=True)


def write(folder: Path, **parts: Any) -> None:
    """Put parts of a calibration into a reader's folder."""
    about = json.loads((folder / "reader.json").read_text())
    about["calibration"] = about.get("calibration", PLAIN) | parts
    (folder / "reader.json").write_text(json.dumps(about, indent=1) + "\n")


def others(given: argparse.Namespace, fold: int) -> list[int]:
    """The folds that a fold's reader is weighed on."""
    return [k for k in given.only if k != fold] or [fold]


def gathered(given: argparse.Namespace, scorer: Any) -> Iterator[tuple[int, dict[str, Any], list[Any]]]:
    """Every report that was read: its fold, its gold, its lines with their gold lines."""
    gold = {d["id"]: d for d in map(json.loads, given.gold.read_text().splitlines())}
    for fold in given.only:
        for row in map(json.loads, (given.folds / f"{fold}.lines.jsonl").read_text().splitlines()):
            yield fold, gold[row["id"]], judged(scorer, gold[row["id"]], row["lines"])


def weigh_arguments(given: argparse.Namespace, scorer: Any) -> None:
    """Fit what a share of a role is worth; each fold's reader gets what was fitted on the others."""
    seen_in: dict[int, dict[str, list[tuple[float, bool]]]] = {k: {} for k in given.only}
    for fold, document, pairs in gathered(given, scorer):
        for role, found in argument_rows(scorer, document, pairs).items():
            seen_in[fold].setdefault(role, []).extend(found)

    def roles(on: list[int]) -> dict[str, list[float]]:
        rows = {role: [x for k in on for x in seen_in[k].get(role, ())] for role in SLOTS}
        found = {role: fitted([[odds(s)] for s, _ in r], [right for _, right in r]) for role, r in rows.items()}
        return PLAIN["roles"] | found

    for fold in given.only:
        write(given.folds / str(fold), roles=roles(others(given, fold)), least=LEAST)
    if given.into:
        write(given.into, roles=roles(given.only), least=LEAST)


def weigh_lines(given: argparse.Namespace, scorer: Any) -> None:
    """Fit the score of a line, choose the threshold, print what each threshold gives."""
    folds: dict[int, list[Line]] = {k: [] for k in given.only}
    documents: dict[str, Any] = {}
    for fold, document, pairs in gathered(given, scorer):
        documents[document["id"]] = document
        folds[fold] += [(document["id"], e, g) for e, g in pairs]
    weighed = Weighed(scorer, documents, folds)
    for fold in given.only:
        weighed.score(fold, weighed.weights(others(given, fold)))
    lines = [line for k in given.only for line in folds[k]]
    error = error_of([e["score"] for _, e, _ in lines], [s for k in given.only for s in weighed.sound[k]])
    curve = [figures(scorer, documents, lines, least / 100) for least in range(20, 91, 5)]
    print("calibration error", round(error, 4), *curve, sep="\n")
    found = {"error": round(error, 4), "shown": given.shown, "curve": curve}
    (given.folds / "weighed.json").write_text(json.dumps(found) + "\n")
    for fold in given.only:
        write(given.folds / str(fold), line=weighed.weights(others(given, fold)), shown=given.shown)
    if given.into:
        write(given.into, line=weighed.weights(given.only), shown=given.shown)


def main() -> None:
    """Read the folds plainly, weigh arguments; read them again, weigh lines."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scorer", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("folds", type=Path)
    parser.add_argument("--into", type=Path)
    parser.add_argument("--one", type=int, help="read one fold (used by the command itself)")
    parser.add_argument("--only", type=int, nargs="*", default=list(range(FOLDS)), help="the folds that there are")
    parser.add_argument("--again", action="store_true", help="take the lines as they were read before")
    parser.add_argument("--shown", type=float, default=0.5, help="score from which a line is shown")
    given = parser.parse_args()
    if given.one is not None:
        seen(given.gold, given.one, given.folds / f"{given.one}.lines.jsonl")
        return
    scorer = scorer_of(given.scorer)
    if not given.again:
        for fold in given.only:
            write(given.folds / str(fold), **PLAIN)
        read_folds(given)
        weigh_arguments(given, scorer)
        read_folds(given)
    weigh_lines(given, scorer)


if __name__ == "__main__":
    main()
