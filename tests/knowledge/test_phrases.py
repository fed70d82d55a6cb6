"""Codes of phrases (``dateline.knowledge.phrases``): who is meant, by knowledge, words and the country in force."""

from __future__ import annotations

from datetime import date

import pytest

from dateline.knowledge.phrases import load_phrases

DAY = date(2021, 3, 1)


@pytest.mark.parametrize(
    ("phrase", "country", "sector"),
    [
        ("the Norwegian navy", "NOR", "MIL"),
        ("Bolivian miners", "BOL", "LAB"),
        ("Kenya's Foreign Ministry", "KEN", "GOV"),
        ("the police in Lisbon", "PRT", "COP"),
        ("three gunmen", None, "UAF"),
        ("a former Portuguese minister", "PRT", "ELI"),
        ("German Chancellor Angela Merkel", "DEU", "GOV"),
        ("Angela Merkel", "DEU", "GOV"),
        ("members of Boko Haram", "NGA", "REB"),
        ("the head of the Bundestag", "DEU", "LEG"),
        ("African Union", "IGO", None),
        ("Somaliland", "SOM", "PRE"),
        ("Peru", "PER", None),
        ("they", None, "UNK"),
        ("", None, None),
    ],
)
def test_a_phrase_has_its_code(phrase: str, country: str | None, sector: str | None) -> None:
    code = load_phrases().code(phrase, DAY)
    assert (code.country, code.sector) == (country, sector)


def test_a_person_is_coded_by_the_office_of_the_day() -> None:
    assert load_phrases().code("Angela Merkel", date(2024, 1, 1)).sector == "ELI"


def test_a_capital_is_a_government_where_it_acts() -> None:
    assert load_phrases().code("Lima", DAY).sector == "GOV"
    assert load_phrases().code("Lima", DAY, acts=False).sector is None


def test_a_phrase_without_a_country_takes_the_one_in_force() -> None:
    assert load_phrases().code("the police", DAY, "PER").country == "PER"
    assert load_phrases().code("the Chilean police", DAY, "PER").country == "CHL"


def test_what_decided_is_said() -> None:
    assert load_phrases().code("Angela Merkel", DAY).why == "table of actors: person:angela-merkel"
