"""A row in, its cells out: the one table of columns that frames, CSV, Parquet and XLSX share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Literal

from msgspec import Struct

from dateline.export.event_rows import EventRow, Side
from dateline.knowledge.ontology import load_ontology

Kind = Literal["text", "texts", "number", "integer", "day"]
Cell = str | float | date | tuple[str, ...] | None
CHAIN = " > "
"""Stands between the links of a chain of sources."""


class Column(Struct, frozen=True):
    """A column: its name, what kind of value stands in it (``texts`` is a list), what it means, and its cell."""

    name: str
    kind: Kind
    meaning: str
    of: Callable[[EventRow], Cell]


def _quad(row: EventRow) -> str | None:
    known = load_ontology().types.get(row.type)
    return known.quad if known else None


def _names(sides: Sequence[Side]) -> tuple[str, ...]:
    return tuple(side.name for side in sides)


def _codes(sides: Sequence[Side]) -> tuple[str, ...]:
    return tuple(side.code or "" for side in sides)


def _links(sides: Sequence[Side]) -> tuple[str, ...]:
    return tuple(side.link or "" for side in sides)


COLUMNS = (
    Column("event", "text", "the event's name: `report@start`, or `e…` in an archive", lambda r: r.event),
    Column("type", "text", "PLOVER type, or one of our wider ones in small letters", lambda r: r.type),
    Column("mode", "text", "PLOVER mode", lambda r: r.mode),
    Column("act", "text", "the bare act before time and negation", lambda r: r.act),
    Column("quad", "text", "PLOVER quad class of the type: VC, MC, VX, MX", _quad),
    Column("contexts", "texts", "PLOVER contexts; of a record only", lambda r: r.contexts),
    Column("status", "text", "happened, ongoing, planned, possible, suspected, denied …", lambda r: r.status),
    Column("certainty", "number", "how sure the author is, -3 to +3", lambda r: r.certainty),
    Column("score", "number", "how likely the line is right, 0 to 1; of a record only", lambda r: r.score),
    Column("earliest", "day", "first day on which it may have been", lambda r: r.earliest),
    Column("latest", "day", "last day, inclusive", lambda r: r.latest),
    Column("actors", "texts", "who", lambda r: _names(r.actors)),
    Column("actor_codes", "texts", "their PLOVER codes, in the same order", lambda r: _codes(r.actors)),
    Column("actor_ids", "texts", "their ids in our tables, in the same order", lambda r: _links(r.actors)),
    Column("recipients", "texts", "to whom", lambda r: _names(r.recipients)),
    Column("recipient_codes", "texts", "their PLOVER codes, in the same order", lambda r: _codes(r.recipients)),
    Column("recipient_ids", "texts", "their ids, in the same order", lambda r: _links(r.recipients)),
    Column("equipment", "texts", "with what", lambda r: _names(r.equipment)),
    Column("place", "text", "where", lambda r: r.place.name if r.place else None),
    Column("place_id", "text", "GeoNames id, or an id of our tables", lambda r: r.place.id if r.place else None),
    Column("country", "text", "its country, ISO 3166-1 alpha-3", lambda r: r.place.country if r.place else None),
    Column("lat", "number", "degrees north, WGS 84", lambda r: r.place.lat if r.place else None),
    Column("lon", "number", "degrees east", lambda r: r.place.lon if r.place else None),
    Column("radius_km", "number", "how far from there it may be", lambda r: r.place.radius_km if r.place else None),
    Column("source_chains", "texts", "who says so, the outlet first", lambda r: tuple(map(CHAIN.join, r.chains))),
    Column("sources", "texts", "the ultimate sources, each once", lambda r: r.sources),
    Column("reports", "integer", "reports that tell it", lambda r: r.reports),
    Column("outlets", "integer", "outlets that tell it", lambda r: r.outlets),
    Column("independent", "integer", "independent sources behind it", lambda r: r.independent),
    Column("differs", "texts", "what the reports differ on", lambda r: r.differs),
    Column("related", "texts", "other events: `plan e…`", lambda r: tuple(f"{o.kind} {o.event}" for o in r.related)),
    Column("words", "text", "the words of the first telling that tell it", lambda r: r.first.words),
    Column("sentence", "text", "the sentence around them", lambda r: r.first.sentence),
    Column("report", "text", "the report of the first telling", lambda r: r.first.report),
    Column("start", "integer", "where the words stand in its text, code points", lambda r: r.first.start),
    Column("end", "integer", "where they end, exclusive", lambda r: r.first.end),
    Column("title", "text", "its title", lambda r: r.first.title),
    Column("outlet", "text", "its publisher", lambda r: r.first.outlet),
    Column("published", "day", "its day of publication", lambda r: r.first.published),
    Column("url", "text", "its address on the web", lambda r: r.first.url),
)


def cells(rows: Sequence[EventRow]) -> dict[str, list[Cell]]:
    """The cells of every column, by its name, in the order of the rows."""
    return {column.name: [column.of(row) for row in rows] for column in COLUMNS}
