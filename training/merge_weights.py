"""Fits the weights by which tellings are laid together (``src/dateline/data/learned/merging.json``): gold and our
own records of the same reports in, a weight a feature out.

    .venv/bin/dateline read --jsonl IN.jsonl --to json -o RECORDS.jsonl    # IN: id, title, published, text of the gold
    .venv/bin/python training/merge_weights.py --clusters GOLD/eventcoref/ecbplus.jsonl RECORDS.jsonl \\
        --worlds GOLD/worlds/feeds-february.jsonl RECORDS.jsonl --worlds GOLD/worlds/feeds-june.jsonl RECORDS.jsonl \\
        --expected examples/archive/expected.yaml RECORDS.jsonl

A pair is two tellings of one story that would be compared. Where gold clusters mentions (``--clusters``) it is
positive where both lie on mentions of one cluster. Where an editor said what a report is about (``--worlds``) it is
positive where the two reports share a main event, negative where they share none, and left out where one recalls
what the other tells. Where an analyst wrote down what events a dossier tells, of what type and by which reports
(``--expected``: our own example, whose reports are of two weeks where the others are of a day), it is positive where
both tellings are of the type and the reports of one such event. Days that lie apart, sides turned round and clashes
of place and mode count at least what they counted before: look-alikes of which these corpora have few must stay
apart. ``--stories-alone`` fits what makes a story and leaves the rest: weights of tellings that were fitted on labelled
days of feeds (``training/worlds``) are better on such days and worse on a dossier of weeks (decision 0017). To be run
again after ``training/likeness``, and after a change of the reader.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from itertools import combinations
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from dateline.knowledge.documents import document
from dateline.knowledge.files import path
from dateline.knowledge.merging import Merging, load_merging
from dateline.knowledge.ontology import act_of
from dateline.merge.events import keys_of
from dateline.merge.features import FEATURES
from dateline.merge.merging import merge_sketches
from dateline.merge.neighbours import SHARED, compared, cosine, nearness
from dateline.merge.sketches import Sketch, sketch_of
from dateline.merge.tellings import Telling
from dateline.merge.traits import Traits
from dateline.merge.within import Within
from dateline.wire import from_json

PULL = 20.0
"""Strength of the pull of every weight towards the one in use: a few days of news do not outweigh what was learned
before."""
WORTH = 2000.0
"""What each corpus counts for, in pairs, however many it has."""
OWN = 0.3
"""What a dossier of our own counts for beside a corpus: it is small, and shows what days of feeds cannot."""
NEARNESS = 0.5
"""What the vectors of two reports of one story are like: what is taken for that of a report that has none."""
FEW = 5
"""Pairs that a report must have before its share of all is cut down: a story of a hundred has thousands."""
NEVER_ABOVE = {
    "days far": -3.0,
    "moved": -3.0,
    "turned": -1.5,
    "place-": -0.3,
    "actor-": -0.2,
    "recipient-": -0.2,
    "mode-": -1.0,
    "number": 0.0,
    "common act": 0.0,
    "mode+": 1.7,
}
"""What clashes count at least; and how much a mode may count, by which the tellings of a dossier are told apart."""
Row = tuple[str, str, dict[str, float], bool]
"""Of two tellings: their reports, what is seen of them by name, and whether they are one event."""
Truth = Callable[[Telling, Telling], bool | None]


def clustered(gold: Path, sketches: Mapping[str, Sketch], events: Mapping[str, Mapping[str, tuple[int, int]]]) -> Truth:
    """Whether two tellings lie on mentions of one gold cluster; None where one lies on none."""
    documents = {d["id"]: d for d in map(json.loads, gold.read_text(encoding="utf-8").splitlines())}
    found = {name: _clusters(documents[name], sketch, events[name]) for name, sketch in sketches.items()}

    def truth(left: Telling, right: Telling) -> bool | None:
        mine, theirs = found[left.article].get(left.event), found[right.article].get(right.event)
        return None if mine is None or theirs is None else mine == theirs

    return truth


def _clusters(document: dict[str, Any], sketch: Sketch, events: Mapping[str, tuple[int, int]]) -> dict[str, str]:
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


def edited(gold: Path) -> Truth:
    """Whether two reports are about one event by an editor; None where one only recalls it, and for what is merely
    said."""
    rows = {d["id"]: d for d in map(json.loads, gold.read_text(encoding="utf-8").splitlines())}
    about = {name: (set(d["events"]), set(d["events"]) | set(d["background"])) for name, d in rows.items()}

    def truth(left: Telling, right: Telling) -> bool | None:
        acts = [act_of(telling.type) for telling in (left, right)]
        if any(act.hidden_in_archive and not act.untyped for act in acts):
            return None
        (one, all_of_one), (other, all_of_other) = about[left.article], about[right.article]
        return True if one & other else None if all_of_one & all_of_other else False

    return truth


def expected(file: Path, sketches: Mapping[str, Sketch]) -> Truth:
    """Whether two tellings may be of one event that an analyst expects; None where one may be of none."""
    told = document(file)["events"]
    names = {name: Path(name).stem for name in sketches}

    def of(telling: Telling) -> set[str]:
        return {e["id"] for e in told if names[telling.article] in e["told_by"] and _is_of(telling, e["type"])}

    def truth(left: Telling, right: Telling) -> bool | None:
        mine, theirs = of(left), of(right)
        return None if not mine or not theirs else not mine.isdisjoint(theirs)

    return truth


def _is_of(telling: Telling, kind: str | list[str]) -> bool:
    act, mode = (kind, None) if isinstance(kind, str) else (kind[0], kind[1] if len(kind) > 1 else None)
    return act in telling.acts and (mode is None or mode in telling.modes)


def load(records: Path) -> tuple[dict[str, Sketch], dict[str, dict[str, tuple[int, int]]]]:
    """The sketches of some records, and where each of their events stands."""
    sketches, events = {}, {}
    for line in records.open("rb"):
        record = from_json(line)
        sketches[record.article.id] = sketch_of(record)
        events[record.article.id] = {event.id: (event.span.start, event.span.end) for event in record.events}
    return sketches, events


def pairs(sketches: Mapping[str, Sketch], truth: Truth) -> Iterator[Row]:
    """Every two tellings of different reports of one story that would be compared and of which the truth is known."""
    stories = merge_sketches(sketches.values()).stories
    within = Within(sketches.values(), stories)
    told: defaultdict[str, list[tuple[Telling, Traits, set[tuple[str, ...]]]]] = defaultdict(list)
    for name in sorted(sketches):
        told[stories[name]] += [(t, Traits(t), set(keys_of(t, ""))) for t in sketches[name].tellings]
    for _, tellings in sorted(told.items()):
        for (left, mine, keys), (right, theirs, others) in combinations(tellings, 2):
            if left.article == right.article or keys.isdisjoint(others):
                continue
            same = truth(left, right)
            if same is not None:
                yield (
                    left.article,
                    right.article,
                    seen(mine, theirs, within.compared(left.article, right.article)),
                    same,
                )


def seen(left: Traits, right: Traits, reports: Mapping[str, float]) -> dict[str, float]:
    """What is given a weight: the start, what is seen of two tellings, what is compared of their reports."""
    told = (feature.see(left, right) for feature in FEATURES)
    return {
        "start": 1.0,
        **{f"tellings {s[0]}": s[1] for s in told if s},
        **{f"reports {k}": v for k, v in reports.items()},
    }


def worth(rows: list[Row], whole: float = WORTH) -> Any:
    """What each pair of a corpus that counts for so many counts: one of reports that have many counts less."""
    counts = Counter(name for left, right, *_ in rows for name in (left, right))
    found = np.array([1 / np.sqrt((counts[left] + FEW) * (counts[right] + FEW)) for left, right, *_ in rows])
    return found * whole / found.sum()


def fitted(x: Any, y: Any, weight: Any, known: Any, strength: float = PULL) -> Any:
    """Logistic regression by Newton's method, from the weights in use."""
    weights = known.copy()
    pull = np.full(x.shape[1], strength)
    pull[0] = 0.01
    for _ in range(60):
        p = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (weight * (p - y)) + pull * (weights - known)
        curve = (x * (weight * p * (1 - p))[:, None]).T @ x + np.diag(pull)
        weights -= np.linalg.solve(curve, slope)
    return weights


