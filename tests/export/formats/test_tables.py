"""Parquet and XLSX, opened by others' readers."""

from __future__ import annotations

import io
from datetime import date, datetime

import pytest

from dateline.export.event_columns import COLUMNS, cells
from dateline.export.formats import parquet, written_as, xlsx
from tests.export.formats.test_csv_file import FORMULAS
from tests.export.hostile import NASTY
from tests.export.rows import hostile, row, rows


def test_parquet_comes_back_the_same_in_two_readers() -> None:
    arrow, polars = pytest.importorskip("pyarrow.parquet"), pytest.importorskip("polars")
    data = written_as(rows(), "parquet").data
    ours = {name: [list(c) if isinstance(c, tuple) else c for c in column] for name, column in cells(rows()).items()}
    assert arrow.read_table(io.BytesIO(data)).to_pydict() == ours
    assert polars.read_parquet(io.BytesIO(data)).to_dict(as_series=False) == ours


def test_parquet_says_what_each_column_means() -> None:
    arrow = pytest.importorskip("pyarrow.parquet")
    schema = arrow.read_schema(io.BytesIO(parquet.parquet(rows()).data))
    assert {field.name: field.metadata[b"meaning"].decode() for field in schema} == {c.name: c.meaning for c in COLUMNS}


def test_hostile_words_come_back_from_parquet() -> None:
    polars = pytest.importorskip("polars")
    found = polars.read_parquet(io.BytesIO(written_as(hostile(), "parquet").data))
    assert found["sentence"].to_list() == [hostile()[0].first.sentence]
    assert "<script>" in NASTY


def opened(data: bytes) -> list[list[object]]:
    book = pytest.importorskip("openpyxl").load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["events", "columns"]
    assert not [cell for line in book["events"] for cell in line if cell.data_type == "f" or cell.hyperlink]
    return [[cell.value for cell in line] for line in book["events"]]


def test_a_workbook_holds_days_numbers_and_words() -> None:
    pytest.importorskip("xlsxwriter")
    head, *body = opened(written_as(rows(), "xlsx").data)
    found = dict(zip(head, body[0], strict=True))
    assert head == [column.name for column in COLUMNS]
    assert len(body) == len(rows())
    assert found["earliest"] == datetime(2031, 5, 5)
    assert found["lat"] == 59.9127
    assert found["recipients"] == "Awa Sarr; Sudmark Fisheries"
    assert dict(zip(head, body[4], strict=True))["earliest"] is None


@pytest.mark.parametrize("words", FORMULAS)
def test_a_workbook_holds_no_formula(words: str) -> None:
    pytest.importorskip("xlsxwriter")
    head, body = opened(written_as(hostile(words), "xlsx").data)
    assert dict(zip(head, body, strict=True))["title"] == hostile(words)[0].first.title


def test_long_cells_and_early_days_are_told_and_kept() -> None:
    pytest.importorskip("xlsxwriter")
    long = row(earliest=date(1850, 1, 2), latest=date(1900, 1, 31), what="x", actors=(), sources=("y" * 40_000,))
    made = xlsx.xlsx([long])
    found = dict(zip(*opened(made.data), strict=True))
    assert (found["earliest"], found["latest"]) == ("1850-01-02", "1900-01-31")
    assert len(str(found["sources"])) == xlsx.CHARACTERS
    assert made.left_out == ("1 cell is cut",)
