"""Rows in, GeoJSON (RFC 7946) out, made with the geojson library: a point an event, longitude first, WGS 84."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dateline.export.event_columns import COLUMNS, Cell
from dateline.export.event_rows import EventRow
from dateline.export.extras import extra
from dateline.export.written import LeftOut, Written

CANNOT = (
    "Events whose place is not told, or could not be told from others of its name, are left out.",
    "An event is a point: how far from there it may be stands in `radius_km`, not in the geometry.",
    "Only the telling that was published first is in the properties.",
)
_PLACED = frozenset({"lat", "lon"})


def geojson(rows: Sequence[EventRow]) -> Written:
    """A FeatureCollection; the properties are the columns of the table."""
    library, left = extra("geojson", "geojson"), LeftOut()
    features = []
    for row in rows:
        if row.place is None or row.place.lat is None or row.place.lon is None:
            left.out("event", "without a place on the map")
            continue
        properties = {c.name: _plain(c.of(row)) for c in COLUMNS if c.name not in _PLACED}
        point = library.Point((row.place.lon, row.place.lat))
        features.append(library.Feature(id=row.event, geometry=point, properties=properties))
    words: str = library.dumps(library.FeatureCollection(features), ensure_ascii=False, allow_nan=False)
    return Written(f"{words}\n".encode(), left.told())


def _plain(cell: Cell) -> object:
    return cell.isoformat() if isinstance(cell, date) else list(cell) if isinstance(cell, tuple) else cell
