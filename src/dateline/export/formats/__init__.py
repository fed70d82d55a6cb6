"""The files that events can be written to: a format's name in, its writer out. One module a format (or a pair that only
differ in syntax); each holds its writer and, in ``CANNOT``, what the format can never hold."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from types import ModuleType

from msgspec import Struct

from dateline.errors import DatelineError
from dateline.export.event_rows import EventRow
from dateline.export.written import Written


class Format(Struct, frozen=True):
    """A format: its ``writer`` in the module of this room, the ending of its files, the extra that brings its library
    (None where none is needed), and what it is."""

    module: str
    writer: str
    suffix: str
    extra: str | None
    what: str


FORMATS = {
    "csv": Format("csv_file", "safe_csv", ".csv", None, "CSV for spreadsheets: no cell can become a formula"),
    "csv-raw": Format("csv_file", "raw_csv", ".raw.csv", None, "CSV for programs: every cell as it is"),
    "parquet": Format("parquet", "parquet", ".parquet", "arrow", "Apache Parquet, typed columns"),
    "xlsx": Format("xlsx", "xlsx", ".xlsx", "xlsx", "an Excel workbook"),
    "geojson": Format("geojson", "geojson", ".geojson", "geojson", "GeoJSON (RFC 7946) for maps"),
    "timelinejs": Format("timelinejs", "timelinejs", ".timeline.json", None, "JSON for TimelineJS"),
    "icalendar": Format("ical", "icalendar", ".ics", "icalendar", "iCalendar (RFC 5545) of what is planned"),
    "graphml": Format("graphs", "graphml", ".graphml", "graph", "GraphML: who with whom"),
    "gexf": Format("graphs", "gexf", ".gexf", "graph", "GEXF for Gephi: who with whom"),
    "plover": Format("plover", "plover", ".plover.jsonl", None, "PLOVER records, JSON Lines"),
    "ngec": Format("ngec", "ngec", ".ngec.jsonl", None, "records as NGEC writes them for POLECAT, JSON Lines"),
    "gdelt": Format("gdelt", "gdelt", ".export.CSV", None, "the 61 columns of GDELT 2.0 events, tab-separated"),
    "ftm": Format("ftm", "entities", ".ftm.json", "ftm", "FollowTheMoney entities, JSON Lines"),
    "ftm-statements": Format("ftm", "statements", ".statements.csv", "ftm", "FollowTheMoney statements, CSV"),
    "turtle": Format("rdf", "turtle", ".ttl", "rdf", "RDF as Turtle: Simple Event Model and PROV-O"),
    "web-annotation": Format("web_annotation", "web_annotation", ".jsonld", None, "W3C Web Annotations of the texts"),
    "bibtex": Format("references", "bibtex", ".bib", "bibtex", "BibTeX of the reports behind the events"),
    "csl": Format("references", "csl", ".csl.json", None, "CSL-JSON of the same, for Zotero and pandoc"),
    "arms": Format("arms", "arms", ".arms.csv", None, "a table of equipment shown, wanted, promised, delivered"),
}
"""Every format by its name."""


def written_as(rows: Sequence[EventRow], to: str) -> Written:
    """Events in a format. Raises :class:`DatelineError` for a name that is none, :class:`ExtraError` where its library
    is not installed."""
    form = FORMATS.get(to)
    if form is None:
        raise DatelineError(f"no format {to!r} for events; the formats are {', '.join(FORMATS)}")
    found: Written = getattr(_module(form), form.writer)(rows)
    return found


def cannot(to: str) -> tuple[str, ...]:
    """What a format can never hold, a sentence each."""
    found: tuple[str, ...] = _module(FORMATS[to]).CANNOT
    return found


def format_of(name: str) -> str | None:
    """The format that a file's name ends in, the longest ending first; None where there is none."""
    fits = [(len(form.suffix), to) for to, form in FORMATS.items() if name.lower().endswith(form.suffix.lower())]
    return max(fits)[1] if fits else None


def _module(form: Format) -> ModuleType:
    return importlib.import_module(f"{__name__}.{form.module}")
