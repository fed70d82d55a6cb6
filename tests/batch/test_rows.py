"""JSON Lines rows in, a record or a rejection a row out."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

from dateline.batch.rows import read_rows
from dateline.export.standoff import to_standoff
from dateline.model import Record, Rejection
from dateline.settings import Settings

GOOD = ["The frigate left Bergen on Monday.", "Oman urged Yemen to hold talks.", "Police arrested three men in Lima."]
BAD = {
    "json": b'{"id": "broken", "text": ',
    "no text": b'{"id": "b2"}',
    "empty": b'{"id": "b3", "text": "  "}',
    "bytes": b"\xff\xfe\x00",
    "number": b"17",
}


def row(number: int, text: str) -> bytes:
    return json.dumps({"id": f"g{number}", "text": text, "published": "2024-05-18"}).encode() + b"\n"


def results(lines: list[bytes], **changes: object) -> list[Record | Rejection]:
    return list(read_rows(lines, msgspec.structs.replace(Settings(), **changes)))


def test_bad_rows_are_rejections_and_the_others_come_out_unchanged() -> None:
    good = [row(i, t) for i, t in enumerate(GOOD)]
    unclear = b'{"id": "u", "text": "The frigate left on Monday.", "published": "03-02-2009"}'
    alone = [to_standoff(r) for r in results(good) if isinstance(r, Record)]
    bad = [line + b"\n" for line in BAD.values()]
    mixed = results([good[0], *bad, good[1], b"\n", good[2], good[0], unclear])
    assert [isinstance(r, Rejection) for r in mixed] == [False, *[True] * len(bad), False, False, True, False]
    assert [to_standoff(r) for r in mixed if isinstance(r, Record)][:3] == alone
    assert all(r.reason for r in mixed if isinstance(r, Rejection))
    twice, last = mixed[-2:]
    assert isinstance(twice, Rejection)
    assert "earlier row" in twice.reason
    assert isinstance(last, Record)
    assert last.article.published is None, "a day that cannot be read safely is marked and the report read"
    assert "'03-02-2009'" in last.faults[0].reason


def test_a_row_over_a_limit_names_the_limit() -> None:
    (found,) = results([row(0, "word " * 50)], max_characters=100)
    assert isinstance(found, Rejection)
    assert "max_characters" in found.reason


def test_a_row_that_kills_its_worker_is_rejected_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stage from outside that ends the process, as a crash in a library would."""
    (tmp_path / "deadly.py").write_text(
        "import os\n"
        "class Deadly:\n"
        "    name, needs, gives = 'deadly', frozenset({'tokens'}), frozenset({'mentions'})\n"
        "    def __call__(self, record):\n"
        "        if 'Oman' in record.article.text:\n"
        "            os._exit(9)\n"
        "        return {'mentions': ()}\n"
    )
    info = tmp_path / "deadly-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Name: deadly\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[dateline.stages]\ndeadly = deadly:Deadly\n")
    monkeypatch.syspath_prepend(tmp_path)  # spawned workers get this process's path
    monkeypatch.setattr("dateline.batch.reading.CHUNK", 9)
    lines = [row(i, text) for i, text in enumerate(GOOD * 4)]
    found = results(lines, workers=2, stages=("syntax", "deadly"))
    killed = [i for i, r in enumerate(found) if isinstance(r, Rejection)]
    assert killed == [i for i, text in enumerate(GOOD * 4) if "Oman" in text]
    assert len(found) == len(lines)


def test_order_and_number_of_workers_change_nothing() -> None:
    lines = [row(i, text) for i, text in enumerate(GOOD * 2)]
    one = {r.article.id: to_standoff(r) for r in results(lines) if isinstance(r, Record)}
    other = {r.article.id: to_standoff(r) for r in results(lines[::-1], workers=2) if isinstance(r, Record)}
    assert one == other
    assert len(one) == len(lines)
