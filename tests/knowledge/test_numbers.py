from __future__ import annotations

import pytest

from dateline.knowledge.numbers import number_of


@pytest.mark.parametrize(
    ("form", "value"), [("13", 13), ("1,200", 1200), ("Thirteen", 13), ("crew", None), ("3.5", None)]
)
def test_numbers_are_read_in_digits_and_in_words(form: str, value: int | None) -> None:
    assert number_of(form) == value
