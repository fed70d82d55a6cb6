"""Prepared rows in, windows with word pieces, evidence and gold labels out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from shape import ACTS, CONVENTIONS, ROLES, SENSES, STATUSES, TAGS
from windows import Tree, Vocabulary, cut, tree_of_row

from dateline.learned.windows import distance, head_of, relation_to

SECOND = 0.35
"""Share of the second act that a line allows."""
_ACT = {name: number for number, name in enumerate(ACTS)}
_SENSE = {name: number for number, name in enumerate(SENSES)}


def examples(row: dict[str, Any], vocabulary: Vocabulary) -> list[dict[str, Any]]:
    """The windows of a row with gold labels, word by word."""
    tree = tree_of_row(row)
    found = []
    for window in cut(tree.words, tree.sentences, vocabulary):
        made = {
            "pieces": window.pieces,
            "places": window.places,
            "shapes": window.shapes,
            "quoted": list(tree.quoted[window.first : window.last]),
            "convention": convention_of(row["corpus"]),
            "pairs": list(attribution_pairs(row, tree, window)),
            "cue": cue_labels(row, window) if "attributions" in row else None,
        }
        made |= grammar_labels(row, window)
        if "kinds" in row:
            made |= evidence(row, window)
            made |= {
                "first": window.first,
                "id": row["id"],
                "acts": act_labels(row, window),
                "events": list(events(row, tree, window)),
            }
        found.append(made)
    return found


def convention_of(corpus: str) -> int:
    """The number of a corpus's convention of anchors; those without any have the first."""
    name = corpus.split("_", maxsplit=1)[0]
    return CONVENTIONS.index(name) if name in CONVENTIONS else 0


_TAG = {name: {tag: number for number, tag in enumerate(tags)} for name, tags in TAGS.items()}
FITS = {
    "Person": ("PERSON",),
    "Organization": ("ORG",),
    "Location": ("GPE", "LOC"),
    "NORP": ("NORP", "LANGUAGE"),
    "Date": ("DATE", "TIME"),
    "Money": ("MONEY",),
    "Facility": ("FAC",),
    "Product": ("PRODUCT",),
    "Misc": ("EVENT", "LAW", "WORK_OF_ART", "PRODUCT"),
    "": ("CARDINAL", "ORDINAL", "PERCENT", "QUANTITY", "TIME", "LANGUAGE"),
}
"""Which tags of names each kind of the gold of names allows; none: those that it does not annotate."""


def fitting_names(name: str) -> list[int]:
    """The numbers of the tags that fit a gold tag (``B-Person``; none: outside)."""
    tags = _TAG["names"]
    if name in tags and name:
        return [tags[name]]
    begin, _, kind = name.partition("-")
    if not name or kind not in FITS:
        return [0, *(tags[f"{b}-{k}"] for k in FITS[""] for b in "BI")]
    return [tags[f"{begin}-{k}"] for k in FITS[kind]]


def grammar_labels(row: dict[str, Any], window: Any) -> dict[str, Any]:
    """Trees, tags, sentence starts and names of a window, as far as the row tells them; heads count from 1, the root
    is 0."""
    here = slice(window.first, window.last)
    made: dict[str, Any] = {"trees": [], "starts": None, "names": None}
    if row.get("tree"):
        for name in ("upos", "xpos", "feats"):
            made[name] = [_TAG[name].get(tag, -100) for tag in row[name][here]]
        made["starts"] = [0] * (window.last - window.first)
        for first, last, *_ in row["sentences"]:
            if window.first <= first < window.last:
                made["starts"][first - window.first] = 1
            if window.first <= first and last <= window.last:
                heads = [h - first + 1 if h >= 0 else 0 for h in row["heads"][first:last]]
                rels = [_TAG["rels"].get(rel, -100) for rel in row["rels"][first:last]]
                made["trees"].append((first - window.first, heads, rels))
    if "names" in row:
        sure = row["corpus"] != "names"
        made["names"] = [[_TAG["names"].get(name, 0)] if sure else fitting_names(name) for name in row["names"][here]]
    return made


