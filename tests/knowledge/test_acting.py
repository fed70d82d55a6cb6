"""When a capital stands for its government, by relation and word."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.errors import KnowledgeError
from dateline.knowledge import files
from dateline.knowledge.acting import acts, load_acting


def test_every_relation_has_a_default() -> None:
    readings = load_acting()
    assert [relation for relation, _ in sorted(readings) if (relation, "*") not in readings] == []


def test_no_word_repeats_its_relations_default() -> None:
    readings = load_acting()
    idle = [key for key, reading in sorted(readings.items()) if key[1] != "*" and reading == readings[key[0], "*"]]
    assert idle == []


@pytest.mark.parametrize(
    ("relation", "word", "expected"),
    [
        ("subject", "announce", True),
        ("subject", "lie", False),
        ("passive_subject", "bomb", False),
        ("passive_subject", "accuse", True),
        ("from", "buy", True),
        ("from", "fly", False),
        ("against", "sanction", True),
        ("against", "attack", False),
        ("possessive", "airport", False),
        ("no such relation", "announce", False),
    ],
)
def test_readings(relation: str, word: str, expected: bool) -> None:
    assert acts(relation, word) is expected


def test_an_unknown_reading_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "places").mkdir()
    (tmp_path / "places" / "acting.csv").write_text("relation,word,reading\nsubject,*,perhaps\n", encoding="utf-8")
    monkeypatch.setattr(files, "DATA", tmp_path)
    with pytest.raises(KnowledgeError, match="perhaps"):
        load_acting.__wrapped__()
