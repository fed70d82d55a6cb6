"""Firms and clubs (``dateline.knowledge.companies``)."""

from __future__ import annotations

from dateline.knowledge import files
from dateline.knowledge.companies import load_companies
from dateline.knowledge.countries import load_countries


def test_a_firm_is_found_whatever_the_case_and_accents() -> None:
    for name in ("Gazprom", "GAZPROM", "Nestlé", "Nestle"):
        assert load_companies().find(name) is not None
    found = load_companies().find("Boca Juniors")
    assert found is not None
    assert (found.country, found.sector, found.kind) == ("ARG", "SOC", "club")


def test_a_short_name_in_small_letters_is_a_word() -> None:
    assert load_companies().find("bp") is None
    assert load_companies().find("BP") is not None


def test_every_row_has_a_country_of_ours() -> None:
    for row in files.rows(files.path("lexicons", "companies.csv")):
        assert row["country"] in load_countries().by_code, row


def test_the_table_is_sorted() -> None:
    names = [row["name"] for row in files.rows(files.path("lexicons", "companies.csv"))]
    assert names == sorted(set(names))
