"""Lines of the chronology in, a timeline to draw out: days on an axis, long empty stretches cut short and marked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from dateline.export.labels import text_width
from dateline.export.moments import days_between
from dateline.export.view import Line
from dateline.export.visible import shortened

ROW, TOP, SIDE = 26, 46, 52
LONGEST = 5
"""A stretch without an event is drawn at most this many days wide."""


class Tick(Struct, frozen=True):
    """A day of the axis. ``words`` is empty where there is no room for a date."""

    x: float
    words: str
    strong: bool = False


class Bar(Struct, frozen=True, kw_only=True):
    """One event: a sign at ``x``, or a bar up to ``x2`` where only a range of days is known."""

    x: float
    x2: float
    y: float
    status: str
    words: str
    tx: float
    anchor: str
    target: str
    full: str


class Timeline(Struct, frozen=True, kw_only=True):
    """A drawn timeline. ``breaks`` are the middles of stretches cut short, with how long they were."""

    width: int
    height: int
    ticks: tuple[Tick, ...]
    bars: tuple[Bar, ...]
    breaks: tuple[Tick, ...]
    undated: int


class Axis:
    """From days to the drawing."""

    def __init__(self, days: Sequence[str], width: int) -> None:
        self.days = sorted(set(days))
        self.at_day: dict[str, float] = {}
        self.cut: list[tuple[str, str]] = []
        place = 0.0
        for before, day in zip(["", *self.days], self.days, strict=False):
            gap = days_between(before, day) if before else 0
            if gap > LONGEST:
                self.cut.append((before, day))
            place += min(gap, LONGEST)
            self.at_day[day] = place
        self.unit = (width - 2 * SIDE) / max(place, 1.0)
        self.single = place == 0

    def at(self, day: str) -> float:
        """Where a day stands; days of the axis only."""
        return round(SIDE + (self.at_day[day] * self.unit if not self.single else self.unit / 3), 1)


def timeline_of(lines: Sequence[Line], published: str, width: int) -> Timeline | None:
    """The timeline of a chronology; None where no event has a day. ``published`` is an ISO day or empty."""
    dated = [line for line in lines if line.moment.earliest]
    if not dated:
        return None
    days = [day for line in dated for day in (line.moment.earliest, line.moment.latest)]
    axis = Axis([*days, published] if published else days, width)
    bars = tuple(_bar(number, line, axis, width) for number, line in enumerate(dated))
    return Timeline(
        width=width,
        height=TOP + ROW * len(bars) + 8,
        ticks=_ticks(axis, published),
        bars=bars,
        breaks=tuple(_break(before, after, axis) for before, after in axis.cut),
        undated=len(lines) - len(dated),
    )


def _bar(number: int, line: Line, axis: Axis, width: int) -> Bar:
    x, x2 = axis.at(line.moment.earliest), axis.at(line.moment.latest)
    words = f"{line.number} {line.what}"
    parties = ", ".join(party.name for party in (*line.who, *line.whom))
    full = f"{words}: {parties}" if parties else words
    right, left = width - x2 - 14, x - 14
    room = max(right, left)
    fitting = shortened(full, max(int(room / text_width("n", 12.5)), 4))
    on_right = text_width(fitting, 12.5) <= right or right >= left
    return Bar(
        x=x,
        x2=x2,
        y=TOP + ROW * number + ROW / 2,
        status=line.status,
        words=fitting,
        tx=round(x2 + 11 if on_right else x - 11, 1),
        anchor="start" if on_right else "end",
        target=f"#l-{line.id}",
        full=f"{full} ({line.status_words}, {line.moment.exact})",
    )


def _ticks(axis: Axis, published: str) -> tuple[Tick, ...]:
    """A tick for every day of the axis, with a date where there is room; the day of publication is strong."""
    found: list[Tick] = []
    for day in sorted(axis.days, key=lambda d: (d != published, d)):
        x = axis.at(day)
        room = all(abs(x - tick.x) > 104 for tick in found if tick.words)
        found.append(Tick(x, _short(day) if room else "", day == published))
    return tuple(sorted(found, key=lambda tick: tick.x))


def _short(day: str) -> str:
    """``Sat 16 Sep 2023``."""
    there = date.fromisoformat(day)
    return f"{_DAYS[there.weekday()]} {there.day} {_MONTHS[there.month]} {there.year}"


_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _break(before: str, after: str, axis: Axis) -> Tick:
    gap = days_between(before, after) - 1
    words = f"{gap} days" if gap < 100 else f"{gap / 30.4:.0f} months" if gap < 700 else f"{gap / 365.25:.0f} years"
    return Tick((axis.at(before) + axis.at(after)) / 2, words)
