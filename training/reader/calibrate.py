"""Weighs the reader's shares: five readers and the fifths of the gold that they have not seen in; a calibration and
five-fold figures out.

    python training/reader/calibrate.py SCORER GOLD.jsonl FOLDS_FOLDER [--into READER_FOLDER]

``FOLDS_FOLDER/0`` to ``/4`` are exported readers (:mod:`export`), number K trained without fold K (:mod:`train`). What
is right is judged by ``SCORER`` (score_records.py). Three times the folds are read (:mod:`reading`): to weigh which
tellings are one event, then what a share of a role is worth and who fills a party's role (boosted trees), then how
likely a line is right (boosted trees). The figures that are printed are cross-fitted: each fold is scored with weights
that were fitted on the other four. ``--into`` writes all of it (fitted on all folds) to the folder of the reader that
ships.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from fitting import Growth, Parts, boosted, logistic
from folds import FOLDS
from judging import Line, curve_of, judged, scorer_of
from unweighed import PLAIN

from dateline.knowledge.files import path
from dateline.learned.boosted import Boosted
from dateline.stages.events import tellings
from dateline.stages.events.filling import PARTIES, with_act
from dateline.stages.events.likely import odds_of

TREES = "trees.npz"
"""File of the trees in a reader's folder."""
SLOTS = {"actor": ("actor",), "recipient": ("recipient", "thing"), "thing": ("thing", "recipient"), "place": ("place",)}
"""For each role of the reader the roles of the gold that its words may stand in."""
ROLES = (*SLOTS, "time", "source")
LEAST = PLAIN["least"] | {"actor": 0.7, "recipient": 0.7}
"""Scores from which an argument fills its role: a wrong party costs a line, an empty slot does not."""
FURTHER = PLAIN["further"] | {"actor": 0.8, "recipient": 0.8}
"""Scores from which one more stands beside it."""
ACTS = {act: n for n, act in enumerate(json.loads(path("learned", "reader.json").read_text())["labels"]["acts"])}
MUTUAL = frozenset({"CONSULT", "COOPERATE", "AGREE"})
"""Acts whose parties may stand on either side, as the scorer has it."""
PARTY_TREES = Growth(trees=250, rate=0.05, leaves=15, depth=7, fewest=25)
LINE_TREES = Growth(trees=200, rate=0.04, leaves=12, depth=5, fewest=30)
"""How the trees that weigh parties and lines are grown (:func:`fitting.boosted`); chosen by cross-fitted log loss."""
LEAST_EVENT = 0.4
"""Share of an event from which a found line teaches who fills its roles."""


# --- weighing ---------------------------------------------------------------------------------------------------------


def wanted(gold: dict[str, Any], role: str) -> list[list[int]]:
    """The spans of the gold that a role's words may stand on."""
    mutual = role in PARTIES and MUTUAL & set(gold["acts"])
    names = PARTIES if mutual else SLOTS[role]
    return [s for name in names for s in gold[name]] + (gold["recipient"] if role == "place" else [])


def argument_rows(scorer: Any, document: dict[str, Any], pairs: list[Any]) -> dict[str, list[tuple[float, bool]]]:
    """For each role the shares of the likeliest argument of found lines, and whether it is right."""
    found: dict[str, list[tuple[float, bool]]] = {}
    for event, gold in pairs:
        if gold is None:
            continue
        for role in SLOTS:
            best = max((a for a in event["cast"] if a["role"] == role), key=lambda a: a["share"], default=None)
            if best is not None:
                spans = wanted(gold, role)
                found.setdefault(role, []).append((best["share"], _right(scorer, best, spans, document)))
    return found


def party_rows(scorer: Any, document: dict[str, Any], pairs: list[Any]) -> dict[str, list[tuple[list[float], bool]]]:
    """For each party's role the features of every candidate of found lines, and whether it is right."""
    found: dict[str, list[tuple[list[float], bool]]] = {role: [] for role in PARTIES}
    for event, gold in pairs:
        if gold is None or event["event_share"] < LEAST_EVENT:
            continue
        for role in PARTIES:
            spans, act = wanted(gold, role), with_act(event["act"], ACTS)
            found[role] += [(c["features"] + act, _right(scorer, c, spans, document)) for c in event["parties"][role]]
    return found


