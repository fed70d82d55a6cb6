"""Nouns and titles give sectors."""

from __future__ import annotations

import pytest

from dateline.knowledge.agents import load_agents


@pytest.mark.parametrize(
    ("phrase", "sector"),
    [
        ("union leader", "LAB"),
        ("leader of the union", "LAB"),
        ("soldier of the army", "MIL"),
        ("retired judge", "ELI"),
        ("retired teacher", "EDU"),
        ("", None),
    ],
)
def test_the_head_and_the_strong_word_decide(phrase: str, sector: str | None) -> None:
    assert load_agents().sector(phrase.split()) == sector


def test_the_longest_title_in_the_words_is_taken() -> None:
    found = load_agents().title("French Deputy Prime Minister")
    assert found is not None
    assert (found.sector, found.rank) == ("GOV", 4)
    assert load_agents().title("window cleaner of note") is None
