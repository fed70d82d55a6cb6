"""A calendar of what is planned, read back by the library and by its rules."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from dateline.export.event_rows import EventRow, Related
from dateline.export.formats.ical import icalendar
from tests.export.rows import AHEAD, hostile, row, rows

library = pytest.importorskip("icalendar")


def entries(*some: EventRow) -> list[object]:
    return list(library.Calendar.from_ical(icalendar(some).data).walk("VEVENT"))


def plan(event: str = "e1", **more: Any) -> EventRow:
    return row(event, **{"status": "planned", "earliest": AHEAD, "latest": AHEAD, **more})


def test_only_plans_with_a_day_are_in_it() -> None:
    made = icalendar([*rows(), plan(event="undated", earliest=None, latest=None)])
    (entry,) = library.Calendar.from_ical(made.data).walk("VEVENT")
    assert entry["uid"] == "e0000000003-plan@dateline"
    assert (entry.decoded("dtstart"), entry.decoded("dtend")) == (AHEAD, date(2031, 5, 17))
    assert entry["summary"] == "meeting: Norland, Sudmark Fisheries (the harbour)"
    assert made.left_out == ("5 events not planned are left out", "1 plan without a day is left out")


@pytest.mark.parametrize(
    ("kind", "status"), [("moved", "CANCELLED"), ("cancelled", "CANCELLED"), ("happened", "CONFIRMED")]
)
def test_what_became_of_a_plan_is_its_status(kind: str, status: str) -> None:
    (entry,) = entries(plan(related=(Related(kind=kind, event="e1"),)))
    assert entry["status"] == status  # type: ignore[index]


def test_a_plan_nobody_moved_is_tentative_and_has_its_place() -> None:
    (entry,) = entries(plan())
    assert entry["status"] == "TENTATIVE"  # type: ignore[index]
    assert entry["geo"].to_ical() == "59.9127;10.7461"  # type: ignore[index]


def test_lines_are_short_and_hostile_words_are_one_property() -> None:
    nasty = plan(event=hostile()[0].event, actors=hostile()[0].actors, tellings=hostile()[0].tellings)
    data = icalendar([nasty, *rows()]).data
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert len(library.Calendar.from_ical(data).walk("VEVENT")) == 2


def test_the_same_events_give_the_same_bytes() -> None:
    assert icalendar(rows()).data == icalendar(rows()).data
