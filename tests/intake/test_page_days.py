"""A page in, the day that its outlet published it on out: from its head, from what it shows, from its address."""

# ruff: noqa: E501 - sample inputs stand on one line
from __future__ import annotations

from datetime import date

import pytest

from dateline.intake.page_days import day_of_page
from dateline.intake.pages import found_in_page
from dateline.settings import Settings

BODY = "<p>The ferry was held back on Monday by a storm that had come up in the night, its captain said.</p>" * 3
LATE = "2022-03-11T02:20:00Z"


def day(head: str = "", top: str = "", below: str = "") -> date | None:
    page = f"<!DOCTYPE html><html><head><title>T</title>{head}</head><body><h1>Ferry held</h1>{top}{BODY}{below}</body></html>"
    return found_in_page(page.encode(), Settings()).article.published


SHOWN = {
    "words": '<span class="when">March 10, 2022, 06:20 PM PST</span>',
    "time with words": f'<time datetime="{LATE}">6:20 pm PST, Thursday, March 10, 2022</time>',
    "time with a zone": '<time datetime="2022-03-10T18:20:00-08:00">6 days ago</time>',
    "published": "<p>Published 6:20 PM PST Mar 10, 2022</p>",
    "after an update": '<p>Updated: March 12, 2022</p><div class="d">Posted on 10 March 2022</div>',
    "day first": '<div><b>10/03/2022</b></div><div class="date">Thu, 10 Mar 2022</div>',
}


@pytest.mark.parametrize("top", SHOWN.values(), ids=SHOWN)
def test_a_day_that_the_page_shows_is_read(top: str) -> None:
    assert day(top=top) == date(2022, 3, 10)


HEADS = {
    "slashes with a weekday": '<meta property="article:published_time" content="Thu, 03/10/2022 - 18:20">',
    "one reading": '<meta name="date" content="2022/3/10">',
    "year one": '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"0001-01-01T00:00:00Z"}</script>'
    '<meta name="pubdate" content="2022-03-10">',
    "UTC and a zone": f'<meta property="article:published_time" content="{LATE}"><meta name="parsely-pub-date" content="2022-03-10T18:20:00-08:00">',
    "UTC and the address": f'<meta property="article:published_time" content="{LATE}"><link rel="canonical" href="https://a.example/2022/03/10/ferry">',
    "the address alone": '<link rel="canonical" href="https://a.example/2022/03/10/ferry">',
}


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_a_day_of_the_head_is_the_outlets_own(head: str) -> None:
    assert day(head) == date(2022, 3, 10)


def test_what_is_no_day_of_publication_is_not_taken_for_one() -> None:
    assert (
        day(below='<aside><time datetime="2022-03-10">10 March 2022</time></aside>' * 3, top="<p></p>" * 2000) is None
    )
    assert day("<script>var built = '2022-03-10T10:00:00Z';</script>") is None
    assert day('<meta name="date" content="2990-03-10">') is None
    assert day('<meta name="date" content="2022-xx-10">') is None
    assert day(top="<p>Updated March 12, 2022</p>") is None


def test_words_that_cannot_be_read_are_kept() -> None:
    assert day_of_page("<h1>T</h1>", ["March 2022"], None, None) == (None, "March 2022")


def test_a_day_after_the_page_was_fetched_is_none() -> None:
    assert day_of_page("<h1>T</h1>", ["2022-03-10"], None, date(2021, 1, 1)) == (None, "2022-03-10")
