"""A timeline has a slide for every dated event, and nothing of a stranger's runs in it."""

from __future__ import annotations

import json

from dateline.export.formats.timelinejs import headline, timelinejs
from tests.export.page import Page
from tests.export.rows import hostile, rows


def test_slides_have_what_timelinejs_asks_for() -> None:
    made = timelinejs(rows())
    slides = {slide["unique_id"]: slide for slide in json.loads(made.data)["events"]}
    assert set(slides) == {row.event for row in rows() if row.earliest}
    assert made.left_out == ("1 event without a day is left out",)
    assert slides["e0000000001"]["start_date"] == {"year": 2031, "month": 5, "day": 5}
    assert "end_date" not in slides["e0000000001"]
    assert slides["e0000000002"]["end_date"] == {"year": 2031, "month": 5, "day": 7}
    assert slides["e0000000003-plan"]["group"] == "planned"


def test_a_headline_says_what_who_where_and_doubt() -> None:
    first, _, plan, *_ = rows()
    assert headline(first) == "search or seizure: Norland → Awa Sarr, Sudmark Fisheries (Portvale)"
    assert headline(plan) == "meeting: Norland, Sudmark Fisheries (the harbour) [planned]"


def test_hostile_words_are_text() -> None:
    (slide,) = json.loads(timelinejs(hostile()).data)["events"]
    for words in slide["text"].values():
        tags = {element.tag for element in Page(words).elements}
        assert tags <= {"p", "a"}, words