def best_f1(score: Any, y: Any) -> float:
    """The best F1 of pairs over all thresholds."""
    hits = np.cumsum(y[np.argsort(-score)])
    precision, recall = hits / np.arange(1, len(y) + 1), hits / y.sum()
    return float((2 * precision * recall / np.maximum(precision + recall, 1e-9)).max())


def fit(corpora: list[list[Row]], names: list[str], stories: dict[str, float], own: list[list[Row]]) -> Merging:
    """The weights of all corpora together, and of dossiers of our own, as they ship."""
    every = [(rows, WORTH) for rows in corpora] + [(rows, WORTH * OWN) for rows in own]
    x = np.array([[row[2].get(name, 0.0) for name in names] for rows, _ in every for row in rows])
    y = np.array([float(row[3]) for rows, _ in every for row in rows])
    known = load_merging()
    used = {"start": known.start}
    used |= {f"tellings {name}": value for name, value in known.tellings.items()}
    used |= {f"reports {name}": value for name, value in known.reports.items()}
    weight = np.concatenate([worth(rows, whole) for rows, whole in every])
    found = dict(zip(names, fitted(x, y, weight, np.array([used[name] for name in names])), strict=True))
    tellings = {name: min(found[f"tellings {name}"], NEVER_ABOVE.get(name, 9.0)) for name in known.tellings}
    reports = {name: found[f"reports {name}"] for name in known.reports}
    reports["no vector"] = reports["vector"] * NEARNESS
    return Merging(
        stories=stories, start=round(float(found["start"]), 2), tellings=_rounded(tellings), reports=_rounded(reports)
    )


