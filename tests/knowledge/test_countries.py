"""Words that stand for countries."""

from __future__ import annotations

from dateline.knowledge.countries import load_countries


def test_every_word_finds_its_own_hit() -> None:
    countries = load_countries()
    words = list(countries.words())
    assert len(words) > 1500
    for word, hit in words[::11]:
        assert countries.find(word) == hit, word


def test_a_name_wins_over_a_capital_of_the_same_word() -> None:
    hit = load_countries().find("Singapore")
    assert hit is not None
    assert hit.how == "name"


def test_the_seat_of_a_body_gives_its_code() -> None:
    hit = load_countries().find("Berlaymont")
    assert hit is not None
    assert (hit.country.code, hit.how) == ("EUR", "seat")
