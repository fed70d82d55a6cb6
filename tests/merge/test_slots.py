from __future__ import annotations

from datetime import date

from dateline.merge.slots import Slot
from tests.merge.made import DAY, day, said, telling, together, voice

SUNDAY, MONDAY = date(2031, 5, 4), date(2031, 5, 5)


def slot(name: str, *tellings: object, copies: dict[str, str] | None = None) -> Slot:
    (world,) = together(list(tellings), copies=copies)  # type: ignore[arg-type]
    return next(s for s in world.slots if s.name == name)


def test_two_days_that_both_have_words_differ_and_keep_words_and_reports() -> None:
    found = slot(
        "day", telling("a", day(MONDAY, words="on Monday")), telling("b", day(SUNDAY, words="on Sunday night"))
    )
    assert found.differs
    assert {(v.name, v.sayings[0].report, v.sayings[0].words) for v in found.values} == {
        ("2031-05-05", "a", "on Monday"),
        ("2031-05-04", "b", "on Sunday night"),
    }


def test_a_stretch_that_holds_a_day_or_misses_it_by_little_does_not_differ() -> None:
    for first, last in ((date(2031, 5, 1), date(2031, 5, 31)), (date(2031, 5, 6), date(2031, 5, 7))):
        assert not slot("day", telling("a", day(MONDAY)), telling("b", day(first, last))).differs
    assert slot("day", telling("a", day(MONDAY)), telling("b", day(date(2031, 6, 1), date(2031, 6, 30)))).differs


def test_happened_and_denied_differ_planned_and_happened_do_not() -> None:
    assert slot("status", telling("a"), telling("b", status="denied")).differs
    assert not slot("status", telling("a"), telling("b", status="possible")).differs


def test_numbers_of_one_thing_differ_of_two_things_do_not() -> None:
    eleven, thirteen = said("number of crew", "11", "11 crew"), said("number of crew", "13", "13 crew")
    assert slot("number of crew", telling("a", eleven), telling("b", thirteen)).differs
    assert not slot("number of crew", telling("a", eleven), telling("b", said("number of ship", "2"))).differs


def test_two_places_differ_a_place_and_its_country_do_not() -> None:
    town = said("place", "1", country="NOR")
    assert slot("place", telling("a", town), telling("b", said("place", "2", country="NOR"))).differs
    assert not slot("place", telling("a", town), telling("b", said("place", "3", country="NOR", broad=True))).differs
    assert slot("place", telling("a", town), telling("b", said("place", "4", country="CHE", broad=True))).differs


def test_parties_of_two_countries_differ_unless_one_report_names_them_side_by_side() -> None:
    one, other = said("actor", "x", country="NOR"), said("actor", "y", country="SEN")
    assert slot("actor", telling("a", one), telling("b", other)).differs
    assert not slot("actor", telling("a", one, other), telling("b", other)).differs
    assert not slot("actor", telling("a", one), telling("b", said("actor", "z"))).differs


def test_the_value_with_most_independent_sources_stands_first_however_many_copies_another_has() -> None:
    guard = (voice("the guard", "guard"),)
    eleven, thirteen = said("number of crew", "11"), said("number of crew", "13")
    found = slot(
        "number of crew",
        *(telling(name, eleven, voices=guard) for name in "abc"),
        telling("d", thirteen, voices=(voice("the owner", "owner"),)),
        telling("e", thirteen, voices=(voice("the consul", "consul"),)),
    )
    assert [(v.name, v.reports, v.independent) for v in found.values] == [("13", 2, 2), ("11", 3, 1)]


def test_who_says_so_stands_behind_every_value_innermost_last() -> None:
    nested = telling("a", voices=(voice("the paper"), voice("the ministry", "ministry")))
    assert slot("status", nested).values[0].sayings[0].voices == ("the paper", "the ministry")


def test_fixed_slots_come_first_then_numbers_by_name() -> None:
    (world,) = together(
        [telling("a", said("number of man", "2"), said("actor", "x"), day(DAY), said("instrument", "g"))]
    )
    assert [s.name for s in world.slots] == ["status", "day", "actor", "instrument", "number of man"]
