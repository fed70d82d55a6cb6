"""Long stretches without a space (dateline.stages.syntax.bearable): cut where no word is, and in work that grows with
their length."""

from __future__ import annotations

import pytest

from dateline.stages.syntax.bearable import BEARABLE, HEAPED, LONGEST, parts_of
from dateline.stages.syntax.spacy_parser import BATCH_CHARACTERS, Bounded, _batches, load_spacy

UNITS = ['"', "(", "?", "<p>x", "“”", '"(?', "[x]", "…!", "-"]


def longest_looked_at(text: str) -> int:
    """Characters squared that a tokenizer looks at that takes marks off one by one and reads the rest each time."""
    return sum((end - start) ** 2 for start, end in parts_of(text))


@pytest.mark.parametrize("unit", UNITS)
def test_work_grows_with_the_length_and_not_with_its_square(unit: str) -> None:
    short, long = (longest_looked_at((unit * n)[:n]) for n in (20_000, 80_000))
    assert long < 4.4 * short


@pytest.mark.parametrize(
    "text", ["x " * 900, '"' * 1000, f"see {'(' * 501} and {'?!' * 400}.", "a" * 9000, "x\n\n" * 9]
)
def test_the_parts_are_the_text(text: str) -> None:
    parts = [text[start:end] for start, end in parts_of(text)]
    assert "".join(parts) == text
    assert all(len(part) <= LONGEST + BEARABLE or " " in part for part in parts)


def test_a_word_or_an_address_is_not_cut() -> None:
    address = "https://news.example/" + "a-long-way/" * 60 + "?q=1"
    assert list(parts_of(f"He saw {address} there")) == [(0, len(address) + 13)]


def test_tokens_keep_their_places_and_a_heap_of_marks_is_a_few_of_them() -> None:
    nlp = load_spacy().nlp
    tokenizer = nlp.tokenizer
    assert isinstance(tokenizer, Bounded)
    text = f"The mayor said {'?' * 700} and left the port."
    doc = tokenizer(text)
    assert doc.text == text
    words = [token.text for token in doc if not token.is_space]
    assert "".join(words) == text.replace(" ", "")
    assert words[:3] == ["The", "mayor", "said"]
    assert words[-5:] == ["and", "left", "the", "port", "."]
    assert 3 < len(words) - 8 <= 3 + HEAPED


def test_a_batch_is_bounded_by_characters_too() -> None:
    texts = ["x" * (BATCH_CHARACTERS // 2)] * 5 + ["y"]
    assert [len(some) for some in _batches(texts)] == [2, 2, 2]
