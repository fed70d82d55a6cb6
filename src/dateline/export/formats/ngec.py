"""Rows in, the records out that the NGEC coder writes for POLECAT, a JSON object a line: its keys, from
``attributes`` to ``event_geolocation``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from dateline.export.coded import of_plover, parts_of
from dateline.export.event_rows import EventRow, Side, Where
from dateline.export.written import LeftOut, Written
from dateline.knowledge.countries import load_countries
from dateline.version import __version__
from dateline.wire import json_line

CANNOT = (
    "Events of our wider types, denied events and events without any day (not even of publication) are left out.",
    "`date_resolved` is one day: of a stretch of days the first.",
    "Scores of a question-answering model, Wikipedia titles and story-wide lists are empty: Dateline has none.",
    "Only the sentence that tells the event is in `event_text`, never the article.",
)


def ngec(rows: Sequence[EventRow]) -> Written:
    """The records, in the order of the events."""
    left = LeftOut()
    found = []
    for row in of_plover(rows, left):
        day = row.earliest or row.latest or row.first.published
        if row.status == "denied":
            left.out("denied event")
        elif day is None:
            left.out("event", "without any day")
        else:
            found.append(json_line(_record(row, day)))
    return Written(b"".join(found), left.told())


def _record(row: EventRow, day: date) -> dict[str, Any]:
    told = row.earliest or row.latest
    return {
        "id": f"{row.event}_{row.type}",
        "story_id": row.first.report,
        "headline": row.first.title or "",
        "publisher": row.first.outlet or "",
        "pub_date": str(row.first.published or ""),
        "date": str(row.first.published or day),
        "date_resolved": str(day),
        "date_raw": f"{row.earliest}/{row.latest}" if told else "<No date detected--using publication date>",
        "event_type": row.type,
        "event_mode": [row.mode] if row.mode else [],
        "contexts": list(row.contexts),
        "event_text": row.first.sentence,
        "attributes": {
            "ACTOR": [_party(side) for side in row.actors],
            "RECIP": [_party(side) for side in row.recipients],
            "LOC": [{"text": row.place.name}] if row.place else [],
            "DATE": [{"text": str(told)}] if told else [],
        },
        "event_geolocation": _geolocation(row.place),
        "geolocated_ents": [],
        "story_people": [],
        "story_orgs": [],
        "story_locs": [],
        "version": f"dateline-{__version__}",
    }


def _party(side: Side) -> dict[str, Any]:
    country, sectors = parts_of(side.code)
    known = load_countries().by_code.get(country)
    first, second = (*sectors, "", "")[:2]
    name = known.name if known else ""
    return {"text": side.name, "country": country, "country_name": name, "code_1": first, "code_2": second, "wiki": ""}


def _geolocation(place: Where | None) -> dict[str, Any]:
    if place is None or place.lat is None:
        return {"reason": "no place told" if place is None else "which place of that name was not told", "geo": None}
    geo = {
        "geonameid": place.id if place.id and place.id.isdigit() else "",
        "resolved_placename": place.name,
        "search_placename": place.name,
        "country_code3": place.country or "",
        "lat": place.lat,
        "lon": place.lon,
    }
    return {"reason": "resolved", "geo": geo}
