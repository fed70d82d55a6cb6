"""Two tellings in, the reasons for and against one event out: each names the two values that decided."""

from __future__ import annotations

import functools
from collections.abc import Callable

from msgspec import Struct

from dateline.knowledge.lemma_spread import load_lemma_spread
from dateline.merge.tellings import Telling

Values = tuple[str, ...]


class Reason(Struct, frozen=True, kw_only=True):
    """One point for (``weight`` above 0) or against: what was compared, and the two values."""

    feature: str
    left: Values
    right: Values
    weight: float


class Feature(Struct, frozen=True, kw_only=True):
    """One thing to compare. ``agree`` counts when a value is shared, ``clash`` when both are known and none is."""

    name: str
    values: Callable[[Telling], Values]
    agree: float
    clash: float


FEATURES = (
    Feature(name="trigger", values=lambda t: t.triggers, agree=0.8, clash=-0.7),
    Feature(name="mode", values=lambda t: t.modes, agree=0.2, clash=-1.8),
    Feature(name="party", values=lambda t: t.parties, agree=0.7, clash=0.0),
    Feature(name="actor", values=lambda t: t.actors, agree=0.0, clash=-0.6),
    Feature(name="recipient", values=lambda t: t.recipients, agree=0.5, clash=-0.3),
    Feature(name="thing", values=lambda t: t.things, agree=1.0, clash=0.0),
    Feature(name="place", values=lambda t: t.places, agree=0.3, clash=-0.3),
    Feature(name="standing", values=lambda t: t.standings, agree=0.0, clash=-0.5),
)
"""Weights are rounded from a logistic regression on pairs of ECB+ mentions (CC BY) that this reader found."""
SAME_DAYS, NEAR_DAYS, OTHER_DAYS = 0.3, -0.3, -1.6
"""Days that overlap; that lie ``NEAR_GAP`` days apart at most, as retellings of one event often do; that lie further
apart. The last is heavier than learned: those reports hardly have days, and look-alikes must stay apart."""
NEAR_GAP = 2
ALIKE = 1.3
"""For sentences whose telling words are all shared; less for fewer."""
COMMON = 0.15
"""Share of reports from which on a trigger is a common word."""
LOOSE = frozenset({"statement", "announcement", "market", "movement", "transaction", "production"})
"""Acts of which a story tells many: that two tellings share one says little."""
LOOSE_WEIGHT = -1.2


def reasons(left: Telling, right: Telling) -> tuple[Reason, ...]:
    """Everything that speaks for or against the two tellings being of one event."""
    found = [_compared(feature, left, right) for feature in FEATURES]
    found += [_days(left, right), _words(left, right), _loose(left, right)]
    return tuple(reason for reason in found if reason is not None and reason.weight)


def _compared(feature: Feature, left: Telling, right: Telling) -> Reason | None:
    mine, theirs = feature.values(left), feature.values(right)
    if not mine or not theirs:
        return None
    weight = feature.clash if set(mine).isdisjoint(theirs) else feature.agree
    return Reason(feature=feature.name, left=mine, right=theirs, weight=weight)


def _days(left: Telling, right: Telling) -> Reason | None:
    if left.days is None or right.days is None:
        return None
    gap = max((right.days[0] - left.days[1]).days, (left.days[0] - right.days[1]).days)
    weight = SAME_DAYS if gap <= 0 else NEAR_DAYS if gap <= NEAR_GAP else OTHER_DAYS
    mine, theirs = ((days[0].isoformat(), days[1].isoformat()) for days in (left.days, right.days))
    return Reason(feature="days", left=mine, right=theirs, weight=weight)


def _words(left: Telling, right: Telling) -> Reason | None:
    """The words around, common ones for little or nothing. Both values of the reason are the shared words."""
    shared = tuple(sorted(set(left.words).intersection(right.words)))
    least = max(1.0, min(_telling(left.words), _telling(right.words)))
    return Reason(feature="words", left=shared, right=shared, weight=round(ALIKE * _telling(shared) / least, 3))


def _telling(words: Values) -> float:
    """How many of these words tell something."""
    return sum(map(_tells, words))


@functools.cache
def _tells(word: str) -> float:
    """1 for a rare word; a word in a fifth of all reports and more tells nothing."""
    return 1 - min(1.0, 5 * load_lemma_spread().get(word, 0.0))


def is_common(word: str) -> bool:
    """Whether so many reports have the word that it tells nothing by itself."""
    return load_lemma_spread().get(word, 0.0) > COMMON


def _loose(left: Telling, right: Telling) -> Reason | None:
    if LOOSE.isdisjoint(left.acts) or LOOSE.isdisjoint(right.acts):
        return None
    return Reason(feature="common act", left=left.acts, right=right.acts, weight=LOOSE_WEIGHT)
