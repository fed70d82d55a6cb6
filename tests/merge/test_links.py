from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from dateline.merge.links import linked
from dateline.merge.tellings import Telling
from dateline.merge.worlds import World
from tests.merge.made import day, said, telling, together

SIDES = (said("actor", "country:NOR"), said("recipient", "country:SEN"))
ANNOUNCED, HELD = date(2031, 5, 8), date(2031, 5, 16)


def talks(report: str, on: date | None, *values: Any, told: date = ANNOUNCED, **more: Any) -> Telling:
    """A telling of a meeting of the same two parties."""
    values = (*SIDES, *values, *([day(on)] if on else []))
    return telling(report, *values, **{"published": told, "type": "CONSULT", "acts": ("CONSULT",), **more})


def links(*groups: list[Telling]) -> dict[str, list[tuple[str, str]]]:
    return {w.id: [(link.kind, link.world) for link in w.links] for w in linked(together(*groups))}


def test_a_plan_told_as_done_later_happened() -> None:
    plan, done = talks("a", HELD, status="planned"), talks("b", HELD, told=HELD)
    assert links([plan], [done]) == {"w0": [("happened", "w1")], "w1": [("plan", "w0")]}


def test_one_event_told_as_plan_and_as_done_is_tied_to_itself() -> None:
    found = links([talks("a", HELD, status="planned"), talks("b", HELD, told=HELD)])
    assert found == {"w0": [("plan", "w0-plan")], "w0-plan": [("happened", "w0")]}


def test_a_plan_with_a_new_day_or_place_was_moved() -> None:
    first = talks("a", date(2031, 5, 14), said("place", "oslo"), status="planned")
    for second in (
        talks("b", HELD, said("place", "geneva"), told=date(2031, 5, 12), status="planned"),
        talks("b", date(2031, 5, 14), said("place", "geneva"), told=date(2031, 5, 12), status="planned"),
    ):
        assert links([first], [second])["w0"] == [("moved", "w1")]


def test_a_plan_held_elsewhere_was_moved_and_why_names_both() -> None:
    worlds = together(
        [talks("a", date(2031, 5, 14), said("place", "oslo"), status="planned")],
        [talks("b", HELD, said("place", "geneva"), told=HELD)],
    )
    (link,) = next(w for w in linked(worlds) if w.id == "w0").links
    assert (link.kind, link.world) == ("moved", "w1")
    assert "2031-05-14" in link.why
    assert "2031-05-16" in link.why


def test_a_meeting_that_was_called_off_is_cancelled() -> None:
    off = talks("b", None, told=date(2031, 5, 9), type="REJECT", acts=("REJECT",), modes=("meet",))
    assert links([talks("a", HELD, status="planned")], [off])["w0"] == [("cancelled", "w1")]


@pytest.mark.parametrize(
    "other",
    [
        telling("b", said("actor", "country:CHL"), day(HELD), published=HELD, type="CONSULT", acts=("CONSULT",)),
        talks("b", HELD, told=HELD, acts=("PROTEST",)),
        talks("b", date(2031, 4, 2), told=HELD),
        talks("b", HELD, told=HELD, status="denied"),
        telling("b", day(HELD), published=HELD, type="CONSULT", acts=("CONSULT",)),
    ],
    ids=["other parties", "another act", "done before it was planned", "denied", "no parties"],
)
def test_what_is_no_outcome_is_not_tied(other: Telling) -> None:
    assert links([talks("a", HELD, status="planned")], [other]) == {"w0": [], "w1": []}


def test_events_of_two_stories_are_not_tied() -> None:
    from msgspec.structs import replace

    plan, done = together([talks("a", HELD, status="planned")], [talks("b", HELD, told=HELD)])
    found: list[World] = linked([plan, replace(done, story="story:b")])
    assert all(w.links == () for w in found)


def test_plans_of_one_event_for_two_days_are_shown_as_two_and_the_first_was_moved() -> None:
    old = [talks(r, date(2031, 5, 14), said("place", "oslo"), status="planned") for r in "ab"]
    new = [talks("c", HELD, said("place", "geneva"), told=date(2031, 5, 12), status="planned")]
    recalled = [talks("d", date(2031, 5, 14), told=date(2031, 5, 13), status="planned")]
    done = [talks("e", HELD, told=HELD)]
    assert links([*old, *new, *recalled, *done]) == {
        "w0": [("plan", "w0-plan")],
        "w0-plan": [("instead", "w0-plan-2031-05-14"), ("happened", "w0")],
        "w0-plan-2031-05-14": [("moved", "w0-plan")],
    }
    assert links([*new, *old])["w0-plan-2031-05-14"] == [("moved", "w0")]


def test_two_reports_of_one_day_that_plan_for_two_days_differ() -> None:
    (world,) = together([talks(r, day_, status="planned") for r, day_ in (("a", HELD), ("b", date(2031, 5, 14)))])
    assert [slot.name for slot in world.differs] == ["day"]
