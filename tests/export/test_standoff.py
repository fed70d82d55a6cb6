"""Standoff rows of entities: which mentions are references."""

from __future__ import annotations

from typing import Any

from dateline.export.standoff import to_standoff
from tests.stages.entity_reports import read_report


def rows(name: str) -> dict[str, dict[str, Any]]:
    return {row["text"]: row for row in to_standoff(read_report(name))["entities"]}


def test_an_adjective_before_its_noun_is_named_but_refers_to_nothing() -> None:
    found = rows("adjective")
    assert found["French"]["name"] == found["France"]["name"]
    assert found["French"]["link"] == "country:FRA"
    assert found["French"]["cluster"] is None
    assert found["France"]["cluster"] is not None


def test_the_entity_keeps_the_adjective() -> None:
    record = read_report("adjective")
    entity = next(e for e in record.entities if e.name == "France")
    assert len(entity.mentions) == 3, "the record itself keeps the adjective"
