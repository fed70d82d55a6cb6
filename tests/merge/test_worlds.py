from __future__ import annotations

from datetime import date
from itertools import permutations

from tests.merge.made import day, said, telling, together, voice


def test_reports_outlets_and_independent_sources_are_counted_each_for_itself() -> None:
    guard = (voice("the guard", "guard"),)
    (world,) = together(
        [telling("a", voices=guard), telling("b", voices=guard), telling("b", start=5), telling("c", voices=guard)]
    )
    assert (world.reports, world.outlets, world.independent) == (3, 3, 2)


def test_an_event_told_as_planned_and_as_done_is_shown_as_two() -> None:
    worlds = together([telling("a", status="planned"), telling("b")])
    assert {(w.id, w.status) for w in worlds} == {("w0", "happened"), ("w0-plan", "planned")}


def test_an_event_that_is_only_planned_keeps_its_name() -> None:
    assert [w.id for w in together([telling("a", status="planned"), telling("b", status="planned")])] == ["w0"]


def test_the_status_with_most_independent_sources_leads_and_the_other_stays_in_view() -> None:
    deny = [telling(n, status="denied", voices=(voice("the ministry", "ministry"),)) for n in "abc"]
    tell = [telling(n, voices=(voice(n, n),)) for n in "de"]
    (world,) = together([*deny, *tell])
    assert world.status == "happened"
    assert [slot.name for slot in world.differs] == ["status"]
    assert {t.status for t in world.tellings} == {"denied", "happened"}


def test_day_and_place_are_those_best_supported_and_the_narrow_before_the_broad() -> None:
    town = said("place", "1", name="Portvale")
    (world,) = together(
        [
            telling("a", day(date(2031, 5, 1), date(2031, 5, 31)), said("place", "2", name="Norland", broad=True)),
            telling("b", day(date(2031, 5, 5)), town),
        ]
    )
    assert (world.earliest, world.latest, world.place) == (date(2031, 5, 5), date(2031, 5, 5), "Portvale")


def test_a_pronoun_is_no_party_where_a_name_is_told() -> None:
    (world,) = together([telling("a", said("actor", "words:it", name="It")), telling("b", said("actor", "x"))])
    assert world.actors == ("x",)


def test_events_come_by_day_undated_last_and_any_order_of_tellings_gives_the_same() -> None:
    tellings = [telling("a", day(date(2031, 5, 6))), telling("b", day(date(2031, 5, 5))), telling("c")]
    groups = [[t] for t in tellings]
    assert [w.tellings[0].report for w in together(*groups)] == ["b", "a", "c"]
    one = together(tellings)
    assert all(together(list(order)) == one for order in permutations(tellings))


def test_tellings_stand_in_order_of_publication_and_a_copy_says_whose_it_is() -> None:
    late, early = telling("a", published=date(2031, 5, 9)), telling("b", published=date(2031, 5, 6))
    (world,) = together([late, early], copies={"a": "b"})
    assert [(t.report, t.copy_of) for t in world.tellings] == [("b", None), ("a", "b")]
    assert world.first == date(2031, 5, 6)
