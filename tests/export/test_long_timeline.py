"""Timelines of any length: lanes without overlaps, ticks that can be read, what has no room at the foot; events as
lines; quotations."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from dateline.export.labels import text_width
from dateline.export.long_timeline import SIZE, Item, long_timeline
from dateline.export.quoted import quotations_of
from dateline.export.world_lines import line_of, party_of
from dateline.merge.slots import Value
from dateline.model import Attribution, Span
from tests.export.archive_worlds import chronicle
from tests.merge.reports import report

DAY = date(2031, 5, 1)


def item(first: int, last: int | None = None, words: str = "attack: Norland") -> Item:
    low = DAY + timedelta(days=first)
    high = low if last is None else DAY + timedelta(days=last)
    return Item(first=low, last=high, words=words, href="/event/e", status="happened", quad="MX", weight=1)


def test_no_label_lies_on_another_or_outside() -> None:
    items = [item(n % 30, (n % 30) + n % 4, f"attack number {n}") for n in range(120)]
    drawn = long_timeline(items, DAY, DAY + timedelta(days=30), 900, 8, DAY)
    labelled = [mark for mark in drawn.marks if mark.words]
    assert len(drawn.marks) == 120
    assert drawn.unlabelled == 120 - len(labelled) > 0
    for one in labelled:
        right = one.x2 + 10 + text_width(one.words, SIZE)
        assert right <= 900
        same = [other for other in labelled if other.y == one.y and other is not one]
        assert all(right <= other.x or other.x2 + 10 + text_width(other.words, SIZE) <= one.x for other in same)


def test_what_lies_outside_is_left_out_and_what_reaches_in_is_cut() -> None:
    items = [item(-9), item(-9, 2), item(5), item(40)]
    drawn = long_timeline(items, DAY, DAY + timedelta(days=10), 900, 4, None)
    assert len(drawn.marks) == 2
    assert drawn.now is None
    assert all(0 <= mark.x <= mark.x2 <= 900 for mark in drawn.marks)


@pytest.mark.parametrize("days", [1, 2, 9, 30, 90, 150, 400, 2000, 9000, 200_000])
def test_ticks_can_be_told_apart_at_any_length(days: int) -> None:
    since = date(1800, 1, 1)
    drawn = long_timeline([], since, since + timedelta(days=days - 1), 900, 4, None)
    assert 1 <= len(drawn.ticks) <= 14
    places = [tick.x for tick in drawn.ticks]
    assert all(b - a > 40 for a, b in itertools.pairwise(places))


def test_all_days_that_there_are() -> None:
    drawn = long_timeline([item(0)], date.min, date.max, 900, 4, DAY)
    assert drawn.ticks
    assert drawn.now is not None


def test_an_event_as_a_line() -> None:
    world = chronicle()[0]
    value = Value(
        key="country:NOR", name="Norway", country="NOR", broad=False, sayings=(), reports=1, independent=1, why=""
    )
    line = line_of(world, {"actor": [party_of(value, "/actor")]})
    assert (line.id, line.number, line.weight) == (world.id, 0, world.independent)
    assert [(p.name, p.ref, p.href) for p in line.who] == [("Norway", "country:NOR", "/actor")]
    assert line.whom == ()


def test_quotations_that_hold_the_words() -> None:
    text = "Brant said nobody fired while Dosch said otherwise"
    plain = report("quoted", text)
    said = Span(text.index("nobody"), text.index(" while"))
    other = Span(text.index("otherwise"), len(text))
    held = replace(
        plain,
        attributions=(
            Attribution(id="a0", span=Span(0, said.end), source=(), content=(said,), name="Brant", kind="direct"),
            Attribution(id="a1", span=other, source=(), content=(other,), name="Dosch", kind="indirect"),
        ),
    )
    found = list(quotations_of(held, "r1", frozenset({text.index("fired")})))
    assert [(q.report, q.source, q.words.words) for q in found] == [("r1", "Brant", "nobody fired")]
    assert list(quotations_of(held, "r1", frozenset({other.start}))) == []
