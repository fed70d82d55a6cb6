from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from dateline.merge.neighbours import (
    HORIZON,
    NEAREST,
    SHARED,
    THRESHOLD,
    alike,
    cosine,
    holders_of,
    is_before,
    likeness,
    nearest,
    sharing,
)
from dateline.merge.sketches import Sketch
from tests.merge.made import DAY, sketch

HEAVY, LIGHT = 0.8, 0.6


def sketch_with(id: str, **more: Any) -> Sketch:
    return sketch(id, **{"words": {"boat": HEAVY, "crew": LIGHT}, "top": ("boat", "crew"), **more})


def test_likeness_is_that_of_the_words_and_the_same_from_both_sides() -> None:
    assert round(cosine({"a": 1.0}, {"a": 0.6, "b": 0.8}), 6) == 0.6
    assert cosine({"a": 0.6, "b": 0.8}, {"a": 1.0}) == cosine({"a": 1.0}, {"a": 0.6, "b": 0.8})
    assert cosine({}, {"a": 1.0}) == 0


def test_reports_are_alike_of_one_day_with_two_heavy_words_in_common() -> None:
    one = sketch_with("a")
    assert alike(one, sketch_with("b"))
    assert not alike(one, sketch_with("b", published=None))
    assert not alike(one, sketch_with("b", published=DAY + timedelta(days=1)))
    assert not alike(one, sketch_with("b", top=("boat", "talk")))
    assert not alike(one, sketch_with("b", words={"boat": THRESHOLD, "talk": 0.96}))


DAYS = st.none() | st.integers(0, 160).map(lambda n: date(2031, 1, 1) + timedelta(days=n))
WORDS = st.sets(st.sampled_from(("boat", "crew", "talk", "march")), min_size=1)


@given(DAYS, DAYS, WORDS, WORDS)
def test_whatever_is_alike_is_found_by_its_keys(one: date | None, other: date | None, w: set[str], v: set[str]) -> None:
    left = sketch("a", published=one, top=tuple(sorted(w)), words=dict.fromkeys(w, len(w) ** -0.5))
    right = sketch("b", published=other, top=tuple(sorted(v)), words=dict.fromkeys(v, len(v) ** -0.5))
    assert alike(left, right) == alike(right, left)
    if alike(left, right):
        assert likeness([left, right])[0, 1] >= THRESHOLD
    close = is_before(left, right) or is_before(right, left) or one == other
    if close and len(w & v) >= SHARED:
        assert sharing(left, holders_of([left, right])) == ["b"]
        assert sharing(right, holders_of([left, right])) == ["a"]


def test_what_is_open_is_of_an_earlier_day_within_the_horizon() -> None:
    late = sketch_with("b", published=DAY + timedelta(days=HORIZON))
    assert is_before(sketch_with("a"), late)
    assert not is_before(late, sketch_with("a"))
    assert not is_before(sketch_with("a", published=DAY - timedelta(days=1)), late)
    assert not is_before(sketch_with("a"), sketch_with("b"))
    assert is_before(late, sketch_with("c", published=None))


def test_only_the_nearest_are_laid_beside_a_report() -> None:
    crowd = [sketch_with(f"c{n:03}", words={"boat": n / 100, "crew": 0.1}) for n in range(10, 10 + 2 * NEAREST)]
    found = nearest(sketch_with("z", published=DAY + timedelta(days=1)), crowd)
    assert list(found) == [own.id for own in reversed(crowd[NEAREST:])]
