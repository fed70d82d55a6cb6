"""Finds weapons and vehicles by the equipment tables: a record in; drafts of names, types of generic words out."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from dateline.knowledge.equipment import load_equipment
from dateline.model import MentionType, Record
from dateline.stages.mentions.drafts import Draft


def find_equipment(record: Record) -> tuple[list[Draft], dict[int, MentionType]]:
    """Names of systems (NAM), and for each token of a generic phrase ("strategic bombers") the type it has there."""
    tokens = record.tokens
    starts, ends = [t.start for t in tokens], [t.end for t in tokens]
    names: list[Draft] = []
    kinds: dict[int, MentionType] = {}
    for hit in load_equipment().find(record.article.text):
        first, last = bisect_right(ends, hit.start), bisect_left(starts, hit.end)
        if first >= last:
            continue
        if hit.generic:
            kinds.update(dict.fromkeys(range(first, last), hit.system.mention_type))
        else:
            head = next((i for i in range(last - 1, first - 1, -1) if not first <= tokens[i].head < last), last - 1)
            names.append(Draft(first, last, head, "NAM", hit.system.mention_type, hit.system.id))
            kinds.update(dict.fromkeys(range(first, last), hit.system.mention_type))
    return names, kinds
