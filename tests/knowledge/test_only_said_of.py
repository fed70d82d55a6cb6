"""Countries' names that say something of somebody, but not whose he is."""

from __future__ import annotations

import pytest

from dateline.knowledge.countries import only_said_of
from dateline.model import Token


def tokens(words: str) -> list[Token]:
    return [Token(0, 1, form, form.lower(), "X", "X", "", -1, "dep", 0) for form in words.split()]


@pytest.mark.parametrize(
    ("words", "name", "expected"),
    [
        ("an anti - Syria journalist", "Syria", True),
        ("the Syrian - backed militia", "Syrian", True),
        ("two ethnic Turks", "Turks", True),
        ("the Syrian army", "Syrian", False),
        ("a Franco - Syrian firm", "Syrian", False),
        ("the Russian - led force", "Russian", False),
        ("Syria", "Syria", False),
    ],
)
def test_a_hyphen_may_take_the_country_away(words: str, name: str, expected: bool) -> None:
    row = tokens(words)
    assert only_said_of(row, [t.form for t in row].index(name)) is expected
