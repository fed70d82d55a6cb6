"""Weapons and vehicles in running text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.knowledge import files
from dateline.knowledge.equipment import VEHICLES, Equipment, load_equipment


@pytest.fixture(scope="module")
def equipment() -> Equipment:
    return load_equipment()


def found(equipment: Equipment, text: str) -> list[tuple[str, str]]:
    return [(text[hit.start : hit.end], hit.system.id.removeprefix("equipment:")) for hit in equipment.find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Two MIG31 jets left.", [("MIG31", "mig-31")]),
        ("A Tu-95 MS landed.", [("Tu-95 MS", "tu-95ms")]),
        ("Turkey bought S 400 batteries.", [("S 400", "s-400-triumf")]),
        ("A Kindjal struck the port.", [("Kindjal", "kh-47m2-kinzhal")]),
        (
            "It showed the Su-34, F-16C and Ka-52.",
            [("Su-34", "su-34"), ("F-16C", "f-16"), ("Ka-52", "ka-52")],
        ),
        ("It fired a BM-21 “Grad” at dawn.", [("BM-21 “Grad”", "bm-21-grad")]),
        ("They fly Su-27/30 pairs.", [("Su-27", "su-27"), ("30", "su-30")]),
        ("It carries RBU rocket launchers -6000 aft.", [("RBU rocket launchers -6000", "rbu-6000")]),
        ("Kyiv received Patriot batteries.", [("Patriot batteries", "mim-104-patriot")]),
        ("The army lost an Abrams in the tank battle.", [("Abrams", "m1-abrams")]),
    ],
)
def test_systems_are_found_however_they_are_written(
    equipment: Equipment, text: str, expected: list[tuple[str, str]]
) -> None:
    assert [hit for hit in found(equipment, text) if not hit[1].startswith("generic")] == expected


@pytest.mark.parametrize(
    "text",
    [
        "The talks began at 4 and ended at 9.",
        "A 10 percent rise was seen.",
        "The Patriot Act was renewed.",
        "Stacey Abrams spoke to voters about the brigade.",
        "A grad student spoke.",
        "MI6 said nothing.",
        "Smart people left.",
        "The missile programme was halted.",
        "It cost 400000 dollars, or S-400000 in his note.",
        "The think tank published a paper.",
        "A suicide bomber died.",
        "Marshal Shaposhnikov wrote a book on strategy.",
        "She flew to Moskva.",
    ],
)
def test_words_that_only_look_like_equipment(equipment: Equipment, text: str) -> None:
    assert found(equipment, text) == []


@pytest.mark.parametrize(
    ("text", "ship"),
    [
        ("Sailors lined up on the frigate Marshal Chapochnikov.", "marshal-shaposhnikov"),
        ("The visitors went aboard Marshal Schaposchnikow.", "marshal-shaposhnikov"),
        ("The cruiser Moskva sank.", "moskva"),
        ("USS Cole was hit in Aden.", "uss-cole"),
    ],
)
def test_ships_are_known_in_the_company_of_ships(equipment: Equipment, text: str, ship: str) -> None:
    assert ship in [system for _, system in found(equipment, text)]


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("They asked for 122 mm rockets.", "122 mm rockets", "missile"),
        ("It lost strategic bombers.", "strategic bombers", "aircraft"),
        ("A hypersonic missile system was shown.", "hypersonic missile system", "missile"),
        ("It has anti-submarine weapons.", "anti-submarine weapons", "weapon"),
        ("Explosive drones came at night.", "Explosive drones", "drone"),
        ("A guided-missile destroyer sailed.", "guided-missile destroyer", "ship"),
    ],
)
def test_kinds_are_found_and_marked_generic(equipment: Equipment, text: str, words: str, kind: str) -> None:
    hits = equipment.find(text)
    assert [(text[hit.start : hit.end], hit.system.kind, hit.generic) for hit in hits] == [(words, kind, True)]


def test_a_kind_beside_its_system_is_not_told_twice(equipment: Equipment) -> None:
    assert len(equipment.find("Kinzhal hypersonic missiles and Tu-22M3 bombers")) == 2


def test_what_carries_what(equipment: Equipment) -> None:
    kinzhal = equipment.get("equipment:kh-47m2-kinzhal")
    assert kinzhal is not None
    assert "equipment:mig-31" in kinzhal.carriers
    assert (kinzhal.country, kinzhal.mention_type) == ("RUS", "WEA")


def test_tables_hold_together(equipment: Equipment) -> None:
    assert len(equipment.systems) >= 1500
    for system in equipment.systems.values():
        assert system.mention_type == ("VEH" if system.kind in VEHICLES else "WEA")
        assert all(carrier in equipment.systems for carrier in system.carriers), system.id


def test_tables_are_sorted_and_say_their_source() -> None:
    for file in sorted(files.path("equipment").glob("*.csv")):
        rows = files.rows(file)
        first = next(iter(rows[0]))
        assert [row[first] for row in rows] == sorted(row[first] for row in rows), file.name
        assert all(row["source"] for row in rows), file.name


@given(st.text(alphabet="AaSs -–./123460MiGgTtu’\n\u00a0é", max_size=60))
def test_hits_lie_in_the_text_in_order_and_apart(text: str) -> None:
    hits = load_equipment().find(text)
    edges = [edge for hit in hits for edge in (hit.start, hit.end)]
    assert edges == sorted(edges)
    assert all(0 <= hit.start < hit.end <= len(text) for hit in hits)
