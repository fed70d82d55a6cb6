"""Days of an event or time expression in, words for a reader out: which day, how precisely, and how it was found."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from dateline.export.view import Moment
from dateline.export.visible import in_words, one_line
from dateline.model import Event, Record, ReferenceDay, Timex

UNDATED = "Day not told"
NO_WORDS = "no time expression belongs to it"


def day_label(day: date) -> str:
    """``Saturday 16 September 2023``, in English whatever the machine's locale."""
    return f"{_WEEKDAYS[day.weekday()]} {day.day} {_MONTHS[day.month]} {day.year}"


_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip


def span_label(earliest: date | None, latest: date | None) -> tuple[str, str]:
    """A heading and a precision for the days from ``earliest`` to ``latest``, both inclusive, None = open."""
    if earliest is None and latest is None:
        return UNDATED, "no day"
    if earliest is None or latest is None:
        if latest is not None:
            return f"By {day_label(latest)}", "open start"
        return f"From {day_label(earliest or date.min)}", "open end"
    if earliest == latest:
        return day_label(earliest), "one day"
    return _long(earliest, latest)


def _long(earliest: date, latest: date) -> tuple[str, str]:
    last = calendar.monthrange(latest.year, latest.month)[1]
    whole_months = earliest.day == 1 and latest.day == last
    days = (latest - earliest).days + 1
    if whole_months and (earliest.year, earliest.month) == (latest.year, latest.month):
        return f"{_MONTHS[earliest.month]} {earliest.year}", "one month"
    if whole_months and earliest.month == 1 and latest.month == 12:
        if earliest.year == latest.year:
            return f"{earliest.year}", "one year"
        return f"{earliest.year} to {latest.year}", f"{latest.year - earliest.year + 1} years"
    if days == 7 and earliest.weekday() == 0:
        return f"Week of {_short(earliest, latest)}", "one week"
    return _short(earliest, latest), f"within {days} days"


def _short(earliest: date, latest: date) -> str:
    end = f"{latest.day} {_MONTHS[latest.month]} {latest.year}"
    if earliest.year != latest.year:
        return f"{earliest.day} {_MONTHS[earliest.month]} {earliest.year} to {end}"
    if earliest.month != latest.month:
        return f"{earliest.day} {_MONTHS[earliest.month]} to {end}"
    return f"{earliest.day} to {end}"


def moment_of(event: Event, record: Record, timexes: dict[str, Timex]) -> Moment:
    """When an event was, with the words that gave it the day."""
    label, precision = span_label(event.earliest, event.latest)
    if event.earliest is None and event.latest is None:
        return Moment(label, precision, _undated(event, record, timexes))
    low = (event.earliest or event.latest or date.min).isoformat()
    high = (event.latest or event.earliest or date.max).isoformat()
    return Moment(label, precision, how_found(event, record, timexes), low, high, _exact(low, high))


def _exact(low: str, high: str) -> str:
    return low if low == high else f"{low} to {high}"


def how_found(event: Event, record: Record, timexes: dict[str, Timex]) -> str:
    """The words behind an event's day, or the rule that carried it over from the story."""
    own = _own_timexes(event, timexes)
    carried = _carrier(event, timexes) if not own else None
    found = [_from_words(timex, record, timexes) for timex in own]
    if carried is not None:
        found.append(f"carried over from {_from_words(carried, record, timexes)}")
    if not found and event.day_by:
        found.append(in_words("day_by", event.day_by))
    return "; ".join(found) or "not said how"


def _own_timexes(event: Event, timexes: dict[str, Timex]) -> list[Timex]:
    refs = dict.fromkeys(argument.ref for argument in event.arguments if argument.role == "time")
    return [timexes[ref] for ref in refs if ref in timexes]


def _carrier(event: Event, timexes: dict[str, Timex]) -> Timex | None:
    """The time expression that the story had its day from: the one named in ``day_by``, or the last one before."""
    named = timexes.get((event.day_by or "").rpartition(":")[2])
    if named is not None or event.day_by != "narrative":
        return named
    before = [t for t in timexes.values() if (t.earliest, t.latest) == (event.earliest, event.latest)]
    return next((t for t in reversed(before) if t.span.start < event.span.start), None)


def _from_words(timex: Timex, record: Record, timexes: dict[str, Timex]) -> str:
    quoted = f"“{one_line(timex.span.of(record.article.text))}” [{timex.span.start}–{timex.span.end}]"
    anchored = anchor_words(timex, record, timexes)
    return f"{quoted}, {anchored}" if anchored else quoted


def anchor_words(timex: Timex, record: Record, timexes: dict[str, Timex]) -> str:
    """What a time expression was counted from; nothing for one that says its day in full."""
    if not timex.anchor:
        return ""
    other = timexes.get(timex.anchor)
    if other is not None:
        return f"counted from “{one_line(other.span.of(record.article.text))}”"
    said = in_words("anchor", timex.anchor)
    if timex.anchor == "derived" and record.reference is not None:
        return f"{said} ({record.reference.day.isoformat()})"
    return said


def _undated(event: Event, record: Record, timexes: dict[str, Timex]) -> str:
    own = _own_timexes(event, timexes)
    if not own:
        return NO_WORDS
    return "; ".join(f"“{one_line(t.span.of(record.article.text))}” gives no day" for t in own)


def reference_words(reference: ReferenceDay | None, text: str) -> str:
    """The day the report speaks from, and how it is known."""
    if reference is None:
        return "not known: days that are counted from it stay open"
    if reference.by == "published":
        return f"{day_label(reference.day)}, as given"
    said = f"{day_label(reference.day)}, derived ({one_line(reference.by)})"
    return f"{said} from “{one_line(reference.span.of(text))}”" if reference.span else said


def days_between(first: str, last: str) -> int:
    """Whole days from one ISO day to another."""
    return (date.fromisoformat(last) - date.fromisoformat(first)) // timedelta(days=1)
