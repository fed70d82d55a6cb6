"""Sound records on real news: a few texts of every public corpus beside the project (skipped where there is none)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dateline.export.standoff import to_standoff
from dateline.model import Record
from tests.invariants import broken

GOLD = Path(__file__).parent.parent.parent / "shared" / "gold"
EACH = 3
"""Texts of every file: the first, one in the middle, the last. `evals/spans.py` reads them all."""
LONGEST = 20_000


def samples() -> Iterator[tuple[str, str]]:
    for file in sorted(GOLD.glob("*/*.jsonl")):
        rows = file.read_text(encoding="utf-8").splitlines()
        for i in sorted({0, len(rows) // 2, len(rows) - 1})[:EACH]:
            yield f"{file.parent.name}/{file.stem}/{i}", rows[i]


SAMPLES = dict(samples())


@pytest.mark.skipif(not SAMPLES, reason="no gold texts beside the project")
@pytest.mark.parametrize("name", SAMPLES)
def test_a_gold_text_gives_a_sound_record_without_faults(name: str, reader: Callable[..., Record]) -> None:
    row = json.loads(SAMPLES[name])
    if "text" not in row:
        pytest.skip("a phrase table, not a text")
    record = reader(row["text"][:LONGEST], published=None, title=row.get("title"))
    assert broken(record) == []
    assert [fault for fault in record.faults if fault.kind == "error"] == []
    text = record.article.text
    found = to_standoff(record)
    for layer in ("times", "places", "entities", "predicates", "events"):
        assert all(text[r["start"] : r["end"]] == r["text"] for r in found[layer])
