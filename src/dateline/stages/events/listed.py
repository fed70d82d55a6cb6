"""Days told in a list: a timex and the record's timexes in, the first and last day of its list out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dateline.model import Timex

_JOINING = frozenset({",", ";", "and", ",and", "or", "to", "until", "till", "through", "on", "-", "–"})
_MAX_DAYS = 40
"""Days between two neighbours of a list: a list of days is of about a month."""


def days_of_list(text: str, timexes: Sequence[Timex], timex: Timex) -> tuple[date, date] | None:
    """ "On Monday 20, Tuesday 21 and Sunday, April 26", "from Monday to Friday": an act of listed days is one of all of
    them. None where the timex stands in no list. ``timexes`` stand in text order."""
    at = next((k for k, other in enumerate(timexes) if other.id == timex.id), None)
    if at is None:
        return None
    first = last = at
    while first and _next(text, timexes[first - 1], timexes[first]):
        first -= 1
    while last + 1 < len(timexes) and _next(text, timexes[last], timexes[last + 1]):
        last += 1
    earliest, latest = timexes[first].earliest, timexes[last].latest
    return (earliest, latest) if first < last and earliest is not None and latest is not None else None


def _next(text: str, one: Timex, other: Timex) -> bool:
    """Whether a day stands behind an earlier one with nothing but a comma or a joining word between."""
    if one.latest is None or other.earliest is None or other.latest is None or not one.latest < other.earliest:
        return False
    between = text[one.span.end : other.span.start].lower().split()
    days = one.type == other.type == "DATE" and one.latest == one.earliest and other.earliest == other.latest
    return days and (other.latest - one.latest).days <= _MAX_DAYS and bool(between) and set(between) <= _JOINING
