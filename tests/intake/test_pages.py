"""A page in, an article out, nothing lost."""

from __future__ import annotations

from datetime import date

import pytest

from dateline.errors import InputError
from dateline.intake.found import About
from dateline.intake.page_facts import host_of
from dateline.intake.pages import found_in_page
from dateline.settings import Settings
from tests.intake.samples import PAGE

SETTINGS = Settings()
DEEP = "<p>Far below, the harbour master counted nine ships on Monday morning.</p>"


def test_a_page_gives_its_text_and_what_it_says_of_itself() -> None:
    found = found_in_page(PAGE.encode(), SETTINGS)
    article = found.article
    assert article.title == "Frigate leaves Bergen after repairs"
    assert (article.published, article.publisher) == (date(2024, 5, 18), "The Harbour Times")
    assert article.byline == "Ada Nilsen, Odd Berg"
    assert (article.url, article.language) == ("https://harbour.example/2024/frigate", "en")
    assert article.dateline is not None
    assert article.dateline.of(article.text) == "BERGEN, May 18 (Reuters)"
    assert found.faults == ()


def test_the_text_is_the_report_block_by_block_without_menus_bullets_or_rules() -> None:
    text = found_in_page(PAGE.encode(), SETTINGS).article.text
    assert text.split("\n\n") == [
        "Frigate leaves Bergen after repairs",
        "BERGEN, May 18 (Reuters) - The frigate Nordstjerna left Bergen on Saturday after repairs, the navy said.",
        "“She is ready,” said Commander Lars Holm.\nThe crew of 120 was on board.",
        "The bow sonar was replaced by a team from Horten.",
        "Two engines were tested on Thursday.",
        "Ship\tCrew",
        "Nordstjerna\t120",
        "The ship is expected in Tromsø on Tuesday, where it will join British vessels.",
    ]


def test_what_the_caller_says_wins() -> None:
    about = About(title="T", published="2024-01-02", publisher="P", url="http://u.example/")
    article = found_in_page(PAGE.encode(), SETTINGS, about=about).article
    assert (article.title, article.published, article.publisher) == ("T", date(2024, 1, 2), "P")
    assert article.url == "http://u.example/"


@pytest.mark.parametrize("depth", [10, 250, 257, 3000, 100_000])
def test_text_is_kept_at_any_depth(depth: int) -> None:
    html = PAGE.replace("</article>", "<div>" * depth + DEEP + "</div>" * depth + "</article>")
    found = found_in_page(html.encode(), SETTINGS)
    assert "counted nine ships" in found.article.text
    assert "Two engines were tested" in found.article.text
    assert any("max_depth = 256" in fault.reason for fault in found.faults) == (depth > 250)


def test_a_page_of_very_many_tags_is_read_and_says_which_limit() -> None:
    found = found_in_page(("<p>x" * 50_000 + DEEP).encode(), SETTINGS)
    assert "nine ships" in found.article.text
    assert "max_elements = 15,000" in found.faults[0].reason


def test_text_that_the_first_reading_lost_is_taken_from_the_second(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dateline.intake.pages._extracted", lambda *_: ("Home.", type(_facts())()))
    found = found_in_page(("<article>" + DEEP * 5 + "</article>").encode(), SETTINGS)
    assert found.article.text.count("nine ships") == 5
    assert "second was taken" in found.faults[0].reason


def _facts() -> object:
    from dateline.intake.page_facts import Facts

    return Facts()


def test_a_page_without_words_is_refused() -> None:
    with pytest.raises(InputError, match="no text"):
        found_in_page(b"<html><body><img src=x><script>f()</script></body></html>", SETTINGS)


@pytest.mark.parametrize(
    "json_ld",
    ["{", "[" * 5000, '{"@graph": [[[[]]]]}', '{"@type": 7, "headline": 3}', '{"@type": "NewsArticle"}', "null"],
)
def test_broken_json_ld_is_passed_over(json_ld: str) -> None:
    head, _, rest = PAGE.partition('<script type="application/ld+json">')
    html = f'{head}<script type="application/ld+json">{json_ld}</script>{rest.partition("</script>")[2]}'
    article = found_in_page(html.encode(), SETTINGS).article
    assert (article.title, article.publisher) == ("Frigate leaves", "The Harbour Times (web)")
    assert article.published == date(2024, 5, 17)


def test_an_address_that_is_no_web_address_is_not_kept() -> None:
    html = PAGE.replace("https://harbour.example/2024/frigate", "javascript:alert(1)")
    assert found_in_page(html.encode(), SETTINGS).article.url is None
    assert host_of("http://[") is None
    assert host_of("https://www.harbour.example:8080/x") == "harbour.example"
