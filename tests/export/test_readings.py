"""The tables of single layers."""

from __future__ import annotations

from dateline.export.lines import Index
from dateline.export.readings import readings_of
from tests.export.sample import sample_record


def tables() -> dict[str, list[tuple[str, ...]]]:
    record = sample_record()
    known = frozenset({"n2", "n3"})
    return {
        t.title: [(r.id, r.quote.words, *r.cells) for r in t.rows] for t in readings_of(record, Index(record), known)
    }


def test_a_time_says_what_it_was_read_as_and_what_it_was_counted_from() -> None:
    assert tables()["Times"][3] == (
        "r-times-t3", "Sunday", "2023-09-17", "Sunday 17 September 2023 (one day)", "counted from “Thursday”"
    )  # fmt: skip


def test_a_place_says_where_it_is_or_why_that_is_open() -> None:
    assert tables()["Places"][2][2:] == ("Varna", "city, BGR", "43.22, 27.91, within 15 km")
    assert tables()["Places"][3][2:] == ("Santa Maria", "not told which of 2", "not told which of 2")
    assert tables()["Places"][4][3] == "stands for its government"


def test_a_predicate_says_how_sure_everybody_is_of_it() -> None:
    assert tables()["Certainty"][5][1:] == ("signed", "denied", "left open", "Radu Iliescu: stated as not so", "“No”")


def test_who_has_a_row_in_who_is_who_is_not_told_twice() -> None:
    others = [row[0] for row in tables()["Others mentioned"]]
    assert "r-entities-n9" in others
    assert "r-entities-n2" not in others
