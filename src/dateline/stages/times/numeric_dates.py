"""Expressions with a date in figures in ("3/25/2022", "25.03.2022 16:40"), readings out."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.stages.times import days
from dateline.stages.times.calendar_dates import full_year, with_time
from dateline.stages.times.expressions import Expression
from dateline.stages.times.standpoint import Reading, Standpoint, reading

_NEWS = 7
"""Days around the report: a numeric date of two orders that falls there in one of them only is read in that one."""


def numeric(expression: Expression, here: Standpoint) -> Reading | None:
    """ "3/25/2022", "25.03.2022": the order that the calendar allows; where both do, that of the outlet's country, else
    of the text's other dates; else the day stays open, between the two. With its clock where one stands beside it."""
    found = _day(expression.fields, here)
    timed = found is not None and {"clock", "hour"} & expression.fields.keys()
    return with_time(found, expression.fields) if found is not None and timed else found


def _day(f: dict[str, str], here: Standpoint) -> Reading | None:
    if "dotted" in f:
        second, first, year_ = f["dotted"].split(".")
    else:
        first, second, year_ = f["n1"], f["n2"], f["year"]
    full = full_year(year_, here)
    month_first, day_first = days.make_day(full, int(first), int(second)), days.make_day(full, int(second), int(first))
    if month_first is None or day_first is None or month_first == day_first:
        found = month_first or day_first
        return reading(found.isoformat()) if found else None
    order = "MDY" if "dotted" in f else here.date_order()  # the fields of a dotted date stand turned round above
    beside = [d for d in (month_first, day_first) if here.reference and abs((d - here.reference).days) <= _NEWS]
    if not order and len(beside) == 1:
        return reading(beside[0].isoformat(), here.by)
    if not order:
        return Reading("DATE", f"{full:04d}-XX-XX", None, None, *sorted((month_first, day_first)))
    return reading((month_first if order == "MDY" else day_first).isoformat())


def order_shown(expressions: Sequence[Expression]) -> str:
    """``DMY`` or ``MDY`` where a numeric date of the text ("25/3/2022") allows one order only; else empty."""
    found = set()
    for e in expressions:
        if e.make == "numeric" and "n1" in e.fields:
            first, second = int(e.fields["n1"]), int(e.fields["n2"])
            if (first > 12) != (second > 12):
                found.add("DMY" if first > 12 else "MDY")
    return found.pop() if len(found) == 1 else ""