def _right(scorer: Any, candidate: dict[str, Any], spans: list[list[int]], document: dict[str, Any]) -> bool:
    return bool(spans) and bool(scorer.touches(candidate, spans, document["text"]))


def same_rows(document: dict[str, Any], pairs: list[Any]) -> list[tuple[list[float], bool]]:
    """Of pairs of tellings that both have a gold line: their features, and whether the lines are of one event."""

    def first(start: int) -> int | None:
        hit = next((n for n, g in enumerate(document["events"]) if g["trigger"][0] <= start < g["trigger"][1]), None)
        while hit is not None and document["events"][hit]["same"] not in {None, hit}:
            hit = document["events"][hit]["same"]
        return hit

    known = [(first(later), first(earlier), features) for later, earlier, features in pairs]
    return [(features, one == other) for one, other, features in known if one is not None and other is not None]


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

    def trees(self, folds: list[int]) -> Parts:
        """The trees of a line's score, fitted on some folds."""
        return boosted([r for k in folds for r in self._rows[k]], [s for k in folds for s in self.sound[k]], LINE_TREES)

    def score(self, fold: int, trees: Parts) -> None:
        """Note each line's score under some trees."""
        for (_, event, _), share in zip(self.folds[fold], Boosted(trees).shares(self._rows[fold]), strict=True):
            event["score"] = float(share)


def read_folds(given: argparse.Namespace) -> None:
    """Read every fold with its reader, each in a process of its own."""
    for fold in given.only:
        environment = os.environ | {"DATELINE_READER": str((given.folds / str(fold)).resolve())}
        script, out = Path(__file__).with_name("reading.py"), given.folds / f"{fold}.lines.jsonl"
        subprocess.run([sys.executable, script, given.gold, str(fold), out], env=environment, check=True)


def write(folder: Path, **parts: Any) -> None:
    """Put parts of a calibration into a reader's folder."""
    about = json.loads((folder / "reader.json").read_text())
    about["calibration"] = PLAIN | about.get("calibration", {}) | parts
    (folder / "reader.json").write_text(json.dumps(about, indent=1) + "\n")


def write_trees(folder: Path, **grown: Parts) -> None:
    """Put trees beside those that stand in a reader's folder, with their hash."""
    file = folder / TREES
    parts = dict(np.load(file)) if file.exists() else {}
    parts |= {f"{name}.{part}": array for name, trees in grown.items() for part, array in trees.items()}
    np.savez_compressed(file, **{name: parts[name] for name in sorted(parts)})
    about = json.loads((folder / "reader.json").read_text())
    about["sha256"][file.name] = hashlib.sha256(file.read_bytes()).hexdigest()
    (folder / "reader.json").write_text(json.dumps(about, indent=1) + "\n")


def unweighed(folder: Path) -> None:
    """Take out of a reader's folder what was weighed before."""
    about = json.loads((folder / "reader.json").read_text()) | {"calibration": PLAIN}
    about["sha256"].pop(TREES, None)
    (folder / TREES).unlink(missing_ok=True)
    (folder / "reader.json").write_text(json.dumps(about, indent=1) + "\n")


def readers(given: argparse.Namespace) -> Iterator[tuple[Path, list[int]]]:
    """The folders that get weights, each with the folds that its weights are fitted on."""
    for fold in given.only:
        yield given.folds / str(fold), [k for k in given.only if k != fold] or [fold]
    if given.into:
        yield given.into, given.only


def rows(given: argparse.Namespace) -> Iterator[tuple[int, dict[str, Any], dict[str, Any]]]:
    """Every report that was read: its fold, its gold, what was read in it."""
    gold = {d["id"]: d for d in map(json.loads, given.gold.read_text().splitlines())}
    for fold in given.only:
        for row in map(json.loads, (given.folds / f"{fold}.lines.jsonl").read_text().splitlines()):
            yield fold, gold[row["id"]], row


