"""Events with their days in, a timeline of any length to draw out: the weightiest with their words in lanes, all of
them as marks, days to years on the axis."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from msgspec import Struct

from dateline.export.labels import text_width
from dateline.export.visible import shortened

TOP, LANE, SIDE, SIZE = 30, 24, 10, 12.5
LONGEST = 58
"""Letters of a label."""
_TICKS = 11
_YEARS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)


class Item(Struct, frozen=True, kw_only=True):
    """One event: its first and last day, its words, where it leads, how it looks, what it weighs."""

    first: date
    last: date
    words: str
    href: str
    status: str
    quad: str
    weight: int
    ahead: bool = False


class Mark(Struct, frozen=True, kw_only=True):
    """One event on the drawing: a sign at ``x``, a bar up to ``x2`` where it has several days; ``words`` is empty where
    it had no room."""

    x: float
    x2: float
    y: float
    words: str
    item: Item


class Tick(Struct, frozen=True):
    """A day of the axis, with its words."""

    x: float
    words: str


class LongTimeline(Struct, frozen=True, kw_only=True):
    """A drawn timeline. ``unlabelled`` counts the marks at its foot that had no room in a lane; ``now`` is where the
    day of the latest report stands, None where it is out of sight."""

    width: int
    height: int
    ticks: tuple[Tick, ...]
    marks: tuple[Mark, ...]
    foot: float
    unlabelled: int
    now: float | None


def long_timeline(
    items: Sequence[Item], since: date, until: date, width: int, lanes: int, now: date | None
) -> LongTimeline:
    """The timeline from a day to a day, both inclusive. ``items`` come heaviest first; those outside are left out."""
    span = max((until - since).days + 1, 1)
    unit = (width - 2 * SIDE) / span

    def at(day: date) -> float:
        return round(SIDE + (min(max(day, since), until) - since).days * unit + unit / 2, 1)

    foot = TOP + LANE * lanes + LANE / 2
    taken: list[list[tuple[float, float]]] = [[] for _ in range(lanes)]
    marks, unlabelled = [], 0
    for item in items:
        if item.last < since or item.first > until:
            continue
        x, x2 = at(item.first), at(item.last)
        words = shortened(item.words, LONGEST)
        lane = _lane(taken, x - 8, x2 + 14 + text_width(words, SIZE), width)
        unlabelled += lane is None
        y = foot if lane is None else TOP + LANE * lane + LANE / 2
        marks.append(Mark(x=x, x2=x2, y=y, words="" if lane is None else words, item=item))
    return LongTimeline(
        width=width,
        height=int(foot + LANE),
        ticks=tuple(Tick(at(day), words) for day, words in _ticks(since, until)),
        marks=tuple(marks),
        foot=foot,
        unlabelled=unlabelled,
        now=at(now) if now and since <= now <= until else None,
    )


def _lane(taken: list[list[tuple[float, float]]], left: float, right: float, width: int) -> int | None:
    """The first lane with room from left to right; it is taken then."""
    if right > width:
        return None
    for number, lane in enumerate(taken):
        if all(right <= low or left >= high for low, high in lane):
            lane.append((left, right))
            return number
    return None


def _ticks(since: date, until: date) -> Iterator[tuple[date, str]]:
    days = (until - since).days + 1
    if days <= _TICKS * 14:
        step = next(step for step in (1, 2, 7, 14) if days / step <= _TICKS)
        first = since + timedelta(days=(-since.toordinal()) % step)
        yield from ((day, f"{day:%-d} {calendar.month_abbr[day.month]}") for day in _every(first, until, step))
    elif days <= _TICKS * 366:
        step = next((step for step in (1, 2, 3, 6) if days / 30.5 / step <= _TICKS), 12)
        yield from _months(since, until, step)
    else:
        step = next((step for step in _YEARS if days / 365.25 / step <= _TICKS), 1000)
        years = (year for year in range(since.year, until.year + 1) if year % step == 0)
        yield from ((date(year, 1, 1), str(year)) for year in years if since <= date(max(year, 1), 1, 1))


def _every(day: date, until: date, step: int) -> Iterator[date]:
    while day <= until:
        yield day
        day += timedelta(days=step)


def _months(since: date, until: date, step: int) -> Iterator[tuple[date, str]]:
    for year in range(since.year, until.year + 1):
        for month in range(1, 13, step):
            day = date(year, month, 1)
            if since <= day <= until:
                yield day, f"{calendar.month_abbr[month]} {year}"
