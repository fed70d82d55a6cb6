from __future__ import annotations

import pytest

from dateline.knowledge.day_names import months_of, weekdays_of


@pytest.mark.parametrize(
    ("word", "months"),
    [("Mar", {3}), ("MAY", {5}), ("août", {8}), ("aout", {8}), ("sept.", {9}), ("listopad", {10, 11}), ("ship", set())],
)
def test_a_month_in_any_language_or_in_several(word: str, months: set[int]) -> None:
    assert months_of(word) == months


def test_weekdays_are_told_too() -> None:
    assert weekdays_of("Thurs") == {4}
    assert weekdays_of("mardi") == {2}
    assert weekdays_of("harbour") == set()
