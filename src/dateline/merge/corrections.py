"""What a person decided, put over what was read: same, different, rename, retype, place. It always wins."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Literal

import msgspec
from msgspec import Struct

from dateline.merge.saying import Said
from dateline.merge.sketches import Sketch
from dateline.merge.tellings import Telling

Kind = Literal["same", "different", "rename", "retype", "place"]


class Correction(Struct, frozen=True, kw_only=True):
    """One decision. ``left`` and ``right`` are anchors of tellings (``report@start`` of any of its mentions), which a
    newer reading of the same text keeps; for ``rename`` ``left`` is a party's or source's key or name. ``value`` is
    the new name, type, or place (``name`` or ``name|lat|lon``)."""

    kind: Kind
    left: str
    right: str | None = None
    value: str | None = None


def corrected(sketch: Sketch, corrections: Iterable[Correction]) -> Sketch:
    """The sketch with the names, types and places that a person gave."""
    tellings = sketch.tellings
    for correction in corrections:
        if correction.kind != "rename" and correction.left.rpartition("@")[0] != sketch.id:
            continue
        tellings = tuple(_corrected(telling, correction) for telling in tellings)
    return sketch if tellings == sketch.tellings else msgspec.structs.replace(sketch, tellings=tellings)


def _corrected(telling: Telling, correction: Correction) -> Telling:
    value = correction.value or ""
    if correction.kind == "rename":
        return _renamed(telling, correction.left, value)
    if correction.left not in telling.anchors:
        return telling
    if correction.kind == "retype":
        ontology = "plover" if value.isupper() else "dateline"
        return msgspec.structs.replace(telling, type=value, ontology=ontology, acts=(value,), modes=())
    if correction.kind == "place":
        name = value.split("|")[0]
        said = Said(slot="place", key=f"person:{value}", name=name, words="", start=telling.start)
        rest = tuple(s for s in telling.said if s.slot != "place")
        return msgspec.structs.replace(telling, places=(f"person:{value}",), said=(*rest, said))
    return telling


def _renamed(telling: Telling, old: str, new: str) -> Telling:
    """Parties and sources of that name or key under the new name."""
    if not any(old in {s.key, s.name} for s in telling.said) and not any(
        old in {v.key, v.name} for v in telling.voices
    ):
        return telling
    said = tuple(msgspec.structs.replace(s, name=new) if old in (s.key, s.name) else s for s in telling.said)
    voices = tuple(msgspec.structs.replace(v, name=new) if old in (v.key, v.name) else v for v in telling.voices)
    return msgspec.structs.replace(telling, said=said, voices=voices)


def ties(tellings: Sequence[Telling], corrections: Iterable[Correction]) -> dict[tuple[str, str], bool]:
    """Pairs of anchors that a person called the same event (True) or different ones; the later word counts. What is
    the same as one and the same third is the same, unless a person said otherwise."""
    here = {anchor: telling.anchor for telling in tellings for anchor in telling.anchors}
    found: dict[tuple[str, str], bool] = {}
    for correction in corrections:
        if correction.kind in {"same", "different"} and correction.right:
            left, right = (here.get(anchor, anchor) for anchor in (correction.left, correction.right))
            if left != right:
                found[min(left, right), max(left, right)] = correction.kind == "same"
    known = set(here.values())
    for group in _groups([pair for pair, same in found.items() if same]):
        for left, right in combinations(sorted(group & known), 2):
            found.setdefault((left, right), True)
    return {pair: same for pair, same in found.items() if known.issuperset(pair)}


def tied(corrections: Iterable[Correction]) -> dict[str, frozenset[str]]:
    """The reports that persons' judgements tie to each: directly, or over others that are the same."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    judged = [(c.kind, _report(c.left), _report(c.right)) for c in corrections if c.right]
    for group in _groups([(left, right) for kind, left, right in judged if kind == "same"]):
        for report in group:
            found[report] |= group - {report}
    for kind, left, right in judged:
        if kind == "different" and left != right:
            found[left].add(right)
            found[right].add(left)
    return {report: frozenset(others) for report, others in found.items()}


def bound(corrections: Iterable[Correction]) -> list[tuple[str, str]]:
    """Reports that a person called to tell the same event."""
    return [(_report(c.left), _report(c.right)) for c in corrections if c.kind == "same" and c.right]


def _report(anchor: str | None) -> str:
    return (anchor or "").rpartition("@")[0]


def _groups(pairs: Iterable[tuple[str, str]]) -> list[set[str]]:
    """The sets of what a chain of pairs ties."""
    group: dict[str, set[str]] = {}
    for left, right in pairs:
        whole = group.get(left, {left}) | group.get(right, {right})
        group.update(dict.fromkeys(whole, whole))
    return list({id(some): some for some in group.values()}.values())
