"""TIMEX3 values in, the calendar days they cover out; and days in, values of each size out."""

from __future__ import annotations

import re
from datetime import date, timedelta

from dateline.knowledge.calendar import days_in

Days = tuple[date, date]
SEASON_MONTH = {"SP": 4, "SU": 7, "FA": 10, "WI": 12}
"""The month that stands for a season where it is compared with a day."""
_SEASONS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 2)}
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T.*)?")
_WEEK = re.compile(r"(\d{4})-W(\d\d)(-WE|-[1-7])?")
_PART = re.compile(r"(\d{4})-(Q[1-4]|H[12]|SP|SU|FA|WI)")
_MONTH = re.compile(r"(\d{4})-(\d\d)")
_YEARS = re.compile(r"\d{2,4}")


def make_day(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has no such day."""
    if 1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= days_in(year, month):
        return date(year, month, day)
    return None


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or the last day of that month where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    year = min(max(year, 1), 9998)
    return date(year, month + 1, min(day.day, days_in(year, month + 1)))


def shifted(day: date, unit: str, count: int) -> date:
    """The day ``count`` units later (days, weeks, months, quarters, years, decades, centuries)."""
    try:
        if unit in {"D", "W", "F"}:
            return day + timedelta(count * {"D": 1, "W": 7, "F": 14}[unit])
        return months_later(day, count * {"M": 1, "Q": 3, "Y": 12, "DE": 120, "CE": 1200, "ML": 12_000}[unit])
    except OverflowError:
        return day


def value_of(day: date, unit: str) -> str:
    """The day, week, month, quarter, year, decade or century that holds a day, as a TIMEX3 value."""
    if unit == "D":
        return day.isoformat()
    if unit in {"W", "F"}:
        year, week, _ = day.isocalendar()
        return f"{year:04d}-W{week:02d}"
    if unit == "M":
        return f"{day.year:04d}-{day.month:02d}"
    if unit == "Q":
        return f"{day.year:04d}-Q{(day.month + 2) // 3}"
    if unit == "Y":
        return f"{day.year:04d}"
    return f"{day.year:04d}"[: 3 if unit == "DE" else 2 if unit == "CE" else 1]


def unit_of(value: str) -> str:
    """How large a dated value is: D, W, M, Q, Y, DE, CE; empty for a value without a date."""
    if _DAY.fullmatch(value):
        return "D"
    if _WEEK.fullmatch(value):
        return "W"
    if _PART.fullmatch(value):
        return "Q"
    if _MONTH.fullmatch(value):
        return "M"
    return {4: "Y", 3: "DE", 2: "CE"}[len(value)] if _YEARS.fullmatch(value) else ""


def days_of(value: str, mod: str | None = None) -> Days | None:
    """First and last day of a dated value; START, MID and END take a third of it."""
    whole = _whole(value)
    if whole is None or mod not in {"START", "MID", "END"}:
        return whole
    first, last = whole
    third = ((last - first).days + 1) // 3
    if third == 0:
        return whole
    if mod == "START":
        return first, first + timedelta(third - 1)
    if mod == "END":
        return last - timedelta(third - 1), last
    return first + timedelta(third), last - timedelta(third)


def _whole(value: str) -> Days | None:
    match = _DAY.fullmatch(value)
    if match:
        day = make_day(int(match[1]), int(match[2]), int(match[3]))
        return (day, day) if day else None
    match = _WEEK.fullmatch(value)
    if match:
        return _week(int(match[1]), int(match[2]), match[3] or "")
    match = _PART.fullmatch(value)
    if match:
        return _part(int(match[1]), match[2])
    match = _MONTH.fullmatch(value)
    if match:
        return _months(int(match[1]), int(match[2]), int(match[1]), int(match[2]))
    return _years(value) if _YEARS.fullmatch(value) else None


def _week(year: int, week: int, rest: str) -> Days | None:
    try:
        monday = date.fromisocalendar(year, week, 1)
    except ValueError:
        return None
    if rest == "-WE":
        return monday + timedelta(5), monday + timedelta(6)
    if rest:
        day = monday + timedelta(int(rest[1:]) - 1)
        return day, day
    return monday, monday + timedelta(6)


def _part(year: int, part: str) -> Days | None:
    if part in _SEASONS:
        first, last = _SEASONS[part]
        return _months(year, first, year + (last < first), last)
    size, number = (3 if part[0] == "Q" else 6), int(part[1])
    return _months(year, (number - 1) * size + 1, year, number * size)


def _months(year: int, month: int, last_year: int, last_month: int) -> Days | None:
    if not (1 <= month <= 12 and year >= 1 and last_year <= 9999):
        return None
    return date(year, month, 1), date(last_year, last_month, days_in(last_year, last_month))


def _years(value: str) -> Days | None:
    size = 10 ** (4 - len(value))
    first = int(value) * size
    return (date(first, 1, 1), date(first + size - 1, 12, 31)) if first >= 1 else None
