"""Records in, the story of each out: reports that tell of the same course of events share one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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


def stories_of(records: Sequence[Record], copies: Mapping[str, str]) -> dict[str, str]:
    """The story of each report (article id -> story id); a copy is in its origin's. Ids name the earliest report."""
    ordered = sorted(records, key=lambda record: record.article.id)
    originals = [record for record in ordered if record.article.id not in copies]
    groups = average_link(len(originals), _similarities(originals), THRESHOLD)
    group_of = {record.article.id: group for record, group in zip(originals, groups, strict=True)}
    group_of.update({copy: group_of[origin] for copy, origin in copies.items()})
    names: dict[int, str] = {}
    for record in sorted(ordered, key=_age):
        names.setdefault(group_of[record.article.id], f"story:{record.article.id}")
    return {record.article.id: names[group_of[record.article.id]] for record in ordered}


def _similarities(records: Sequence[Record]) -> dict[tuple[int, int], float]:
    vectors = weigh([counts_of(record) for record in records])
    days = [_day(record) for record in records]
    return {
        (left, right): similarity * _closeness(days[left], days[right])
        for (left, right), similarity in similar_pairs(vectors, FLOOR).items()
    }


def _age(record: Record) -> tuple[date, str]:
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
