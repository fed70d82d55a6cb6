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


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
def test_a_bad_row_is_a_rejection_and_the_others_come_out_unchanged(bad: bytes) -> None:
    alone = [to_standoff(r) for r in results([row(i, t) for i, t in enumerate(GOOD)]) if isinstance(r, Record)]
    lines = [row(0, GOOD[0]), bad + b"\n", row(1, GOOD[1]), b"\n", row(2, GOOD[2])]
    mixed = results(lines)
    assert [isinstance(r, Rejection) for r in mixed] == [False, True, False, False]
    assert [to_standoff(r) for r in mixed if isinstance(r, Record)] == alone
    assert isinstance(mixed[1], Rejection)
    assert mixed[1].reason


def test_a_row_over_a_limit_names_the_limit() -> None:
    (found,) = results([row(0, "word " * 50)], max_characters=100)
    assert isinstance(found, Rejection)
    assert "max_characters" in found.reason


def test_a_day_that_cannot_be_read_safely_is_marked_and_the_report_read() -> None:
    (found,) = results([b'{"id": "a", "text": "The frigate left on Monday.", "published": "03-02-2009"}'])
    assert isinstance(found, Record)
    assert found.article.published is None
    assert "'03-02-2009'" in found.faults[0].reason


def test_an_id_that_stands_twice_is_rejected() -> None:
    first, second = results([row(0, GOOD[0]), row(0, GOOD[1])])
    assert isinstance(first, Record)
    assert isinstance(second, Rejection)


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
    monkeypatch.setattr("dateline.batch.rows.CHUNK", 9)
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
