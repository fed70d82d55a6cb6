"""Stages in order; a stage that fails is that report's fault alone."""

from __future__ import annotations

from typing import Any

import pytest

from dateline.errors import PipelineError
from dateline.model import Article, Record, Sentence, Token
from dateline.pipeline import Pipeline, pipeline
from dateline.settings import STAGES, Settings


class Words:
    """A stand-in for syntax: one token a word."""

    name = "words"
    needs: frozenset[str] = frozenset()
    gives = frozenset({"tokens", "sentences"})

    def __call__(self, record: Record) -> dict[str, Any]:
        text = record.article.text
        token = Token(0, len(text), text, text, "X", "", "", -1, "root", 0)
        return {"tokens": (token,), "sentences": (Sentence(0, 1),)}


class Broken:
    """Fails for one text."""

    name = "broken"
    needs = frozenset({"tokens"})
    gives = frozenset({"mentions"})

    def __call__(self, record: Record) -> dict[str, Any]:
        if record.article.text == "bad":
            raise ValueError("no good")
        return {"mentions": ()}


class After:
    """Needs what Broken gives."""

    name = "after"
    needs = frozenset({"mentions"})
    gives = frozenset({"entities"})

    def __call__(self, record: Record) -> dict[str, Any]:
        return {"entities": ()}


def article(text: str, language: str | None = "en") -> Article:
    return Article(id=text, text=text, language=language)


def test_stages_that_do_not_fit_are_refused() -> None:
    with pytest.raises(PipelineError, match="'after' needs mentions"):
        Pipeline([Words(), After()])


def test_a_failing_stage_leaves_a_fault_and_those_that_need_it_are_skipped() -> None:
    good, bad = Pipeline([Words(), Broken(), After()]).read_all([article("good"), article("bad")])
    assert good.faults == bad.faults[:1], "the warning about the missing date is all that the good one has"
    assert good.layers == ("sentences", "tokens", "mentions", "entities")
    assert [(f.stage, f.kind) for f in bad.faults[1:]] == [("broken", "error"), ("after", "error")]
    assert "ValueError: no good" in bad.faults[1].reason
    assert bad.layers == ("sentences", "tokens"), "empty must never be mistaken for nothing found"


def test_a_stage_that_gives_other_layers_than_promised_is_a_fault() -> None:
    class Liar(Broken):
        def __call__(self, record: Record) -> dict[str, Any]:
            return {"events": ()}

    record = Pipeline([Words(), Liar()]).read(article("good"))
    assert "promised" in record.faults[-1].reason
    assert "events" not in record.layers


def test_a_foreign_text_is_marked_and_nothing_is_read_from_it() -> None:
    first, second = Pipeline([Words()]).read_all([article("bon", "fr"), article("good")])
    assert first.layers == ()
    assert "'fr'" in first.faults[-1].reason
    assert second.layers


def test_a_stage_can_come_from_elsewhere_only_by_name() -> None:
    with pytest.raises(PipelineError, match="no stage named 'weather'"):
        pipeline(Settings(stages=("syntax", "weather")))


def test_the_whole_pipeline_fits_and_says_what_made_a_record() -> None:
    whole = pipeline(Settings())
    assert tuple(s.name for s in whole.stages) == STAGES
    record = whole.read(article("The frigate left Bergen on Monday and nobody saw it."))
    assert {f.kind for f in record.faults} == {"warning"}
    assert record.made_by.model.startswith("reader ")
    assert len(record.made_by.knowledge) == 12
    assert {"tokens", "mentions", "entities", "timexes", "places", "attributions", "predicates", "events"} <= set(
        record.layers
    )
