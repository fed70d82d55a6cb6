"""An article in, warnings out."""

from __future__ import annotations

from datetime import date

from dateline.intake.doubts import doubts_of
from dateline.model import Article

TODAY = date(2024, 5, 1)


def reasons(text: str = "A report.", published: date | None = date(2024, 4, 30)) -> list[str]:
    return [f.reason for f in doubts_of(Article(id="a", text=text, published=published), TODAY)]


def test_a_plain_article_has_no_doubts() -> None:
    assert reasons() == []


def test_a_missing_and_a_future_date_are_marked() -> None:
    assert "no publication date" in reasons(published=None)[0]
    assert "future" in reasons(published=date(2031, 1, 1))[0]
    assert reasons(published=date(2024, 5, 2)) == [], "tomorrow may be today elsewhere"


def test_hidden_and_control_characters_are_counted() -> None:
    assert "2 invisible" in reasons("a\u202eb\u2066")[0]
    assert "1 control" in reasons("a\x1b[31m")[0]
