"""Two tellings in, the weight of their being one event out: the sum of :func:`~dateline.merge.features.reasons` without
the reasons themselves, for the many pairs that nobody will ask about."""

from __future__ import annotations

from datetime import date

from dateline.merge import features
from dateline.merge.features import FEATURES
from dateline.merge.judging import APART, scored
from dateline.merge.tellings import Telling

_PAIRED = tuple((feature.agree, feature.clash) for feature in FEATURES)


class Traits:
    """What is compared of one telling, made ready once: a telling of a large story is compared hundreds of times
    (200 reports of one story took 4.4 s from the tellings themselves, 1.9 s from these)."""

    __slots__ = (
        "acting",
        "days",
        "kin",
        "loose",
        "numbers",
        "standings",
        "suffering",
        "tells",
        "triggers",
        "untyped",
        "values",
        "words",
    )

    def __init__(self, telling: Telling) -> None:
        self.values = tuple(frozenset(feature.values(telling)) for feature in FEATURES)
        self.triggers = frozenset(telling.triggers)
        self.acting, self.suffering = frozenset(telling.actors), frozenset(telling.recipients)
        self.kin = features.kin_of(telling)
        self.days: tuple[int, int] | None = _ordinals(telling.days)
        self.standings = frozenset(telling.standings)
        self.numbers = {s.slot: s.key for s in telling.said if s.slot.startswith("number")}
        self.words = frozenset(telling.words)
        self.tells = features.telling_words(telling.words)
        self.loose = not features.LOOSE.isdisjoint(telling.acts)
        self.untyped = "other" in telling.acts


def _ordinals(days: tuple[date, date] | None) -> tuple[int, int] | None:
    return (days[0].toordinal(), days[1].toordinal()) if days else None


def weigh(left: Traits, right: Traits, likeness: float) -> float:
    """The weight of :func:`dateline.merge.judging.judge` of the two."""
    days = _days(left, right)
    if days == features.OTHER_DAYS:
        return APART
    weights = [
        clash if mine.isdisjoint(theirs) else agree
        for (agree, clash), mine, theirs in zip(_PAIRED, left.values, right.values, strict=True)
        if mine and theirs
    ]
    weights += (days, _kin(left, right), _standing(left, right), _turned(left, right), _words(left, right))
    if left.numbers and right.numbers:
        weights.append(_numbers(left, right))
    if left.loose and right.loose:
        weights.append(features.LOOSE_WEIGHT)
    weights.append((left.untyped + right.untyped) * features.UNTYPED)
    weights.append(round(features.REPORTS * likeness, 3))
    return scored(weights)


def _gap(left: Traits, right: Traits) -> int | None:
    if left.days is None or right.days is None:
        return None
    return max(right.days[0] - left.days[1], left.days[0] - right.days[1])


def _days(left: Traits, right: Traits) -> float:
    gap = _gap(left, right)
    return 0.0 if gap is None else features.of_gap(gap)


def _kin(left: Traits, right: Traits) -> float:
    if not left.kin or not left.triggers.isdisjoint(right.triggers) or left.kin.isdisjoint(right.kin):
        return 0.0
    return features.KIN


def _standing(left: Traits, right: Traits) -> float:
    if not left.standings.isdisjoint(right.standings):
        return 0.0
    if "denied" in left.standings or "denied" in right.standings:
        return features.DENIED
    gap = _gap(left, right)
    return features.MOVED if gap is not None and gap > 0 else 0.0


def _turned(left: Traits, right: Traits) -> float:
    if left.acting.isdisjoint(right.suffering) and right.acting.isdisjoint(left.suffering):
        return 0.0
    return features.TURNED if left.acting.isdisjoint(right.acting) else 0.0


def _words(left: Traits, right: Traits) -> float:
    shared = left.words & right.words
    if not shared:
        return 0.0
    return round(features.ALIKE * features.telling_words(shared) / max(1.0, min(left.tells, right.tells)), 3)


def _numbers(left: Traits, right: Traits) -> float:
    apart = any(right.numbers.get(slot, key) != key for slot, key in left.numbers.items())
    return features.NUMBERS if apart else 0.0
