"""Lexicons: the tables of reporting, events and certainty say what the stages can use, and nothing else."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dateline.errors import KnowledgeError
from dateline.knowledge import lexicons
from dateline.knowledge.files import path

TABLES = {
    "cues.csv": ("cue", "pos"),
    "event_nouns.csv": ("noun",),
    "certainty.csv": ("word", "pos", "frame"),
    "states.csv": ("verb",),
}


@pytest.mark.parametrize("table", sorted(TABLES))
def test_rows_are_sorted_and_none_stands_twice(table: str) -> None:
    with path("lexicons", table).open(encoding="utf-8", newline="") as lines:
        keys = [tuple(row[column] for column in TABLES[table]) for row in csv.DictReader(lines)]
    assert keys == sorted(keys)
    assert len(keys) == len(set(keys)) > 10


def test_a_cue_knows_its_complements() -> None:
    refer = lexicons.load_cues()["refer", "verb"]
    assert refer.stance == "speech"
    assert (set(refer.frames), set(refer.prepositions)) == ({"about"}, {"to"})
    assert refer.id == "cues:refer/verb"


def test_particle_verbs_are_cues_of_their_own() -> None:
    assert "clause" in lexicons.load_cues()["point out", "verb"].frames


@pytest.mark.parametrize("verb", ["say", "tell", "announce", "report", "write", "assure", "detail", "emphasize"])
def test_reporting_verbs_take_quotations(verb: str) -> None:
    assert "quote" in lexicons.load_cues()[verb, "verb"].frames


def test_event_nouns_lead_to_their_verbs() -> None:
    nouns = lexicons.load_event_nouns()
    assert (nouns["withdrawal"].verb, nouns["withdrawal"].reading) == ("withdraw", "event")
    assert nouns["aid"].reading == "context"
    assert "ship" not in nouns


@pytest.mark.parametrize(
    ("key", "lowest", "highest"),
    [
        (("will", "modal", "plain"), 2.2, 2.8),
        (("would", "modal", "plain"), 1.4, 2.0),
        (("could", "modal", "plain"), 0.6, 1.4),
        (("plan", "verb", "to"), 1.2, 2.0),
        (("refuse", "verb", "to"), -3.0, -2.2),
        (("know", "verb", "clause"), 2.4, 3.0),
    ],
)
def test_numbers_follow_the_scale(key: tuple[str, str, str], lowest: float, highest: float) -> None:
    assert lowest <= lexicons.load_certainty()[key].number <= highest


def test_an_effect_lies_on_the_scale() -> None:
    for row in lexicons.load_certainty().values():
        assert -3 <= row.number <= 3
        assert -3 <= row.negated <= 3


CUES, CERTAINTY, NOUNS = lexicons.load_cues, lexicons.load_certainty, lexicons.load_event_nouns


@pytest.mark.parametrize(
    ("load", "table", "row"),
    [
        (CUES, "cues.csv", "cue,pos,stance,frames,commitment\nsay,verb,speech,clauses,certain"),
        (CUES, "cues.csv", "cue,pos,stance,frames,commitment\nsay,verb,talk,clause,certain"),
        (CUES, "cues.csv", "cue,pos,stance,frames,commitment\nsay,word,speech,clause,certain"),
        (CUES, "cues.csv", "cue,pos,stance,frames,commitment\nsay,verb,speech,clause,sure"),
        (CUES, "cues.csv", "cue,pos,stance,frames\nsay,verb,speech,clause"),
        (NOUNS, "event_nouns.csv", "noun,verb,reading\nattack,attack,always"),
        (CERTAINTY, "certainty.csv", "word,pos,frame,number,negated,status\nwill,modal,plain,high,low,planned"),
        (CERTAINTY, "certainty.csv", "word,pos,frame,number,negated,status\nwill,modal,plain,2,1,soon"),
    ],
)
def test_a_bad_row_is_refused_with_the_file_named(
    load: Callable[[], Any], table: str, row: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / table).write_text(row + "\n", encoding="utf-8")
    monkeypatch.setattr(lexicons, "path", lambda *parts: tmp_path / parts[-1])
    with pytest.raises(KnowledgeError, match=table):
        load.__wrapped__()  # type: ignore[attr-defined]
