"""Days in, bars out: how many events there were a day, a month, a year, whichever a reader can still tell apart."""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

from msgspec import Struct

MOST = 92
"""Bars side by side."""
TALL = 56.0


class Bar(Struct, frozen=True, kw_only=True):
    """One bar of a drawing of ``MOST`` or fewer: its first and last day, how many events, where it stands."""

    first: date
    last: date
    label: str
    count: int
    x: float
    width: float
    height: float


class Bars(Struct, frozen=True, kw_only=True):
    """A drawing of bars, with the words under its ends."""

    bars: tuple[Bar, ...]
    width: float
    height: float
    first: str
    last: str


def bars_of(days: Iterable[date], width: float = 920.0) -> Bars | None:
    """The bars of some days; None for fewer than two different ones. What lies far off the rest (the first and the last
    hundredth) is drawn in the bar at that end."""
    counts = Counter(days)
    if len(counts) < 2:
        return None
    ordered = sorted(counts.elements())
    cut = len(ordered) // 100
    first, last = ordered[cut], ordered[-1 - cut]
    steps = next((made for made in (_days, _months, _years) if len(made(first, last)) <= MOST), _years)(first, last)
    steps = steps[-MOST:]
    heights: Counter[int] = Counter()
    for day, count in counts.items():
        heights[_at(steps, day)] += count
    tallest = max(heights.values())
    broad = width / len(steps)
    bars = tuple(
        Bar(
            first=min(low, ordered[0]) if number == 0 else low,
            last=max(high, ordered[-1]) if number == len(steps) - 1 else high,
            label=label,
            count=heights[number],
            x=round(number * broad, 1),
            width=round(max(broad - 1.5, 1.0), 1),
            height=round(TALL * heights[number] / tallest, 1),
        )
        for number, (low, high, label) in enumerate(steps)
    )
    return Bars(bars=bars, width=width, height=TALL, first=bars[0].label, last=bars[-1].label)


Step = tuple[date, date, str]


def _at(steps: list[Step], day: date) -> int:
    for number, (_, high, _) in enumerate(steps):
        if day <= high:
            return number
    return len(steps) - 1


def _days(first: date, last: date) -> list[Step]:
    count = min((last - first).days + 1, MOST + 1)
    days = (first + timedelta(days=number) for number in range(count))
    return [(day, day, day.isoformat()) for day in days]


def _months(first: date, last: date) -> list[Step]:
    found: list[Step] = []
    year, month = first.year, first.month
    while (year, month) <= (last.year, last.month) and len(found) <= MOST:
        end = calendar.monthrange(year, month)[1]
        found.append((date(year, month, 1), date(year, month, end), f"{year}-{month:02}"))
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return found


def _years(first: date, last: date) -> list[Step]:
    return [(date(year, 1, 1), date(year, 12, 31), f"{year}") for year in range(first.year, last.year + 1)]
