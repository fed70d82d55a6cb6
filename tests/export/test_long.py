"""Reports without an end: the drawing stays quick and short where the words are not."""

from __future__ import annotations

import time

import msgspec

from dateline.export.columns import wrapped
from dateline.export.html import to_html
from dateline.export.lines import Index
from dateline.export.text import to_text
from dateline.export.visible import shortened
from dateline.model import Article, Entity, Event, Mention, Record, Span

LONG = "x" * 2_000_000


def test_a_name_of_two_million_letters_is_cut_in_the_view_and_kept_in_the_text() -> None:
    span = Span(0, len(LONG))
    record = Record(
        article=Article(id="r", text=LONG, title=LONG),
        layers=("events",),
        mentions=(Mention(id="m0", span=span, kind="NAM", type="PER", head=0, first=0, last=1),),
        entities=(Entity(id="e0", type="PER", name=LONG, mentions=("m0",)),),
        events=(Event(id="e0", span=span, type="CONSULT", predicate="p0"),),
    )
    start = time.perf_counter()
    text, html = to_text(record), to_html(record)
    assert time.perf_counter() - start < 5
    assert len(text) < 5_000
    assert len(html) < len(LONG) + 200_000
    assert Index(record).quote(span).end == len(LONG)
    assert to_text(msgspec.structs.replace(record, events=())) != text


def test_a_word_wider_than_the_page_is_cut_in_one_pass() -> None:
    lines = wrapped(LONG, 100)
    assert len(lines) == 20_000
    assert "".join(lines) == LONG


def test_shortened_looks_at_the_beginning_only() -> None:
    assert shortened("a " * 1_000_000, 10) == "a a a a…"
    assert shortened(" " * 100 + "end", 10) == "…"
