from __future__ import annotations

from datetime import date
from itertools import permutations

from dateline.merge import merge
from dateline.merge.corrections import Correction
from dateline.merge.events import world_id
from dateline.merge.merging import Merged, merge_sketches
from dateline.merge.sketches import packed, sketch_of, unpacked
from dateline.merge.tellings import tellings_of
from dateline.model import Record
from tests.merge.reports import event, report, with_events

TEXTS = {
    "a": "Korvia detained skipper Brandt at pier in Varsk after tanker Merope ran aground",
    "b": "Skipper Brandt detained by Korvia in Varsk as tanker Merope lies aground",
    "c": "Teenager Ana Lirov wins chess title in Dorn and was detained by fans",
}

DAYS = {"a": date(2023, 9, 15), "b": date(2023, 9, 14), "c": date(2023, 9, 13)}


def records() -> list[Record]:
    found = []
    for name, text in TEXTS.items():
        plain = report(name, text, published=DAYS[name])
        actor, recipient = ("fans", "Ana") if name == "c" else ("Korvia", "Brandt")
        found.append(with_events(plain, event(plain, "e0", "detained", "COERCE", actor=actor, recipient=recipient)))
    return found


def test_one_event_told_twice_has_one_id_and_a_look_alike_of_another_story_its_own() -> None:
    events = merge(records()).events
    assert events["a", "e0"] == events["b", "e0"] != events["c", "e0"]


def test_any_order_of_the_reports_gives_the_same() -> None:
    wanted = merge(records())
    assert all(merge(order) == wanted for order in permutations(records()))


def test_an_event_is_named_by_its_earliest_telling() -> None:
    first = next(telling for record in records() for telling in tellings_of(record) if telling.article == "b")
    assert merge(records()).events["a", "e0"] == world_id(first)


def test_nothing_merged_is_nothing() -> None:
    assert merge([]).stories == {}


def test_a_report_whose_events_were_not_read_still_has_a_story() -> None:
    merged = merge([report("a", TEXTS["a"])])
    assert (merged.stories, merged.events) == ({"a": "story:a"}, {})


def decided(*corrections: Correction) -> Merged:
    return merge_sketches([sketch_of(record) for record in records()], corrections)


def anchor(name: str) -> str:
    return next(t.anchor for r in records() for t in tellings_of(r) if t.article == name)


def test_what_a_person_calls_one_event_or_two_wins() -> None:
    one = decided(Correction(kind="same", left=anchor("a"), right=anchor("c"))).events
    assert one["a", "e0"] == one["c", "e0"]
    apart = decided(Correction(kind="different", left=anchor("a"), right=anchor("b"))).events
    assert apart["a", "e0"] != apart["b", "e0"]


def test_of_two_decisions_on_one_pair_the_later_counts() -> None:
    same = Correction(kind="same", left=anchor("a"), right=anchor("b"))
    events = decided(Correction(kind="different", left=anchor("b"), right=anchor("a")), same).events
    assert events["a", "e0"] == events["b", "e0"]


def test_a_sketch_is_kept_and_read_again_unchanged() -> None:
    for record in records():
        assert unpacked(packed(sketch_of(record))) == sketch_of(record)
