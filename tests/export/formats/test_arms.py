"""A table of equipment: who gives what to whom, how it stands, and brackets around what is uncertain."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from dateline.export.formats.arms import arms, count_of
from dateline.knowledge.ontology import load_acts
from dateline.knowledge.transfers import load_transfers
from tests.export.rows import FLEET, MISSILES, NORLAND, row


def lines(**more: Any) -> list[dict[str, str]]:
    fields = {"type": "AID", "act": "AID", "equipment": (MISSILES,), "recipients": (FLEET,), **more}
    return list(csv.DictReader(io.StringIO(arms([row(**fields)]).data.decode("utf-8-sig"), newline="")))


def test_what_is_given_is_delivered() -> None:
    (line,) = lines()
    assert (line["supplier"], line["recipient"], line["number"], line["standing"]) == (
        "Norland",
        "Sudmark Fisheries",
        "2",
        "delivered",
    )
    assert (line["event"], line["url"]) == ("e0000000001", "https://tidewater.example/r1")


@pytest.mark.parametrize("more", [{"status": "suspected"}, {"certainty": 1.0}, {"differs": ("number of missile",)}])
def test_what_is_uncertain_stands_in_brackets(more: dict[str, Any]) -> None:
    (line,) = lines(**more)
    assert line["number"] == "(2)"
    assert line["standing"].startswith("(")


def test_what_is_planned_is_promised_and_what_is_asked_for_is_wanted_from_the_other_side() -> None:
    (promised,) = lines(status="planned")
    assert promised["standing"] == "promised"
    (wanted,) = lines(type="REQUEST", act="REQUEST", actors=(FLEET,), recipients=(NORLAND,))
    assert (wanted["supplier"], wanted["recipient"], wanted["standing"]) == ("Norland", "Sudmark Fisheries", "wanted")


@pytest.mark.parametrize("more", [{"act": "ASSAULT", "type": "ASSAULT"}, {"status": "denied"}])
def test_what_is_only_used_or_denied_is_left_out_and_counted(more: dict[str, Any]) -> None:
    assert lines(**more) == []
    made = arms([row(**{"type": "AID", "act": "AID", "equipment": (MISSILES,), **more})])
    assert made.left_out == (
        "1 event with equipment that is neither shown, wanted, promised nor delivered is left out",
    )


@pytest.mark.parametrize(
    ("name", "count"), [("two Exocet missiles", "2"), ("1,200 rifles", "1200"), ("Exocet", ""), ("one", "")]
)
def test_a_number_is_read_from_the_name(name: str, count: str) -> None:
    assert count_of(name) == count


def test_every_act_of_the_table_is_an_act() -> None:
    assert set(load_transfers()) <= set(load_acts())
