"""Institutions that every country has."""

from __future__ import annotations

import pytest

from dateline.knowledge.countries import load_countries
from dateline.knowledge.institutions import Institutions


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("kenyan foreign ministry", "institution:ken-foreign-ministry"),
        ("ministry of health of peru", "institution:per-health-ministry"),
        ("malis supreme court", "institution:mli-supreme-court"),
        ("south korean joint chiefs of staff", "institution:kor-general-staff"),
    ],
)
def test_a_country_and_a_kind_make_an_institution(name: str, found: str) -> None:
    institution = Institutions(load_countries()).find(name)
    assert institution is not None
    assert institution["id"] == found


@pytest.mark.parametrize("name", ["foreign ministry", "kremlin navy", "lunar space agency", "kenya"])
def test_no_country_no_institution(name: str) -> None:
    assert Institutions(load_countries()).find(name) is None


def test_the_kind_is_known_without_a_country() -> None:
    row = Institutions(load_countries()).kind("Ministry of Defense")
    assert row is not None
    assert row["key"] == "defence-ministry"
