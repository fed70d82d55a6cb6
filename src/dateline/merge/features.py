"""Two tellings in, the reasons for and against one event out: each names the two values that decided."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter

from msgspec import Struct

from dateline.knowledge.lemma_spread import load_lemma_spread
from dateline.merge.tellings import Telling
from dateline.merge.traits import Traits, numbers_of, telling_words

Values = tuple[str, ...]


class Reason(Struct, frozen=True, kw_only=True):
    """One point for (``weight`` above 0) or against: what was compared, and the two values."""

    feature: str
    left: Values
    right: Values
    weight: float


class Feature(Struct, frozen=True, kw_only=True):
    """One thing to compare: ``weigh`` says how much it counts for or against, 0 for neither; ``values`` what a telling
    has of it, in view of the other."""

    name: str
    weigh: Callable[[Traits, Traits], float]
    values: Callable[[Telling, Telling], Values]


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
LOOSE_WEIGHT = -1.8
"""For two acts of which a story tells many."""


def reasons(left: Telling, right: Telling, likeness: float = 0.0) -> tuple[Reason, ...]:
    """Everything that speaks for or against the two tellings being of one event. ``likeness`` is that of their
    reports, from 0 to 1."""
    mine, theirs = Traits(left), Traits(right)
    found = [
        Reason(feature=f.name, left=f.values(left, right), right=f.values(right, left), weight=f.weigh(mine, theirs))
        for f in FEATURES
    ]
    found.append(Reason(feature="reports", left=(), right=(), weight=of_reports(likeness)))
    return tuple(reason for reason in found if reason.weight)


def of_reports(likeness: float) -> float:
    """What the likeness of two reports counts."""
    return round(REPORTS * likeness, 3)


def is_common(word: str) -> bool:
    """Whether so many reports have the word that it tells nothing by itself."""
    return load_lemma_spread().get(word, 0.0) > COMMON


def _set(name: str, attribute: str, *, agree: float, clash: float) -> Feature:
    """A feature of sets: ``agree`` counts when a value is shared, ``clash`` when both are known and none is."""
    trait = attrgetter(attribute)

    def weigh(left: Traits, right: Traits) -> float:
        mine, theirs = trait(left), trait(right)
        if not mine or not theirs:
            return 0.0
        return clash if mine.isdisjoint(theirs) else agree

    return Feature(name=name, weigh=weigh, values=lambda telling, _: trait(telling))


def _kin(left: Traits, right: Traits) -> float:
    if not left.kin or not left.triggers.isdisjoint(right.triggers) or left.kin.isdisjoint(right.kin):
        return 0.0
    return KIN


def _days(left: Traits, right: Traits) -> float:
    gap = left.gap(right)
    if gap is None:
        return 0.0
    return SAME_DAYS if gap <= 0 else NEAR_DAYS if gap <= NEAR_GAP else OTHER_DAYS


def _standing(left: Traits, right: Traits) -> float:
    """A plan, its fulfilment and its denial."""
    if not left.standings.isdisjoint(right.standings):
        return 0.0
    if "denied" in left.standings or "denied" in right.standings:
        return DENIED
    gap = left.gap(right)
    return MOVED if gap is not None and gap > 0 else 0.0


def _turned(left: Traits, right: Traits) -> float:
    if left.actors.isdisjoint(right.recipients) and right.actors.isdisjoint(left.recipients):
        return 0.0
    return TURNED if left.actors.isdisjoint(right.actors) else 0.0


def _numbers(left: Traits, right: Traits) -> float:
    return NUMBERS if any(right.numbers.get(of, number) != number for of, number in left.numbers.items()) else 0.0


def _words(left: Traits, right: Traits) -> float:
    """The words around, common ones for little or nothing."""
    shared = left.words & right.words
    if not shared:
        return 0.0
    return round(ALIKE * telling_words(shared) / max(1.0, min(left.tells, right.tells)), 3)


def _loose(left: Traits, right: Traits) -> float:
    return LOOSE_WEIGHT if left.loose and right.loose else 0.0


def _untyped(left: Traits, right: Traits) -> float:
    return (left.untyped + right.untyped) * UNTYPED


DAYS = Feature(
    name="days",
    weigh=_days,
    values=lambda telling, _: tuple(day.isoformat() for day in telling.days or ()),
)
FEATURES = (
    _set("trigger", "triggers", agree=2.5, clash=0.0),
    _set("mode", "modes", agree=0.1, clash=-2.4),
    _set("party", "parties", agree=0.6, clash=0.0),
    _set("actor", "actors", agree=0.0, clash=-0.4),
    _set("recipient", "recipients", agree=1.0, clash=-0.2),
    _set("thing", "things", agree=0.8, clash=0.0),
    _set("place", "places", agree=0.1, clash=-0.3),
    DAYS,
    Feature(name="kin", weigh=_kin, values=lambda telling, _: telling.triggers),
    Feature(name="standing", weigh=_standing, values=lambda telling, _: telling.standings),
    Feature(name="turned round", weigh=_turned, values=lambda telling, _: telling.actors),
    Feature(
        name="number",
        weigh=_numbers,
        values=lambda telling, _: tuple(f"{of}: {number}" for of, number in sorted(numbers_of(telling).items())),
    ),
    Feature(name="words", weigh=_words, values=lambda telling, other: tuple(sorted({*telling.words} & {*other.words}))),
    Feature(name="common act", weigh=_loose, values=lambda telling, _: telling.acts),
    Feature(name="untyped", weigh=_untyped, values=lambda telling, _: telling.acts),
)
"""Weights are rounded from a logistic regression on pairs of ECB+ mentions (CC BY) that this reader found and that one
story tells with the same word, a word of its group, or the same act (``training/merge_weights.py``). Clashes of actor,
place and day are heavier than learned: those reports hardly have days, and look-alikes must stay apart."""
