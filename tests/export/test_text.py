"""The chronology for the terminal."""

from __future__ import annotations

import re
import unicodedata

import pytest

from dateline.export.text import to_text
from dateline.model import Article, Record
from tests.export.hostile import hostile_record
from tests.export.sample import sample_record

ESCAPES = re.compile(r"\x1b\[[0-9;]*m")


def flat(text: str) -> str:
    return " ".join(text.split())


def test_every_line_answers_the_questions_of_a_reader() -> None:
    text = flat(to_text(sample_record()))
    for words in (
        "Thursday 14 September 2023",
        "2 ● meeting Ilinca Dobre (ROUGOV) with Stoyan Valchev (BGRGOV)",
        "Constanța (city, ROU), within 12 km; “Constanta” [36–45]",
        "according to The Black Sea Post; Pontica “reported” (stated as fact)",
        "equipment Mi-14",
        "○ journey or transport ministers",
        "Pontica “quoted by” (left open) > the harbour master “said” (held probable)",
        "how sure denied; left open by the report; because of “No” [410–412]",
        "words “meet” [10–14], “met” [107–110]",
        "Who is who",
        "Left unresolved",
        "could be Santa Maria, BRA; Santa Maria, PRT",
        "warning intake: the encoding was guessed",
    ):
        assert words in text


def test_text_is_plain_unless_colour_is_asked_for() -> None:
    assert "\x1b" not in to_text(sample_record())


def test_colour_changes_nothing_but_the_colour() -> None:
    coloured = to_text(sample_record(), colour=True)
    assert "\x1b[" in coloured
    assert ESCAPES.sub("", coloured) == to_text(sample_record())


@pytest.mark.parametrize("width", [60, 80, 120])
def test_no_line_is_wider_than_asked(width: int) -> None:
    assert max(len(line) for line in to_text(sample_record(), width=width).splitlines()) <= width


def test_the_environment_does_not_change_the_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    before = to_text(sample_record())
    for name, value in (("COLUMNS", "40"), ("TERM", "dumb"), ("FORCE_COLOR", "1"), ("NO_COLOR", "1")):
        monkeypatch.setenv(name, value)
    assert to_text(sample_record()) == before


def test_no_escape_of_a_stranger_reaches_the_terminal() -> None:
    for colour in (False, True):
        text = ESCAPES.sub("", to_text(hostile_record(), colour=colour))
        bad = {c for c in text if unicodedata.category(c) in {"Cc", "Cf", "Cs"} and c != "\n"}
        assert bad == set()
        assert "owned" in text


def test_markup_of_the_drawing_library_in_a_report_stays_as_it_is() -> None:
    record = Record(article=Article(id="r", text="[red]A[/red] :smile: [link=x]b[/link]"))
    assert "[red]A[/red] :smile: [link=x]b[/link]" in to_text(record)


def test_a_record_without_layers_says_that_they_were_not_read() -> None:
    text = flat(to_text(Record(article=sample_record().article)))
    assert "not read mentions, entities, timexes, places, attributions, predicates, events" in text
    assert "No event found" not in text


def test_a_record_without_events_says_that_none_was_found() -> None:
    assert "No event found" in to_text(Record(article=sample_record().article, layers=("events",)))
