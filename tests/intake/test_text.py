"""Plain text in, an article with blocks, dateline and day out."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import InputError
from dateline.intake.days import day_from
from dateline.intake.text import article_from_text


def roles(text: str) -> list[tuple[str, str]]:
    return [(b.role, b.span.of(text)) for b in article_from_text(text).blocks]


def test_blank_lines_part_paragraphs() -> None:
    assert roles("First one.\n\nSecond one.") == [("paragraph", "First one."), ("paragraph", "Second one.")]


def test_a_wrapped_line_is_one_paragraph() -> None:
    text = "The ministry said on Monday that the ships had left the harbour of the\nnorthern city and would return."
    assert len(roles(text)) == 1


def test_a_short_first_line_without_a_full_stop_is_a_headline() -> None:
    assert roles("Ships leave harbour\nThe ships left on Monday.")[0] == ("headline", "Ships leave harbour")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("TUNIS, March 3 (AFP) - The talks failed.", "TUNIS, March 3 (AFP)"),
        ("LIMA (Reuters) — Voters went to the polls.", "LIMA (Reuters)"),
        ("Accra, 4 May (IRIN) - Rains came early.", "Accra, 4 May (IRIN)"),
        ("SAN SALVADOR, El Salvador (AP) _\n\nThe bridge fell.", "SAN SALVADOR, El Salvador (AP)"),
    ],
)
def test_a_dateline_is_found_and_split_from_its_paragraph(text: str, line: str) -> None:
    article = article_from_text(text)
    assert article.dateline is not None
    assert article.dateline.of(text) == line
    assert article.blocks[0].role == "dateline"
    assert article.blocks[1].span.of(text)[0].isupper()


@pytest.mark.parametrize(
    "text", ["The talks - held in Tunis - failed.", "NATO said it would stay.", "A deal was near."]
)
def test_a_dash_or_capitals_alone_make_no_dateline(text: str) -> None:
    assert article_from_text(text).dateline is None


def test_a_line_that_is_only_a_date_is_a_dateline_block() -> None:
    assert roles("Ships leave\n\nTuesday, September 22, 2015\n\nThey left.")[1] == (
        "dateline",
        "Tuesday, September 22, 2015",
    )


def test_days_are_read_from_iso_stamps_only() -> None:
    assert day_from("2023-09-16T06:15:00Z") == date(2023, 9, 16)
    assert day_from(None) is None
    with pytest.raises(InputError, match="not a date"):
        day_from("16 September 2023")


@pytest.mark.parametrize("text", ["", "   \n\t", "\u00a0"])
def test_an_empty_report_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="empty"):
        article_from_text(text)


def test_a_report_over_the_limit_is_refused_and_the_limit_named() -> None:
    with pytest.raises(InputError, match="max_characters"):
        article_from_text("word " * 10, max_characters=20)


@given(st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=300))
def test_blocks_lie_in_order_inside_the_text_and_hold_every_visible_character(text: str) -> None:
    if not text.strip():
        return
    article = article_from_text(text)
    at = 0
    for block in article.blocks:
        assert at <= block.span.start < block.span.end <= len(text)
        assert not text[at : block.span.start].strip()
        at = block.span.end
    assert not text[at:].strip()


def test_lines_too_long_for_wrapped_text_are_paragraphs_of_their_own() -> None:
    line = "The harbour company says it will go on talking to the fishing villages about the new quay"
    line += " but the union says that it has not"
    assert len(line) > 120
    assert roles(f"{line}\nGet our evening letter")[0][1] == line
