"""The scorer of coreference: figures in, scores out; checked by hash, the same in one piece or many."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from dateline.errors import ModelError
from dateline.knowledge import files
from dateline.learned import antecedents
from dateline.learned.antecedents import Antecedents, load_antecedents


def shipped() -> Antecedents:
    found = load_antecedents()
    assert found is not None, "the scorer was trained on another encoder"
    return found


@pytest.fixture
def rows() -> tuple[Any, ...]:
    """Twelve mentions and all their pairs, of made-up figures."""
    chance = np.random.default_rng(5)
    scorer = shipped()
    weights = scorer._weights
    states, figures = weights["0.state.weight"].shape[1], weights["0.pair.weight"].shape[1]
    alone = weights["0.first.weight"].shape[1] - weights["0.state.weight"].shape[0]
    later, earlier = np.tril_indices(12, -1)
    drawn = [chance.normal(size=size).astype(np.float32) for size in ((12, states), (12, alone), (66, figures))]
    return drawn[0], drawn[1], later, earlier, drawn[2]


def test_a_score_a_pair_and_one_a_mention(rows: tuple[Any, ...]) -> None:
    pairs, new = shipped()(*rows)
    assert (pairs.shape, new.shape) == ((66,), (12,))
    assert np.isfinite(pairs).all()
    assert pairs.std() > 0


def test_the_size_of_a_piece_changes_nothing(rows: tuple[Any, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    whole, _ = shipped()(*rows)
    monkeypatch.setattr(antecedents, "CHUNK", 7)
    pieces, _ = shipped()(*rows)
    assert np.allclose(whole, pieces, atol=1e-4)


def test_networks_are_averaged(rows: tuple[Any, ...]) -> None:
    weights = shipped()._weights
    parts = [
        Antecedents({name: value for name, value in weights.items() if name.startswith(f"{k}.")})(*rows)[0]
        for k in shipped().networks
    ]
    assert np.allclose(np.mean(parts, axis=0), shipped()(*rows)[0], atol=1e-4)


def test_a_changed_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "learned"
    shutil.copytree(files.path("learned", "reader.json").parent, folder)
    (folder / antecedents.FILE).write_bytes(b"changed")
    monkeypatch.setattr(antecedents, "path", tmp_path.joinpath)
    load_antecedents.cache_clear()
    try:
        with pytest.raises(ModelError, match=r"coreference\.npz"):
            load_antecedents()
    finally:
        load_antecedents.cache_clear()