def weigh_tellings(given: argparse.Namespace, _: Any) -> None:
    """Fit how likely two tellings are one event."""
    found: dict[int, list[tuple[list[float], bool]]] = {k: [] for k in given.only}
    for fold, document, row in rows(given):
        found[fold] += same_rows(document, row["pairs"])
    for folder, folds in readers(given):
        told = [x for k in folds for x in found[k]]
        weights = logistic([f for f, _ in told], [right for _, right in told])
        write(folder, same=dict(zip([*tellings.FEATURES, "bias"], weights, strict=True)))


def weigh_arguments(given: argparse.Namespace, scorer: Any) -> None:
    """Fit what a share of a role is worth, and who fills a party's role."""
    plain: dict[int, dict[str, list[tuple[float, bool]]]] = {k: {} for k in given.only}
    parties: dict[int, dict[str, list[tuple[list[float], bool]]]] = {k: {} for k in given.only}
    for fold, document, row in rows(given):
        pairs = judged(scorer, document, row["lines"])
        for role, shares in argument_rows(scorer, document, pairs).items():
            plain[fold].setdefault(role, []).extend(shares)
        for role, weighed in party_rows(scorer, document, pairs).items():
            parties[fold].setdefault(role, []).extend(weighed)
    for folder, folds in readers(given):
        seen = {role: [x for k in folds for x in plain[k].get(role, ())] for role in SLOTS}
        fitted = {role: logistic([[odds_of(s)] for s, _ in r], [right for _, right in r]) for role, r in seen.items()}
        write(folder, roles=PLAIN["roles"] | fitted, least=LEAST, further=FURTHER)
        told = {role: [x for k in folds for x in parties[k][role]] for role in PARTIES}
        grown = {r: boosted([f for f, _ in x], [right for _, right in x], PARTY_TREES) for r, x in told.items()}
        write_trees(folder, **grown)


def weigh_lines(given: argparse.Namespace, scorer: Any) -> None:
    """Fit the score of a line, choose the threshold, print what each threshold gives."""
    folds: dict[int, list[Line]] = {k: [] for k in given.only}
    documents: dict[str, Any] = {}
    for fold, document, row in rows(given):
        documents[document["id"]] = document
        folds[fold] += [(document["id"], e, g) for e, g in judged(scorer, document, row["lines"])]
    weighed = Weighed(scorer, documents, folds)
    grown = {folder: weighed.trees(on) for folder, on in readers(given)}
    for fold in given.only:
        weighed.score(fold, grown[given.folds / str(fold)])
    found = curve_of(scorer, documents, [line for k in given.only for line in folds[k]])
    print("calibration error", found["error"], *found["curve"], sep="\n")
    for folder, trees in grown.items():
        write(folder, shown=given.shown)
        write_trees(folder, line=trees)


def main() -> None:
    """Read the folds plainly and weigh tellings; read again and weigh arguments; read again and weigh lines."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scorer", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("folds", type=Path)
    parser.add_argument("--into", type=Path)
    parser.add_argument("--only", type=int, nargs="*", default=list(range(FOLDS)), help="the folds that there are")
    parser.add_argument("--from", dest="begin", choices=("tellings", "arguments", "lines"), default="tellings")
    parser.add_argument("--shown", type=float, default=0.5, help="score from which a line is shown")
    given = parser.parse_args()
    scorer = scorer_of(given.scorer)
    steps = {"tellings": weigh_tellings, "arguments": weigh_arguments, "lines": weigh_lines}
    if given.begin == "tellings":
        for folder, _ in readers(given):
            unweighed(folder)
    for name in list(steps)[list(steps).index(given.begin) :]:
        if name != given.begin or name == "tellings":
            read_folds(given)
        steps[name](given, scorer)


if __name__ == "__main__":
    main()
