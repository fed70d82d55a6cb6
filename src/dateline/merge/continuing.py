"""Groups of a day's tellings in, the event of the world of each out: one that is still open, or a new one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from dateline.merge.beside import Beside
from dateline.merge.blocking import Pair, sharing_pairs
from dateline.merge.events import CROWD, THRESHOLD, keys_of, world_id
from dateline.merge.judging import TellingId, weigh
from dateline.merge.tellings import Telling
from dateline.merge.traits import Traits

Reports = Callable[[str, str], float]
Ties = Mapping[tuple[str, str], bool]
CENTRE = 3
"""Tellings of an earlier event that a new one is compared with, those that fit best."""


class Days:
    """The tellings of a day, each in its group, and the earlier ones beside which their reports are laid."""

    def __init__(
        self, tellings: Sequence[Telling], groups: Sequence[int], stories: Mapping[str, str], beside: Beside
    ) -> None:
        self.tellings, self.stories, self.beside = tellings, stories, beside
        self.groups = list(groups)
        self.earlier = beside.tellings({telling.article for telling in tellings})
        self.events = [beside.event_of(telling) for telling in self.earlier]

    def members(self) -> dict[int, list[int]]:
        """The places of each group's tellings, groups by their first."""
        found: defaultdict[int, list[int]] = defaultdict(list)
        for n, group in enumerate(self.groups):
            found[group].append(n)
        return dict(found)


def continued(days: Days, reports: Reports, ties: Ties) -> dict[TellingId, str]:
    """The event of the world of each telling. A group goes on with the event that a person tied it to, else with the
    open one of its story that it fits best; never with one that a person called another."""
    pins = _Pins(days, ties)
    fitting = _fitting(days, reports)
    found: dict[int, str] = {}
    for n, event in pins.same:
        group = days.groups[n]
        if found.get(group) == event:
            continue
        if group not in found and pins.allow(days.members()[group], event, found):
            found[group] = event
        elif pins.allow([n], event, found):
            days.groups[n] = -1 - n
            found[-1 - n] = event
    for group, places in sorted(days.members().items()):
        ranked = fitting.get(group, ()) if group not in found else ()
        best = next((event for event in ranked if pins.allow(places, event, found)), None)
        if best is not None:
            found[group] = best
    for group, places in days.members().items():
        found.setdefault(group, world_id(days.tellings[places[0]]))
    return {(t.article, t.event): found[group] for t, group in zip(days.tellings, days.groups, strict=True)}


class _Pins:
    """What persons decided of tellings of the day and earlier ones: ``same`` holds (place, event)."""

    def __init__(self, days: Days, ties: Ties) -> None:
        self.days = days
        at = {telling.anchor: n for n, telling in enumerate(days.tellings)}
        events = {t.anchor: event for t, event in zip(days.earlier, days.events, strict=True) if event is not None}
        self.same: list[tuple[int, str]] = []
        self.earlier_apart: set[tuple[int, str]] = set()
        self.day_apart: set[Pair] = set()
        for (left, right), same in sorted(ties.items()):
            for one, other in ((left, right), (right, left)):
                if one in at and other in events:
                    pin = at[one], events[other]
                    if same:
                        self.same.append(pin)
                    else:
                        self.earlier_apart.add(pin)
                elif one in at and other in at and not same:
                    self.day_apart.add((at[one], at[other]))

    def allow(self, places: Iterable[int], event: str, found: Mapping[int, str]) -> bool:
        """Whether tellings of the day may go on with an event."""
        there = [n for n, group in enumerate(self.days.groups) if found.get(group) == event]
        mine = list(places)
        if any((n, event) in self.earlier_apart for n in mine):
            return False
        return not self.day_apart or all((n, m) not in self.day_apart for n in mine for m in there)


def _fitting(days: Days, reports: Reports) -> dict[int, list[str]]:
    """The open events that each group fits, the best first. It fits where the mean over its tellings, of the mean
    weight of the best few pairs, is high enough; best where the sum is, since more tellings of it stand near."""
    fits: defaultdict[tuple[int, str], list[float]] = defaultdict(list)
    for n, m in _pairs(days):
        event, one, other = days.events[m], days.tellings[n], days.earlier[m]
        if event is not None:
            fits[n, event].append(weigh(Traits(one), Traits(other), reports(one.article, other.article)))
    sizes = {group: len(places) for group, places in days.members().items()}
    means: defaultdict[tuple[int, str], float] = defaultdict(float)
    sums: defaultdict[tuple[int, str], float] = defaultdict(float)
    for (n, event), weights in sorted(fits.items()):
        best = sorted(weights, reverse=True)[:CENTRE]
        means[days.groups[n], event] += sum(best) / len(best) / sizes[days.groups[n]]
        sums[days.groups[n], event] += sum(best)
    found: defaultdict[int, list[str]] = defaultdict(list)
    for group, event in sorted(means, key=lambda of: (-sums[of], of)):
        if means[group, event] >= THRESHOLD:
            found[group].append(event)
    return dict(found)


def _pairs(days: Days) -> Iterable[Pair]:
    """A telling of the day and an earlier one of the same story, worth comparing."""
    some = [keys_of(telling, days.stories[telling.article]) for telling in days.tellings]
    others = [keys_of(telling, days.beside.places[telling.article].story) for telling in days.earlier]
    size = len(some)
    for n, m in sharing_pairs([set(keys) for keys in (*some, *others)], CROWD):
        if n < size <= m and days.beside.of(days.tellings[n].article).get(days.earlier[m - size].article, 0.0) > 0:
            yield n, m - size
