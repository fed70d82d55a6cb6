"""The timeline: days in order and to scale, long gaps cut short, ranges as bars."""

from __future__ import annotations

import itertools

import msgspec

from dateline.export.chronology import chronology_of
from dateline.export.labels import text_width
from dateline.export.timeline import Timeline, timeline_of
from dateline.export.view import Line, Moment
from tests.export.sample import sample_record


def lines_on(*days: tuple[str, str]) -> list[Line]:
    first = chronology_of(sample_record()).lines[0]
    return [
        msgspec.structs.replace(first, number=n, id=f"e{n}", moment=Moment("", "", "", low, high, low))
        for n, (low, high) in enumerate(days, start=1)
    ]


def drawn(*days: tuple[str, str], published: str = "", width: int = 800) -> Timeline:
    found = timeline_of(lines_on(*days), published, width)
    assert found is not None
    return found


def test_days_stand_in_order_and_to_scale() -> None:
    xs = [
        bar.x
        for bar in drawn(("2023-09-13", "2023-09-13"), ("2023-09-14", "2023-09-14"), ("2023-09-16", "2023-09-16")).bars
    ]
    assert xs[0] < xs[1] < xs[2]
    assert round((xs[2] - xs[1]) / (xs[1] - xs[0])) == 2


def test_a_long_empty_stretch_is_cut_short_and_marked() -> None:
    found = drawn(("1991-08-19", "1991-08-19"), ("2023-09-14", "2023-09-14"), ("2023-09-16", "2023-09-16"))
    assert [gap.words for gap in found.breaks] == ["32 years"]
    xs = [bar.x for bar in found.bars]
    assert xs[1] - xs[0] < 4 * (xs[2] - xs[1])


def test_a_range_is_a_bar_as_long_as_its_days() -> None:
    (bar,) = drawn(("2023-09-01", "2023-09-05")).bars
    assert bar.x2 > bar.x


def test_the_day_of_publication_is_the_strong_one() -> None:
    found = drawn(("2023-09-13", "2023-09-13"), published="2023-09-14")
    assert [(tick.words, tick.strong) for tick in found.ticks if tick.strong] == [("Thu 14 Sep 2023", True)]


def test_dates_on_the_axis_do_not_run_into_each_other() -> None:
    ticks = [
        tick for tick in drawn(*((f"2023-09-{n:02}", f"2023-09-{n:02}") for n in range(1, 29))).ticks if tick.words
    ]
    assert len(ticks) >= 3
    assert all(b.x - a.x > 100 for a, b in itertools.pairwise(ticks))


def test_words_fit_into_a_narrow_drawing() -> None:
    for bar in drawn(("2023-09-01", "2023-09-01"), ("2023-09-09", "2023-09-09"), width=344).bars:
        width = text_width(bar.words, 12.5)
        left = bar.tx if bar.anchor == "start" else bar.tx - width
        assert left >= -2
        assert left + width <= 346


def test_undated_events_are_counted_not_drawn() -> None:
    chronology = chronology_of(sample_record())
    found = timeline_of(chronology.lines, "2023-09-14", 800)
    assert found is not None
    assert (len(found.bars), found.undated) == (3, 4)


def test_no_day_no_timeline() -> None:
    assert timeline_of([], "2023-09-14", 800) is None
