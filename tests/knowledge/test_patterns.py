"""Event rules: loaded strictly, indexed by lemma, the most demanding first."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dateline.errors import KnowledgeError
from dateline.knowledge import files
from dateline.knowledge.ontology import load_ontology
from dateline.knowledge.patterns import Patterns, load_patterns

ROW = "act: ASSAULT\nrules:\n- {id: assault.bite, frame: act, verbs: [bite]"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Frames and classes alone; a test adds its own rule file."""
    for name in ("frames.yaml", "classes.yaml"):
        shutil.copy(files.path("rules", "events", name), tmp_path / name)
    return tmp_path


def loaded(folder: Path, rules: str) -> Patterns:
    (folder / "own.yaml").write_text(rules, encoding="utf-8")
    return load_patterns.__wrapped__(folder)


def test_at_least_five_hundred_entries_stand_over_the_sixteen_types() -> None:
    rules = [rule for rule in load_patterns().rules if rule.act in load_ontology().types]
    assert sum(len(rule.verbs) + len(rule.nouns) for rule in rules) >= 500
    assert {rule.act for rule in rules} == set(load_ontology().types)


def test_trigger_lemmas_tell_verbs_from_nouns() -> None:
    triggers = load_patterns().trigger_lemmas()
    assert {("attack", "VERB"), ("attack", "NOUN"), ("withdrawal", "NOUN"), ("willing", "ADJ")} <= triggers
    assert ("withdrawal", "VERB") not in triggers


def test_every_rule_has_an_example_and_a_counterexample_with_the_word_marked() -> None:
    rules = load_patterns().rules
    assert not [rule.id for rule in rules if not rule.examples]
    assert not [rule.id for rule in rules if not rule.counterexamples]
    assert not [r.id for r in rules for e in (*r.examples, *r.counterexamples) if e.count("[") != 1 or "]" not in e]


def test_no_sentence_is_an_example_and_a_counterexample_of_one_act() -> None:
    rules = load_patterns().rules
    told = {(rule.act, sentence) for rule in rules for sentence in rule.examples}
    assert not told & {(rule.act, sentence) for rule in rules for sentence in rule.counterexamples}


def test_a_rule_that_asks_for_more_is_tried_first() -> None:
    weights = [rule.weight for rule in load_patterns().by_noun["strike"]]
    assert weights == sorted(weights, reverse=True)
    assert len(weights) > 3


def test_an_entry_with_a_particle_is_tried_before_the_plain_verb() -> None:
    entries = [bool(rest) for rest, _ in load_patterns().by_verb["give"]]
    assert entries == sorted(entries, reverse=True)


def test_a_class_is_spelled_out_and_a_mention_type_is_kept_apart(folder: Path) -> None:
    rule = loaded(folder, ROW + ", object: [+hurt, PER, dog]}").rules[0]
    assert rule.object is not None
    assert {"dog", "soldier"} <= rule.object.lemmas
    assert rule.object.types == {"PER"}


def test_a_rule_takes_the_roles_of_its_frame_and_overrides_them(folder: Path) -> None:
    rule = loaded(folder, ROW + ", roles: {recipient: [at]}}").rules[0]
    assert dict(rule.verb_roles) == {"actor": ("agent",), "recipient": ("at",)}


def test_an_unknown_key_is_refused_with_the_rule_and_the_file(folder: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"own\.yaml: rule 'assault\.bite': keys \['objekt'\]"):
        loaded(folder, ROW + ", objekt: [dog]}")


def test_an_unknown_class_is_refused(folder: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"assault\.bite"):
        loaded(folder, ROW + ", object: [+doggs]}")


def test_an_unknown_frame_is_refused(folder: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"assault\.bite"):
        loaded(folder, "act: ASSAULT\nrules:\n- {id: assault.bite, frame: chew, verbs: [bite]}")


def test_two_rules_of_one_name_are_refused(folder: Path) -> None:
    with pytest.raises(KnowledgeError, match="stands twice"):
        loaded(folder, ROW + "}\n- {id: assault.bite, frame: act, nouns: [bite]}")
