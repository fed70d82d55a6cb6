from __future__ import annotations

import re

import lxml.html

from dateline.export.archive_html import to_archive_html
from tests.export.archive_worlds import chronicle, hostile, shown


def page(markup: str) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(markup)


def test_every_event_has_its_place_on_the_page_and_every_link_leads_to_one() -> None:
    worlds = chronicle()
    found = page(to_archive_html(shown(worlds)))
    ids = {element.get("id") for element in found.xpath("//*[@id]")}
    assert {w.id for w in worlds} <= ids
    assert {href[1:] for href in found.xpath("//a/@href")} <= ids


def test_a_link_to_an_event_that_is_not_shown_is_words_only() -> None:
    worlds = chronicle()
    found = page(to_archive_html(shown(worlds[2:3])))
    assert "it was moved: [w2]" in found.text_content()
    assert "#w2" not in found.xpath("//a/@href")


def test_the_head_lists_the_events_on_which_reports_differ_and_on_what() -> None:
    head = page(to_archive_html(shown(chronicle()))).xpath("//header")[0]
    assert head.xpath(".//a/@href") == ["#w0"]
    assert "the number of crew" in head.text_content()


def test_differences_have_words_and_holders_and_every_telling_is_there() -> None:
    (event,) = page(to_archive_html(shown(chronicle()))).xpath("//*[@id='w0']")
    words = " ".join(event.text_content().split())
    assert "“its eleven” Paper b, a copy, citing the coast guard" in words
    assert len(event.xpath(".//code")) == 4


def test_notes_and_what_lies_ahead_are_shown() -> None:
    worlds = chronicle()
    found = page(to_archive_html(shown(worlds[:1], worlds[2:3], left_out=3)))
    assert [h.text_content() for h in found.xpath("//h2")] == ["Chronicle", "Planned ahead"]
    assert "Left out: 3 statements" in found.text_content()


def test_an_empty_chronicle_is_a_page_that_says_so() -> None:
    assert "No event was found" in page(to_archive_html(shown(()))).text_content()


def test_the_page_needs_nothing_from_elsewhere_and_runs_nothing() -> None:
    found = to_archive_html(shown(chronicle()))
    policy = page(found).xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert "default-src 'none'" in policy
    assert not re.search(r"https?://|<script|<link|<img|@import", found)


def test_hostile_words_stay_words() -> None:
    worlds = hostile()
    markup = to_archive_html(shown(worlds, worlds[:1]))
    found = page(markup)
    assert found.xpath("//script | //img | //iframe") == []
    assert [name for element in found.iter() for name in element.attrib if name.startswith("on")] == []
    assert markup.count("</style>") == 1
    assert "{{ 7*7 }}" in found.text_content()


def test_steering_characters_are_made_visible() -> None:
    assert not {c for c in to_archive_html(shown(hostile())) if c in "\x1b\x00\x7f\x9b\u202e\u2066\x07"}
