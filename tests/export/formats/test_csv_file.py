"""Tables for spreadsheets hold no formulas, tables for programs every word."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.export.event_columns import COLUMNS
from dateline.export.formats import written_as
from dateline.export.formats.csv_file import FORMULA, flat, table
from dateline.export.written import LeftOut
from tests.export.rows import hostile, rows

FORMULAS = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1",
    "＋1",
    "－1",
    "＠A",
    " =1",
    "\n=1",
    "=cmd|' /C calc'!A0",
    "|x",
    "%0A=1",
)
"""Words that some spreadsheet or other takes for a formula."""


def read(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("words", FORMULAS)
def test_no_cell_of_a_spreadsheet_can_become_a_formula(words: str) -> None:
    left = LeftOut()
    (cell,) = read(table(["a"], [[words]], left))[1]
    assert cell == f"'{words}"
    assert left.told() == ("1 cell has an apostrophe of ours in it",)


@pytest.mark.parametrize("words", FORMULAS)
def test_hostile_rows_give_no_formula_in_any_column(words: str) -> None:
    (row,) = read(written_as(hostile(words), "csv").data)[1:]
    for column, cell in zip(COLUMNS, row, strict=True):
        numeric = column.kind in {"number", "integer"}
        assert numeric or cell.lstrip()[:1] not in FORMULA, column.name


@pytest.mark.parametrize("words", ["Awa;=1+1", "Awa; -1", "Awa;\t@x"])
def test_nor_where_semicolons_end_cells(words: str) -> None:
    made = table(["a", "b"], [["x", words]], LeftOut()).decode()
    cells = [cell.strip() for line in made.splitlines() for cell in line.split(";")]
    assert not [cell for cell in cells if cell[:1] in FORMULA]


def test_numbers_stay_numbers() -> None:
    (row,) = read(table(["lat", "note"], [[-33.2, "a -1"]], LeftOut()))[1:]
    assert row == ["-33.2", "a -1"]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=4))
def test_a_table_for_programs_gives_back_every_word(words: list[str]) -> None:
    assert read(table(["x"] * len(words), [words]))[1] == words


def test_every_column_and_event_is_there() -> None:
    head, *body = read(written_as(rows(), "csv-raw").data)
    assert head == [column.name for column in COLUMNS]
    assert [row[0] for row in body] == [row.event for row in rows()]
    found = dict(zip(head, body[0], strict=True))
    assert found["earliest"] == "2031-05-05"
    assert found["recipients"] == "Awa Sarr; Sudmark Fisheries"
    assert found["recipient_codes"] == "SENBUS; SEN"
    assert found["source_chains"] == "Tidewater News > the coast guard"
    assert float(found["lat"]) == 59.9127


def test_tellings_that_are_not_shown_are_counted() -> None:
    assert written_as(rows(), "csv-raw").left_out == ("1 telling beside the first is counted, not shown",)


def test_an_empty_list_is_an_empty_cell() -> None:
    assert flat(("", "")) == flat(()) == ""
