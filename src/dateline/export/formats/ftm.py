"""Rows in, FollowTheMoney entities or statements out, made with the library of that name: events, who is involved, and
the reports that tell of them."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Sequence
from typing import Any

from dateline.export.coded import parts_of
from dateline.export.event_rows import EventRow, Side, TellingRow
from dateline.export.extras import extra
from dateline.export.formats.graphs import key_of
from dateline.export.formats.timelinejs import headline
from dateline.export.written import LeftOut, Written
from dateline.knowledge.countries import load_countries
from dateline.wire import json_line

CANNOT = (
    "An event has parties that are involved, not sides: who acts stands in the event's name alone.",
    "Types, modes and statuses are keywords; coordinates, certainty and what reports differ on are not in it.",
    "Chains of sources are notes of the event, in words.",
    "FollowTheMoney takes no planned day for another than one that was: the status in the keywords tells them apart.",
)
DATASET = "dateline"
_SCHEMAS = {"PER": "Person", "ORG": "Organization"}
"""What a party is; all others, states too, are legal entities."""


def entities(rows: Sequence[EventRow]) -> Written:
    """The entities, a JSON object a line."""
    left = LeftOut()
    lines = [json_line(_sorted(entity.to_dict())) for entity in _entities(rows, left)]
    return Written(b"".join(lines), left.told())


def statements(rows: Sequence[EventRow]) -> Written:
    """The same as statements, CSV with a head."""
    library, left, stream = extra("followthemoney.statement", "ftm"), LeftOut(), io.StringIO(newline="")
    made = (one for entity in _entities(rows, left) for one in library.Statement.from_entity(entity, dataset=DATASET))
    with extra("followthemoney.statement.serialize", "ftm").CSVStatementWriter(stream) as writer:
        for one in made:
            writer.write(one)
    return Written(stream.getvalue().encode(), left.told())


def _sorted(found: dict[str, Any]) -> dict[str, Any]:
    """Values in order: the library keeps them in sets."""
    found["properties"] = {name: sorted(values) for name, values in found["properties"].items()}
    return found


def _entities(rows: Sequence[EventRow], left: LeftOut) -> Iterator[Any]:
    """Each entity once, parties and reports before the event that names them."""
    model, seen = extra("followthemoney", "ftm").model, set[str]()
    for row in rows:
        reports = {telling.report: telling for telling in row.tellings}
        parts = [_party(model, side) for side in dict.fromkeys((*row.actors, *row.recipients))]
        parts += [_report(model, telling) for telling in reports.values()]
        for entity in parts:
            if entity.id not in seen:
                seen.add(entity.id)
                yield entity
        left.note("event has no day", "events have no day", row.earliest is None and row.latest is None)
        yield _event(model, row, [entity.id for entity in parts])


def _id(kind: str, name: str) -> str:
    return f"{DATASET}-{kind}-{hashlib.sha256(name.encode()).hexdigest()[:16]}"


def _party(model: Any, side: Side) -> Any:
    entity = model.make_entity(_SCHEMAS.get(side.kind or "", "LegalEntity"))
    entity.id = _id("party", key_of(side))
    entity.add("name", side.name)
    country = load_countries().by_code.get(parts_of(side.code)[0])
    if country is not None and country.alpha2:
        entity.add("country", country.alpha2.lower(), quiet=True)
    entity.add("keywords", list(parts_of(side.code)[1]))
    return entity


def _report(model: Any, telling: TellingRow) -> Any:
    entity = model.make_entity("Article")
    entity.id = _id("report", telling.report)
    entity.add("fileName", telling.report)
    entity.add("title", telling.title)
    entity.add("publisher", telling.outlet)
    entity.add("publishedAt", str(telling.published) if telling.published else None)
    entity.add("sourceUrl", telling.url)
    return entity


def _event(model: Any, row: EventRow, parts: Sequence[str]) -> Any:
    entity = model.make_entity("Event")
    entity.id = _id("event", row.event)
    entity.add("name", headline(row))
    entity.add("recordId", row.event)
    entity.add("summary", row.first.sentence)
    entity.add("startDate", str(row.earliest) if row.earliest else None)
    entity.add("endDate", str(row.latest) if row.latest else None)
    entity.add("keywords", [word for word in (row.type, row.mode, row.status) if word])
    entity.add("notes", [" > ".join(chain) for chain in row.chains])
    if row.place:
        entity.add("location", row.place.name)
        country = load_countries().by_code.get(row.place.country or "")
        entity.add("country", country.alpha2.lower() if country and country.alpha2 else None, quiet=True)
    reports = {_id("report", telling.report) for telling in row.tellings}
    entity.add("involved", [part for part in parts if part not in reports])
    entity.add("proof", [part for part in parts if part in reports])
    return entity
