"""Rows in, the reports behind them out as references: BibTeX, written by pybtex, or CSL-JSON."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from dateline.export.event_rows import EventRow, TellingRow
from dateline.export.extras import extra
from dateline.export.written import LeftOut, Written
from dateline.wire import json_line

CANNOT = (
    "It lists reports, not events: which events a report tells stands in its keywords, by id.",
    "Authors are not in it: bylines are not read into names.",
    "BibTeX cannot hold braces that do not pair in a title: they are left out.",
)
_KEY = re.compile(r"[^A-Za-z0-9_.:-]+")
_BRACES = str.maketrans("", "", "{}\\")


def bibtex(rows: Sequence[EventRow]) -> Written:
    """``@misc`` entries: title, howpublished (the outlet), year, month, day, url, keywords."""
    library, left = extra("pybtex.database", "bibtex"), LeftOut()
    entries = {}
    for key, (telling, events) in _reports(rows).items():
        plain = (telling.title or telling.report).translate(_BRACES)
        left.note(
            "title loses braces or backslashes",
            "titles lose braces or backslashes",
            plain != (telling.title or telling.report),
        )
        entries[key] = library.Entry("misc", fields=_fields(telling, plain, events))
    words: str = library.BibliographyData(entries).to_string("bibtex")
    return Written(words.encode(), left.told())


def csl(rows: Sequence[EventRow]) -> Written:
    """CSL items of the type ``article-newspaper``."""
    items = []
    for key, (telling, events) in _reports(rows).items():
        day = telling.published
        item: dict[str, Any] = {
            "id": key,
            "type": "article-newspaper",
            "title": telling.title or telling.report,
            "container-title": telling.outlet,
            "URL": telling.url,
            "issued": {"date-parts": [[day.year, day.month, day.day]]} if day else None,
            "keyword": ", ".join(events),
        }
        items.append({name: value for name, value in item.items() if value})
    return Written(json_line(items))


def _reports(rows: Sequence[EventRow]) -> dict[str, tuple[TellingRow, list[str]]]:
    """The reports by a key that BibTeX takes, in the order in which events name them, with those events."""
    found: dict[str, tuple[TellingRow, list[str]]] = {}
    keys: dict[str, str] = {}
    for row in rows:
        for telling in row.tellings:
            key = keys.get(telling.report)
            if key is None:
                plain = _KEY.sub("-", telling.report).strip("-") or "report"
                key = plain if plain not in found else f"{plain}-{len(found)}"
                keys[telling.report] = key
                found[key] = telling, []
            if row.event not in found[key][1]:
                found[key][1].append(row.event)
    return found


def _fields(telling: TellingRow, title: str, events: Sequence[str]) -> dict[str, str]:
    day = telling.published
    fields = {
        "title": f"{{{title}}}",
        "howpublished": (telling.outlet or "").translate(_BRACES),
        "year": str(day.year) if day else "",
        "month": str(day.month) if day else "",
        "day": str(day.day) if day else "",
        "url": (telling.url or "").translate(_BRACES),
        "keywords": ", ".join(events).translate(_BRACES),
    }
    return {name: value for name, value in fields.items() if value}
