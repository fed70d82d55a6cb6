"""``dateline.read`` on whole reports: every span slices, every id refers, twice the same bytes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline import read
from dateline.export.standoff import to_standoff
from dateline.model import Record
from dateline.wire import from_json, to_json
from tests.invariants import broken, spans_of

EXAMPLES = sorted((Path(__file__).parent.parent / "examples").glob("*.txt"))
PIECES = [
    "Russian Defence Minister Sergei Shoigu", "met", "“on board”", "the frigate", "Marshal Shaposhnikov", "on Friday",
    "\n\n", ",", "TASS said", "according to", "officials", "who", "did not", "sell", "three", "S-400", "systems", "to",
    "Türkiye", ".", "(AP)",
    "’s", "“", "”", "\u00a0", "\u202e", "😀", "in Paris, Texas", "plans to", "visit", "Pyongyang",
    "and", "the two leaders", "—", "1999",
]  # fmt: skip


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda f: f.stem)
def test_a_report_gives_a_sound_record(file: Path, reader: Callable[..., Record]) -> None:
    record = reader(file.read_text(encoding="utf-8"), published="2024-05-18")
    assert broken(record) == []
    assert record.events
    assert record.timexes
    assert record.attributions
    assert from_json(to_json(record)) == record
    assert to_json(reader(file.read_text(encoding="utf-8"), published="2024-05-18")) == to_json(record)


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 3


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=40))
def test_any_heap_of_words_gives_a_sound_record_without_faults(words: list[str]) -> None:
    text = " ".join(words)
    if not text.strip():
        return
    record = read(text, published="2024-05-18")
    # A heap without English function words may rightly be taken for another language; every other error is a defect.
    assert [f for f in record.faults if f.kind == "error" and f.stage != "intake"] == []
    assert broken(record) == []


def test_standoff_spans_hold_their_words(reader: Callable[..., Record]) -> None:
    text = "“We met”, Oman’s envoy\u00a0said on Monday in Bergen\u200b. \U0001f600 Police arrested three men in Lima."
    record = reader(text, published="2024-05-18")
    found = to_standoff(record)
    rows = [row for layer in ("times", "places", "entities", "predicates", "events") for row in found[layer]]
    assert rows
    assert all(text[row["start"] : row["end"]] == row["text"] for row in rows)
    assert list(spans_of(record))
