"""The words of time: ``data/rules/times/words.csv`` and ``holidays.csv`` in; word classes, values and feast days out.

A word belongs to classes (``month``, ``unit``, ``ordinal``); in each it has a value. Digits get their classes from
their shape: ``13`` may be a day, a minute or a number, ``1990`` a year or a clock of four digits.
"""

from __future__ import annotations

import functools
import re
from datetime import date, timedelta

from dateline.knowledge import files

WORD = re.compile(
    r"\d{1,2}:\d\d(?::\d\d)?(?!\d)|\d{1,2}\.\d{1,2}\.\d{2,4}(?![\d.])|\d+(?:[.,]\d+)+|\d+(?:st|nd|rd|th|s)\b|\d+"
    r"|[AaPp]\.[Mm]\b\.?|[^\W\d_]+|\n[^\S\n]*\n|[^\s\w]|_"
)
"""One word, number, clock, mark or paragraph break of a text."""

_MONTH_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)")
_SHAPES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("number", re.compile(r"\d{1,7}|\d{1,3}(?:,\d{3})+")),
    ("year", re.compile(r"1\d{3}|20\d\d|2100")),
    ("buddhist-year", re.compile(r"2[45]\d\d")),
    ("two", re.compile(r"\d\d")),
    ("day", re.compile(r"0?[1-9]|[12]\d|3[01]|(?:[12]?1st|[12]?2nd|[12]?3rd|[12]?[04-9]th|1[1-3]th|30th|31st)")),
    ("minute", re.compile(r"[0-5]\d")),
    ("hour", re.compile(r"[01]?\d|2[0-4]")),
    ("clock4", re.compile(r"(?:[01]\d|2[0-3])[0-5]\d|2400")),
    ("nthday", re.compile(r"(?:[12]?1st|[12]?2nd|[12]?3rd|[12]?[04-9]th|1[1-3]th|30th|31st)")),
    ("nth", re.compile(r"\d{1,3}(?:st|nd|rd|th)")),
    ("decade", re.compile(r"(?:1\d|20)\d0s")),
    ("decade2", re.compile(r"[1-9]0s")),
    ("clock", re.compile(r"(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?")),
    ("dotted", re.compile(r"\d{1,2}\.\d{1,2}\.(?:\d{4}|\d\d)")),
    ("decimal", re.compile(r"\d{1,4}\.\d{1,2}")),
    ("fraction", re.compile(r"[½¼¾]")),
)

_OPENING = re.compile(r"[\d½¼¾]")
"""How every shape of number begins."""


def _number_value(class_: str, word: str) -> str:
    ordinal = _ORDINAL.fullmatch(word)
    if ordinal:
        return str(int(ordinal[1]))
    if class_ in {"number", "day", "hour"}:
        return str(int(word.replace(",", "")))
    return word.removesuffix("s")


@functools.lru_cache(maxsize=10_000)
def number_classes(word: str) -> dict[str, str]:
    """The classes of a word made of digits, each with the value the word has in it."""
    if _OPENING.match(word) is None:
        return {}
    return {class_: _number_value(class_, word) for class_, shape in _SHAPES if shape.fullmatch(word)}


@functools.cache
def load_words() -> dict[str, dict[str, tuple[str, str]]]:
    """word -> class -> (value, how it must be written: ``any``, ``capital`` or ``upper``)."""
    found: dict[str, dict[str, tuple[str, str]]] = {}
    for row in files.rows(files.path("rules", "times", "words.csv"), ("class", "word", "value", "written")):
        found.setdefault(row["word"], {})[row["class"]] = (row["value"], row["written"])
    return found


def classes_of(word: str) -> dict[str, str]:
    """The classes of a word as it is written here, each with its value: ``may`` is no month, ``May`` is one."""
    if word[:1].isdigit() or word in "½¼¾":
        return number_classes(word)
    entry = load_words().get(word.lower())
    if not entry:
        return {}
    return {
        class_: value
        for class_, (value, written) in entry.items()
        if written == "any" or (word.isupper() if written == "upper" else word[0].isupper())
    }


@functools.cache
def load_holidays() -> dict[str, str]:
    """name -> rule: ``12-25``; ``11-4-4`` fourth Thursday of November (``L`` the last); ``E-2`` days from Easter."""
    table = files.rows(files.path("rules", "times", "holidays.csv"), ("name", "rule"))
    return {row["name"]: row["rule"] for row in table}


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Meeus, Jones, Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    i = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * i) // 451
    month, day = divmod(h + i - 7 * m + 114, 31)
    return date(year, month, day + 1)


_HIJRI_EPOCH = date(622, 7, 19).toordinal()
"""The first of Muharram of year 1 (16 July 622 of the Julian calendar) in the Gregorian calendar."""


def hijri_year(year: int) -> tuple[date, date]:
    """First and last day of a year of the Hijri calendar as tables reckon it (30 years are 10,631 days); the sighting
    of the moon may move either by a day. Source: Richards, Mapping Time, 1998."""
    first, after = (_HIJRI_EPOCH + (y - 1) * 354 + (3 + 11 * y) // 30 for y in (year, year + 1))
    return date.fromordinal(first), date.fromordinal(after - 1)


@functools.cache
def load_eras() -> dict[str, int]:
    """Name of an era -> what is added to its years: ``juche`` 1911."""
    words = load_words()
    return {word: int(classes["era-name"][0]) for word, classes in words.items() if "era-name" in classes}


@functools.cache
def load_date_orders() -> dict[str, str]:
    """Lower-case name of an outlet -> ``MDY`` or ``DMY``, as its country writes dates in figures."""
    orders = {row["country"]: row["order"] for row in files.rows(files.path("rules", "times", "date_orders.csv"))}
    found: dict[str, str] = {}
    for row in files.rows(files.path("actors", "outlets.csv"), ("name", "aliases", "country")):
        for name in (row["name"], *row["aliases"].split("|")):
            if name.strip():
                found[name.strip().lower()] = orders.get(row["country"], "DMY" if row["country"] else "")
    return found


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """The nth such weekday (1 Monday to 7 Sunday) of a month; ``nth`` 0 is the last one."""
    if nth == 0:
        last = date(year, month, days_in(year, month))
        return last - timedelta((last.isoweekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta((weekday - first.isoweekday()) % 7 + 7 * (nth - 1))


def days_in(year: int, month: int) -> int:
    """The number of days of a month."""
    leap = month == 2 and (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0))
    return _MONTH_DAYS[month - 1] + leap


def holiday(name: str, year: int) -> date | None:
    """The day of a feast in a year, or None for a name we do not know."""
    rule = load_holidays().get(name)
    if rule is None:
        return None
    if rule.startswith("E"):
        return easter(year) + timedelta(int(rule[1:]))
    parts = rule.split("-")
    if parts[1] == "US":
        return nth_weekday(year, int(parts[0]), 1, 1) + timedelta(1)
    if len(parts) == 3:
        return nth_weekday(year, int(parts[0]), int(parts[1]), 0 if parts[2] == "L" else int(parts[2]))
    return date(year, int(parts[0]), int(parts[1]))
