"""Records and rejections of one batch in, standoff objects that know of each other out: story, copy, shared events."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from dateline.export.standoff import to_error, to_standoff
from dateline.merge import Merged, merge
from dateline.model import Record


class Rejected(Protocol):
    """An input that ended as an error."""

    @property
    def id(self) -> str: ...
    @property
    def stage(self) -> str: ...
    @property
    def reason(self) -> str: ...


def to_merged_standoff(results: Sequence[Record | Rejected]) -> Iterator[dict[str, Any]]:
    """One object an input, in the order given; ids and values do not depend on that order."""
    merged = merge(result for result in results if isinstance(result, Record))
    for result in results:
        if isinstance(result, Record):
            yield _row(result, merged)
        else:
            yield to_error(result.id, result.stage, result.reason)


def _row(record: Record, merged: Merged) -> dict[str, Any]:
    found = to_standoff(record)
    if "error" in found:
        return found
    name = record.article.id
    found["story"] = merged.stories[name]
    found["copy_of"] = merged.copies.get(name)
    if "events" in found:
        shared = [merged.event_of(name, event) for event in record.events]
        found["events"] = [{**row, "event": event} for row, event in zip(found["events"], shared, strict=True)]
    return found
