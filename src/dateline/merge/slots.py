"""Tellings of one event in, slot by slot the values that they give out, each with its reports and words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise

from msgspec import Struct

from dateline.knowledge.names import fold
from dateline.knowledge.ontology import status_of
from dateline.merge.saying import Said
from dateline.merge.sources import Support, whose
from dateline.merge.tellings import Telling

Group = list[tuple[Telling, Said]]
_SIDES = frozenset({"actor", "recipient"})
_FIRST = ("status", "day", "place", "actor", "recipient")
"""The order of slots; numbers and things follow by name."""
NUMBER = "number of "
"""What the name of a slot begins with that counts something."""
NEAR = 2
"""Days by which a day may be off that no words of its own tell."""


class Saying(Struct, frozen=True, kw_only=True, gc=False):
    """Where a value stands: the report, its words, and who says so there (innermost last)."""

    report: str
    words: str
    start: int
    voices: tuple[str, ...]


class Value(Struct, frozen=True, kw_only=True, gc=False):
    """One value of a slot. ``independent`` counts the ultimate sources behind it; ``why`` says what put it where it
    stands; ``days`` are those of a day."""

    key: str
    name: str
    country: str | None
    broad: bool
    sayings: tuple[Saying, ...]
    reports: int
    independent: int
    why: str
    days: tuple[date, date] | None = None


class Slot(Struct, frozen=True, kw_only=True, gc=False):
    """A slot with its values, the best supported first, of equals the one that was told first. ``differs`` where two of
    them cannot both be right; ``grows`` where it is a number that later reports put higher, the last first."""

    name: str
    values: tuple[Value, ...]
    differs: bool
    grows: bool = False


def slots_of(tellings: Sequence[Telling], support: Support) -> tuple[Slot, ...]:
    """Every slot that the tellings fill: the fixed ones first, then numbers and things by name."""
    said: defaultdict[str, defaultdict[str, list[tuple[Telling, Said]]]] = defaultdict(lambda: defaultdict(list))
    sides = {one.key for telling in tellings for one in telling.said if one.slot in _SIDES}
    for telling in tellings:
        for one in telling.said:
            key = spelt(whose(one.key, sides)) if one.slot in _SIDES else one.key
            said[one.slot][key].append((telling, one))
    names = sorted(said, key=lambda name: (_FIRST.index(name) if name in _FIRST else len(_FIRST), name))
    return tuple(_slot(name, said[name], support) for name in names)


def _slot(name: str, groups: Mapping[str, Group], support: Support) -> Slot:
    values = {key: _value(name, key, group, support) for key, group in groups.items()}
    if name.startswith(NUMBER) and (grown := _grown(groups)):
        return Slot(name=name, values=tuple(values[key] for key in grown), differs=False, grows=True)
    sources = {key: {support.of[telling.anchor] for telling, _ in group} for key, group in groups.items()}
    first = {key: min(telling.published or date.max for telling, _ in group) for key, group in groups.items()}
    done = done_by(telling for group in groups.values() for telling, _ in group)

    def rank(value: Value) -> tuple[bool, int, bool, int, int, date, str, str]:
        fits = [key for key, other in values.items() if key == value.key or not _clash(name, value, other)]
        behind = len(set().union(*(sources[key] for key in fits)))
        told = first[value.key], value.sayings[0].report, value.key
        mine = value.broad, -value.independent, -value.reports, *told
        return is_after(value, done), -behind, *mine

    ordered = sorted(values.values(), key=rank)
    differs = any(_clash(name, a, b) for n, a in enumerate(ordered) for b in ordered[n + 1 :])
    return Slot(name=name, values=tuple(ordered), differs=differs)


def _grown(groups: Mapping[str, Group]) -> list[str]:
    """The counts of a number that rises from day to day, the last first; none where two reports of one day differ, or a
    later one counts fewer."""
    told: dict[str, tuple[date, date]] = {}
    for key, group in groups.items():
        days = [telling.published for telling, _ in group if telling.published]
        if len(days) < len(group) or not key.isdecimal():
            return []
        told[key] = min(days), max(days)
    rising = sorted(told, key=int)
    apart = all(told[low][1] < told[high][0] for low, high in pairwise(rising))
    return rising[::-1] if len(rising) > 1 and apart else []


def done_by(tellings: Iterable[Telling]) -> date | None:
    """The day on which an event was first reported as having taken place."""
    return min((t.published for t in tellings if t.published and status_of(t.status).took_place), default=None)


def is_after(value: Value, done: date | None) -> bool:
    """Whether a day begins after the event was reported as done: it cannot be its day."""
    return done is not None and value.days is not None and value.days[0] > done


def spelt(key: str) -> str:
    """A name under the key that its spellings share: Zelensky and Zelenskyy are one."""
    kind, _, rest = key.partition(":")
    return f"{kind}:{fold(rest)}" if kind == "name" and rest else key


def _value(slot: str, key: str, group: Group, support: Support) -> Value:
    first = group[0][1]
    reports = len({telling.article for telling, _ in group})
    independent = len({support.of[telling.anchor] for telling, _ in group})
    sources = "1 source" if independent == 1 else f"{independent} independent sources"
    return Value(
        key=key,
        name=first.name,
        country=next((s.country for _, s in group if s.country), None),
        broad=first.broad,
        sayings=tuple(
            Saying(report=t.article, words=s.words, start=s.start, voices=tuple(v.name for v in t.voices))
            for t, s in group
        ),
        reports=reports,
        independent=independent,
        why=f"{sources}, {reports} report{'s' if reports > 1 else ''}{', less exact' if first.broad else ''}",
        days=_days(first.key) if slot == "day" else None,
    )


def _days(key: str) -> tuple[date, date]:
    first, last = key.split("/")
    return date.fromisoformat(first), date.fromisoformat(last)


def _clash(slot: str, a: Value, b: Value) -> bool:
    """Whether two values cannot both be right."""
    if slot == "day":
        return _other_day(a, b)
    if slot == "status":
        return "denied" in {a.key, b.key} and any(status_of(v.key).took_place for v in (a, b))
    if slot == "place":
        return _elsewhere(a, b)
    if slot in {"actor", "recipient"}:
        return bool(a.country and b.country and a.country != b.country) and not _together(a, b)
    return slot.startswith(NUMBER)


def _other_day(a: Value, b: Value) -> bool:
    """Days that do not meet; a stretch, or a day that only the report's own tells, may be a little off."""
    if a.days is None or b.days is None:
        return False
    gap = max((b.days[0] - a.days[1]).days, (a.days[0] - b.days[1]).days)
    return gap > (NEAR if a.broad or b.broad else 0)


def _elsewhere(a: Value, b: Value) -> bool:
    if a.broad or b.broad:
        return bool(a.country and b.country and a.country != b.country)
    return a.key != b.key


def _together(a: Value, b: Value) -> bool:
    """Two parties that one report names side by side do not exclude each other."""
    return not {s.report for s in a.sayings}.isdisjoint(s.report for s in b.sayings)
