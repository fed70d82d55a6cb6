"""The words of a day of publication in, the day out, where they can be read in one way only. Nothing is ever filled in:
half a date is no day, and the clock is not asked. A stamp with an hour and a zone gives the day of that zone."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, Protocol

from dateline.errors import InputError
from dateline.knowledge.day_names import months_of, weekdays_of

_LONGEST, _KEPT = 200, 40
"""Characters of a date that are looked at, and that are kept of one that cannot be read."""
_ISO = re.compile(r"\W*(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)(?!-)")
_COMPACT = re.compile(r"\s*(\d{4})(\d\d)(\d\d)(?:T?(?:\d{4}|\d{6}).{0,12})?\s*")
_HAN = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일號号]")
_FIGURES = re.compile(r"(?<![\d./-])(\d{1,4})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{1,4})(?!\d|[./-]\d)")
_CLOCK = re.compile(r"(?<!\d)\d{1,2}(?:[:h]\d\d){1,2}(?:[.,]\d{1,9})?|(?<=[\s\d])[+-]\d\d:?\d\d\b")
_WORD = re.compile(r"[^\d\s,.;:/()|+–—-]+")
_OF = r"[\s,./-]{0,4}(?:(?:de|del|di|da|do|of|den|der|van|the)\b[\s,./-]{0,4})?"
_BEFORE = re.compile(rf"(?<!\d)(\d{{1,4}})(?:st|nd|rd|th|er|re|º|ª|°)?{_OF}$")
_AFTER = re.compile(
    rf"\.?{_OF}(\d{{1,4}})(?!\d)(?:st|nd|rd|th)?{_OF}(?:[A-Z]{{3,4}}\s+)?(?:(\d{{4}}|\d\d)(?!\d|[./-]\d))?"
)
_EMPTY = frozenset({date(1, 1, 1), date(1899, 12, 30), date(1900, 1, 1), date(1969, 12, 31), date(1970, 1, 1)})
"""Days that machines write where they know none: year one, and the beginnings of their calendars."""
_FIRST = 1450
"""The year before which nothing was printed."""
_ZONE_SPACE = re.compile(r"(?<=\d)\s+(?=[+-]\d\d:?\d\d$)")
_SAME = timedelta(minutes=15)
_WEST, _EAST = timedelta(hours=-12), timedelta(hours=14)
"""How far the clocks of the world stand from UTC."""


class Stamp(Protocol):
    """A moment of NumPy (``datetime64``), which is no ``date``."""

    def astype(self, unit: Any, /) -> Any: ...


Day = date | str | Stamp | None
"""What is taken for a day: a date, a datetime or a pandas Timestamp (its own zone's day), a NumPy datetime64, ISO text;
None, an empty text and a frame's "not a time" are no day."""


def day_from(value: Day) -> date | None:
    """A day from ``2023-09-16`` or a longer ISO stamp, or from anything of :data:`Day`. Else raises
    :class:`InputError`.

    >>> from datetime import datetime
    >>> day_from(datetime(2023, 9, 16, 23, 59)), day_from("2023-09-16T23:59:00+02:00"), day_from(None)
    (datetime.date(2023, 9, 16), datetime.date(2023, 9, 16), None)
    """
    if value is None or _missing(value):
        return None
    if not isinstance(value, date | str) and hasattr(value, "astype"):
        value = value.astype("datetime64[D]").item()  # a date, or None for NaT
        return value if isinstance(value, date) else None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value).strip()[:10])
    except ValueError:
        raise InputError(f"published is {str(value)[:_KEPT]!r}: not a date of the form 2023-09-16") from None


def _missing(value: object) -> bool:
    """No day at all: None, an empty text, or what frames put where nothing is: NaT and NaN are not equal to themselves,
    and pandas' NA will not say."""
    if value is None or isinstance(value, str):
        return not value
    try:
        return not value == value  # noqa: SIM201
    except TypeError:
        return True


def readable_day(value: str | None) -> tuple[date | None, str | None]:
    """(day, None), or (None, the words) where the day cannot be read: 03-02-2009 may be March or February, and a month
    is no day."""
    if value is None or not value.strip():
        return None, None
    day = day_in(value)
    return day, None if day else value.strip()[:_KEPT]


def day_in(words: str) -> date | None:
    """The one day that some words name in full: in figures, with a month in words of any language in the table, with a
    weekday that decides between readings. None where there is no such day, or more than one."""
    text = unicodedata.normalize("NFKC", words[:_LONGEST]).strip()
    text = "".join(str(unicodedata.digit(c)) if c.isdigit() and not c.isascii() else c for c in text)
    whole = _ISO.match(text) or _COMPACT.fullmatch(text) or _HAN.search(text)
    if whole is not None:
        return _only(_valid([(int(whole[1]), int(whole[2]), int(whole[3]))]), set())
    text = " ".join(_CLOCK.sub(" ", text).split())
    days, weekdays = set[date](), set[int]()
    for token in _WORD.finditer(text):
        months = months_of(token[0])
        named = _valid(_around(text, token.start(), token.end(), months)) if months else set()
        days |= named
        weekdays |= set() if named else weekdays_of(token[0])
    return _only(days or _valid(_in_figures(text)), weekdays)


