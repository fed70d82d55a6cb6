"""Rows in, iCalendar (RFC 5545) out, made with the icalendar library: what is planned, an all-day entry each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any

from dateline.export.event_rows import EventRow
from dateline.export.extras import extra
from dateline.export.formats.timelinejs import headline
from dateline.export.written import LeftOut, Written
from dateline.version import __version__

CANNOT = (
    "Only events that are planned are in it: a calendar is no chronicle.",
    "Plans without a day are left out; a plan whose day is open on one side stands on the day that is told.",
    "Hours are not told: every entry takes whole days. Codes and the tellings beside the first are not in it.",
)
_ENDED = {"happened": "CONFIRMED", "moved": "CANCELLED", "cancelled": "CANCELLED"}
"""What may have become of a plan; a moved one is cancelled where it stood."""


def icalendar(rows: Sequence[EventRow]) -> Written:
    """A calendar of VEVENTs. ``DTSTAMP`` is the day of the report: the same events give the same bytes."""
    library, left = extra("icalendar", "icalendar"), LeftOut()
    calendar = library.Calendar()
    calendar.add("prodid", f"-//Dateline//Dateline {__version__}//EN")
    calendar.add("version", "2.0")
    for row in rows:
        first, last = row.earliest or row.latest, row.latest or row.earliest
        if row.status != "planned":
            left.out("event", "not planned")
        elif first is None or last is None:
            left.out("plan", "without a day")
        else:
            entry = _entry(row, library)
            entry.add("dtstart", first)
            entry.add("dtend", last + timedelta(days=1))
            calendar.add_component(entry)
    return Written(calendar.to_ical(), left.told())


def _entry(row: EventRow, library: Any) -> Any:
    entry = library.Event()
    first = row.first
    entry.add("uid", f"{row.event}@dateline")
    entry.add("dtstamp", datetime.combine(first.published or row.earliest or row.latest, time(), UTC))  # type: ignore[arg-type]
    entry.add("summary", headline(row).replace(" [planned]", ""))
    entry.add("description", f"“{first.sentence}” {' > '.join(first.chain)}")
    entry.add("status", next((_ENDED[link.kind] for link in row.related if link.kind in _ENDED), "TENTATIVE"))
    entry.add("transp", "TRANSPARENT")
    entry.add("categories", [row.type])
    if row.place:
        entry.add("location", row.place.name)
        if row.place.lat is not None and row.place.lon is not None:
            entry.add("geo", (row.place.lat, row.place.lon))
    if first.url:
        entry.add("url", first.url)
    return entry
