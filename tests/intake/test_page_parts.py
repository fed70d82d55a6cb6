"""A page's parts: what is no part of the report goes, what is stays, whatever their names look like."""

# ruff: noqa: E501 - sample pages stand on one line
from __future__ import annotations

import pytest

from dateline.errors import InputError
from dateline.intake.outlets import headline, publisher
from dateline.intake.page_parts import is_list_of_reports
from dateline.intake.pages import found_in_page
from dateline.settings import Settings

FIRST = "The mill on the Orne was sold on Friday to a firm from the capital, its owner Per Lund said."
SECOND = "Some forty people work there, and the firm has promised to keep all of them until the autumn."
THIRD = "The town had hoped to buy the mill itself, but could not raise the money in time, the mayor said."
REPORT = f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"
STANDFIRST = "Forty jobs are safe until autumn, the buyer promises the town."
OTHER = {
    "comments": '<div class="comments"><ul>'
    + "<li><p>I think this is the worst thing that has ever been done here.</p></li>" * 40
    + "</ul></div>",
    "comments by parts of a name": '<section id="reader-comments-list-2">'
    + "<p>I never liked that mill, and I say so here again today.</p>" * 40
    + "</section>",
    "marked comments": '<div itemscope itemtype="https://schema.org/Comment"><p>I never liked that mill, and I say so here again today.</p></div>',
    "embedded post": '<blockquote class="twitter-tweet"><p>I never liked that mill, and I say so here again today.</p></blockquote>',
    "sign-up": '<div class="newsletter-signup"><p>I never liked that mill, but the news of it come every day by mail.</p></div>',
    "author": '<div class="author-box"><p>I never liked that mill, says our man, who has written for us since 2003.</p></div>',
    "related": '<div class="related-articles"><p>I never liked that mill, says a baker who has known it for years.</p></div>',
    "label": '<p>Read more: <a href="/x">I never liked that mill, says a baker who has known it for years.</a></p>',
    "bold label": '<p><strong>RELATED: <a href="/x">I never liked that mill, says a baker of the town.</a></strong></p>',
    "call": '<p>Sign up for <a href="/x">our letter</a>: I never liked that mill, but news of it come daily.</p>',
}


def text(body: str, head: str = "") -> str:
    page = f'<!DOCTYPE html><html lang="en"><head><title>Mill sold</title>{head}</head><body><article><h1>Mill sold</h1>{body}</article></body></html>'
    return found_in_page(page.encode(), Settings()).article.text


@pytest.mark.parametrize("other", OTHER.values(), ids=OTHER)
def test_what_is_no_part_of_the_report_is_left_out(other: str) -> None:
    found = text(f"<p>{FIRST}</p><p>{SECOND}</p>{other}<p>{THIRD}</p>" if "class=" in other else REPORT + other)
    assert "never liked" not in found
    assert "worst thing" not in found
    assert all(line in found for line in (FIRST, SECOND, THIRD))


@pytest.mark.parametrize(
    "name", ["related-mill", "comment-on-mill", "sponsor-of-mill", "share-of-town", "promo-day", "author-of-plan"]
)
@pytest.mark.parametrize("kind", ["class", "id"])
def test_a_paragraph_stays_whatever_its_name_looks_like(name: str, kind: str) -> None:
    found = text(f'<p {kind}="{name}">{FIRST}</p><p>{SECOND}</p><p {kind}="{name}-2">{THIRD}</p>')
    assert all(line in found for line in (FIRST, SECOND, THIRD))


@pytest.mark.parametrize(
    ("top", "head"),
    [
        (f'<p class="standfirst">{STANDFIRST}</p>', ""),
        (f'<div class="article__dek">{STANDFIRST}</div>', ""),
        (f'<h2 class="sub-title subtitle">{STANDFIRST}</h2>', ""),
        (f'<div itemprop="description">{STANDFIRST}</div>', ""),
        (f"<header><span>{STANDFIRST}</span></header>", f'<meta property="og:description" content="{STANDFIRST}">'),
    ],
)
def test_a_standfirst_that_the_page_shows_stands_before_the_text_once(top: str, head: str) -> None:
    found = text(top + REPORT, head)
    assert found.count(STANDFIRST) == 1
    assert found.index(STANDFIRST) < found.index(FIRST)


def test_a_description_that_is_not_shown_is_not_added() -> None:
    assert STANDFIRST not in text(REPORT, f'<meta name="description" content="{STANDFIRST}">')


LIST = "".join(
    f'<div><h3><a href="/{n}">The mill number {n} was sold today</a></h3><p>Its owner said so on day {n}.</p></div>'
    for n in range(9)
)


def test_a_list_of_reports_is_refused_and_a_report_with_links_below_is_not() -> None:
    with pytest.raises(InputError, match="list of reports"):
        found_in_page(f"<html><body><h1>News</h1>{LIST}</body></html>".encode(), Settings())
    assert FIRST in text(REPORT * 4 + LIST)
    from lxml.html import fromstring

    assert not is_list_of_reports(fromstring(f"<html><body>{REPORT}</body></html>"))


@pytest.mark.parametrize(
    ("title", "outlets", "url", "right"),
    [
        ("Mill sold | The Orne Post", ["Orne Post"], None, "Mill sold"),
        ("Mill sold - ornepost.example", [], "https://www.ornepost.example/1", "Mill sold"),
        ("The Orne Post: Mill sold – Orne Post", ["The Orne Post"], None, "The Orne Post: Mill sold"),
        ("Orne Post | Mill sold", ["Orne Post"], None, "Mill sold"),
        ("Mill &amp;amp; weir sold", [], None, "Mill & weir sold"),
        ("Mill sold - again", ["Orne Post"], "https://ornepost.example/", "Mill sold - again"),
        ("Lund&#8217;s mill", [], None, "Lund’s mill"),
    ],
)
def test_a_headline_is_the_reports_own(title: str, outlets: list[str], url: str | None, right: str) -> None:
    assert headline(title, outlets, url) == right


def test_a_platform_is_no_publisher_where_a_better_name_stands() -> None:
    assert publisher(["Blogger", None, "The Orne Blog"]) == "The Orne Blog"
    assert publisher(["Medium"]) is None
    assert publisher(["The Orne &amp; Weir Post"]) == "The Orne & Weir Post"
