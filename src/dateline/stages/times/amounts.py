"""Words of number and unit in ("two and a half", ``PY``), TIMEX3 durations out."""

from __future__ import annotations

import re
from fractions import Fraction

from dateline.knowledge import calendar

_FRACTIONS = {
    "half": Fraction(1, 2),
    "quarter": Fraction(1, 4),
    "½": Fraction(1, 2),
    "¼": Fraction(1, 4),
    "¾": Fraction(3, 4),
}
_HALVES = {"PY": "6M", "PTH": "30M", "PTM": "30S"}
_LARGER = {"PF": "PW", "PN": "PD"}
_SINGLE = {"a", "an", "one"}
_HALF_OF_ONE = {"a half", "a quarter"}
"""The article here is no number of its own."""
_SKIP = {"and", "-", "of", "the", "more", "good", "great"}


def amount(words: str) -> Fraction | None:
    """The number that words name, None where they name none exactly ("several", "a few")."""
    total, current, seen = Fraction(0), Fraction(0), False
    for word in words.replace("1 / 2", "½").split():
        if word in _SKIP:
            continue
        part = _part(word)
        if part is None:
            return None
        seen = True
        if word in {"hundred", "dozen"}:
            current = max(current, Fraction(1)) * part
        elif word == "thousand":
            total, current = total + max(current, Fraction(1)) * part, Fraction(0)
        elif not (word in {"a", "an"} and current):
            current = part if words in _HALF_OF_ONE else current + part
    return total + current if seen else None


def _part(word: str) -> Fraction | None:
    if word in _SINGLE:
        return Fraction(1)
    if word in _FRACTIONS:
        return _FRACTIONS[word]
    if word == "couple":
        return Fraction(2)
    value = calendar.classes_of(word)
    text = value.get("number") or value.get("decimal") or value.get("year") or value.get("two")
    return Fraction(text) if text and re.fullmatch(r"[\d.]+", text) else None


def shown(number: Fraction) -> str:
    """``5``, ``2.5``."""
    return str(number.numerator) if number.denominator == 1 else f"{float(number):g}"


def duration(number: Fraction | None, unit: str, halved: bool = False) -> str:
    """``P5Y``; decades and centuries in years; half an hour is ``PT30M``; None becomes X.

    ``halved``: the words say "1/2", and two and a half years are ``P2Y6M``."""
    if number is None:
        return f"PTX{unit[2:]}" if unit[1] == "T" else f"PX{_LARGER.get(unit, unit)[1:]}"
    many = {"PDE": ("PY", 10), "PCE": ("PY", 100), "PML": ("PY", 1000), "PF": ("PW", 2), "PN": ("PD", 1)}
    unit, factor = many.get(unit, (unit, 1))
    number *= factor
    smaller = {"PTH": ("PTM", 60), "PTM": ("PTS", 60), "PDE": ("PY", 10)}
    if number.denominator != 1 and unit in smaller and number < 1:
        unit, factor = smaller[unit]
        number *= factor
    if number.denominator == 2 and number > 1 and halved and unit in _HALVES:
        lesser = _HALVES[unit]
        return f"{unit[:-1]}{int(number)}{unit[-1]}{lesser}"
    return f"PT{shown(number)}{unit[2:]}" if unit.startswith("PT") else f"P{shown(number)}{unit[1:]}"
