"""Expressions counted from somewhere in ("three days ago", "last week", "the following year"), readings out."""

from __future__ import annotations

import re
from datetime import date, timedelta
from fractions import Fraction

from dateline.knowledge import calendar
from dateline.stages.times import days
from dateline.stages.times.amounts import amount, duration
from dateline.stages.times.calendar_dates import clock as clock_text
from dateline.stages.times.calendar_dates import point, with_time
from dateline.stages.times.expressions import Expression
from dateline.stages.times.standpoint import Reading, Standpoint, reading

_SIZES = {
    "PD": "D",
    "PN": "D",
    "PW": "W",
    "PF": "F",
    "PM": "M",
    "PQ": "Q",
    "PY": "Y",
    "PDE": "DE",
    "PCE": "CE",
    "PML": "ML",
}
_LESSER = ["D", "W", "F", "M", "Q", "Y", "DE", "CE", "ML"]
_TOLD = {"following": 1, "that": 0, "that same": 0, "same": 0}
_CLOCK_AFTER = frozenset(["at", "by", "until", "till", "from", "since", "to", "around", "about", "after", "before"])


def size_of(unit: str) -> str:
    """``D`` for ``PD``; empty for hours and less."""
    return _SIZES.get(unit, "")


def count(f: dict[str, str]) -> Fraction | None:
    """How many units the words name, None for "several"."""
    return amount(f.get("count") or f.get("num") or "X")


def mod_of(expression: Expression) -> str | None:
    """START, MID or END by the words in front ("early next year"); "earlier" alone is none."""
    if "mod" in expression.fields:
        return expression.fields["mod"]
    return calendar.classes_of(expression.words.split()[0]).get("early")


def ago(expression: Expression, here: Standpoint) -> Reading | None:
    """So many units before the day of the report."""
    return _from(expression, here.base, here.anchor, -1, "PAST_REF")


def from_now(expression: Expression, here: Standpoint) -> Reading | None:
    """So many units after the day of the report."""
    return _from(expression, here.base, here.anchor, 1, "FUTURE_REF")


def later(expression: Expression, here: Standpoint) -> Reading | None:
    """So many units after the time told last; with nothing told a bare duration."""
    return _from_told(expression, here, 1)


def earlier(expression: Expression, here: Standpoint) -> Reading | None:
    """So many units before the time told last."""
    return _from_told(expression, here, -1)


def _from_told(expression: Expression, here: Standpoint, sign: int) -> Reading | None:
    base, anchor = here.told_day, here.told_id
    if base is None and not here.narrative and (sign < 0 or here.direction() == "future"):
        base, anchor = here.reference, here.by
    if base is None or not size_of(expression.fields["unit"]):
        return counted_duration(expression)
    found = _from(expression, base, anchor, sign, "")
    return found if found and found.value else counted_duration(expression)


def _from(expression: Expression, base: date | None, anchor: str | None, sign: int, vague: str) -> Reading | None:
    f = expression.fields
    number, size = count(f), size_of(f["unit"])
    if number is None:
        return Reading("DATE", vague)
    if base is None:
        return Reading("DATE", vague or "XXXX-XX-XX")
    if not size:
        return Reading("TIME", f"{base.isoformat()}TXX", None, anchor, base, base) if vague else Reading("DATE", "")
    whole = int(number)
    target = days.shifted(base, size, sign * whole)
    if number != whole and size in {"Y", "M", "W"}:
        rest = (number - whole) * {"Y": 365, "M": 30, "W": 7}[size]
        target = days.shifted(target, "D", sign * int(rest))
    return reading(days.value_of(target, size), anchor, None)


def counted_duration(expression: Expression) -> Reading | None:
    """ "two days after the raid": how long; its day is told by the event it is counted from."""
    f = expression.fields
    return Reading("DURATION", duration(count(f), f["unit"]))


def day_beside(expression: Expression, here: Standpoint) -> Reading | None:
    """ "the day after", "the day before": beside the day told last."""
    base = here.told_day
    if base is None or here.told is None or days.unit_of(here.told.value) != "D":
        return None
    shift = 1 if "after" in expression.words else -1
    return reading((base + timedelta(shift)).isoformat(), here.told_id)