def evidence(row: dict[str, Any], window: Any) -> dict[str, Any]:
    """What stands at the words of a window besides their pieces."""
    here = range(window.first, window.last)
    senses = {
        name: [[_SENSE[a] for a in row[name].get(str(k), ()) if a in _SENSE] for k in here]
        for name in ("fitting", "possible")
    }
    return {
        "kinds": row["kinds"][window.first : window.last],
        "standings": row["standings"][window.first : window.last],
        **senses,
    }


def inside(words: list[int], window: Any) -> list[int]:
    return [k for k in words if window.first <= k < window.last]


def cue_labels(row: dict[str, Any], window: Any) -> list[int]:
    cue = [0] * (window.last - window.first)
    for a in row["attributions"]:
        group = inside(a["cue"], window)
        for n, k in enumerate(group):
            cue[k - window.first] = 2 if n and group[n - 1] == k - 1 else 1
    return cue


def attribution_pairs(row: dict[str, Any], tree: Tree, window: Any) -> Iterator[dict[str, Any]]:
    for a in row.get("attributions", ()):
        group = inside(a["cue"], window)
        if not group:
            continue
        labels = [0] * (window.last - window.first)
        for number, part in ((1, "source"), (2, "content")):
            for k in inside(a[part], window):
                labels[k - window.first] = number
        yield pair(tree, window, group) | {"labels": labels}


def pair(tree: Tree, window: Any, group: list[int]) -> dict[str, Any]:
    anchor = head_of(tree, group)
    return {
        "group": [k - window.first for k in group],
        "far": [distance(k - anchor) for k in range(window.first, window.last)],
        "how": relation_to(tree, anchor, window.first, window.last),
    }


def act_labels(row: dict[str, Any], window: Any) -> dict[int, list[tuple[int, float]]] | None:
    """For each annotated word of the window the shares of its acts; None where nothing was annotated."""
    labels: dict[int, list[tuple[int, float]]] = {
        k - window.first: [(0, 1.0)]
        for first, last in row.get("covered", ())
        for k in range(max(first, window.first), min(last, window.last))
    }
    for event in row.get("events", ()):
        at = event["trigger"] - window.first
        if at in labels and event["acts"]:
            one, *more = [_ACT[a] for a in event["acts"]][:2]
            labels[at] = [(one, 1.0 - SECOND), (more[0], SECOND)] if more else [(one, 1.0)]
    return labels or None


def events(row: dict[str, Any], tree: Tree, window: Any) -> Iterator[dict[str, Any]]:
    """The events whose trigger stands in the window, with what each word is to them: 1, 0, or -1 where nothing is said
    of it (another mention of a party in another sentence)."""
    for event in row.get("events", ()):
        if not window.first <= event["trigger"] < window.last:
            continue
        labels = np.zeros((window.last - window.first, len(ROLES)), dtype=np.int8)
        for number, role in enumerate(ROLES):
            for k in event.get(role, ()):
                _spread(row, window, event["trigger"], k, labels[:, number])
        grammar = [0] * (window.last - window.first)
        for k, number in row["grammar"].get(str(event["trigger"]), {}).items():
            if window.first <= int(k) < window.last:
                grammar[int(k) - window.first] = number
        yield pair(tree, window, [event["trigger"]]) | {
            "labels": labels,
            "grammar": grammar,
            "act": _ACT[event["acts"][0]] if event["acts"] else None,
            "status": STATUSES.index(event["status"]) if event["acts"] else None,
            "weight": 2 - event["weight"] if event["acts"] else None,
        }


def _spread(row: dict[str, Any], window: Any, trigger: int, head: int, column: Any) -> None:
    """Marks an argument's head, every mention of its entity in the trigger's sentence, and leaves the others open."""
    entity = row["entity"].get(str(head))
    sentence = next((s for s in row["sentences"] if s[0] <= trigger < s[1]), [0, 0])
    for k, other in row["entity"].items() if entity is not None else ():
        k = int(k)
        if other == entity and window.first <= k < window.last and column[k - window.first] == 0:
            column[k - window.first] = 1 if sentence[0] <= k < sentence[1] else -1
    if window.first <= head < window.last:
        column[head - window.first] = 1
