"""Tellings of one event in, slot by slot the values that they give out, each with its reports and words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from dateline.knowledge.ontology import status_of
from dateline.merge.saying import Said
from dateline.merge.sources import Support, whose
from dateline.merge.tellings import Telling

_SIDES = frozenset({"actor", "recipient"})
_FIRST = ("status", "day", "place", "actor", "recipient")
"""The order of slots; numbers and things follow by name."""
NEAR = 2
"""Days by which a day may be off that no words of its own tell."""


class Saying(Struct, frozen=True, kw_only=True):
    """Where a value stands: the report, its words, and who says so there (innermost last)."""

    report: str
    words: str
    start: int
    voices: tuple[str, ...]


class Value(Struct, frozen=True, kw_only=True):
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


class Slot(Struct, frozen=True, kw_only=True):
    """A slot with its values, the best supported first. ``differs`` where two of them cannot both be right."""

    name: str
    values: tuple[Value, ...]
    differs: bool


def slots_of(tellings: Sequence[Telling], support: Support) -> tuple[Slot, ...]:
    """Every slot that the tellings fill: the fixed ones first, then numbers and things by name."""
    said: defaultdict[str, defaultdict[str, list[tuple[Telling, Said]]]] = defaultdict(lambda: defaultdict(list))
    sides = {one.key for telling in tellings for one in telling.said if one.slot in _SIDES}
    for telling in tellings:
        for one in telling.said:
            key = whose(one.key, sides) if one.slot in _SIDES else one.key
            said[one.slot][key].append((telling, one))
    names = sorted(said, key=lambda name: (_FIRST.index(name) if name in _FIRST else len(_FIRST), name))
    return tuple(_slot(name, said[name], support) for name in names)


def _slot(name: str, groups: dict[str, list[tuple[Telling, Said]]], support: Support) -> Slot:
    values = [_value(name, key, group, support) for key, group in groups.items()]
    ordered = sorted(values, key=lambda v: (v.broad, -v.independent, -v.reports, v.sayings[0].report, v.key))
    differs = any(_clash(name, a, b) for n, a in enumerate(ordered) for b in ordered[n + 1 :])
    return Slot(name=name, values=tuple(ordered), differs=differs)


def _value(slot: str, key: str, group: list[tuple[Telling, Said]], support: Support) -> Value:
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
    return slot.startswith("number of ")


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
