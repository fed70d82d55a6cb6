"""The sentence around some words (dateline.excerpts)."""

from __future__ import annotations

from dateline.excerpts import LENGTH, Excerpts
from dateline.model import Span
from tests.store.reports import record


def around(text: str, words: str) -> str:
    told = record(text=f"{text} seized meet")
    start = told.article.text.index(words)
    return Excerpts(told).around(Span(start, start + len(words)))


TEXT = (
    "The coast guard of Norland seized the trawler Ælfwyn off Portvale, the ministry of Sudmark said. "
    "Envoy Mira Dösch will\n meet nobody."
)


def test_it_is_the_sentence_that_holds_the_words_on_one_line() -> None:
    assert around(TEXT, "Envoy") == "Envoy Mira Dösch will meet nobody."
    assert around(TEXT, "coast").endswith("the ministry of Sudmark said.")


def test_a_long_one_is_cut_around_the_words() -> None:
    long = f"{'wave ' * 100}Envoy spoke {'sand ' * 100}. "
    found = around(long + TEXT, "Envoy spoke")
    assert "Envoy spoke" in found
    assert found.startswith("…")
    assert found.endswith("…")
    assert len(found) <= LENGTH + 2


def test_words_outside_every_sentence_have_none() -> None:
    told = record()
    end = len(told.article.text)
    assert Excerpts(told).around(Span(end + 5, end + 6)) == ""
