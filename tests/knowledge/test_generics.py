"""Kinds of equipment in running text."""

from __future__ import annotations

import pytest

from dateline.knowledge.designators import tokens_of
from dateline.knowledge.generics import Generics


def kinds(text: str) -> list[tuple[str, str, str]]:
    tokens = tokens_of(text)
    found = Generics().find(text, tokens, set())
    return [(text[tokens[a].start : tokens[b].end], kind, name) for a, b, kind, name in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("155-mm artillery shells", [("155-mm artillery shells", "munition", "155 mm artillery shell")]),
        (
            "long-range ballistic missiles",
            [("long-range ballistic missiles", "missile", "long range ballistic missile")],
        ),
        ("a torpedo boat", [("torpedo boat", "ship", "torpedo boat")]),
        ("fuel tanks and gold mines", []),
        ("strategic patience", []),
        ("a missile technology deal", []),
    ],
)
def test_kinds_with_their_modifiers(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert kinds(text) == expected


def test_class_words_are_told_from_others() -> None:
    generics = Generics()
    assert generics.is_class(tokens_of("rocket launchers"))
    assert not generics.is_class(tokens_of("rocket science"))
