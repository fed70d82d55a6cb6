"""Editions (dateline.store.editions) and names (dateline.store.identity): what is one report, and what changed in
it."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.store import Change, Store, report_id
from dateline.store.editions import changes
from dateline.store.identity import canonical_url, edition_keys
from tests.store.reports import DAY, article, record


def linked(store: Store) -> dict[str, str | None]:
    names = {r.id: r.article for r in store.reports()}
    return {r.article: names[r.edition_of] if r.edition_of else None for r in store.reports()}


@pytest.mark.parametrize(
    "later",
    [
        {"text": "Another text altogether.", "title": "Another"},
        {"url": None, "text": "Another text altogether."},
        {"url": "https://courier.example/moved", "title": "Another headline"},
        {"url": "http://COURIER.example:80/1/?utm_source=feed#top", "text": "Another text altogether."},
    ],
    ids=["same address", "same headline and day", "same text", "same address, otherwise written"],
)
def test_a_changed_report_is_kept_and_linked_to_the_first_seen(store: Store, later: dict[str, str | None]) -> None:
    first = store.add(record(1))
    second = store.add(record(1, id="later", **later))
    assert (second.kind, second.edition_of) == ("record", first.report)
    assert linked(store) == {"a1": None, "later": "a1"}
    assert store.status().editions == 1


@pytest.mark.parametrize(
    "other",
    [
        {"url": "https://courier.example/2", "title": "Another", "text": "Another text altogether."},
        {"url": "https://gazette.example/1", "publisher": "Gazette"},
        {"url": None, "publisher": None},
        {"url": "https://courier.example/2", "text": "Another.", "published": DAY},
    ],
    ids=["nothing shared", "another publisher", "no address, no publisher", "same headline, another day"],
)
def test_another_report_is_no_edition(store: Store, other: dict[str, str | None]) -> None:
    store.add(record(1))
    assert store.add(record(1, id="other", **other)).edition_of is None


def test_two_groups_become_one_where_a_report_belongs_to_both(store: Store) -> None:
    store.add(record(1, id="first", title="A", text="Text one."))
    store.add(record(2, id="second", title="B", text="Text two.", published=DAY))
    store.add(record(2, id="third", title="C", text="Text three.", published=DAY))
    assert linked(store) == {"first": None, "second": None, "third": "second"}
    store.add(record(1, id="bridge", title="B", text="Text four.", published=DAY))
    assert linked(store) == {"first": None, "second": "first", "third": "first", "bridge": "first"}
    assert [e.report.article for e in store.editions(next(store.reports()).id)] == [
        "first",
        "second",
        "third",
        "bridge",
    ]


def test_editions_say_what_changed_each_time(store: Store) -> None:
    one = str(store.add(record(1)).report)
    other = str(store.add(record(1, title="Trawler held")).report)
    third = str(
        store.add(record(1, title="Trawler held", text=record(1).article.text.replace("seized", "held"))).report
    )
    for called in (one, other, third):
        told = store.editions(called)
        assert [(e.report.id, e.changed) for e in told] == [(one, ()), (other, ("title",)), (third, ("text",))]
    assert store.changes(one, third) == (
        Change(field="title", was="Trawler seized off Portvale, 1", now="Trawler held"),
        Change(field="text", was="seized", now="held"),
    )
    assert store.changes(one, one) == ()


def test_where_the_first_edition_is_forgotten_the_next_becomes_the_first(store: Store) -> None:
    ids = [str(store.add(record(1, id=f"e{n}", title=f"T{n}")).report) for n in range(3)]
    store.forget(ids[0], "asked")
    assert linked(store) == {"e1": None, "e2": "e1"}
    store.forget(ids[2], "asked")
    assert linked(store) == {"e1": None}
    assert [len(store.editions(ids[1]))] == [1]


def test_words_put_in_and_taken_out_are_told_line_by_line() -> None:
    old = article(text="One two three.\nFour five.\nSix.")
    new = article(text="One 2 three.\nFour five.\nSix seven.\nEight.", published=None)
    assert changes(old, new) == (
        Change(field="published", was="2031-05-04", now=""),
        Change(field="text", was="two", now="2"),
        Change(field="text", was="Six.", now="Six seven. Eight."),
    )


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("HTTPS://News.Example:443/a/b/?x=1&utm_medium=y#z", "news.example/a/b?x=1"),
        ("http://news.example", "news.example"),
        ("http://news.example:8080/", "news.example:8080"),
        ("http://news.example/Path?b=2&a=", "news.example/Path?b=2&a="),
        ("http://[::1", "http://[::1"),
        ("http://x:99999999/", "http://x:99999999/"),
        ("urn:isbn:1", "urn:isbn:1"),
        ("", ""),
    ],
)
def test_an_address_is_compared_by_what_names_the_page(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical


def test_the_id_of_a_report_is_the_same_in_every_archive() -> None:
    assert report_id(article(1)) == "red79945312ed5c4b9183"
    assert report_id(article(1, id="x", origin="y", url="http://courier.example/1/")) == report_id(article(1))
    assert report_id(article(1, text="x")) != report_id(article(1)) != report_id(article(1, title=None))
    assert edition_keys(article(url=None, publisher=None)) == ()
    assert len(edition_keys(article())) == 3
    assert Path(report_id(article())).name == report_id(article())
