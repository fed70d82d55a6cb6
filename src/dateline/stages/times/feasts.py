"""Expressions that name a feast in ("Christmas Day 1914", "last Easter"), its day out."""

from __future__ import annotations

from datetime import date

from dateline.knowledge import calendar
from dateline.stages.times import days
from dateline.stages.times.calendar_dates import given_year, with_time
from dateline.stages.times.expressions import Expression
from dateline.stages.times.standpoint import Reading, Standpoint, reading


def holiday(expression: Expression, here: Standpoint) -> Reading | None:
    """A feast: of its year, else the last or the coming one as the verb says, else the nearest."""
    f = expression.fields
    name = f["holiday"].replace(" ' ", "'").replace(" ’ ", "’").replace(" . ", ". ")
    year_, anchor = given_year({k: v for k, v in f.items() if k == "year"}, here)
    if year_ is None:
        base, anchor = here.base, here.anchor
        if base is None:
            return None
        found = _nearest_holiday(name, base, f.get("which"), here)
    else:
        found = calendar.holiday(name, year_)
    if found is None:
        return None
    result = reading(found.isoformat(), anchor, f.get("mod"))
    return with_time(result, f) if "part" in f else result


def holiday_week(expression: Expression, here: Standpoint) -> Reading | None:
    """ "Easter week": the ISO week of the feast."""
    found = holiday(expression, here)
    if found is None or found.earliest is None:
        return None
    return reading(days.value_of(found.earliest, "W"), found.anchor)


def _nearest_holiday(name: str, base: date, which: str | None, here: Standpoint) -> date | None:
    around = [day for y in (-1, 0, 1) if (day := calendar.holiday(name, base.year + y))]
    if here.narrative:
        return calendar.holiday(name, base.year)
    direction = {"-1": "past", "1": "future"}.get(which or "") or here.direction()
    fitting = [d for d in around if not (direction == "past" and d > base) and not (direction == "future" and d < base)]
    return min(fitting, key=lambda d: abs((d - base).days)) if fitting else None
