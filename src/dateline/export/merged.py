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
    rows = [_alone(result) for result in results]
    read = [r for r, row in zip(results, rows, strict=True) if isinstance(r, Record) and "error" not in row]
    merged = merge(read)
    for result, row in zip(results, rows, strict=True):
        yield row if "error" in row or not isinstance(result, Record) else _together(result, row, merged)


def _alone(result: Record | Rejected) -> dict[str, Any]:
    return to_standoff(result) if isinstance(result, Record) else to_error(result.id, result.stage, result.reason)


def _together(record: Record, row: dict[str, Any], merged: Merged) -> dict[str, Any]:
    name = record.article.id
    found = {**row, "story": merged.stories[name], "copy_of": merged.copies.get(name)}
    if "events" in row:
        found["events"] = [
            {**told, "event": merged.event_of(name, event), "type": merged.kind_of(name, event)}
            for told, event in zip(row["events"], record.events, strict=True)
        ]
    return found
