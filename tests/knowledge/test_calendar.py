"""The words of time as they are written, the shapes of numbers, and the feasts of a year."""

from __future__ import annotations

from datetime import date

import pytest

from dateline.errors import KnowledgeError
from dateline.knowledge import calendar, timeforms


def test_may_is_a_month_only_with_its_capital() -> None:
    assert calendar.classes_of("May")["month"] == "05"
    assert "month" not in calendar.classes_of("may")


def test_a_time_zone_is_written_in_capitals() -> None:
    assert calendar.classes_of("GMT")["zone"] == "Z"
    assert "zone" not in calendar.classes_of("Est")


@pytest.mark.parametrize(
    ("word", "classes"),
    [
        ("13", {"number", "day", "two", "minute", "hour"}),
        ("1990", {"number", "year", "clock4"} - {"clock4"}),
        ("0530", {"number", "clock4"}),
        ("3rd", {"day", "nth", "nthday"}),
        ("201st", {"nth"}),
        ("1990s", {"decade"}),
        ("10:35", {"clock"}),
        ("1,500", {"number"}),
        ("99:99", set()),
    ],
)
def test_digits_get_their_classes_from_their_shape(word: str, classes: set[str]) -> None:
    assert set(calendar.number_classes(word)) == classes


@pytest.mark.parametrize(
    ("name", "year", "day"),
    [
        ("christmas", 2023, date(2023, 12, 25)),
        ("easter", 2024, date(2024, 3, 31)),
        ("good friday", 2024, date(2024, 3, 29)),
        ("thanksgiving", 2023, date(2023, 11, 23)),
        ("memorial day", 2024, date(2024, 5, 27)),
        ("election day", 2024, date(2024, 11, 5)),
    ],
)
def test_a_feast_falls_on_its_day(name: str, year: int, day: date) -> None:
    assert calendar.holiday(name, year) == day


def test_every_feast_has_a_day_in_every_year() -> None:
    assert all(calendar.holiday(name, 2023) for name in calendar.load_holidays())


def test_an_unknown_feast_has_none() -> None:
    assert calendar.holiday("no such day", 2023) is None


@pytest.mark.parametrize(
    ("year", "month", "days"), [(2024, 2, 29), (2023, 2, 28), (1900, 2, 28), (2000, 2, 29), (2024, 4, 30)]
)
def test_months_have_their_days(year: int, month: int, days: int) -> None:
    assert calendar.days_in(year, month) == days


def _compiled(form: str) -> timeforms.Node:
    return timeforms._Compiler(form, {}, timeforms.load_grammar().codes).parse()


@pytest.mark.parametrize("form", ["(the", "[ <month>", "<no-such-class>", "@nomacro", "the )"])
def test_a_form_with_a_mistake_is_refused(form: str) -> None:
    with pytest.raises(KnowledgeError):
        _compiled(form)


def test_a_form_knows_the_words_it_may_begin_with() -> None:
    codes = timeforms.load_grammar().codes
    node = _compiled("the? <month>")
    assert codes.of("the") in node.first
    assert codes.of("March") in node.first
    assert codes.of("of") not in node.first
    assert not node.empty