def stamped_day(value: str | None, retrieved: date | None = None) -> tuple[date | None, str | None]:
    """As :func:`readable_day`, for what a machine wrote: a day that stands for "unknown" is none, and one after the day
    on which the input was retrieved (today where that is not known)."""
    day, words = readable_day(value)
    latest = (retrieved or date.today()) + timedelta(days=1)  # noqa: DTZ011 - the user's own day; it is never given out
    if day is None or (day not in _EMPTY and day <= latest):
        return day, words
    return None, str(value).strip()[:_KEPT]


def own_day(value: str, witnesses: Iterable[str], days: Iterable[date]) -> date | None:
    """The outlet's own day of a stamp. A stamp in UTC hides it: another stamp of the same moment with the outlet's
    zone tells it, or a day that the page shows or the address holds, where some zone of the world makes it so."""
    moment = moment_in(value)
    day = day_in(value)
    if moment is None or moment.utcoffset() or moment.time() == datetime.min.time():
        return day
    for other in map(moment_in, witnesses):
        if other is not None and other.utcoffset() and abs(other - moment) <= _SAME:
            return other.date()
    first, last = (moment + _WEST).date(), (moment + _EAST).date()
    return next((shown for shown in days if first <= shown <= last), day)


def moment_in(value: str) -> datetime | None:
    """The moment of an ISO or mail stamp with a zone, None for anything else."""
    text = value.strip()[:_LONGEST]
    for parse, form in ((datetime.fromisoformat, _ZONE_SPACE.sub("", text)), (parsedate_to_datetime, text)):
        try:
            found = parse(form)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        if found.tzinfo is None and text.endswith("-0000"):
            return found.replace(tzinfo=UTC)
        return found if found.tzinfo is not None else None
    return None


def day_of_address(url: str | None) -> date | None:
    """The day in the path of an address: ``/2023/07/14/``, ``/2023-07-14-``, ``/20230714/``."""
    found = re.search(r"/((?:19|20)\d\d)([/-]?)([01]?\d)\2([0-3]?\d)(?=[/_.-]|$)", (url or "").partition("?")[0])
    if found is None or (not found[2] and len(found[0]) != 9):
        return None
    return next(iter(_valid([(int(found[1]), int(found[3]), int(found[4]))])), None)


def _around(text: str, start: int, end: int, months: Iterable[int]) -> Iterator[tuple[int, int, int]]:
    """(year, month, day) of a month's name with figures on its sides."""
    before = _BEFORE.search(text, max(0, start - 30), start)
    after = _AFTER.match(text, end)
    for month in months:
        if before is not None and after is not None:
            left, right = before[1], after[1]
            if len(right) in {2, 4} and len(left) <= 2:
                yield from ((year, month, int(left)) for year in _years(right))
            if len(left) in {2, 4} and len(right) <= 2:
                yield from ((year, month, int(right)) for year in _years(left))
        elif after is not None and after[2] and len(after[1]) <= 2:
            yield from ((year, month, int(after[1])) for year in _years(after[2]))


def _in_figures(text: str) -> Iterator[tuple[int, int, int]]:
    """(year, month, day) of every reading of the dates in figures."""
    for found in itertools.islice(_FIGURES.finditer(text), 4):
        one, two, three = found[1], int(found[3]), found[4]
        if len(one) == 4:
            yield int(one), two, int(three)
            continue
        if len(one) > 2:
            continue
        for year in _years(three):
            yield year, two, int(one)
            yield year, int(one), two
        if len(three) == 2 and len(one) == 2:
            yield from ((year, two, int(three)) for year in _years(one))


def _years(figures: str) -> tuple[int, ...]:
    """The year of four figures, or of two as POSIX reads them (69 is 1969)."""
    if len(figures) == 4:
        return (int(figures),)
    return (int(figures) + (1900 if int(figures) > 68 else 2000),) if len(figures) == 2 else ()


def _valid(parts: Iterable[tuple[int, int, int]]) -> set[date]:
    found = set()
    for year, month, day in parts:
        try:
            found.add(date(year, month, day))
        except ValueError:
            continue
    return {day for day in found if day.year >= _FIRST}


def _only(days: set[date], weekdays: set[int]) -> date | None:
    """The only day, or the only one of several on the weekday that was named."""
    if len(days) > 1:
        days = {day for day in days if day.isoweekday() in weekdays}
    return next(iter(days)) if len(days) == 1 else None
