"""Events of one report in, which of them are one out (dateline.stages.events.same_event)."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from dateline.model import Argument, Event, Span
from dateline.stages.events.same_event import Trigger, tie


def met(number: int, start: int) -> Event:
    """Somebody met somebody, always the same two."""
    sides = tuple(
        Argument(role=role, span=Span(start + 9, start + 9 + k), ref=ref, by="test", name=ref)
        for k, (role, ref) in enumerate((("actor", "e1"), ("recipient", "e2")), 1)
    )
    return Event(
        id=f"v{number}", span=Span(start, start + 3), by="test", type="CONSULT", act="CONSULT", status="happened",
        arguments=sides,
    )  # fmt: skip


@pytest.mark.parametrize(("same", "one"), [(None, True), ({}, False), ({0: 0.4}, True), ({0: 0.7}, True)])
def test_parties_alone_tie_two_acts_only_where_what_was_learned_sees_a_likeness(
    same: Mapping[int, float] | None, one: bool
) -> None:
    triggers = {
        "v0": Trigger("meet", number=0, token=0, same=None if same is None else {}),
        "v1": Trigger("receive", number=1, token=9, same=same),
    }
    tied = tie([met(0, 0), met(1, 50)], triggers)
    assert (tied[1].same_as == "v0") is one


@pytest.mark.parametrize(
    ("told", "one"),
    [
        (("42 per cent", "90 per cent"), False),
        (("42 per cent", "the 42 per cent"), True),
        (("42 per cent", "a record"), True),
        (("1,200 tents", "the 1200 tents"), True),
        (("$ 7.9 million", "$ 9.7 million"), False),
        (("two tents", "2 tents"), True),
    ],
)
def test_two_amounts_are_of_two_acts(told: tuple[str, str], *, one: bool) -> None:
    rises = [
        Event(
            id=f"v{n}", span=Span(n * 50, n * 50 + 4), by="test", type="market", act="market", status="happened",
            arguments=(Argument(role="artifact", span=Span(n * 50 + 8, n * 50 + 20), by="test", name=amount),),
        )
        for n, amount in enumerate(told)
    ]  # fmt: skip
    triggers = {
        "v0": Trigger("rise", number=0, token=0, same={9: 0.9}),
        "v1": Trigger("rise", number=1, token=9, same={0: 0.9}),
    }
    assert (tie(rises, triggers)[1].same_as == "v0") is one
