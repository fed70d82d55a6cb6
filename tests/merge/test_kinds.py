"""Of what type an event is by all of its tellings."""

from __future__ import annotations

from dateline.merge.kinds import kind_of
from tests.merge.made import telling


def doubtful(report: str, act: str) -> object:
    return telling(report, type="other", acts=(act,))


def test_a_doubtful_line_takes_the_type_that_another_report_is_sure_of() -> None:
    assert kind_of([doubtful("a", "COERCE"), telling("b")]) == "COERCE"  # type: ignore[list-item]
    assert kind_of([doubtful("a", "CONSULT"), telling("b")]) == "COERCE"  # type: ignore[list-item]


def test_three_doubtful_reports_of_one_act_say_it_together_two_do_not() -> None:
    some = [doubtful(name, "CONSULT") for name in "abc"]
    assert kind_of(some) == "CONSULT"  # type: ignore[arg-type]
    assert kind_of(some[:2]) == "other"  # type: ignore[arg-type]
    assert kind_of([some[0]] * 3) == "other"  # type: ignore[list-item]


def test_what_most_reports_are_sure_of_wins_and_a_mere_saying_counts_half() -> None:
    said = [telling(name, type="statement") for name in "ab"]
    assert kind_of([*said, telling("c"), telling("d")]) == "COERCE"
    assert kind_of([*said, telling("c", type="statement"), telling("d")]) == "statement"


def test_nothing_is_made_of_nothing() -> None:
    assert kind_of([telling("a", type="other", acts=("other",))]) == "other"
