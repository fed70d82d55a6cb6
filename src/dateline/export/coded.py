"""A PLOVER code in, its country and sectors out: ``ROUGOVMIL`` is ROU with GOV and MIL."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.export.event_rows import EventRow
from dateline.export.written import LeftOut
from dateline.knowledge.countries import load_countries
from dateline.knowledge.sectors import load_sectors


def parts_of(code: str | None) -> tuple[str, tuple[str, ...]]:
    """The country (or body) of a code, empty where there is none, and its sectors."""
    pieces = [(code or "")[at : at + 3] for at in range(0, len(code or ""), 3)]
    first = pieces[0] if pieces else ""
    sectors = load_sectors()
    whole = first in sectors.bodies or (first in load_countries().by_code and first not in sectors.by_name)
    return (first, tuple(pieces[1:])) if whole else ("", tuple(pieces))


def of_plover(rows: Sequence[EventRow], left: LeftOut) -> list[EventRow]:
    """The events that have one of PLOVER's 16 types; the others are counted."""
    found = [row for row in rows if row.ontology == "plover"]
    others = len(rows) - len(found)
    left.out("event", "of a type that is not PLOVER's", others)
    return found
