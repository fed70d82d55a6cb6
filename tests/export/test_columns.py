"""Lines of a fixed width for a terminal."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dateline.export.columns import Sheet, display_width, wrapped


@given(st.text(st.sampled_from("ab é漢e\u0301🚢 "), max_size=60), st.integers(2, 20))
def test_no_line_is_wider_than_asked_and_no_letter_is_lost(words: str, width: int) -> None:
    lines = wrapped(words, width)
    assert all(display_width(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == words.replace(" ", "")


def test_words_break_at_spaces() -> None:
    assert wrapped("one two three", 8) == ["one two", "three"]


def test_wide_letters_take_two_columns_and_combining_marks_none() -> None:
    assert (display_width("漢字"), display_width("e\u0301"), display_width("abc")) == (4, 1, 3)


def test_a_row_hangs_its_value_in_the_second_column() -> None:
    sheet = Sheet(40, colour=False)
    sheet.row("place", "somewhere far away on the other side", indent=2, column=8)
    assert sheet.text() == "  place   somewhere far away on the\n          other side\n"


def test_an_empty_value_writes_no_row() -> None:
    sheet = Sheet(40, colour=False)
    sheet.row("place", "")
    assert sheet.text() == ""
