"""Records in, the story of each out: reports that tell of the same course of events share one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dateline.merge.blocking import similar_pairs
from dateline.merge.clustering import average_link
from dateline.merge.words import counts_of, weigh
from dateline.model import Record

FLOOR = 0.05
"""Similarities below it count as none."""
THRESHOLD = 0.21
"""Mean similarity at which groups of reports are one story."""
NEAR_DAYS = 14
"""Reports so many days apart may well be of one story; from there on their similarity counts for less and less."""


def stories_of(records: Sequence[Record]) -> dict[str, str]:
    """The story of each report (article id -> story id). The id names the story's earliest report."""
    ordered = sorted(records, key=lambda record: record.article.id)
    vectors = weigh([counts_of(record) for record in ordered])
    days = [_day(record) for record in ordered]
    similarities = {
        (left, right): similarity * _closeness(days[left], days[right])
        for (left, right), similarity in similar_pairs(vectors, FLOOR).items()
    }
    groups = average_link(len(ordered), similarities, THRESHOLD)
    first: dict[int, Record] = {}
    for record, group in sorted(zip(ordered, groups, strict=True), key=lambda pair: age(pair[0])):
        first.setdefault(group, record)
    return {r.article.id: f"story:{first[group].article.id}" for r, group in zip(ordered, groups, strict=True)}


def age(record: Record) -> tuple[date, str]:
    """Sorts the earliest report first; of one day, and without a day, by id."""
    return _day(record) or date.max, record.article.id


def _day(record: Record) -> date | None:
    """The day a report speaks from: given, or told by its own words."""
    return record.article.published or (record.reference.day if record.reference else None)


def _closeness(left: date | None, right: date | None) -> float:
    """1 for reports of about one time or of unknown time, less the further apart they are."""
    if left is None or right is None:
        return 1.0
    gap = abs((left - right).days)
    return 1.0 if gap <= NEAR_DAYS else max(NEAR_DAYS / gap, 0.5)