def told_unit(expression: Expression, here: Standpoint) -> Reading | None:
    """ "the following year", "that day", "later that month": beside or in the time told last."""
    f = expression.fields
    size = size_of(f["unit"])
    if not size:
        return None
    words = expression.words.split()
    told = f.get("told", "0")
    shift = _TOLD[told] if told in _TOLD else int(told)
    shift = shift or {"following": 1, "before": -1, "previous": -1}.get(words[-1], 0)
    base, anchor = here.told_day, here.told_id
    if base is None and not here.narrative:
        base, anchor = here.reference, here.by
    fine = here.told is None or _LESSER.index(size) >= _LESSER.index(days.unit_of(here.told.value) or "D")
    if base is None or not fine:
        return Reading("DATE", "XXXX-XX-XX" if size == "D" else "XXXX")
    return reading(days.value_of(days.shifted(base, size, shift), size), anchor, mod_of(expression))


def which_unit(expression: Expression, here: Standpoint) -> Reading | None:
    """ "last week", "this year", "next month"."""
    f = expression.fields
    unit, base = f["unit"], here.base
    if unit == "PWE":
        return weekend(expression, here)
    size = size_of(unit)
    if not size or size == "D":
        return None
    if base is None:
        return Reading("DATE", {"-1": "PAST_REF", "0": "PRESENT_REF", "1": "FUTURE_REF"}[f["which"]])
    return reading(days.value_of(days.shifted(base, size, int(f["which"])), size), here.anchor, mod_of(expression))


def edge_unit(expression: Expression, here: Standpoint) -> Reading | None:
    """ "the end of the year": of the report's year, in a narrative of the one told last."""
    f = expression.fields
    size = size_of(f.get("unit", "PY" if "year" in expression.words else "PM"))
    if not size or here.base is None:
        return None
    if expression.words.replace("-", "").split()[:2] == ["year", "end"]:
        return reading(f"{here.base.year:04d}-12-31", here.anchor)
    return reading(days.value_of(here.base, size), here.anchor, f["mod"])


def weekend(expression: Expression, here: Standpoint) -> Reading | None:
    """ "the weekend": last one or coming one as words and verb say."""
    base = here.base
    if base is None:
        return Reading("DATE", "XXXX-WXX-WE")
    words = set(expression.words.split())
    shift = 0
    if words & {"last", "past"} or (not words & {"next", "this", "coming"} and here.direction() != "future"):
        shift = 0 if base.isoweekday() >= 6 and "last" not in words else -1
    elif "next" in words:
        shift = 1
    year, week, _ = (base + timedelta(7 * shift)).isocalendar()
    return reading(f"{year:04d}-W{week:02d}-WE", here.anchor)


def week_of(expression: Expression, here: Standpoint) -> Reading | None:
    """ "the week of 3 May": the week that holds the day."""
    found = point(expression, here)
    if found is None or found.earliest is None:
        return None
    return reading(days.value_of(found.earliest, "W"), found.anchor)


def told_weekday(expression: Expression, here: Standpoint) -> Reading | None:
    """ "the following Monday": after the day told last."""
    f = expression.fields
    number, base = int(f["weekday"]), here.told_day
    if base is None:
        return Reading("DATE", f"XXXX-WXX-{number}")
    ahead = (number - base.isoweekday()) % 7
    shift = {"1": ahead or 7, "-1": ahead - 7, "0": ahead}[f["told"]]
    return reading((base + timedelta(shift)).isoformat(), here.told_id)


def told_named(expression: Expression, here: Standpoint) -> Reading | None:
    """ "the following April", "that summer": the first one after, before or in the time told last."""
    f = expression.fields
    base = here.told_day or here.reference
    if base is None:
        return Reading("DATE", f"XXXX-{f.get('month') or f['season']}")
    anchor = here.told_id if here.told_day else here.by
    month = int(f["month"]) if "month" in f else days.SEASON_MONTH[f["season"]]
    shift = {"1": month <= base.month, "-1": -(month >= base.month), "0": 0}[f["told"]]
    value = f"{base.year + shift:04d}-{f.get('month') or f['season']}"
    return reading(value, anchor, f.get("mod"))


