"""What a person decided, put over what was read: same, different, and what :mod:`dateline.merge.values` gives. It
always wins."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Literal

import msgspec
from msgspec import Struct

from dateline.merge.sketches import Sketch
from dateline.merge.tellings import Telling
from dateline.merge.values import GIVEN, renamed

Kind = Literal["same", "different", "rename", "retype", "place", "day", "status", "actor", "recipient", "no event"]


class Correction(Struct, frozen=True, kw_only=True):
    """One decision. ``left`` and ``right`` are anchors of tellings (``report@start`` of any of its mentions), which a
    newer reading of the same text keeps; for ``rename`` ``left`` is a party's or source's key or name. ``value`` is
    the new name, type, status, party, day (``2031-05-05``, two of them with a slash, nothing where there is none), or
    place (``name`` or ``name|lat|lon``)."""

    kind: Kind
    left: str
    right: str | None = None
    value: str | None = None


def corrected(sketch: Sketch, corrections: Iterable[Correction]) -> Sketch:
    """The sketch with the names and values that a person gave, without what a person called no event."""
    tellings = sketch.tellings
    for correction in corrections:
        if correction.kind == "rename":
            tellings = tuple(renamed(telling, correction.left, correction.value or "") for telling in tellings)
        elif correction.left.rpartition("@")[0] == sketch.id:
            tellings = tuple(_corrected(tellings, correction))
    return sketch if tellings == sketch.tellings else msgspec.structs.replace(sketch, tellings=tellings)


def _corrected(tellings: Iterable[Telling], correction: Correction) -> Iterator[Telling]:
    for telling in tellings:
        if correction.left not in telling.anchors:
            yield telling
        elif correction.kind in GIVEN:
            yield GIVEN[correction.kind](telling, correction.value or "")
        elif correction.kind != "no event":
            yield telling


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
