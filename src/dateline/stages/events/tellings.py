"""Which acts of a report are one event: acts with words, states and shares in, how likely two are the same out."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np

from dateline.learned.heads import Matrix
from dateline.stages.events.likely import share_of

LEAST_EVENT = 0.3
"""Share of an event from which an act may be a telling of another."""
LEAST_LIKE = 0.6
"""Cosine from which two acts of different kind and word are compared at all."""
FAINT = 0.35
"""How likely two tellings are one event from which the one may lend the other its parties."""
REACH = 200
"""Earlier tellings that one is compared with: a report of many thousand words stays linear."""
FEATURES = (
    "same act", "kin", "same word", "cosine", "sentences between", "headline", "definite", "indefinite", "noun",
    "same status", "actor shared", "actors differ", "actor here", "actor there", "recipient shared",
    "recipients differ", "recipient here", "recipient there", "actor is recipient", "recipient is actor",
    "kin of one act", "cosine of one act", "cosine of kin",
)  # fmt: skip


class Telling(NamedTuple):
    """One act as a telling: its word and act, the state of its word (of length 1), and for actor and recipient the
    greatest share of each entity."""

    token: int
    act: str
    lemma: str
    sentence: int
    determiner: str
    noun: bool
    status: str | None
    state: Matrix
    sides: tuple[Mapping[str, float], Mapping[str, float]]


class Tellings:
    """The acts of one record, compared pair by pair within sentences' reach, by weights of the recipe."""

    def __init__(self, tellings: list[Telling], weights: Mapping[str, float]) -> None:
        self.tellings, self.weighed = tellings, bool(weights)
        self._same: dict[int, dict[int, float]] = {}
        if not weights:
            return
        for later, earlier, features in pairs(tellings):
            total = sum(weights[name] * value for name, value in zip(FEATURES, features, strict=True))
            likely = share_of(total + weights["bias"])
            if likely >= FAINT:
                self._same.setdefault(later.token, {})[earlier.token] = likely
                self._same.setdefault(earlier.token, {})[later.token] = likely

    def same(self, token: int) -> Mapping[int, float]:
        """The acts, by their words, that may be the same event, each with how likely it is."""
        return self._same.get(token, {})


def pairs(tellings: list[Telling]) -> Iterator[tuple[Telling, Telling, list[float]]]:
    """Each later telling with the earlier ones of other sentences that may be its event, and what it is weighed by."""
    if not tellings:
        return
    states = np.stack([t.state for t in tellings])
    for n, later in enumerate(tellings):
        first = max(0, n - REACH)
        like = states[first:n] @ later.state
        for earlier, cosine in zip(tellings[first:n], map(float, like), strict=True):
            if later.sentence == earlier.sentence:
                continue
            if later.act == earlier.act or cosine > LEAST_LIKE or kin(later.lemma, earlier.lemma):
                yield later, earlier, features_of(later, earlier, cosine)


def features_of(later: Telling, earlier: Telling, cosine: float) -> list[float]:
    """What a pair is weighed by, in the order of :data:`FEATURES`."""
    act, family = float(later.act == earlier.act), float(kin(later.lemma, earlier.lemma))
    found = [
        act,
        family,
        float(later.lemma == earlier.lemma),
        cosine,
        math.log1p(later.sentence - earlier.sentence),
        float(earlier.sentence == 0),
        float(later.determiner in {"the", "this"}),
        float(later.determiner in {"a", "an"}),
        float(later.noun),
        float(later.status == earlier.status),
    ]
    for mine, theirs in zip(later.sides, earlier.sides, strict=True):
        shared, here, there = _shared(mine, theirs), _most(mine), _most(theirs)
        differ = bool(mine) and bool(theirs) and max(mine, key=mine.__getitem__) != max(theirs, key=theirs.__getitem__)
        found += [shared, min(here, there) * differ * (1 - shared), here, there]
    found += [_shared(later.sides[0], earlier.sides[1]), _shared(later.sides[1], earlier.sides[0])]
    return [*found, act * family, act * cosine, family * cosine]


def kin(one: str, other: str) -> bool:
    """Of one family ("hijack", "hijacking"): the same beginning, of four letters or more."""
    size = min(len(one), len(other), 5)
    return one == other or (size >= 4 and one[: max(4, size - 1)] == other[: max(4, size - 1)])


def _shared(mine: Mapping[str, float], theirs: Mapping[str, float]) -> float:
    return max((min(share, theirs[e]) for e, share in mine.items() if e in theirs), default=0.0)


def _most(side: Mapping[str, float]) -> float:
    return max(side.values(), default=0.0)
