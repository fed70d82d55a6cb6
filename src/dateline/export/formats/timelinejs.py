"""Rows in, the JSON that TimelineJS reads out: a slide an event. TimelineJS shows a slide's text as HTML, so that what
comes from a report is escaped here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape
from typing import Any

from dateline.export.event_rows import EventRow, Side
from dateline.export.moments import span_label
from dateline.export.written import LeftOut, Written
from dateline.wire import json_line

CANNOT = (
    "Events without a day are left out.",
    "Codes, coordinates, certainty as a number and the tellings beside the first are not in it.",
)


def timelinejs(rows: Sequence[EventRow]) -> Written:
    """``{"events": […]}`` as TimelineJS 3 reads it; planned and doubtful events are groups of their own."""
    left = LeftOut()
    slides = []
    for row in rows:
        if row.earliest is None and row.latest is None:
            left.out("event", "without a day")
            continue
        slides.append(_slide(row))
    return Written(json_line({"events": slides}), left.told())


def _slide(row: EventRow) -> dict[str, Any]:
    first, last = row.earliest or row.latest, row.latest or row.earliest
    assert first is not None
    assert last is not None
    slide: dict[str, Any] = {
        "unique_id": row.event,
        "start_date": _date(first),
        "display_date": span_label(row.earliest, row.latest)[0],
        "group": row.status,
        "text": {"headline": escape(headline(row)), "text": _text(row)},
    }
    if last != first:
        slide["end_date"] = _date(last)
    return slide


def _date(day: date) -> dict[str, int]:
    return {"year": day.year, "month": day.month, "day": day.day}


def headline(row: EventRow) -> str:
    """One line for an event: what, who to whom, where, and its status where that is not plainly done."""
    parties = " → ".join(names for names in (_names(row.actors), _names(row.recipients)) if names)
    what = row.what or row.type
    place = f" ({row.place.name})" if row.place else ""
    status = "" if row.status == "happened" else f" [{row.status}]"
    return f"{what}: {parties}{place}{status}" if parties else f"{what}{place}{status}"


def _names(sides: Sequence[Side]) -> str:
    return ", ".join(side.name for side in sides)


def _text(row: EventRow) -> str:
    says = "; ".join(row.sources)
    told = " · ".join(part for part in (row.first.outlet, str(row.first.published or "")) if part)
    link = f' <a href="{escape(row.first.url)}">report</a>' if row.first.url else ""
    return f"<p>“{escape(row.first.sentence)}”</p><p>{escape(says)}. {escape(told)}{link}</p>"
