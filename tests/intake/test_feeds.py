"""A feed in, its entries out; a broken one spoils no other."""

# ruff: noqa: E501 - sample inputs stand on one line
from __future__ import annotations

import html
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dateline.errors import InputError
from dateline.intake.feeds import entries_of, found_in_entry
from dateline.intake.found import Found, Piece
from dateline.intake.sources import outcome_of
from dateline.settings import Settings
from tests.intake.samples import ENTRY, feed

WHOLE = Piece(id="f.xml", kind="feed", origin="f.xml")
GOOD = ENTRY.format(n=1)
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title><entry><title>T</title><id>x</id>'
    '<link href="https://wire.example/a"/><updated>2024-05-18T06:00:00Z</updated><summary>Ships left.</summary></entry>'
    '<entry><title>U</title><content type="html">&lt;p&gt;Ships came back.&lt;/p&gt;</content></entry></feed>'
)


def articles(raw: bytes) -> list[Found]:
    pieces = [piece for piece in entries_of(raw, WHOLE) if piece is not None]
    return [found for piece in pieces if isinstance(found := outcome_of(piece, Settings()), Found)]


def test_an_entry_gives_its_content_and_what_the_feed_says_of_it() -> None:
    first, second = articles(feed(GOOD, ENTRY.format(n=2)))
    article = first.article
    assert article.text == "Oman urged Yemen to hold talks.\n\nAn was agreed."
    assert (article.title, article.publisher, article.byline) == ("Talks & tea in Oslo", "The Wire", "Ada Nilsen")
    assert (article.published, article.url) == (date(2024, 5, 18), "http://wire.example/1")
    assert (article.id, second.article.id) == ("f.xml#1", "f.xml#2")
    assert first.faults == ()


def test_atom_is_read_and_a_summary_is_marked() -> None:
    first, second = articles(ATOM.encode())
    assert (first.article.text, first.article.published) == ("Ships left.", date(2024, 5, 18))
    assert "summary" in first.faults[0].reason
    assert (second.article.text, second.faults) == ("Ships came back.", ())


BROKEN = {
    "high number": "<item><title>x&#x110000;y</title></item>",
    "huge number": "<item><title>x&#99999999999;y</title></item>",
    "surrogate": "<item><title>x&#xD800;y</title></item>",
    "no place": "<item><title>x</title><georss:where><gml:Polygon><gml:posList>x y</gml:posList></gml:Polygon>"
    "</georss:where></item>",
    "open": "<item><title>x",
    "open data": "<item><title>x</title><description><![CDATA[ y</description></item>",
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_a_broken_entry_spoils_no_other(broken: str) -> None:
    found = articles(feed(GOOD, broken, ENTRY.format(n=3)))
    urls = [f.article.url for f in found]
    assert urls[0] == "http://wire.example/1"
    assert "http://wire.example/3" in urls


def test_an_entry_without_words_and_a_feed_without_entries_are_told() -> None:
    (piece,) = entries_of(feed("<item><link>http://a.example/</link></item>"), WHOLE)
    with pytest.raises(InputError, match="no words"):
        found_in_entry(piece, Settings())
    assert [p.refused for p in entries_of(feed(), WHOLE)] == ["the feed holds no entries"]


LAUGHS = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10))
XXE = {
    "file": '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///CANARY">]>',
    "public": '<!DOCTYPE r [<!ENTITY x PUBLIC "a" "file:///CANARY">]>',
    "network": '<!DOCTYPE r [<!ENTITY x SYSTEM "http://127.0.0.1:9/CANARY">]>',
    "parameter": '<!DOCTYPE r [<!ENTITY % p SYSTEM "file:///CANARY"> %p; <!ENTITY x "y">]>',
    "outside": '<!DOCTYPE r SYSTEM "http://127.0.0.1:9/CANARY.dtd">',
    "laughs": f'<!DOCTYPE r [<!ENTITY a0 "lol">{LAUGHS}<!ENTITY x "&a9;">]>',
    "unclosed": '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///CANARY">',
}


@pytest.mark.parametrize("head", XXE.values(), ids=XXE)
def test_no_entity_is_followed_or_unfolded(head: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[object] = []
    real: Any = open

    def watched(name: object, *more: Any, **named: Any) -> Any:
        opened.append(name)
        return real(name, *more, **named)

    monkeypatch.setattr("builtins.open", watched)
    canary = tmp_path / "canary"
    canary.write_text("SECRET")
    raw = feed("<item><title>a &x; b</title><description>&x;</description></item>", GOOD, head=head)
    started = time.perf_counter()
    found = articles(raw.replace(b"/CANARY", str(canary).encode()))
    assert all("SECRET" not in f.article.text and len(f.article.text) < 1000 for f in found)
    assert str(canary) not in map(str, opened)
    assert time.perf_counter() - started < 5


def dated(day: str, url: str = "http://wire.example/1", element: str = "pubDate") -> Found:
    entry = f"<item><title>T</title><link>{url}</link><{element}>{day}</{element}><description>Ships left.</description></item>"
    (found,) = articles(feed(entry))
    return found


@pytest.mark.parametrize(
    ("day", "right"),
    [
        ("Sun, 02 Aug 2020 23:40:00 -0700", date(2020, 8, 2)),
        ("2020-08-02T23:40:00-07:00", date(2020, 8, 2)),
        ("2020/8/2 23:40", date(2020, 8, 2)),
        ("dim., 02 août 2020 10:00:00 +0200", date(2020, 8, 2)),
        ("lun, 03 ago 2020 10:00:00 +0200", date(2020, 8, 3)),
        ("2020-xx-02", None),
        ("August 2020", None),
        ("0001-01-01T00:00:00Z", None),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
        ("Sat, 02 Aug 2990 10:00:00 GMT", None),
    ],
)
def test_an_entry_has_its_outlets_own_day_or_none(day: str, right: date | None) -> None:
    article = dated(day).article
    assert (article.published, article.published_words) == (right, None if right else day)


def test_a_stamp_in_utc_is_the_day_of_the_address() -> None:
    late = "Mon, 03 Aug 2020 05:10:00 +0000"
    assert dated(late, "http://wire.example/2020/08/02/ships").article.published == date(2020, 8, 2)
    assert dated(late).article.published == date(2020, 8, 3)


@pytest.mark.parametrize("times", [1, 2, 3])
def test_html_that_was_encoded_again_leaves_no_tags(times: int) -> None:
    body = "<p>Ships <b>left</b> at 5 &amp; came back.</p><p>Crews <a href='/x'>slept</a>.<br/>So did we.</p>"
    for _ in range(times):
        body = html.escape(body)
    (found,) = articles(feed(f"<item><title>T</title><description>{body}</description></item>"))
    assert found.article.text == "Ships left at 5 & came back.\n\nCrews slept.\nSo did we."


def test_a_report_that_names_a_tag_keeps_it() -> None:
    body = html.escape(html.escape("The page began with <main> and a < b held, the clerk said."))
    (found,) = articles(feed(f"<item><title>T</title><description>{body}</description></item>"))
    assert "<main>" in found.article.text
