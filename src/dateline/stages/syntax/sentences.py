"""Token rows of a parsed text in, the same out with no sentence longer than can be borne: what is asked of a tree costs
more than its length, so a heap of words without an end is read in parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dateline.stages.syntax.parsing import Row

LONGEST = 400
"""Tokens of a sentence; longer ones are lists, tables, or nothing that was written to be read."""
_SEAMS = frozenset({";", ",", ":", "-", "–", "—"})


def bounded(rows: list[Row], longest: int = LONGEST) -> list[Row]:
    """The rows, every sentence of more than ``longest`` tokens parted, behind a mark where one stands in the
    second half of a part. The first word of a part whose head stands outside is its root; further ones hang on that."""
    starts = [k for k, row in enumerate(rows) if row.starts]
    if all(end - start <= longest for start, end in pairwise([*starts, len(rows)])):
        return rows
    found: list[Row] = []
    for start, end in pairwise([*starts, len(rows)]):
        if end - start <= longest:
            found.extend(rows[start:end])
            continue
        for first, behind in _parts(rows, start, end, longest):
            found.extend(_by_itself(rows, first, behind))
    return found


def _parts(rows: Sequence[Row], start: int, end: int, longest: int) -> Iterator[tuple[int, int]]:
    while end - start > longest:
        half = start + longest // 2
        cut = next((k for k in range(start + longest, half, -1) if rows[k - 1].form in _SEAMS), start + longest)
        yield start, cut
        start = cut
    yield start, end


def _by_itself(rows: Sequence[Row], first: int, behind: int) -> Iterator[Row]:
    root = next(k for k in range(first, behind) if not first <= rows[k].head < behind)
    for k in range(first, behind):
        row = rows[k]._replace(starts=k == first)
        if k == root:
            yield row._replace(head=-1, deprel="root")
        elif not first <= row.head < behind:
            yield row._replace(head=root, deprel="dep")
        else:
            yield row
