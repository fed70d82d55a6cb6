"""Expressions with a place in the calendar in ("4 May", "late Monday", "the third quarter"), readings out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from dateline.stages.times import days
from dateline.stages.times.expressions import Expression
from dateline.stages.times.standpoint import Direction, Reading, Standpoint, reading

_MONTHS = 2
"""Months before and after the report in which "Friday the 14th" is looked for."""
_FAR = 9.8
"""Months: a day that would lie farther back, with its next return near, is that return (a notice of holders "of
record Nov. 17", printed in early November)."""


def full_year(text: str, here: Standpoint) -> int:
    """A year of two digits belongs to the century that brings it nearest before the day of the report."""
    year = int(text)
    if len(text) > 2:
        return year
    now = (here.base or here.reference or date(2020, 1, 1)).year
    century = now // 100 * 100
    return century + year if century + year <= now + 5 else century - 100 + year


def point(expression: Expression, here: Standpoint) -> Reading | None:
    """A day, month, season, quarter, decade or year of the calendar, with its part of day or clock."""
    f = expression.fields
    if "era" in f:
        return Reading("DATE", f"BC{int(f['year']):04d}")
    found = _dated(f, here)
    if found is None or not ({"part", "clock", "hour"} & f.keys()):
        return found
    return with_time(found, f)


def _dated(f: dict[str, str], here: Standpoint) -> Reading | None:
    mod = f.get("mod")
    if "deictic" in f:
        return _deictic(int(f["deictic"]), here, mod)
    if "decade" in f:
        return reading(_decade(f["decade"], here), None, mod)
    if "day" in f:
        return _day(f, here, mod)
    if "weekday" in f:
        return weekday(int(f["weekday"]), f, here)
    if "quarter" in f or "half" in f:
        return _quarter(f, here, mod)
    if "month" in f:
        return _month(f, here, mod)
    if "season" in f:
        return season(f, here)
    return None


def with_time(found: Reading, f: dict[str, str]) -> Reading:
    """The reading with its clock or part of day: ``2024-06-12T17:00``, ``2024-06-12TNI``."""
    time = clock(f) if "clock" in f or "hour" in f else f["part"]
    zone = _zone(f) if time[:1].isdigit() else ""
    mod = found.mod if "T" + time not in found.value else None
    return Reading("TIME", f"{found.value}T{time}{zone}", mod, found.anchor, found.earliest, found.latest)


def _zone(f: dict[str, str]) -> str:
    """``Z`` for GMT and UTC, ``+03`` for "UTC+3"; a zone told by name is left to the words."""
    if f.get("zone", "").split(" ")[0] not in {"Z", "gmt", "utc", "z", "greenwich"}:
        return ""
    return f"{f['sign']}{int(f.get('number', '0')):02d}" if "sign" in f else "Z"


def clock(f: dict[str, str]) -> str:
    """Hours and minutes on 24 hours, ``17:05``."""
    text = f.get("clock", f.get("hour", "0")).replace(".", ":")
    if ":" not in text:
        text = f"{text[:2]}:{text[2:]}" if len(text) == 4 else f"{text}:{f.get('minute', '00')}"
    hour, _, rest = text.partition(":")
    number = int(hour)
    afternoon = f.get("ampm") == "pm" or f.get("half_day") in {"AF", "EV", "NI"}
    if afternoon and number < 12:
        number += 12
    elif f.get("ampm") == "am" and number == 12:
        number = 0
    return f"{number:02d}:{rest}"


def _deictic(shift: int, here: Standpoint, mod: str | None) -> Reading:
    if here.narrative or here.reference is None:
        return reading("PRESENT_REF") if shift == 0 else reading("XXXX-XX-XX")
    return reading(days.shifted(here.reference, "D", shift).isoformat(), here.by, mod)


def _decade(text: str, here: Standpoint) -> str:
    return text[:3] if len(text) == 4 else f"{full_year(text, here):04d}"[:3]


def given_year(f: dict[str, str], here: Standpoint) -> tuple[int | None, str | None]:
    """The year that the words give, and its anchor: "1998", "of that year", "last year"."""
    if "year" in f:
        return full_year(f["year"], here), None
    if "told" in f and here.told_day:
        return here.told_day.year + int(f["told"]), here.told_id
    if "which" in f and here.base and ("month" not in f or "year_word" in f or f["which"] == "0"):
        return here.base.year + int(f["which"]), here.anchor
    return None, None


def _day(f: dict[str, str], here: Standpoint, mod: str | None) -> Reading | None:
    day = int(f["day"])
    if "month" not in f:
        return _day_alone(day, f.get("weekday"), here, mod)
    month = int(f["month"])
    year, anchor = given_year(f, here)
    if year is None:
        year, anchor = near_year(month, day, here, f.get("weekday"))
    if year is None:
        return reading(f"XXXX-{month:02d}-{day:02d}", None, mod)
    found = days.make_day(year, month, day)
    return reading(found.isoformat(), anchor, mod) if found else None


def _day_alone(day: int, weekday_: str | None, here: Standpoint, mod: str | None) -> Reading:
    """ "the 9th": of the month told last, in news of the report's month; "Friday the 14th": of the near month in which
    it is one."""
    if weekday_ and here.base:
        fitting = near_day(day, int(weekday_), here.base, here.direction())
        if fitting is not None:
            return reading(fitting.isoformat(), here.anchor, mod)
    base = here.told_day or here.reference
    if base is None:
        return reading(f"XXXX-XX-{day:02d}")
    anchor = here.told_id if here.told_day else here.by
    found = days.make_day(base.year, base.month, day)
    return reading(found.isoformat(), anchor, mod) if found else reading(f"{base.year:04d}-{base.month:02d}-XX", anchor)


def near_day(day: int, weekday_: int, base: date, direction: Direction) -> date | None:
    """The day of the month that falls on a weekday, at most two months from ``base``: the last or the coming one as the
    verb says, where it says nothing the nearest; None where there is none."""
    months = (days.shifted(base.replace(day=1), "M", shift) for shift in range(-_MONTHS, _MONTHS + 1))
    fitting = [d for m in months if (d := days.make_day(m.year, m.month, day)) and d.isoweekday() == weekday_]
    if direction == "past":
        fitting = [d for d in fitting if d <= base] or fitting
    elif direction in {"future", "present"}:
        fitting = [d for d in fitting if d >= base] or fitting
    return min(fitting, key=lambda d: abs((d - base).days), default=None)


def near_year(
    month: int, day: int | None, here: Standpoint, weekday_: str | None = None
) -> tuple[int | None, str | None]:
    """The year of a month or day that stands without one.

    In a narrative the year told last; in news the last such day or the next one, as the verb says; where the verb
    says nothing the nearest. A weekday beside it decides first.
    """
    base = here.base
    if base is None:
        return None, None
    if weekday_ and day:
        fitting = [y for y in (base.year, base.year - 1, base.year + 1) if _falls_on(y, month, day, int(weekday_))]
        if fitting:
            return fitting[0], here.anchor
    if here.narrative:
        turned = here.told is not None and days.unit_of(here.told.value) in {"D", "M"} and base.month - month >= 9
        return base.year + turned, here.anchor
    return base.year + _year_shift(month, day, base, here.direction()), here.anchor


def _year_shift(month: int, day: int | None, base: date, direction: str) -> int:
    """Past or future as the verb says, but not ten months away where the other one is near."""
    months = month - base.month + ((day or base.day) - base.day) / 31
    if direction == "past":
        return _past_shift(months)
    if direction == "future":
        return 1 if months < _FAR - 12 else 0
    return 1 if months < -6 else -1 if months > 6 else 0


def _past_shift(months: float) -> int:
    if months > 0:
        return 0 if months < 12 - _FAR else -1
    return 1 if months < -_FAR else 0


def _falls_on(year: int, month: int, day: int, weekday_: int) -> bool:
    found = days.make_day(year, month, day)
    return found is not None and found.isoweekday() == weekday_


def _month(f: dict[str, str], here: Standpoint, mod: str | None) -> Reading:
    month = int(f["month"])
    if f.get("which") in {"-1", "1"} and "year" not in f and here.base and "year_word" not in f:
        return reading(_which_month(month, int(f["which"]), here.base), here.anchor, mod)
    year, anchor = given_year(f, here)
    if year is None:
        year, anchor = near_year(month, None, here)
    return reading(f"{year:04d}-{month:02d}" if year else f"XXXX-{month:02d}", anchor, mod)


def _which_month(month: int, which: int, base: date) -> str:
    """ "last November": the latest one before this month; "next November": the first one after it."""
    if which < 0:
        year = base.year - (month >= base.month)
    else:
        year = base.year + (month <= base.month)
    return f"{year:04d}-{month:02d}"


def weekday(number: int, f: dict[str, str], here: Standpoint) -> Reading:
    """The day of a bare weekday: last one, coming one or this week's, by words and tense."""
    base = here.base
    if base is None:
        return Reading("DATE", f"XXXX-WXX-{number}")
    ahead = (number - base.isoweekday()) % 7
    back = -((base.isoweekday() - number) % 7)
    if "week" in f:
        monday = base - timedelta(base.isoweekday() - 1)
        return reading((monday + timedelta(number - 1 + 7 * int(f["week"]))).isoformat(), here.anchor)
    if here.narrative:
        return reading((base + timedelta(ahead)).isoformat(), here.anchor)
    if f.get("joined") and _one_stretch(number, f):
        return _joined_weekday(number, f, base, here)
    which = f.get("which")
    if which == "-1":
        shift = back or -7
    elif which == "1":
        shift = (ahead or 7) if (ahead or 7) > 1 else 8
    elif here.owned and number in here.weekdays:
        return reading(here.weekdays[number].isoformat(), here.anchor)
    else:
        shift = ahead if here.direction() in {"future", "present"} else back
    return reading((base + timedelta(shift)).isoformat(), here.anchor)


def _one_stretch(number: int, f: dict[str, str]) -> bool:
    """False for "Friday and Thursday": each is told by itself."""
    first, second = (number, int(f["joined"])) if f["piece"] == "1" else (int(f["joined"]), number)
    return (second - first) % 7 < 5


def _joined_weekday(number: int, f: dict[str, str], base: date, here: Standpoint) -> Reading:
    """ "Thursday and Friday", "from Monday to Wednesday": days of one stretch, the second after the first."""
    first, second = (number, int(f["joined"])) if f["piece"] == "1" else (int(f["joined"]), number)
    between = (second - first) % 7
    if here.direction() in {"future", "present"}:
        start = base + timedelta((first - base.isoweekday()) % 7)
    else:
        start = base - timedelta((base.isoweekday() - second) % 7 + between)
    day = start if f["piece"] == "1" else start + timedelta(between)
    return reading(day.isoformat(), here.anchor)


def _quarter(f: dict[str, str], here: Standpoint, mod: str | None) -> Reading | None:
    size, name = ("Q", "quarter") if "quarter" in f else ("H", "half")
    ended, apart = divmod(int(f.get("month", 0)), 3)  # the March quarter ended with March
    named = {"final": 4, "last": 4 if size == "Q" else 2, "latter": 2, "ended": ended}
    number = named[f[name]] if f[name] in named else int(f[name])
    if apart or number > (4 if size == "Q" else 2):
        return None
    year, anchor = given_year(f, here)
    if year is None:
        if here.base is None:
            return reading(f"XXXX-{size}{number}")
        year, anchor = here.base.year, here.anchor
        if size == "Q" and not here.narrative:
            year += _quarter_shift(number, here)
    found = reading(f"{year:04d}-{size}{number}", anchor, mod)
    return replace(found, earliest=None, latest=None) if "fiscal" in f else found


def _quarter_shift(number: int, here: Standpoint) -> int:
    """The nearest such quarter; two quarters away and more as the verb says."""
    assert here.base is not None
    away = number - (here.base.month + 2) // 3
    if away >= 2:
        return -1 if here.direction() == "past" or away > 2 else 0
    if away <= -2:
        return 1 if here.direction() == "future" else 0
    return 0


def season(f: dict[str, str], here: Standpoint) -> Reading:
    """A season with its year, or last, this or next; alone the nearest that the verb allows."""
    name = f["season"]
    year = full_year(f["year"], here) if "year" in f else None
    anchor = None
    if year is None:
        base = here.base
        if base is None:
            return Reading("DATE", f"XXXX-{name}")
        anchor, year = here.anchor, base.year
        if not here.narrative:
            year += _season_shift(name, f.get("which"), base, here)
    return reading(f"{year:04d}-{name}", anchor, f.get("mod"))


def season_alone(expression: Expression, here: Standpoint) -> Reading | None:
    """ "the summer" without its year."""
    return season(expression.fields, here)


def _season_shift(name: str, which: str | None, base: date, here: Standpoint) -> int:
    month = days.SEASON_MONTH[name]
    direction = here.direction() if which is None else {"-1": "past", "1": "future"}.get(which, "none")
    if which == "-1":
        return -1 if month + 1 >= base.month else 0
    if direction == "past":
        return -1 if month - 1 > base.month else 0
    if direction == "future":
        return 1 if month + 1 < base.month else 0
    return -1 if name == "WI" and base.month <= 3 else 0


def year(expression: Expression, here: Standpoint) -> Reading | None:
    """A year, also a fiscal one."""
    f = expression.fields
    if not f["year"]:
        return None
    found = reading(f"{full_year(f['year'], here):04d}", None, f.get("mod"))
    return replace(found, earliest=None, latest=None) if "fiscal" in f else found


def spelled(expression: Expression) -> Reading | None:
    """ "nineteen ninety-six", "the year two thousand"."""
    f = expression.fields
    century = 1900 if "nineteen" in expression.words else 2000
    return reading(f"{century + int(f.get('tens', 0)) + int(f.get('ones', 0)):04d}")


def of_month(expression: Expression, here: Standpoint) -> Reading | None:
    """ "the last day of May" is a day; "the first week of August" its first seven, named by the week that holds
    most of them."""
    f = expression.fields
    inner = _month({k: v for k, v in f.items() if k in {"month", "year"}}, here, None)
    if inner.earliest is None or inner.latest is None or f["unit"] not in {"PD", "PW"}:
        return None
    size = 1 if f["unit"] == "PD" else 7
    if f["nth"].isdigit():
        first = inner.earliest + timedelta(size * (int(f["nth"]) - 1))
    else:
        first = inner.latest - timedelta(size - 1)
    if "few" in expression.words.split() or first > inner.latest:
        return Reading("DURATION", "PX" + f["unit"][1:], None, inner.anchor, inner.earliest, inner.latest)
    if size == 1:
        return reading(first.isoformat(), inner.anchor)
    year, week, _ = (first + timedelta(3)).isocalendar()
    return Reading(
        "DATE", f"{year:04d}-W{week:02d}", None, inner.anchor, first, min(first + timedelta(6), inner.latest)
    )


def decade_or_year(expression: Expression) -> Reading | None:
    """ "the 1990's" is a decade, "1994's" a year."""
    text = expression.fields["decade"]
    value = text[:3] if text.endswith("0") else text
    return reading(value, None, expression.fields.get("mod"))


def century(expression: Expression) -> Reading | None:
    """ "the 19th century" is ``18``."""
    f = expression.fields
    number = int(f["century"]) if "century" in f else 21
    if "bc" in expression.words.split() or not 1 <= number <= 30:
        return None
    return reading(f"{number - 1:02d}", None, f.get("mod"))


def century_near(expression: Expression, here: Standpoint) -> Reading | None:
    """ "this century", "the last century"."""
    base = here.base
    if base is None:
        return None
    words = set(expression.words.split())
    shift = 0 if "this" in words else 1 if "next" in words else -1
    return reading(f"{base.year // 100 + shift:02d}", here.anchor)
