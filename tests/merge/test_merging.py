from __future__ import annotations

from datetime import date
from itertools import permutations

from dateline.merge import merge
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
    assert merge(records()).events["a", "e0"] == "event:b#e0"


def test_nothing_merged_is_nothing() -> None:
    assert merge([]).stories == {}


def test_a_report_whose_events_were_not_read_still_has_a_story() -> None:
    merged = merge([report("a", TEXTS["a"])])
    assert (merged.stories, merged.events) == ({"a": "story:a"}, {})
