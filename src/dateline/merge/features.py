"""Two tellings in, the reasons for and against one event out: each names the two values that decided."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Iterable

from msgspec import Struct

from dateline.knowledge.lemma_spread import load_lemma_spread
from dateline.knowledge.same_event import load_same_event
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
    Feature(name="trigger", values=lambda t: t.triggers, agree=2.5, clash=0.0),
    Feature(name="mode", values=lambda t: t.modes, agree=0.1, clash=-2.4),
    Feature(name="party", values=lambda t: t.parties, agree=0.6, clash=0.0),
    Feature(name="actor", values=lambda t: t.actors, agree=0.0, clash=-0.4),
    Feature(name="recipient", values=lambda t: t.recipients, agree=1.0, clash=-0.2),
    Feature(name="thing", values=lambda t: t.things, agree=0.8, clash=0.0),
    Feature(name="place", values=lambda t: t.places, agree=0.1, clash=-0.3),
)
"""Weights are rounded from a logistic regression on pairs of ECB+ mentions (CC BY) that this reader found and that one
story tells with the same word, a word of its group, or the same act. Clashes of actor, place and day are heavier than
learned: those reports hardly have days, and look-alikes must stay apart."""
KIN = 1.7
"""For triggers that may tell one event ("die", "murder")."""
SAME_DAYS, NEAR_DAYS, OTHER_DAYS = 0.6, -0.3, -3.0
"""Days that overlap; that lie ``NEAR_GAP`` days apart at most, as retellings of one event often do; that lie further
apart."""
NEAR_GAP = 2
MOVED = -3.0
"""A plan and something done on another day: two events, which are linked."""
DENIED = -0.3
"""A denial is of the event that it denies."""
TURNED = -2.5
"""Who does it in one telling suffers it in the other."""
NUMBERS = -0.8
"""Numbers of the same thing that differ: another event, or another count of the same."""
ALIKE = 0.9
"""For sentences whose telling words are all shared; less for fewer."""
REPORTS = 3.4
"""For reports whose words are all alike; less for less."""
UNTYPED = -0.4
"""For each act that no rule types."""
COMMON = 0.15
"""Share of reports from which on a trigger is a common word."""
LOOSE = frozenset({"statement", "announcement", "market", "movement", "transaction", "production"})
"""Acts of which a story tells many: that two tellings share one says little."""
LOOSE_WEIGHT = -1.8


def reasons(left: Telling, right: Telling, likeness: float = 0.0) -> tuple[Reason, ...]:
    """Everything that speaks for or against the two tellings being of one event. ``likeness`` is that of their
    reports, from 0 to 1."""
    found = [_compared(feature, left, right) for feature in FEATURES]
    found += [_kin(left, right), _days(left, right), _standing(left, right), _turned(left, right)]
    found += [_numbers(left, right), _words(left, right), _loose(left, right), _untyped(left, right)]
    found.append(Reason(feature="reports", left=(), right=(), weight=round(REPORTS * likeness, 3)))
    return tuple(reason for reason in found if reason is not None and reason.weight)


def _compared(feature: Feature, left: Telling, right: Telling) -> Reason | None:
    mine, theirs = feature.values(left), feature.values(right)
    if not mine or not theirs:
        return None
    weight = feature.clash if set(mine).isdisjoint(theirs) else feature.agree
    return Reason(feature=feature.name, left=mine, right=theirs, weight=weight)


def kin_of(telling: Telling) -> frozenset[str]:
    """The groups of words that may tell one event in which its triggers stand."""
    table = load_same_event()
    return frozenset(group for trigger in telling.triggers for group in table.get(trigger, ()))


def _kin(left: Telling, right: Telling) -> Reason | None:
    if not set(left.triggers).isdisjoint(right.triggers) or kin_of(left).isdisjoint(kin_of(right)):
        return None
    return Reason(feature="kin", left=left.triggers, right=right.triggers, weight=KIN)


def _gap(left: Telling, right: Telling) -> int | None:
    """Days between two tellings' days: 0 or less where they overlap; None where one has none."""
    if left.days is None or right.days is None:
        return None
    return max((right.days[0] - left.days[1]).days, (left.days[0] - right.days[1]).days)


def _days(left: Telling, right: Telling) -> Reason | None:
    gap = _gap(left, right)
    if gap is None or left.days is None or right.days is None:
        return None
    weight = of_gap(gap)
    mine, theirs = ((days[0].isoformat(), days[1].isoformat()) for days in (left.days, right.days))
    return Reason(feature="days", left=mine, right=theirs, weight=weight)


def of_gap(gap: int) -> float:
    """The weight of days that lie so far apart."""
    return SAME_DAYS if gap <= 0 else NEAR_DAYS if gap <= NEAR_GAP else OTHER_DAYS


def _standing(left: Telling, right: Telling) -> Reason | None:
    """A plan, its fulfilment and its denial."""
    mine, theirs = set(left.standings), set(right.standings)
    if mine & theirs:
        return None
    gap = _gap(left, right)
    weight = DENIED if "denied" in mine | theirs else MOVED if gap is not None and gap > 0 else 0.0
    return Reason(feature="standing", left=left.standings, right=right.standings, weight=weight)


def _turned(left: Telling, right: Telling) -> Reason | None:
    mine, theirs = set(left.actors), set(right.actors)
    turned = mine & set(right.recipients) or theirs & set(left.recipients)
    if not turned or mine & theirs:
        return None
    return Reason(feature="turned round", left=left.actors, right=right.actors, weight=TURNED)


def _numbers(left: Telling, right: Telling) -> Reason | None:
    mine, theirs = ({s.slot: s.key for s in t.said if s.slot.startswith("number")} for t in (left, right))
    apart = [slot for slot in mine if slot in theirs and mine[slot] != theirs[slot]]
    if not apart:
        return None
    first = apart[0]
    return Reason(feature=first, left=(mine[first],), right=(theirs[first],), weight=NUMBERS)


def _untyped(left: Telling, right: Telling) -> Reason | None:
    count = ("other" in left.acts) + ("other" in right.acts)
    return Reason(feature="untyped", left=left.acts, right=right.acts, weight=count * UNTYPED) if count else None


def _words(left: Telling, right: Telling) -> Reason | None:
    """The words around, common ones for little or nothing. Both values of the reason are the shared words."""
    shared = tuple(sorted(set(left.words).intersection(right.words)))
    least = max(1.0, min(telling_words(left.words), telling_words(right.words)))
    return Reason(feature="words", left=shared, right=shared, weight=round(ALIKE * telling_words(shared) / least, 3))


def telling_words(words: Iterable[str]) -> float:
    """How many of these words tell something; the same for any order of them."""
    return math.fsum(map(_tells, words))


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
