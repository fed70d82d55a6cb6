from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from dateline.merge.features import FEATURES, reasons
from dateline.merge.judging import judge
from dateline.merge.tellings import Telling, tellings_of
from dateline.model import Entity, Link
from tests.merge.reports import event, report, with_events

ONE = report("a", "Korvia detained skipper Brandt at pier in Varsk")
TWO = report("b", "Skipper Brandt was detained by Korvia coastguard in Varsk")


NEAR = 3.0
"""What two reports say that are much alike."""


def telling(**changes: object) -> Telling:
    plain = with_events(ONE, event(ONE, "e0", "detained", "COERCE", actor="Korvia", recipient="Brandt"))
    return replace(next(tellings_of(plain)), **changes)


def other(**changes: object) -> Telling:
    plain = with_events(TWO, event(TWO, "e3", "detained", "COERCE", actor="Korvia", recipient="Brandt"))
    return replace(next(tellings_of(plain)), **changes)


def test_the_same_trigger_and_parties_are_one_event() -> None:
    judgement = judge(telling(), other(), NEAR)
    assert (judgement.verdict, judgement.left, judgement.right) == ("SAME", ("a", "e0"), ("b", "e3"))


def test_another_day_another_victim_and_another_mode_are_another_event() -> None:
    march, may = date(2023, 3, 1), date(2023, 5, 1)
    apart = judge(
        telling(days=(march, march), recipients=("brandt",), modes=("arrest",)),
        other(days=(may, may), recipients=("sorel",), modes=("seize",)),
    )
    assert apart.verdict == "DIFFERENT"


def test_a_plan_and_what_was_done_on_another_day_are_two_events() -> None:
    first, later = date(2023, 9, 14), date(2023, 9, 16)
    plan = other(standings=("open",), days=(first, first))
    assert judge(telling(days=(later, later)), plan).verdict == "DIFFERENT"
    assert judge(telling(days=(first, first)), plan, NEAR).verdict == "SAME"


def test_a_denial_is_of_the_event_that_it_denies() -> None:
    assert judge(telling(), other(standings=("denied",)), NEAR).verdict == "SAME"


def test_who_acts_here_and_suffers_there_is_another_event() -> None:
    turned = other(actors=("brandt",), recipients=("korvia",))
    assert judge(telling(), turned).score < judge(telling(), other()).score / 2


def test_words_of_one_group_may_tell_one_event() -> None:
    plain = judge(telling(), other(triggers=("sing",))).score
    assert judge(telling(triggers=("arrest",)), other(triggers=("detain",))).score > plain


def test_every_reason_names_the_two_values() -> None:
    found = {reason.feature: reason for reason in reasons(telling(), other(recipients=("sorel",)))}
    assert found["recipient"].left == ("brandt",)
    assert found["recipient"].right == ("sorel",)
    assert found["recipient"].weight < 0


def test_what_one_report_does_not_tell_is_no_reason() -> None:
    assert "actor" not in {reason.feature for reason in reasons(telling(), other(actors=()))}


def test_a_judgement_does_not_depend_on_which_comes_first() -> None:
    assert judge(telling(), other()).score == judge(other(), telling()).score


def test_names_of_features_differ() -> None:
    assert len({feature.name for feature in FEATURES}) == len(FEATURES)


def test_a_linked_party_agrees_with_an_unlinked_one_of_the_same_name() -> None:
    told = event(ONE, "e0", "detained", "COERCE", recipient="Brandt")
    linked = replace(told, arguments=(replace(told.arguments[0], ref="n1"),))
    person = Entity(
        id="n1", type="PER", name="Otto Brandt", mentions=(), links=(Link(id="person:x", name="", score=1),)
    )
    record = replace(with_events(ONE, linked), entities=(person,))
    assert next(tellings_of(record)).recipients == ("brandt", "person:x")


def test_mentions_of_one_event_are_one_telling() -> None:
    again = event(ONE, "e1", "pier", "COERCE", same_as="e0")
    record = with_events(ONE, event(ONE, "e0", "detained", "COERCE"), again)
    assert [t.triggers for t in tellings_of(record)] == [("detained", "pier")]
