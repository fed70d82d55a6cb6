"""Every row of sense fits its own examples, and what only looks alike is left to other acts or none."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dateline.knowledge.patterns import Rule, load_patterns
from dateline.model import Event, Record
from dateline.stages.events.ground import Ground
from dateline.stages.events.senses import senses_at

RULES = [rule for rule in load_patterns().rules if rule.examples]
Read = Callable[..., Record]


def read(reader: Read, marked: str) -> tuple[Record, int]:
    """The record of a sentence, and where its bracket stands."""
    record = reader(marked.replace("[", "").replace("]", ""), published="2023-05-10")
    assert not [fault for fault in record.faults if fault.kind == "error"]
    return record, marked.index("[")


def at_mark(reader: Read, marked: str) -> list[Event]:
    """The events whose trigger begins where the bracket stands."""
    record, at = read(reader, marked)
    return [event for event in record.events if event.span.start == at]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_row_fits_its_examples(rule: Rule, reader: Read) -> None:
    for example in rule.examples:
        record, at = read(reader, example)
        token = next(i for i, t in enumerate(record.tokens) if t.start == at)
        assert rule.id in {found.id for found in senses_at(Ground(record), token).fitting}, example


def shares(reader: Read) -> dict[str, float]:
    """The share of examples that are decided as the row's act, and of counterexamples that are not."""
    examples = [(rule, text) for rule in RULES for text in rule.examples]
    others = [(rule, text) for rule in load_patterns().rules for text in rule.counterexamples]
    right = [any(e.act == rule.act for e in at_mark(reader, text)) for rule, text in examples]
    left = [all(e.act != rule.act or e.type == "other" for e in at_mark(reader, text)) for rule, text in others]
    return {"examples": sum(right) / len(right), "counterexamples": sum(left) / len(left)}


def test_most_examples_are_decided_as_the_act_and_most_counterexamples_are_not(reader: Read) -> None:
    found = shares(reader)
    assert found["examples"] >= LEAST_EXAMPLES
    assert found["counterexamples"] >= LEAST_COUNTEREXAMPLES


LEAST_EXAMPLES, LEAST_COUNTEREXAMPLES = 0.73, 0.7
"""What the shipped reader reaches, rounded down; it has seen none of these sentences."""


def test_what_is_planned_was_not_some_time_ago(reader: Read) -> None:
    text = "The council said it would investigate the sinking of the ferry nearly four years ago."
    events = {e.span.of(text): e for e in reader(text, published="2024-05-18").events}
    assert events["investigate"].status == "planned"
    assert events["investigate"].earliest is None
