"""Steering characters become visible, one for one."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from dateline.export.visible import one_line, shortened, visible


def test_terminal_escape_becomes_a_picture() -> None:
    assert visible("a\x1b[31mb") == "a\u241b[31mb"


def test_direction_marks_are_replaced() -> None:
    assert visible("a\u202eb\u2066c\u200fd") == "a\ufffdb\ufffdc\ufffdd"


def test_joiners_and_soft_hyphens_of_real_scripts_stay() -> None:
    assert visible("می\u200cخواهم co\u00adop") == "می\u200cخواهم co\u00adop"


def test_lone_surrogates_can_be_written_as_utf_8() -> None:
    assert visible("a\ud800b").encode() == "a\ufffdb".encode()


@given(st.text(st.characters()))
def test_every_character_is_replaced_by_exactly_one(text: str) -> None:
    shown = visible(text)
    assert len(shown) == len(text)
    assert not any(unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"} and c not in "\n\t" for c in shown)


def test_one_line_runs_white_space_together() -> None:
    assert one_line("a\r\n  b\u2028c\u00a0d") == "a b c d"


def test_shortened_cuts_at_a_word() -> None:
    assert shortened("the quick brown fox", 12) == "the quick…"
    assert shortened("short", 12) == "short"
