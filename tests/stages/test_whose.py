"""Who belongs to which country and sector: phrases of our own sentences (``whose.csv``), whole stages at work.

Asks ``knowledge.whose``, ``knowledge.trades``, ``knowledge.placed`` and ``stages.coreference`` together. An empty
column says that nothing in the sentence tells, and that nothing is told.
"""

from __future__ import annotations

import functools
from datetime import date
from pathlib import Path

import pytest

from dateline.desk import Desk
from dateline.knowledge import files
from dateline.model import Entity, Record
from dateline.settings import load_settings

CASES = files.rows(Path(__file__).with_name("whose.csv"), ("phrase", "text", "country", "sector", "asks"))


@functools.cache
def desk() -> Desk:
    """A desk whose reports are read up to the entities."""
    return Desk(load_settings(environment={"DATELINE_STAGES": "syntax,mentions,times,places,coreference"}))


@functools.cache
def read(text: str) -> Record:
    record = desk().read_text(text, published=date(2024, 5, 18))
    assert not record.faults
    return record


def entity(text: str, phrase: str) -> Entity:
    """The entity of the shortest mention that ends with the words, or else holds them."""
    record, low = read(text), phrase.lower()
    words = {m.id: m.span.of(text).lower() for m in record.mentions if m.kind != "PRO"}
    found = sorted(words, key=lambda m: (not words[m].endswith(low), low not in words[m], len(words[m])))
    assert low in words[found[0]], f"no mention of {phrase!r}: {sorted(words.values())}"
    return next(e for e in record.entities if found[0] in e.mentions)


def test_there_are_many_cases_and_many_of_them_tell_nothing() -> None:
    assert len(CASES) >= 60
    assert sum(not case["country"] for case in CASES) * 4 >= len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['phrase']}: {case['asks']}")
def test_a_phrase_has_its_country_and_sector(case: dict[str, str]) -> None:
    found = entity(case["text"], case["phrase"])
    assert (found.country or "", found.sector or "") == (case["country"], case["sector"])
