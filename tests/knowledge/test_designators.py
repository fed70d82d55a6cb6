"""Tokens of designators and what ties them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.knowledge.designators import capitals_agree, joined, sentence_around, tokens_of, whole, with_suffix


def test_letters_and_digits_part() -> None:
    assert [token.form for token in tokens_of("Kh-47M2 «Кинжал»")] == ["Kh", "47", "M", "2", "Кинжал"]


@given(st.text(max_size=40))
def test_tokens_cut_their_own_words(text: str) -> None:
    assert all(text[token.start : token.end] == token.form for token in tokens_of(text))


@pytest.mark.parametrize(
    ("text", "form", "agrees"),
    [
        ("mig-31", ("MiG", "31"), True),
        ("at 3", ("AT", "3"), False),
        ("AT 3", ("AT", "3"), True),
        ("harm", ("HARM",), False),
        ("Harm", ("HARM",), False),
        ("sarin", ("sarin",), True),
    ],
)
def test_capitals(text: str, form: tuple[str, ...], agrees: bool) -> None:
    assert capitals_agree(text, tokens_of(text), form) is agrees


def test_a_variant_letter_belongs_to_the_designator_and_an_ordinal_does_not() -> None:
    assert with_suffix(tokens_of("F-16C"), 1) == 2
    assert whole(tokens_of("F-16C"), 1)
    assert not whole(tokens_of("S 75th"), 1)


def test_a_comma_parts_names() -> None:
    tokens = tokens_of("Tu, 160")
    assert not joined("Tu, 160", tokens[0], tokens[1])


def test_the_sentence_ends_at_its_stop() -> None:
    text = "One. Two here. Three."
    assert text[slice(*sentence_around(text, 5, 8))] == "Two here"
