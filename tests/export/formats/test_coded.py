"""The formats of event data: PLOVER records, NGEC's, GDELT's columns."""

from __future__ import annotations

import csv
import io
import json

import pytest

from dateline.export.coded import parts_of
from dateline.export.event_rows import Side
from dateline.export.formats import gdelt as layout
from dateline.export.formats.gdelt import COLUMNS, event_number, gdelt
from dateline.export.formats.ngec import ngec
from dateline.export.formats.plover import plover
from dateline.knowledge.cameo_actors import cameo_actor
from dateline.knowledge.fips import fips_of
from dateline.knowledge.ontology import load_ontology
from tests.export.rows import NORLAND, hostile, row, rows

CODED = ["e0000000001", "e0000000002", "e0000000003-plan", "e0000000004"]
"""Neither of a wider type nor denied."""


@pytest.mark.parametrize(
    ("code", "parts"),
    [("ROUGOVMIL", ("ROU", ("GOV", "MIL"))), ("MIL", ("", ("MIL",))), ("UNO", ("UNO", ())), (None, ("", ()))],
)  # fmt: skip
def test_codes_part_into_country_and_sectors(code: str | None, parts: tuple[str, tuple[str, ...]]) -> None:
    assert parts_of(code) == parts


def test_plover_records_have_the_manuals_fields() -> None:
    made = plover(rows())
    records = [json.loads(line) for line in made.data.splitlines()]
    assert [record["id"] for record in records] == CODED
    first = records[0]
    assert (first["type"], first["mode"], first["quad"], first["score"]) == ("COERCE", ["seize"], "MX", -7)
    assert first["actor"] == [{"name": "Norland", "country": "NOR", "sector": ["COP"], "id": "country:NOR"}]
    assert [party["country"] for party in first["recipient"]] == ["SEN", "SEN"]
    assert (first["date"], first["context"]) == ("2031-05-05", ["economic"])
    assert {record["type"] for record in records} <= set(load_ontology().types)
    assert made.left_out == ("1 event of a type that is not PLOVER's is left out", "1 denied event is left out")


def test_ngec_records_have_the_coders_keys() -> None:
    records = [json.loads(line) for line in ngec(rows()).data.splitlines()]
    assert [record["id"] for record in records] == [
        "e0000000001_COERCE",
        "e0000000002_COERCE",
        "e0000000003-plan_AGREE",
        "e0000000004_AID",
    ]
    first = records[0]
    assert set(first["attributes"]) == {"ACTOR", "RECIP", "LOC", "DATE"}
    assert first["attributes"]["ACTOR"][0]["country"] == "NOR"
    assert first["attributes"]["ACTOR"][0]["code_1"] == "COP"
    assert first["attributes"]["RECIP"][0]["country_name"] == "Senegal"
    assert first["event_geolocation"]["geo"]["geonameid"] == "2377450"
    assert records[2]["event_geolocation"] == {"reason": "which place of that name was not told", "geo": None}
    assert (first["date_resolved"], first["pub_date"], first["event_mode"]) == ("2031-05-05", "2031-05-05", ["seize"])


def read(data: bytes) -> list[dict[str, str]]:
    lines = csv.reader(io.StringIO(data.decode(), newline=""), delimiter="\t", quoting=csv.QUOTE_NONE)
    return [dict(zip(COLUMNS, line, strict=True)) for line in lines]


def test_gdelt_has_its_61_columns_in_order() -> None:
    assert len(COLUMNS) == len(set(COLUMNS)) == 61
    assert (COLUMNS[5], COLUMNS[15], COLUMNS[25], COLUMNS[26], COLUMNS[30]) == (
        "Actor1Code", "Actor2Code", "IsRootEvent", "EventCode", "GoldsteinScale")  # fmt: skip
    assert (COLUMNS[35], COLUMNS[51], COLUMNS[59], COLUMNS[60]) == (
        "Actor1Geo_Type", "ActionGeo_Type", "DATEADDED", "SOURCEURL")  # fmt: skip


def test_gdelt_rows_say_who_did_what_to_whom() -> None:
    made = gdelt(rows())
    first, second, plan, _ = read(made.data)
    assert (first["Actor1Code"], first["Actor1CountryCode"], first["Actor1Type1Code"]) == ("NORCOP", "NOR", "COP")
    assert (first["Actor2Name"], first["Actor2Code"]) == ("AWA SARR", "SENBUS")
    assert (first["EventRootCode"], first["EventCode"][:2], first["QuadClass"]) == ("17", "17", "4")
    assert (first["SQLDATE"], first["MonthYear"], first["Year"], first["FractionDate"]) == (
        "20310505",
        "203105",
        "2031",
        "2031.4247",
    )
    assert (first["ActionGeo_FullName"], first["ActionGeo_CountryCode"]) == ("Portvale, Norway", "NO")
    assert (second["NumArticles"], second["NumSources"]) == ("2", "2")
    assert plan["QuadClass"] == "1"
    assert first["SOURCEURL"] == "https://tidewater.example/r1"
    assert "3 parties beside the first are left out" in made.left_out


def test_gdelt_numbers_are_stable_apart_and_exact_in_any_program() -> None:
    numbers = [event_number(f"e{n}") for n in range(1000)]
    assert len(set(numbers)) == 1000
    assert numbers == [event_number(f"e{n}") for n in range(1000)]
    assert max(numbers) < 2**53


def test_bodies_are_cameos() -> None:
    (un,) = read(gdelt([row(actors=(Side(name="UN", code="UNO"),))]).data)
    assert (un["Actor1Code"], un["Actor1CountryCode"], un["Actor1KnownGroupCode"]) == ("IGOUNO", "", "UNO")
    assert cameo_actor("JRN").role == "MED"
    assert fips_of("DEU") == "GM"
    assert fips_of("XXX") == fips_of(None) == ""


@pytest.mark.parametrize("name", ["COERCE", "CONSULT", "ASSAULT", "AGREE", "PROTEST", "AID"])
def test_every_type_and_mode_has_a_cameo_code_of_its_own_type(name: str) -> None:
    known = load_ontology()
    for mode in (None, *known.types[name].modes):
        code = known.cameo_of(name, mode)
        assert code
        assert known.cameo[code].plover == name


def test_hostile_words_stay_in_their_cells() -> None:
    assert read(gdelt(hostile("a\tb\nc")).data)[0]["Actor1Name"] == "A B C"
    assert layout.CANNOT
    assert plover([row(actors=(NORLAND,))]).data.count(b"\n") == 1
