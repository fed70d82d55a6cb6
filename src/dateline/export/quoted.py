"""A record and the words that tell an event in, what was said of it in somebody's own words out."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from dateline.export.lines import Index
from dateline.export.view import Quote
from dateline.model import Record

_OWN = frozenset({"direct", "mixed"})


class Quotation(Struct, frozen=True, kw_only=True):
    """Words that a report gives as a source's own, and where they stand in its text."""

    report: str
    source: str
    words: Quote


def quotations_of(record: Record, report: str, starts: frozenset[int]) -> Iterator[Quotation]:
    """The quotations that hold a word at one of some places of the text, or whose speaker's sentence tells it there:
    each once, in text order."""
    index = Index(record)
    for attribution in record.attributions:
        if attribution.kind not in _OWN:
            continue
        spans = (attribution.span, *attribution.content)
        if any(span.start <= start < span.end for span in spans for start in starts):
            for span in attribution.content:
                yield Quotation(report=report, source=index.source_name(attribution), words=index.quote(span))
