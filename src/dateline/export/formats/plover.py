"""Rows in, PLOVER records out, a JSON object a line, with the fields of the PLOVER 2.0 manual: lists of actors and
recipients with country and sectors, type, modes, date, place, contexts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dateline.export.coded import of_plover, parts_of
from dateline.export.event_rows import EventRow, Side, TellingRow, Where
from dateline.export.written import LeftOut, Written
from dateline.knowledge.ontology import load_ontology
from dateline.wire import json_line

CANNOT = (
    "Events of our wider types (accident, statement, visit of a place …) are left out: PLOVER has 16 types.",
    "Denied events are left out: PLOVER codes what took place, and a refusal as REJECT.",
    "Certainty, chains of sources and the values on which reports differ are not in it.",
)


def plover(rows: Sequence[EventRow]) -> Written:
    """The records, in the order of the events."""
    left = LeftOut()
    found = []
    for row in of_plover(rows, left):
        if row.status == "denied":
            left.out("denied event")
        else:
            found.append(json_line(_record(row)))
    return Written(b"".join(found), left.told())


def _record(row: EventRow) -> dict[str, Any]:
    known = load_ontology()
    return {
        "id": row.event,
        "date": (row.earliest or row.latest or row.first.published or ""),
        "date_latest": row.latest or row.earliest or "",
        "type": row.type,
        "mode": [row.mode] if row.mode else [],
        "quad": known.types[row.type].quad if row.type in known.types else "",
        "score": known.score(row.type, row.mode),
        "actor": [_party(side) for side in row.actors],
        "recipient": [_party(side) for side in row.recipients],
        "context": list(row.contexts),
        "status": row.status,
        "location": _location(row.place),
        "text": row.first.sentence,
        "source": _source(row.first),
    }


def _source(telling: TellingRow) -> dict[str, Any]:
    return {"id": telling.report, "publisher": telling.outlet, "title": telling.title, "url": telling.url}


def _party(side: Side) -> dict[str, Any]:
    country, sectors = parts_of(side.code)
    return {"name": side.name, "country": country, "sector": list(sectors), "id": side.link}


def _location(place: Where | None) -> dict[str, Any] | None:
    if place is None:
        return None
    return {"name": place.name, "country": place.country, "lat": place.lat, "lon": place.lon, "geonameid": place.id}
