"""The event ontology: complete, consistent with itself and with the rules that use it."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.errors import KnowledgeError
from dateline.knowledge import files
from dateline.knowledge.ontology import HAPPENING, OTHER, QUADS, Ontology, load_ontology
from dateline.knowledge.patterns import load_patterns


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return load_ontology()


def test_there_are_sixteen_plover_types_in_four_quads(ontology: Ontology) -> None:
    assert len(ontology.types) == 16
    assert {t.quad for t in ontology.types.values()} == set(QUADS)


def test_there_are_thirty_seven_contexts_and_every_context_word_names_one(ontology: Ontology) -> None:
    assert len(ontology.contexts) == 37
    assert {c for found in ontology.context_words.values() for c in found} <= set(ontology.contexts)


def test_every_type_and_mode_is_defined(ontology: Ontology) -> None:
    for kind in ontology.types.values():
        assert len(kind.definition) > 20
        assert set(kind.modes) == set(kind.mode_definitions)
        assert all(kind.mode_definitions.values())


def test_a_mode_score_stands_before_the_score_of_its_type(ontology: Ontology) -> None:
    assert ontology.score("ASSAULT") == -9
    assert ontology.score("ASSAULT", "unconventional") == -10
    assert ontology.score("ASSAULT", "no such mode") == -9
    assert ontology.score("showing") is None


def test_cooperation_scores_above_zero_and_conflict_at_or_below(ontology: Ontology) -> None:
    for kind in ontology.types.values():
        assert (kind.score > 0) == (kind.quad in {"VC", "MC"}), kind.name


def test_a_planned_act_is_coded_as_what_it_promises(ontology: Ontology) -> None:
    assert [ontology.planned(act) for act in ("AID", "CONSULT", "SUPPORT", "COOPERATE")] == ["AGREE"] * 4
    assert ontology.planned("RETREAT") == "CONCEDE"
    assert ontology.planned("ACCUSE") == "ACCUSE"
    assert ontology.planned("showing") == "showing"


def test_refusing_help_is_a_rejection_and_refusing_to_attack_is_none(ontology: Ontology) -> None:
    assert ontology.refused("AID") == "REJECT"
    assert ontology.refused("ASSAULT") is None


def test_our_own_types_do_not_clash_with_plover(ontology: Ontology) -> None:
    assert not set(ontology.wider) & set(ontology.types)
    assert {"showing", "gift", "statement", "arrival", "departure", "test", "wish", "state"} <= set(ontology.wider)


def test_cameo_crosses_to_types_that_exist_and_drops_statements(ontology: Ontology) -> None:
    assert ontology.cameo["01"].plover is None
    assert ontology.cameo["173"].plover == "COERCE"
    assert ontology.cameo["173"].mode == "arrest"
    roots = {f"{n:02d}" for n in range(1, 21)}
    assert roots <= set(ontology.cameo)


def test_every_rule_uses_types_modes_contexts_and_codes_of_the_ontology(ontology: Ontology) -> None:
    for rule in load_patterns().rules:
        known = ontology.types.get(rule.act)
        assert known is not None or rule.act in ontology.wider, rule.id
        assert rule.mode is None or (known is not None and rule.mode in known.modes), rule.id
        assert rule.cameo is None or rule.cameo in ontology.cameo, rule.id
        assert set(rule.contexts) <= set(ontology.contexts), rule.id


def test_every_type_and_every_wider_type_has_a_rule(ontology: Ontology) -> None:
    acts = {rule.act for rule in load_patterns().rules}
    assert set(ontology.types) <= acts
    only_learned = {"capture", "decision"}
    assert not only_learned & acts, "a row tells it now: take it out of the list"
    assert set(ontology.wider) <= acts | only_learned | {OTHER, HAPPENING}


def test_a_table_that_names_an_unknown_mode_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for file in files.path("ontology").iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    table = tmp_path / "cameo.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("COERCE,arrest", "COERCE,handcuffs"), encoding="utf-8")
    monkeypatch.setattr(files, "path", lambda *parts: tmp_path.joinpath(*parts[1:]))
    with pytest.raises(KnowledgeError, match="no mode 'handcuffs'"):
        load_ontology.__wrapped__()
