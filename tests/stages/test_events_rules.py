"""Every row of sense fits its own examples, and what only looks alike is left to other acts or none."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from evals.rules import read_marked, share, told

from dateline.knowledge.patterns import Rule, load_patterns
from dateline.model import Record
from dateline.stages.events.ground import Ground
from dateline.stages.events.senses import senses_at

RULES = load_patterns().rules
Read = Callable[..., Record]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_row_fits_its_examples(rule: Rule, reader: Read) -> None:
    for example in rule.examples:
        record, at = read_marked(reader, example)
        assert not [fault for fault in record.faults if fault.kind == "error"]
        token = next(i for i, t in enumerate(record.tokens) if t.start == at)
        assert rule.id in {found.id for found in senses_at(Ground(record), token).fitting}, example


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_counterexample_is_about_a_word_of_its_row(rule: Rule, reader: Read) -> None:
    words = {word for verb, _ in rule.verbs for word in verb.split()} | {*rule.nouns, *rule.adjectives}
    for sentence in rule.counterexamples:
        record, at = read_marked(reader, sentence)
        lemma = next(token.lemma.lower() for token in record.tokens if token.start == at)
        assert {lemma, sentence[at + 1 : sentence.index("]")]} & words, sentence


def test_most_examples_are_decided_as_the_act_and_most_counterexamples_are_not(reader: Read) -> None:
    found = list(told(reader))
    assert share(found, "example") >= LEAST_EXAMPLES
    assert share(found, "counterexample") >= LEAST_COUNTEREXAMPLES


LEAST_EXAMPLES, LEAST_COUNTEREXAMPLES = 0.73, 0.92
"""What the shipped reader reaches, rounded down; it has seen none of these sentences. ``python -m evals.rules`` lists
those that it decides otherwise."""


def test_what_is_planned_was_not_some_time_ago(reader: Read) -> None:
    text = "The council said it would investigate the sinking of the ferry nearly four years ago."
    events = {e.span.of(text): e for e in reader(text, published="2024-05-18").events}
    assert events["investigate"].status == "planned"
    assert events["investigate"].earliest is None
