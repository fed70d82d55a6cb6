from __future__ import annotations

import msgspec

from dateline.export.merged import to_merged_standoff
from dateline.export.standoff import to_standoff
from dateline.model import Article, Fault, Record, Rejection
from tests.merge.test_merging import TEXTS, records


def test_rows_come_in_the_order_given_and_share_events_across_documents() -> None:
    rows = list(to_merged_standoff(records()))
    assert [row["id"] for row in rows] == list(TEXTS)
    assert rows[0]["events"][0]["event"] == rows[1]["events"][0]["event"]
    assert rows[0]["story"] == rows[1]["story"] != rows[2]["story"]
    assert [row["copy_of"] for row in rows] == [None, None, None]


def test_each_row_is_the_same_for_any_order() -> None:
    rows = {row["id"]: row for row in to_merged_standoff(records())}
    assert rows == {row["id"]: row for row in to_merged_standoff(records()[::-1])}


def test_all_else_is_as_read_alone() -> None:
    record = records()[0]
    merged = next(iter(to_merged_standoff([record])))
    alone = to_standoff(record)
    alone["events"] = [{**told, "event": merged["events"][0]["event"]} for told in alone["events"]]
    assert merged == {**alone, "story": "story:a", "copy_of": None}


def test_an_input_that_cannot_be_read_leaves_the_others_as_they_are() -> None:
    bad = Rejection(id="x", stage="intake", reason="not a row")
    failed = Record(article=Article(id="y", text=TEXTS["a"]), faults=(Fault(stage="syntax", reason="out of memory"),))
    rows = list(to_merged_standoff([bad, *records(), failed]))
    assert rows[0] == {"id": "x", "error": {"stage": "intake", "reason": "not a row"}}
    assert rows[-1] == {"id": "y", "error": {"stage": "syntax", "reason": "out of memory"}}
    assert rows[1:-1] == list(to_merged_standoff(records()))


def test_a_layer_that_was_not_read_stays_absent() -> None:
    bare = msgspec.structs.replace(records()[0], events=(), layers=("sentences", "tokens"))
    assert "events" not in next(iter(to_merged_standoff([bare])))
