"""Two tellings in, the reasons for and against one event out: each names the two values that decided."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter

from msgspec import Struct

from dateline.knowledge.lemma_spread import load_lemma_spread
from dateline.knowledge.merging import load_merging
from dateline.merge.tellings import Telling
from dateline.merge.traits import Traits, numbers_of, telling_words

Values = tuple[str, ...]
Seen = tuple[str, float]


class Reason(Struct, frozen=True, kw_only=True, gc=False):
    """One point for (``weight`` above 0) or against: what was compared, and the two values."""

    feature: str
    left: Values
    right: Values
    weight: float


class Feature(Struct, frozen=True, kw_only=True, gc=False):
    """One thing to compare: ``see`` says by which name of the weights two tellings are seen to agree or clash in it,
    and how much, None for neither; ``values`` what a telling has of it, in view of the other."""

    name: str
    see: Callable[[Traits, Traits], Seen | None]
    values: Callable[[Telling, Telling], Values]

    def weigh(self, left: Traits, right: Traits) -> float:
        """How much it counts for or against, 0 for neither."""
        seen = self.see(left, right)
        return _WEIGHTS[seen[0]] * seen[1] if seen else 0.0


NEAR_GAP = 2
"""Days between two days that may still be of one event, as retellings of one often are."""
COMMON = 0.15
"""Share of reports from which on a trigger is a common word."""
_WEIGHTS = load_merging().tellings
OTHER_DAYS = _WEIGHTS["days far"]
"""What days further apart count."""


def reasons(left: Telling, right: Telling, reports: float = 0.0) -> tuple[Reason, ...]:
    """Everything that speaks for or against the two tellings being of one event. ``reports`` is what their two reports
    say of it (:meth:`dateline.merge.within.Within.of`)."""
    mine, theirs = Traits(left), Traits(right)
    found = [
        Reason(
            feature=f.name,
            left=f.values(left, right),
            right=f.values(right, left),
            weight=round(f.weigh(mine, theirs), 3),
        )
        for f in FEATURES
    ]
    found.append(Reason(feature="reports", left=(), right=(), weight=round(reports, 3)))
    return tuple(reason for reason in found if reason.weight)


def is_common(word: str) -> bool:
    """Whether so many reports have the word that it tells nothing by itself."""
    return load_lemma_spread().get(word, 0.0) > COMMON


def _set(name: str, attribute: str) -> Feature:
    """A feature of sets: they agree where a value is shared, and clash where both are known and none is."""
    trait = attrgetter(attribute)
    agree, clash = (f"{name}+", 1.0), (f"{name}-", 1.0)

    def see(left: Traits, right: Traits) -> Seen | None:
        mine, theirs = trait(left), trait(right)
        if not mine or not theirs:
            return None
        return clash if mine.isdisjoint(theirs) else agree

    return Feature(name=name, see=see, values=lambda telling, _: trait(telling))


def _kin(left: Traits, right: Traits) -> Seen | None:
    """Triggers that may tell one event ("die", "murder")."""
    if not left.kin or not left.triggers.isdisjoint(right.triggers) or left.kin.isdisjoint(right.kin):
        return None
    return "kin", 1.0


def _days(left: Traits, right: Traits) -> Seen | None:
    gap = left.gap(right)
    if gap is None:
        return None
    return "days same" if gap <= 0 else "days near" if gap <= NEAR_GAP else "days far", 1.0


def _standing(left: Traits, right: Traits) -> Seen | None:
    """A plan, its fulfilment and its denial: a denial is of the event that it denies, a plan and something done on
    another day are two events, which are linked."""
    if not left.standings.isdisjoint(right.standings):
        return None
    if "denied" in left.standings or "denied" in right.standings:
        return "denied", 1.0
    gap = left.gap(right)
    return ("moved", 1.0) if gap is not None and gap > 0 else None


def _turned(left: Traits, right: Traits) -> Seen | None:
    """Who does it in one telling suffers it in the other."""
    if left.actors.isdisjoint(right.recipients) and right.actors.isdisjoint(left.recipients):
        return None
    return ("turned", 1.0) if left.actors.isdisjoint(right.actors) else None


def _numbers(left: Traits, right: Traits) -> Seen | None:
    """Numbers of the same thing that differ: another event, or another count of the same."""
    differ = any(right.numbers.get(of, number) != number for of, number in left.numbers.items())
    return ("number", 1.0) if differ else None


def _words(left: Traits, right: Traits) -> Seen | None:
    """The words around, common ones for little or nothing: 1 where all telling words of one are shared."""
    shared = left.words & right.words
    return ("words", telling_words(shared) / max(1.0, min(left.tells, right.tells))) if shared else None


def _loose(left: Traits, right: Traits) -> Seen | None:
    """Two acts of which a story tells many."""
    return ("common act", 1.0) if left.loose and right.loose else None


def _act(left: Traits, right: Traits) -> Seen | None:
    """An act that both are of."""
    return None if left.typed.isdisjoint(right.typed) else ("act", 1.0)


def _headlines(left: Traits, right: Traits) -> Seen | None:
    """What the two headlines are about; or what one is about and the other report tells beside it."""
    if left.leads and right.leads:
        return "headlines", 1.0
    return ("headline", 1.0) if left.leads or right.leads else None


def _untyped(left: Traits, right: Traits) -> Seen | None:
    """How many of the two acts no rule types."""
    return ("untyped", float(left.untyped + right.untyped)) if left.untyped or right.untyped else None


DAYS = Feature(
    name="days",
    see=_days,
    values=lambda telling, _: tuple(day.isoformat() for day in telling.days or ()),
)
FEATURES = (
    _set("trigger", "triggers"),
    _set("mode", "modes"),
    _set("party", "parties"),
    _set("actor", "actors"),
    _set("recipient", "recipients"),
    _set("thing", "things"),
    _set("place", "places"),
    DAYS,
    Feature(name="kin", see=_kin, values=lambda telling, _: telling.triggers),
    Feature(name="standing", see=_standing, values=lambda telling, _: telling.standings),
    Feature(name="turned round", see=_turned, values=lambda telling, _: telling.actors),
    Feature(
        name="number",
        see=_numbers,
        values=lambda telling, _: tuple(f"{of}: {number}" for of, number in sorted(numbers_of(telling).items())),
    ),
    Feature(name="words", see=_words, values=lambda telling, other: tuple(sorted({*telling.words} & {*other.words}))),
    Feature(name="common act", see=_loose, values=lambda telling, _: telling.acts),
    Feature(name="act", see=_act, values=lambda telling, _: telling.acts),
    Feature(name="headlines", see=_headlines, values=lambda telling, _: (telling.trigger,) if telling.leads else ()),
    Feature(name="untyped", see=_untyped, values=lambda telling, _: telling.acts),
)
"""Their weights are fitted on pairs of tellings of one story (``training/merge_weights.py``); clashes of place and day
are kept at least as heavy as they were before reports had days to learn from: look-alikes must stay apart."""
