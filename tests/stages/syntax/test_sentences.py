"""No sentence is longer than can be borne, and what comes out are trees."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from dateline.stages.syntax.parsing import Row
from dateline.stages.syntax.sentences import LONGEST, bounded


def row(k: int, head: int, *, form: str = "word", starts: bool = False) -> Row:
    return Row(5 * k, 5 * k + 4, form, form, "NOUN", "NN", "", head, "root" if head < 0 else "obj", "", starts, 0)


def sentences(rows: list[Row]) -> list[range]:
    starts = [k for k, one in enumerate(rows) if one.starts]
    return [range(start, end) for start, end in pairwise([*starts, len(rows)])]


def test_what_is_short_enough_stays_as_it_is() -> None:
    rows = [row(k, -1 if k == 0 else k - 1, starts=k == 0) for k in range(LONGEST)]
    assert bounded(rows) is rows


def test_a_long_sentence_is_parted_behind_a_mark_and_the_others_stay() -> None:
    short = [row(0, -1, starts=True), row(1, 0)]
    long = [row(2 + k, -1 if k == 0 else 1 + k, form="," if k == 7 else "word", starts=k == 0) for k in range(15)]
    found = bounded([*short, *long], 10)
    assert found[:2] == short
    assert [s.start for s in sentences(found)] == [0, 2, 10]
    assert [r.form for r in found] == [r.form for r in [*short, *long]]


def test_the_first_word_whose_head_is_outside_is_the_root_and_the_others_hang_on_it() -> None:
    rows = [row(0, -1, starts=True), row(1, 0), row(2, 0), row(3, 2), row(4, 0)]
    found = bounded(rows, 2)
    assert [(r.head, r.deprel, r.starts) for r in found] == [
        (-1, "root", True),
        (0, "obj", False),
        (-1, "root", True),
        (2, "obj", False),
        (-1, "root", True),
    ]
    assert [(r.head, r.deprel) for r in bounded(rows, 3)][3:] == [(-1, "root"), (3, "dep")]


@given(st.lists(st.integers(0, 30), min_size=1, max_size=24), st.integers(1, 12))
def test_every_part_is_a_tree_that_is_short_enough(heads: list[int], longest: int) -> None:
    rows = [row(k, -1 if k == 0 else min(head, k - 1), starts=k == 0) for k, head in enumerate(heads)]
    found = bounded(rows, longest)
    for inside in sentences(found):
        assert len(inside) <= longest
        assert sum(found[k].head < 0 for k in inside) == 1
        for k in inside:
            at, steps = k, 0
            while found[at].head >= 0:
                at, steps = found[at].head, steps + 1
                assert at in inside
                assert steps <= len(inside)
