"""Records without keys (dateline.compact): the same record back, in fewer bytes; other lines are refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dateline.compact import MARK, VERSION, from_compact, to_compact
from dateline.errors import InputError
from dateline.model import Article, Record
from dateline.wire import from_json, to_json

GOLDEN = sorted((Path(__file__).parent / "golden").glob("*/record.json"))
RECORDS = [from_json(file.read_bytes()) for file in GOLDEN] + [Record(article=Article(id="a", text="x"))]


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.article.id)
def test_nothing_is_lost_and_the_bytes_are_the_same_twice(record: Record) -> None:
    line = to_compact(record)
    assert from_compact(line) == record
    assert to_compact(from_compact(line)) == line
    assert line.count(b"\n") == 1


@pytest.mark.parametrize("record", RECORDS[:-1], ids=lambda record: record.article.id)
def test_it_takes_less_than_six_tenths_of_the_bytes(record: Record) -> None:
    assert len(to_compact(record)) < 0.6 * len(to_json(record))


def test_no_key_is_left() -> None:
    def keys(value: Any) -> list[str]:
        if isinstance(value, dict):
            return [*value]
        return [key for one in value for key in keys(one)] if isinstance(value, list) else []

    assert keys(json.loads(to_compact(RECORDS[0]))) == []


@pytest.mark.parametrize(
    "line",
    [b"", b"{}", b"\xff", b"[]", json.dumps([MARK, VERSION, []]).encode(), json.dumps([MARK, VERSION, 7]).encode()],
)
def test_what_is_no_such_line_is_refused(line: bytes) -> None:
    with pytest.raises(InputError, match="not a record in compact form"):
        from_compact(line)


def test_another_version_is_refused_by_its_number() -> None:
    line = to_compact(RECORDS[0]).replace(b",1,", b",2,", 1)
    with pytest.raises(InputError, match="of version 1, but 'dateline-compact' 2"):
        from_compact(line)
