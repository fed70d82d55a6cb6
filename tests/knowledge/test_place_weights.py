"""The learned weights: complete, and what they sum to."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.errors import KnowledgeError
from dateline.knowledge import files
from dateline.knowledge.place_weights import SENSE_FEATURES, PlaceWeights, load_place_weights


def test_the_shipped_weights_are_complete() -> None:
    weights = load_place_weights()
    assert {model: tuple(table) for model, table in weights.tables().items()} == {
        "alone": SENSE_FEATURES,
        "together": SENSE_FEATURES,
    }


def test_evidence_never_learned_says_nothing() -> None:
    assert load_place_weights().span_weight("no such evidence") == 0.0


def test_containment_and_fame_speak_for_a_sense() -> None:
    table = load_place_weights().tables()["together"]
    assert min(table["contained"], table["population"], table["company_country"], table["acting_capital"]) > 1


def test_a_score_is_the_weighted_sum() -> None:
    size = len(SENSE_FEATURES)
    weights = PlaceWeights({}, [1.0] * size, [2.0] * size)
    assert weights.sense_score([0.5] * size, together=False) == 0.5 * size
    assert weights.sense_score([0.5] * size, together=True) == 1.0 * size


def test_a_missing_weight_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "places").mkdir()
    (tmp_path / "places" / "weights.csv").write_text("model,evidence,weight\nalone,population,1\n", encoding="utf-8")
    monkeypatch.setattr(files, "DATA", tmp_path)
    with pytest.raises(KnowledgeError, match="contained"):
        load_place_weights.__wrapped__()
