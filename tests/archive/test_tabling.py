"""Rows of an archive: what the chronicle says, with codes, coordinates and addresses of its tellings, and a person's
corrections."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from dateline.archive.asking import query_from
from dateline.archive.correcting import given
from dateline.archive.keeping import Archive
from dateline.archive.tabling import rows_of, table_of
from dateline.archive.viewing import chronicle, worlds
from dateline.errors import InputError
from dateline.export.event_rows import EventRow
from dateline.settings import Settings
from dateline.store import Query, Store
from tests.archive.reports import DAY, IDS, SHELF, anchor, put


def table(store: Store) -> list[EventRow]:
    return list(table_of(store, chronicle(store, Query(limit=None), every=True)))


def seizure(store: Store) -> EventRow:
    return next(row for row in table(store) if row.type == "COERCE")


def test_there_is_a_row_for_every_event_of_the_chronicle_in_its_order(store: Store) -> None:
    put(store, *SHELF)
    found = chronicle(store, Query(limit=None), every=True)
    assert [row.event for row in table(store)] == [world.id for world in (*found.worlds, *found.ahead)]


def test_a_row_says_what_the_reports_say_together(store: Store) -> None:
    put(store, "first", "reprint", "owner")
    row = seizure(store)
    assert (row.reports, row.outlets) == (3, 3)
    assert [telling.report for telling in row.tellings] == [IDS[name] for name in ("first", "reprint", "owner")]
    assert [side.name for side in row.actors] == ["Norland"]
    assert (row.earliest, row.latest) == (DAY, DAY)
    first = row.first
    assert SHELF["first"].article.text[first.start : first.end] == first.words == "seized"
    assert first.words in first.sentence
    assert (first.outlet, first.published, first.chain) == ("Paper first", DAY, ("Paper first",))
    assert row.tellings[1].copy_of == IDS["first"]


def test_addresses_are_of_the_web(store: Store) -> None:
    for name, url in (("first", "https://paper.example/1"), ("owner", "javascript:alert(1)")):
        there = replace(SHELF[name], article=replace(SHELF[name].article, url=url))
        put(store, name, shelf={name: there})
    assert [telling.url for telling in seizure(store).tellings] == ["https://paper.example/1", None]


def test_a_persons_corrections_are_in_the_rows(store: Store) -> None:
    put(store, "first")
    given(store, "place", anchor("first"), "Portvale|12.5|-16.25", "me", "")
    given(store, "actor", anchor("first"), "Sudmark", "me", "")
    row = seizure(store)
    assert row.place is not None
    assert (row.place.name, row.place.lat, row.place.lon) == ("Portvale", 12.5, -16.25)
    assert [side.name for side in row.actors] == ["Sudmark"]


def test_plans_and_what_became_of_them_are_related(store: Store) -> None:
    put(store, "plan", "held")
    rows = {row.status: row for row in table(store) if row.act == "CONSULT"}
    kinds = {status: [(link.kind, link.event) for link in row.related] for status, row in rows.items()}
    assert kinds == {"planned": [("happened", rows["happened"].event)], "happened": [("plan", rows["planned"].event)]}


def test_rows_are_made_a_few_stories_at_a_time(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    put(store, *SHELF)
    whole = table(store)
    monkeypatch.setattr("dateline.archive.tabling.AT_ONCE", 1)
    found = worlds(store, Query(limit=None), every=True)
    assert {row.event: row for row in rows_of(store, found)} == {row.event: row for row in whole}


def test_filters_are_given_in_python(store: Store, tmp_path: Path) -> None:
    put(store, *SHELF)
    with Archive(tmp_path / "archive.db", Settings(), read_only=True) as archive:
        week = archive.events(since=DAY, until=datetime(2031, 5, 11, 23, 59))
        assert {row.type for row in week} >= {"COERCE"}
        assert all(row.earliest and row.earliest <= date(2031, 5, 11) for row in week)
        seized = archive.events(type="COERCE", actor="Norland")
        assert [row.event for row in seized if row.earliest and row.earliest <= date(2031, 5, 11)] == [
            row.event for row in week if row.type == "COERCE"
        ]
        assert {row.type for row in seized} == {"COERCE"}
        assert len(archive.events(status=["planned"])) == len(archive.events(status="planned"))
        assert "Left out" in " ".join(archive.events().notes) or not archive.events().notes
        assert (
            repr(archive) == f"<Archive({str(tmp_path / 'archive.db')!r}): 8 reports, {archive.status().worlds} events>"
        )
    assert "closed" in repr(archive)


def test_a_day_that_is_none_is_refused() -> None:
    with pytest.raises(InputError, match="not a date"):
        query_from({"since": "last week"})
    asked: Any = query_from({"type": "COERCE", "source": "AUTHOR", "since": "2031-05-05"})
    assert (asked.types, asked.holder, asked.since, asked.limit) == (("COERCE",), "AUTHOR", DAY, None)
