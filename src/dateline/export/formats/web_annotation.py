"""Rows in, W3C Web Annotations out (JSON-LD): one for every telling, on the words of the report that tell the event."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from dateline.export.event_rows import EventRow, TellingRow
from dateline.export.formats.timelinejs import headline
from dateline.export.written import LeftOut, Written
from dateline.wire import json_line

CANNOT = (
    "An annotation names an event, its type and its status; parties, days and places stand in its words alone.",
    "Positions count code points of the text that was read, not of the page: there the quotation finds the words.",
    "A report without an address is the target `urn:dateline:report:…`.",
)
_AROUND = 32
"""Characters of the sentence before and after the words that the quotation is found by."""


def web_annotation(rows: Sequence[EventRow]) -> Written:
    """An AnnotationPage with the annotations in order."""
    left, items, seen = LeftOut(), [], set[tuple[str, str, int]]()
    for row in rows:
        for telling in row.tellings:
            if (row.event, telling.report, telling.start) not in seen:
                seen.add((row.event, telling.report, telling.start))
                items.append(_annotation(row, telling))
                left.note(
                    "annotation is of a report without an address",
                    "annotations are of reports without an address",
                    not telling.url,
                )
    page = {"@context": "http://www.w3.org/ns/anno.jsonld", "id": "urn:dateline:annotations", "type": "AnnotationPage"}
    return Written(json_line({**page, "items": items}), left.told())


def _annotation(row: EventRow, telling: TellingRow) -> dict[str, Any]:
    tags = [word for word in (row.type, row.mode, telling.status) if word]
    bodies = [{"type": "TextualBody", "purpose": "tagging", "value": tag} for tag in tags]
    said = {"type": "TextualBody", "purpose": "describing", "format": "text/plain", "value": headline(row)}
    return {
        "id": f"urn:dateline:telling:{quote(telling.report, safe='')}:{telling.start}:{quote(row.event, safe='')}",
        "type": "Annotation",
        "motivation": "classifying",
        "body": [*bodies, said],
        "target": {
            "source": telling.url or f"urn:dateline:report:{quote(telling.report, safe='')}",
            "selector": [
                {"type": "TextPositionSelector", "start": telling.start, "end": telling.end},
                {"type": "TextQuoteSelector", "exact": telling.words, **_sides(telling)},
            ],
        },
    }


def _sides(telling: TellingRow) -> dict[str, str]:
    """What stands before and after the words, where their sentence holds them once."""
    if telling.sentence.count(telling.words) != 1:
        return {}
    before, _, after = (part.strip("…") for part in telling.sentence.partition(telling.words))
    return {"prefix": before[-_AROUND:], "suffix": after[:_AROUND]}
