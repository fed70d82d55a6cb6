"""The learned likeness of reports."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from dateline.intake.text import article_from_text
from dateline.learned.likeness import CELLS, Likeness, load_likeness, unpacked, vector_of
from dateline.learned.reader import lead_states
from dateline.merge.neighbours import nearness
from dateline.model import Record
from dateline.pipeline import pipeline


@pytest.fixture(scope="module")
def head() -> Likeness:
    found = load_likeness()
    if found is None:
        pytest.skip("the head was trained beside another encoder")
    return found


def read(text: str) -> Record:
    return pipeline().read(article_from_text(text, published=date(2031, 5, 5)))


HIT = "A trawler hit a mine off Portvale.\n\nThe fishing boat sank within minutes and its crew of four drowned."
SANK = "Four fishermen die as boat sinks.\n\nTheir vessel struck a mine near Portvale early in the morning."
RATES = "The central bank raises rates.\n\nInflation is at its highest for ten years, the governor told reporters."


def test_two_tellings_of_one_thing_in_other_words_are_nearer_than_two_things(head: Likeness) -> None:
    hit, sank, rates = (vector_of(read(text)) for text in (HIT, SANK, RATES))
    assert nearness(hit, sank) > nearness(hit, rates) + 0.2
    assert nearness(hit, sank) == nearness(sank, hit)


def test_a_vector_has_length_one_and_its_nearest_cells(head: Likeness) -> None:
    vector = vector_of(read(HIT))
    assert abs(float(np.linalg.norm(unpacked(vector))) - 1) < 0.05
    assert len(set(head.cells(vector))) == CELLS
    assert head.cells(b"") == ()


def test_what_follows_the_first_words_changes_nothing(head: Likeness) -> None:
    long = read(HIT + "\n\n" + "The harbour stayed closed. " * 30)
    longer = read(HIT + "\n\n" + "The harbour stayed closed. " * 60)
    assert vector_of(long) == vector_of(longer)
    assert len(lead_states(long, 80)) == 80


def test_a_report_that_was_not_parsed_has_none() -> None:
    assert vector_of(Record(article=article_from_text("Nothing was read of it."))) == b""
