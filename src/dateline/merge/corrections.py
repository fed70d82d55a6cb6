"""What a person decided, put over what was read: same, different, and what :mod:`dateline.merge.values` gives. It
always wins."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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
    """Pairs of anchors that a person called the same event (True) or different ones; the later word counts."""
    here = {anchor: telling.anchor for telling in tellings for anchor in telling.anchors}
    found: dict[tuple[str, str], bool] = {}
    for correction in corrections:
        left, right = here.get(correction.left), here.get(correction.right or "")
        if correction.kind in {"same", "different"} and left and right and left != right:
            found[min(left, right), max(left, right)] = correction.kind == "same"
    return found


def bound(corrections: Iterable[Correction]) -> list[tuple[str, str]]:
    """Reports that a person's judgement ties."""
    pairs = [(c.left, c.right) for c in corrections if c.kind == "same" and c.right]
    return [(left.rpartition("@")[0], right.rpartition("@")[0]) for left, right in pairs]