def _rounded(weights: Mapping[str, float]) -> dict[str, float]:
    return {name: round(float(value), 2) for name, value in weights.items()}


def story_rows(sketches: Mapping[str, Sketch], gold: Path) -> tuple[Any, Any, Any]:
    """Of every two reports that share enough to be compared: what is compared, whether an editor puts them into one
    story, and what the pair counts (less in a story of many)."""
    story = {d["id"]: d["cluster"] for d in map(json.loads, gold.read_text(encoding="utf-8").splitlines())}
    sizes, names = Counter(story[name] for name in sketches), sorted(sketches)
    holders: defaultdict[str, list[str]] = defaultdict(list)
    x, y, weight = [], [], []
    for name in names:
        own = sketches[name]
        for other, shared in Counter(m for word in own.top for m in holders[word]).items():
            if shared >= SHARED:
                near = nearness(own.vector, sketches[other].vector)
                x.append([1.0, *compared(cosine(own.words, sketches[other].words), near).values()])
                y.append(float(story[name] == story[other]))
                weight.append((sizes[story[name]] * sizes[story[other]]) ** -0.25)
        for word in own.top:
            holders[word].append(name)
    return np.array(x), np.array(y), np.array(weight)


def fit_stories(rows: list[tuple[Any, Any, Any]]) -> dict[str, float]:
    """The weights by which two reports are of one story."""
    x, y, weight = (np.concatenate(part) for part in zip(*rows, strict=True))
    names = ["start", *compared(0.0, 0.0)]
    return _rounded(dict(zip(names, fitted(x, y, weight, np.zeros(x.shape[1]), 1.0), strict=True)))


def score_of(rows: list[Row], weights: Merging) -> Any:
    """The score of each pair under some weights."""
    flat = {"start": weights.start}
    flat |= {f"tellings {name}": value for name, value in weights.tellings.items()}
    flat |= {f"reports {name}": value for name, value in weights.reports.items()}
    return np.array([sum(flat[name] * value for name, value in row[2].items()) for row in rows])


def main() -> None:
    """Fit, print how each corpus fares with weights of the others, and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clusters", nargs=2, type=Path, action="append", default=[])
    parser.add_argument("--worlds", nargs=2, type=Path, action="append", default=[])
    parser.add_argument("--expected", nargs=2, type=Path, action="append", default=[])
    parser.add_argument("--stories-alone", action="store_true", help="leave the weights of tellings and reports as is")
    parser.add_argument("--out", type=Path, default=path("learned", "merging.json"))
    given = parser.parse_args()
    corpora: dict[str, list[Row]] = {}
    told = [(gold, load(records)[0]) for gold, records in given.worlds]
    stories = fit_stories([story_rows(sketches, gold) for gold, sketches in told]) if told else load_merging().stories
    for gold, records in given.clusters:
        sketches, events = load(records)
        corpora[gold.stem] = list(pairs(sketches, clustered(gold, sketches, events)))
    corpora |= {gold.stem: list(pairs(sketches, edited(gold))) for gold, sketches in told}
    sketched = [(file, load(records)[0]) for file, records in given.expected]
    own = [list(pairs(sketches, expected(file, sketches))) for file, sketches in sketched]
    known = load_merging()
    names = ["start", *(f"tellings {n}" for n in known.tellings), *(f"reports {n}" for n in known.reports)]
    for name, rows in corpora.items():
        others = [found for other, found in corpora.items() if other != name]
        y = np.array([row[3] for row in rows])
        before = best_f1(score_of(rows, known), y)
        apart = best_f1(score_of(rows, fit(others, names, stories, own)), y) if others else float("nan")
        counts = f"{len(y)} pairs, {y.mean():.2f} one event; best F1 with the weights in use {before:.3f}"
        print(f"{name}: {counts}, of others {apart:.3f}")
    if given.stories_alone:
        weights = msgspec.structs.replace(known, stories=stories)
    else:
        weights = fit(list(corpora.values()), names, stories, own)
    given.out.write_text(json.dumps(msgspec.to_builtins(weights), indent=1) + "\n", encoding="utf-8")
    print(json.dumps(msgspec.to_builtins(weights)))


if __name__ == "__main__":
    main()
