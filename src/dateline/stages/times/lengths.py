"""Durations, sets and times without a day in, readings out."""

from __future__ import annotations

from dataclasses import replace

from dateline.knowledge import calendar
from dateline.stages.times import days
from dateline.stages.times.amounts import amount, duration
from dateline.stages.times.expressions import Expression
from dateline.stages.times.relative import count, size_of
from dateline.stages.times.standpoint import Reading, Standpoint, reading


def approx_mod(f: dict[str, str]) -> str | None:
    """The TIMEX3 ``mod`` of "more than", "nearly", "about"."""
    words = f.get("approx")
    return calendar.classes_of(words).get("approx", "APPROX") if words else None


def length(expression: Expression) -> Reading | None:
    """ "five years", "half an hour", "two hours and ten minutes"."""
    f = expression.fields
    unit = f["unit"]
    if unit == "PQ":
        return None  # "three quarters" is a share far more often than nine months
    number = None if f.get("count") == "X" else amount(_count_words(f))
    value = duration(number, unit, halved="1 / 2" in expression.words or "½" in expression.words)
    if "lesser" in f and number is not None and value.startswith("PT") == f["lesser"].startswith("PT"):
        more = duration(amount(f["num"]) if "more" not in f else amount(f["more"]), f["lesser"])
        value += more[2:] if more.startswith("PT") else more[1:]
    return Reading("DURATION", value, approx_mod(f))


def _count_words(f: dict[str, str]) -> str:
    if "count" in f:
        return f["count"]
    if "num" in f:
        return f["num"]
    many = f.get("many")
    return many if many is not None else "a"


def many(expression: Expression) -> Reading | None:
    """ "several months" PXM, "a couple of weeks" P2W."""
    f = expression.fields
    number = amount(f["many"]) if f["many"].isdigit() else None
    return Reading("DURATION", duration(number, f["unit"]), approx_mod(f))


def half(expression: Expression) -> Reading | None:
    """ "half an hour", "a year and a half"."""
    f = expression.fields
    return Reading("DURATION", duration(amount(f["count"]), f["unit"], halved=f["count"] == "1.5"), approx_mod(f))


def bound(expression: Expression, here: Standpoint) -> Reading | None:
    """ "the past two decades": a duration that ends or begins on the day of the report."""
    f = expression.fields
    number, size = count(f), size_of(f["unit"])
    value = duration(number, f["unit"])
    side, base = int(f["bound"]), here.base
    if number is None or base is None or not size or not side:
        return Reading("DURATION", value)
    other = days.shifted(base, size, side * int(number))
    first, last = sorted((base, other))
    return Reading("DURATION", value, None, here.anchor, first, last)


def the_year(expression: Expression, here: Standpoint) -> Reading | None:
    """ "for the year": the report's own; of a fiscal year the days are not known."""
    if here.base is None:
        return None
    found = reading(f"{here.base.year:04d}", here.anchor)
    return replace(found, earliest=None, latest=None) if "fiscal" in expression.words else found


def past_unit(expression: Expression, here: Standpoint) -> Reading | None:
    """ "the past year": the unit that ends on the day of the report."""
    f = expression.fields
    f.setdefault("bound", "-1")
    f.setdefault("count", "one")
    return bound(expression, here)


def recent(expression: Expression) -> Reading | None:
    """ "recent years": some of them, up to now."""
    return Reading("DURATION", duration(None, expression.fields["unit"]))


def long(expression: Expression) -> Reading | None:
    """ "week-long", "decades-long"."""
    f = expression.fields
    if "units" in f:
        return Reading("DURATION", duration(None, f["units"]))
    return Reading("DURATION", duration(amount("one"), f["unit"]))


def often(expression: Expression) -> Reading | None:
    """ "daily", "weekly"."""
    return Reading("SET", expression.fields["often"])


def every(expression: Expression) -> Reading | None:
    """ "every week" P1W, "every other day" P2D, "every five years" P5Y."""
    f = expression.fields
    unit = f.get("unit") or f["units"]
    number = amount(f["num"]) if "num" in f else amount("2" if "other" in f else f.get("ordinal", "1"))
    if "units" in f and "num" not in f:
        number = amount("2") if "couple" in expression.words else None
    return Reading("SET", duration(number, unit))


def every_named(expression: Expression) -> Reading | None:
    """ "every Friday", "Mondays", "every summer"."""
    f = expression.fields
    day = f.get("weekday") or f.get("weekdays")
    part = f.get("part") or f.get("parts")
    if day:
        return Reading("SET", f"XXXX-WXX-{day}" + (f"T{part}" if part else ""))
    if "month" in f:
        return Reading("SET", f"XXXX-{f['month']}")
    if "season" in f:
        return Reading("SET", f"XXXX-{f['season']}")
    return Reading("SET", f"XXXX-XX-XXT{part}" if part else "P1Y")


def times(expression: Expression) -> Reading | None:
    """ "twice a week": the unit in which it comes round."""
    return Reading("SET", duration(amount("one"), expression.fields["unit"]))


def per(expression: Expression) -> Reading | None:
    """ "per month", "10 tanks a month", "24 hours a day"."""
    f = expression.fields
    return Reading("SET", duration(amount("one"), f.get("every_unit") or f["unit"]))


def vague(expression: Expression) -> Reading | None:
    """ "now", "recently", "in the future"."""
    return Reading("DATE", expression.fields["vague"])
