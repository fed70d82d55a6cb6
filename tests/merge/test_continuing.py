from __future__ import annotations

import random
from datetime import date, timedelta

from dateline.merge import merge
from dateline.merge.continuing import CENTRE
from dateline.merge.corrections import Correction
from dateline.merge.merging import Merged, merge_sketches
from dateline.merge.neighbours import HORIZON
from dateline.merge.sketches import sketch_of
from dateline.model import Record
from tests.merge.reports import event, report, with_events

FIRST = date(2031, 5, 5)
TEXT = "Korvia detained skipper Brandt at pier in Varsk after tanker Merope ran aground"


def told(name: str, days: int, text: str = TEXT) -> Record:
    plain = report(name, text, published=FIRST + timedelta(days=days))
    return with_events(plain, event(plain, "e0", "detained", "COERCE", actor="Korvia", recipient="Brandt"))


def anchor(record: Record) -> str:
    return sketch_of(record).tellings[0].anchor


def test_an_event_goes_on_while_it_is_open_and_keeps_its_name() -> None:
    found = merge([told("c", 2), told("a", 0), told("b", 1)]).events
    assert len(set(found.values())) == 1
    assert found == {**merge([told("a", 0)]).events, **found}


def test_what_is_older_than_the_horizon_is_closed() -> None:
    inside = merge([told("a", 0), told("b", HORIZON)])
    assert (len(set(inside.events.values())), len(set(inside.stories.values()))) == (1, 1)
    outside = merge([told("a", 0), told("b", HORIZON + 1)])
    assert (len(set(outside.events.values())), len(set(outside.stories.values()))) == (2, 2)


def test_a_story_that_is_told_again_and_again_stays_open() -> None:
    every = [told(f"r{n}", 4 * n) for n in range(9)]
    assert set(merge(every).stories.values()) == {"story:r0"}
    random.Random(7).shuffle(every)
    assert set(merge(every).stories.values()) == {"story:r0"}


def test_an_event_is_gone_on_with_however_often_it_was_told() -> None:
    every = [told(f"r{n:02}", 0, f"{TEXT} number{n}") for n in range(4 * CENTRE)]
    found = merge([*every, told("z", 1)]).events
    assert found["z", "e0"] == found["r00", "e0"]


def decided(records: list[Record], *corrections: Correction) -> Merged:
    return merge_sketches([sketch_of(record) for record in records], corrections)


def test_a_person_ties_across_the_horizon_and_what_follows_stays_with_it() -> None:
    records = [told("a", 0), told("b", 40), told("c", 41)]
    tie = Correction(kind="same", left=anchor(records[0]), right=anchor(records[1]))
    assert len(set(decided(records).events.values())) == 2
    assert len(set(decided(records, tie).events.values())) == 1


def test_a_person_parts_a_telling_from_an_open_event() -> None:
    records = [told("a", 0), told("b", 1)]
    parted = Correction(kind="different", left=anchor(records[0]), right=anchor(records[1]))
    found = decided(records, parted).events
    assert found["a", "e0"] != found["b", "e0"]


def test_what_is_the_same_as_a_third_is_the_same() -> None:
    records = [told("a", 0), told("b", 30), told("c", 60)]
    one, two, three = map(anchor, records)
    ties = (Correction(kind="same", left=one, right=three), Correction(kind="same", left=two, right=three))
    assert len(set(decided(records, *ties).events.values())) == 1