def told_part(expression: Expression, here: Standpoint) -> Reading | None:
    """ "that night", "the next morning": of the day told last, or the one after."""
    base, anchor = here.told_day, here.told_id
    if base is None and not here.narrative:
        base, anchor = here.reference, here.by
    if base is None or (here.told and days.unit_of(here.told.value) != "D"):
        return Reading("TIME", f"XXXX-XX-XXT{expression.fields['part']}")
    words = set(expression.words.split())
    shift = 1 if words & {"next", "following"} else -1 if "previous" in words else 0
    return with_time(reading((base + timedelta(shift)).isoformat(), anchor), {"part": expression.fields["part"]})


def _day_beside_clock(here: Standpoint) -> tuple[date | None, str | None]:
    """The day that a clock alone belongs to: told in its sentence, else told last, else the report's."""
    if here.near:
        return here.near, None
    if here.narrative:
        fine = here.told is not None and days.unit_of(here.told.value) == "D"
        return (here.told_day, here.told_id) if fine else (None, None)
    return here.reference, here.by if here.reference else None


def part(expression: Expression, here: Standpoint) -> Reading | None:
    """ "in the evening" of the day beside it."""
    day, anchor = _day_beside_clock(here)
    name = expression.fields["part"]
    usual = expression.before in {"at", "by"} and expression.words == "night"
    if usual or day is None or (here.near is None and not here.told_id):
        return Reading("TIME", f"XXXX-XX-XXT{name}")
    return with_time(reading(day.isoformat(), anchor), {"part": name})


def day_here(_: Expression, here: Standpoint) -> Reading | None:
    """ "ended the day", "for a third straight day": the day of its sentence, else the report's."""
    day, anchor = _day_beside_clock(here)
    return reading(day.isoformat(), anchor) if day is not None else None


def clock(expression: Expression, here: Standpoint) -> Reading | None:
    """ "5:15 p.m." of the day beside it. A bare "3:10" is a time only after a word like "at"."""
    f = expression.fields
    sure = {"ampm", "zone", "half_day"} & f.keys() or not re.fullmatch(r"[\d:.]+", expression.words)
    if not sure and expression.before not in _CLOCK_AFTER:
        return None
    if int(clock_text(f)[:2]) > 24:
        return None
    day, anchor = _day_beside_clock(here)
    if day is None:
        return with_time(Reading("TIME", "XXXX-XX-XX"), f)
    return with_time(reading(day.isoformat(), anchor), f)


def earlier_period(expression: Expression, here: Standpoint) -> Reading | None:
    """ "a year ago", "the year-earlier period": the same quarter a year before where the report is about a quarter."""
    f = expression.fields
    words = expression.words
    if here.quarter and not here.narrative:
        year = int(f["year"]) if "year" in f else int(here.quarter[:4]) - (0 if f.get("which") == "0" else 1)
        return reading(f"{year:04d}{here.quarter[4:]}", here.by)
    if "quarter" in words or "period" in words:
        if "which" in f and here.told and here.told_day and days.unit_of(here.told.value) == "M":
            return reading(days.value_of(days.shifted(here.told_day, "Y", int(f["which"])), "M"), here.told_id)
        if "year" in f:
            return reading(f"{int(f['year']):04d}")
        return Reading("DATE", "PAST_REF")
    if words.endswith("ago"):
        base, anchor, size = here.base, here.anchor, "Y"
    elif here.told_day and here.told:
        base, anchor, size = here.told_day, here.told_id, days.unit_of(here.told.value) or "Y"
        size = "Y" if size in {"W", "Q"} else size
    else:
        base, anchor, size = here.base, here.anchor, "Y"
    if base is None:
        return Reading("DATE", "PAST_REF")
    return reading(days.value_of(days.shifted(base, "Y", -1), size), anchor)


def this_period(expression: Expression, here: Standpoint) -> Reading | None:
    """ "the quarter", "the latest period": the quarter told last, else the last one that is over."""
    words = expression.words.split()
    if here.quarter and "current" not in words:
        return reading(here.quarter, here.by)
    if here.reference is None or here.narrative or not {"latest", "recent", "current"} & set(words):
        return None
    shift = 0 if "current" in words else -1
    return reading(days.value_of(days.shifted(here.reference, "Q", shift), "Q"), here.by)
