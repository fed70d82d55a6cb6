"""The learned reader on reports of our own: loaded once, checked by hash, the same twice."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from dateline.errors import ModelError
from dateline.knowledge import files
from dateline.learned.encoder import Encoder
from dateline.learned.reader import LearnedReader, load_reader, sight_of
from dateline.learned.windows import Window
from dateline.model import Article, Record

TEXT = (
    "The harbour master said on Monday that two ferries had sunk near the island. The mayor hopes to reopen the port."
)


def test_a_cue_its_source_and_its_content_are_seen(reader: Callable[..., Record]) -> None:
    record = reader(TEXT, published="2024-05-18")
    sight = sight_of(record)
    forms = [[record.tokens[k].form for k in cue.words] for cue in sight.cues("cue", 0.5)]
    assert forms == [["said"], ["hopes"]]
    first, shares = sight.parts("attribution", sight.cues("cue", 0.5)[0].words, "polnear")
    labels = [load_reader().labels["attribution"][k] for k in shares.argmax(axis=1)]
    source = [record.tokens[first + k].form for k, label in enumerate(labels) if label == "source"]
    assert source == ["The", "harbour", "master"]


def test_the_same_report_is_seen_once_and_the_same_twice(reader: Callable[..., Record]) -> None:
    record = reader(TEXT, published="2024-05-18")
    assert sight_of(record) is sight_of(record)
    again = reader(TEXT, published="2024-05-18")
    assert np.array_equal(sight_of(record).cue_shares("cue"), sight_of(again).cue_shares("cue"))


def test_a_report_without_words_has_no_cues() -> None:
    record = Record(article=Article(id="a", text="  "))
    assert sight_of(record).cues("cue", 0.5) == []


def test_windows_of_any_length_keep_their_order() -> None:
    reader = load_reader()
    assert isinstance(reader.encoder, Encoder)
    windows = [Window(0, n, [101, *([2158] * n), 102], list(range(1, n + 1)), [0] * (n + 2)) for n in (7, 3, 40, 1)]
    assert [len(states) for states in reader.encoder.states(windows)] == [7, 3, 40, 1]
    assert list(reader.encoder.states([])) == []


def test_what_the_tasks_see_is_the_same_beside_the_grammar() -> None:
    encoder, window = load_reader().encoder, Window(0, 2, [101, 2158, 2159, 102], [1, 2], [0] * 4)
    ((states, grammar),) = encoder.both([window])
    (alone,) = encoder.states([window])
    assert (states == alone).all()
    assert grammar.shape == states.shape
    assert not np.allclose(states, grammar)


def test_a_changed_file_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "learned"
    shutil.copytree(files.path("learned", "reader.json").parent, folder)
    (folder / "vocab.txt").write_text("changed")
    with pytest.raises(ModelError, match=r"vocab\.txt"):
        LearnedReader(folder)
