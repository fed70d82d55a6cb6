"""Rows in, an Excel workbook out, written by XlsxWriter: the events on one sheet, what the columns mean on another.

Words are written as words: XlsxWriter is told to make neither formulas nor links nor numbers of them.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

from dateline.export.event_columns import COLUMNS, Cell
from dateline.export.event_rows import EventRow
from dateline.export.extras import extra
from dateline.export.formats.csv_file import flat
from dateline.export.written import LeftOut, Written

CANNOT = (
    "Lists stand in one cell, separated by “; ”.",
    "Only the telling that was published first is in it.",
    "A sheet holds 1,048,575 events, a cell 32,767 characters, and days from 1900 on; earlier days stand as words.",
)
ROWS, CHARACTERS = 1_048_575, 32_767
_FIRST = date(1900, 3, 1)
"""Excel holds 1900 for a leap year: days before this one would be shown as others."""
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def xlsx(rows: Sequence[EventRow]) -> Written:
    """The workbook."""
    library, stream, left = extra("xlsxwriter", "xlsx"), io.BytesIO(), LeftOut()
    with library.Workbook(stream, _OPTIONS) as book:
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        sheet = book.add_worksheet("events")
        sheet.write_row(0, 0, [column.name for column in COLUMNS], bold)
        sheet.freeze_panes(1, 1)
        for at, row in enumerate(rows[:ROWS], start=1):
            for number, column in enumerate(COLUMNS):
                _write(sheet, at, number, column.of(row), day, left)
        sheet.autofilter(0, 0, max(1, len(rows[:ROWS])), len(COLUMNS) - 1)
        meanings = book.add_worksheet("columns")
        for at, column in enumerate(COLUMNS):
            meanings.write_row(at, 0, [column.name, column.meaning])
    left.note("event beyond the last row is left out", "events beyond the last row are left out", len(rows[ROWS:]))
    return Written(stream.getvalue(), left.told())


def _write(sheet: Any, row: int, number: int, cell: Cell, day: Any, left: LeftOut) -> None:
    """One cell by its kind; nothing where there is nothing."""
    if isinstance(cell, date) and cell >= _FIRST:
        sheet.write_datetime(row, number, cell, day)
        return
    value = flat(cell)
    if isinstance(value, str) and value:
        sheet.write_string(row, number, value[:CHARACTERS])
        left.note("cell is cut", "cells are cut", len(value) > CHARACTERS)
    elif isinstance(value, float | int):
        sheet.write_number(row, number, value)
