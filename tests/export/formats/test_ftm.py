"""FollowTheMoney entities hold for its own model; statements say the same."""

from __future__ import annotations

import io
import json

import pytest

from dateline.export.formats.ftm import entities, statements
from tests.export.rows import hostile, rows

library = pytest.importorskip("followthemoney")


def read(data: bytes) -> dict[str, object]:
    return {e.id: e for e in (library.model.get_proxy(json.loads(line)) for line in data.splitlines())}


def test_entities_hold_and_refer_to_each_other() -> None:
    found = read(entities(rows()).data)
    for entity in found.values():
        entity.schema.validate(entity.to_dict())  # type: ignore[attr-defined]
        for prop, value in entity.itervalues():  # type: ignore[attr-defined]
            assert prop.type.name != "entity" or value in found
    schemas = sorted(entity.schema.name for entity in found.values())  # type: ignore[attr-defined]
    assert schemas == ["Article"] * 2 + ["Event"] * 6 + ["LegalEntity", "Organization", "Person"]


def test_an_event_names_its_days_parties_and_reports() -> None:
    found = read(entities(rows()).data)
    (event,) = (e for e in found.values() if e.get("recordId", quiet=True) == ["e0000000002"])  # type: ignore[attr-defined]
    assert (event.get("startDate"), event.get("endDate")) == (["2031-05-05"], ["2031-05-07"])  # type: ignore[attr-defined]
    assert {found[one].caption for one in event.get("involved")} == {"Norland", "Awa Sarr", "Sudmark Fisheries"}  # type: ignore[attr-defined]
    assert len(event.get("proof")) == 2  # type: ignore[attr-defined]
    assert event.get("country") == ["no"]  # type: ignore[attr-defined]
    assert set(event.get("keywords")) == {"COERCE", "arrest", "happened"}  # type: ignore[attr-defined]


def test_statements_come_back_and_say_what_the_entities_say() -> None:
    reading = pytest.importorskip("followthemoney.statement.serialize")
    back = list(reading.read_csv_statements(io.BytesIO(statements(rows()).data)))
    said = {(s.entity_id, s.prop, s.value) for s in back if s.prop != "id"}
    found = read(entities(rows()).data)
    assert said == {(e.id, prop.name, value) for e in found.values() for prop, value in e.itervalues()}  # type: ignore[attr-defined]


def test_hostile_words_are_values_and_bytes_are_stable() -> None:
    assert len(read(entities(hostile()).data)) == 4
    assert entities(rows()).data == entities(rows()).data
    assert statements(rows()).data == statements(rows()).data
