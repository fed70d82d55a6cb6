"""Names found in the mapped gazetteer, and how its spelling rules keep offsets."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import KnowledgeError
from dateline.knowledge.gazetteer import Gazetteer, load_gazetteer
from dateline.knowledge.gazetteer_file import NameKind, fold


@given(st.text())
def test_folding_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_folding_drops_accents_case_and_kinds_of_dash_and_space() -> None:
    assert fold("São\u00a0Tomé\u2013Łódź") == "sao tome lodz"


@pytest.mark.parametrize(
    ("name", "kind", "country"),
    [
        ("Vladivostok", "city", "RUS"),
        ("Paris", "capital", "FRA"),
        ("Russia", "country", "RUS"),
        ("Russian", "country", "RUS"),
        ("U.S.", "country", "USA"),
        ("Primorye", "region", "RUS"),
        ("Autauga County", "county", "USA"),
        ("England", "region", "GBR"),
        ("Knevichi airport", "facility", "RUS"),
        ("Saint Petersburg", "city", "RUS"),
        ("Black Sea", "natural", ""),
        ("Sheremetyevo", "facility", "RUS"),
    ],
)
def test_the_best_known_sense_comes_first(name: str, kind: str, country: str) -> None:
    best = load_gazetteer().find(name)[0]
    assert (best.kind, best.country) == (kind, country)


@pytest.mark.parametrize(("name", "country"), [("St. Petersburg", "RUS"), ("Sanaa", "YEM"), ("Kyiv", "UKR")])
def test_spellings_reach_the_city(name: str, country: str) -> None:
    assert any(s.country == country and s.kind in {"city", "capital"} for s in load_gazetteer().find(name))


def test_an_unknown_name_has_no_senses() -> None:
    assert load_gazetteer().find("Qwxzyville") == ()
    assert load_gazetteer().number("Qwxzyville") is None


def test_common_words_are_left_out() -> None:
    assert all(s.named not in {NameKind.MAIN, NameKind.OTHER} for s in load_gazetteer().find("North"))


def test_a_state_abbreviation_waits_for_a_place_before_it() -> None:
    assert {s.named for s in load_gazetteer().find("Ind.")} == {NameKind.AFTER_PLACE}


def test_countries_stand_at_geonames_points() -> None:
    usa = load_gazetteer().find("United States")[0]
    assert (usa.lat, usa.lon, usa.id) == (39.76, -98.5, "6252001")


def test_prefixes_come_shortest_first() -> None:
    names = [name for name, _ in load_gazetteer().prefixes("new york city hall")]
    assert names == sorted(names, key=len)
    assert "new york city" in names


def test_opening_takes_no_time() -> None:
    file = load_gazetteer().file
    start = time.perf_counter()
    Gazetteer(file)
    assert time.perf_counter() - start < 0.15


def test_another_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "g.bin"
    file.write_bytes(b"x" * 200)
    with pytest.raises(KnowledgeError, match="not a gazetteer"):
        Gazetteer(file)
