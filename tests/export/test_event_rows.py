"""A record's events as rows: the chronology's lines with codes, places, chains of sources and words in place."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from dateline.export.event_rows import EventRow, chain_of, is_equipment, rows_of
from dateline.export.lines import Index, days_of
from dateline.export.visible import one_line
from tests.export.hostile import hostile_record
from tests.export.rows import FLEET, MISSILES
from tests.export.sample import TEXT, sample_record


def strings(value: object) -> list[str]:
    """Every string in a row."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, tuple):
        return [words for one in value for words in strings(one)]
    fields = getattr(value, "__struct_fields__", ())
    return [words for field in fields for words in strings(getattr(value, field))]


def by_type(type: str) -> EventRow:
    return next(row for row in rows_of(sample_record()) if row.type == type)


def test_there_is_a_row_for_every_line_of_the_chronology_in_its_order() -> None:
    record = sample_record()
    lines = [line for day in days_of(Index(record)) for line in day.lines]
    assert [row.first.start for row in rows_of(record)] == [line.quotes[0].start for line in lines]
    assert len({row.event for row in rows_of(record)}) == len(lines)


def test_a_row_says_who_where_when_and_who_says_so() -> None:
    met = by_type("CONSULT")
    assert [side.name for side in met.actors] == ["Ilinca Dobre", "Stoyan Valchev"]
    assert met.actors[0].kind == "PER"
    assert (met.earliest, met.latest) == (date(2023, 9, 14), date(2023, 9, 14))
    assert TEXT[met.first.start : met.first.end] == met.first.words
    assert met.chains == (("The Black Sea Post",), ("The Black Sea Post", "Pontica"))
    assert (met.sources, met.independent) == (("The Black Sea Post", "Pontica"), 2)
    assert met.event == f"{sample_record().article.id}@{met.first.start}"


def test_every_string_has_passed_one_line_and_no_address_runs() -> None:
    rows = rows_of(hostile_record())
    assert rows
    for row in rows:
        assert row.first.url is None
        assert all(words == one_line(words) for words in strings(row))


def test_an_address_of_the_web_stays() -> None:
    record = sample_record()
    there = replace(record, article=replace(record.article, url="https://pontica.example/a"))
    assert {row.first.url for row in rows_of(there)} == {"https://pontica.example/a"}


def test_a_day_that_is_open_on_one_side_is_none() -> None:
    record = sample_record()
    half = tuple(replace(event, earliest=None) for event in record.events)
    rows = rows_of(replace(record, events=half))
    assert {row.earliest for row in rows} == {None}
    assert any(row.latest for row in rows)


def test_a_chain_is_never_empty() -> None:
    assert chain_of(None, []) == ("the report itself",)
    assert chain_of("Pontica", ["", "the harbour master"]) == ("Pontica", "the harbour master")


def test_weapons_are_equipment_and_fleets_are_not() -> None:
    assert is_equipment(MISSILES)
    assert not is_equipment(FLEET)
