"""Years of other calendars in ("Juche 112", "1445 AH", "2566 B.E."), readings in ours out."""

from __future__ import annotations

from datetime import timedelta

from dateline.knowledge import calendar
from dateline.stages.times.expressions import Expression
from dateline.stages.times.standpoint import Reading, reading

_BUDDHIST = -543
"""What is added to a year of the Buddhist era as Thailand counts it since 1941."""
_LAST_HIJRI = 9000


def era_year(expression: Expression) -> Reading | None:
    """A year counted from the first of an era."""
    f = expression.fields
    added = _BUDDHIST if "buddhist_year" in f else calendar.load_eras()[_era_name(expression)]
    year = int(f["buddhist_year"] if "buddhist_year" in f else f["era_year"]) + added
    return reading(f"{year:04d}") if 1 <= year <= 2100 else None


def _era_name(expression: Expression) -> str:
    return expression.words.split()[0]


def hijri_year(expression: Expression) -> Reading | None:
    """The year of ours that holds its middle; its days are the year's own, over two of ours."""
    number = int(expression.fields["hijri_year"])
    if not 1 <= number <= _LAST_HIJRI:
        return None
    first, last = calendar.hijri_year(number)
    middle = first + timedelta((last - first).days // 2)
    return Reading("DATE", f"{middle.year:04d}", None, None, first, last)
