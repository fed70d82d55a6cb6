"""Rows in, the events table of GDELT 2.0 out: 61 columns in its order, tab-separated, without a head."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date

from dateline.export.coded import of_plover, parts_of
from dateline.export.event_rows import EventRow, Side, Where
from dateline.export.written import LeftOut, Written
from dateline.knowledge.cameo_actors import cameo_actor
from dateline.knowledge.countries import load_countries
from dateline.knowledge.fips import fips_of
from dateline.knowledge.ontology import load_ontology
from dateline.knowledge.sectors import load_sectors

CANNOT = (
    "Events of our wider types, denied events and events without any day (not even of publication) are left out.",
    "A row has one actor on each side: further ones are not in it. Of a stretch of days it has the first.",
    "`GoldsteinScale` holds PLOVER's score of type and mode; `AvgTone` and `IsRootEvent` are empty.",
    "Ethnic and religious codes, the actors' own places, first-order regions and feature ids (of GNS, GNIS) are empty.",
    "`GLOBALEVENTID` is made of the event's name and is none of GDELT's.",
    "Actor countries are ISO alpha-3, of which GDELT writes a few in an older form.",
    "`DATEADDED` is the day of the first report, at midnight.",
)
_ACTOR = ("Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code",
          "Type1Code", "Type2Code", "Type3Code")  # fmt: skip
_GEO = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
COLUMNS = (
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
    *(f"Actor{side}{name}" for side in (1, 2) for name in _ACTOR),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale",
    "NumMentions", "NumSources", "NumArticles", "AvgTone",
    *(f"{place}Geo_{name}" for place in ("Actor1", "Actor2", "Action") for name in _GEO),
    "DATEADDED", "SOURCEURL",
)  # fmt: skip
"""GDELT's names of the columns; the file has no line of them."""
_QUADS = {"VC": "1", "MC": "2", "VX": "3", "MX": "4"}
_COUNTRY, _US_CITY, _WORLD_CITY = "1", "3", "4"
_NOWHERE = ("",) * len(_GEO)


def gdelt(rows: Sequence[EventRow]) -> Written:
    """The table, in the order of the events."""
    left, lines = LeftOut(), []
    for row in of_plover(rows, left):
        day, code = row.earliest or row.latest or row.first.published, _cameo(row)
        if row.status == "denied":
            left.out("denied event")
        elif day is None:
            left.out("event", "without any day")
        elif not code:
            left.out("event", "without a CAMEO code")
        else:
            more = len(row.actors[1:]) + len(row.recipients[1:])
            left.note("party beside the first is left out", "parties beside the first are left out", more)
            lines.append("\t".join(_cells(row, day, code)) + "\n")
    return Written("".join(lines).encode(), left.told())


def _cameo(row: EventRow) -> str:
    return row.cameo or load_ontology().cameo_of(row.type, row.mode) or ""


def _cells(row: EventRow, day: date, code: str) -> tuple[str, ...]:
    known = load_ontology()
    score = known.score(row.type, row.mode)
    fraction = f"{day.year + (day.month * 30 + day.day) / 365:.4f}"
    added = f"{row.first.published or day:%Y%m%d}000000"
    return (
        str(event_number(row.event)), f"{day:%Y%m%d}", f"{day:%Y%m}", f"{day:%Y}", fraction,
        *_actor(row.actors), *_actor(row.recipients),
        "", code, code[:3] if len(code) > 3 else code, code[:2],
        _QUADS[known.types[row.type].quad], "" if score is None else str(score),
        str(len(row.tellings)), str(row.outlets), str(row.reports), "",
        *_NOWHERE, *_NOWHERE, *_action_place(row.place), added, row.first.url or "",
    )  # fmt: skip


def event_number(event: str) -> int:
    """A number for an event's name: 53 bits of its hash, which every program holds exactly."""
    return int.from_bytes(hashlib.sha256(event.encode()).digest()[:7]) >> 3


def _actor(sides: Sequence[Side]) -> tuple[str, ...]:
    if not sides:
        return ("",) * len(_ACTOR)
    country, sectors = parts_of(sides[0].code)
    body = cameo_actor(country)
    is_body = country in load_sectors().bodies
    roles = [cameo_actor(sector).role for sector in sectors]
    types = ([body.role, *roles] if is_body else roles)[:3]
    own = "" if is_body else country
    code = "".join([own, *types, body.group if is_body else ""])
    return (code, sides[0].name.upper(), own, body.group, "", "", "", *types, *[""] * (3 - len(types)))


def _action_place(place: Where | None) -> tuple[str, ...]:
    if place is None or place.lat is None or place.lon is None:
        return _NOWHERE
    country = load_countries().by_code.get(place.country or "")
    whole = country is not None and country.name == place.name
    kind = _COUNTRY if whole else _US_CITY if place.country == "USA" else _WORLD_CITY
    name = place.name if whole or country is None else f"{place.name}, {country.name}"
    return kind, name, fips_of(place.country), "", "", str(place.lat), str(place.lon), ""
