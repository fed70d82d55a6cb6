"""Every event rule reads its own examples and leaves its counterexamples alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dateline.knowledge.patterns import Rule, load_patterns
from dateline.model import Event, Record

RULES = [rule for rule in load_patterns().rules if rule.examples or rule.counterexamples]


def at_mark(reader: Callable[..., Record], marked: str) -> list[Event]:
    """The events whose trigger begins where the bracket stands."""
    record = reader(marked.replace("[", "").replace("]", ""), published="2023-05-10")
    assert not [fault for fault in record.faults if fault.kind == "error"]
    return [event for event in record.events if event.span.start == marked.index("[")]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_examples_are_read_as_the_act_and_counterexamples_are_not(rule: Rule, reader: Callable[..., Record]) -> None:
    for example in rule.examples:
        assert rule.act in {event.act for event in at_mark(reader, example)}, example
    for example in rule.counterexamples:
        assert rule.act not in {event.act for event in at_mark(reader, example)}, example


def test_what_is_planned_was_not_some_time_ago(reader: Callable[..., Record]) -> None:
    text = "The council said it would investigate the sinking of the ferry nearly four years ago."
    events = {e.span.of(text): e for e in reader(text, published="2024-05-18").events}
    assert events["investigate"].status == "planned"
    assert events["investigate"].earliest is None
