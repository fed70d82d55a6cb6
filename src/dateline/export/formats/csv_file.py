"""Rows in, CSV out (RFC 4180, UTF-8 with a mark so that spreadsheets know it): for spreadsheets or for programs.

What stands in a report is a stranger's. A spreadsheet takes a cell that begins with ``=``, ``+``, ``-``, ``@``, a tab,
a line end or one of their full-width forms for a formula: in the table for spreadsheets such words have an apostrophe
before them. The table for programs holds them as they are.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Sequence

from dateline.export.event_columns import COLUMNS, Cell
from dateline.export.event_rows import EventRow
from dateline.export.written import LeftOut, Written

CANNOT = (
    "Lists stand in one cell, separated by “; ”: a name that holds a semicolon cannot be told from two.",
    "Only the telling that was published first is in it: the words, report and address of the others are not.",
)
FORMULA = frozenset("=+-@\t\r\n＝＋－＠|%")
"""What a cell must not begin with where it is words; the last two begin formulas in some imports."""
_AFTER_SEMICOLON = re.compile(r";\s*(?=[=+\-@＝＋－＠|%])")
"""Where a spreadsheet that takes semicolons for the ends of cells would begin one with a formula."""
LIST = "; "


def safe_csv(rows: Sequence[EventRow]) -> Written:
    """The table for spreadsheets."""
    left = LeftOut()
    data = table([c.name for c in COLUMNS], [[flat(c.of(r)) for c in COLUMNS] for r in rows], left)
    _others(rows, left)
    return Written(b"\xef\xbb\xbf" + data, left.told())


def raw_csv(rows: Sequence[EventRow]) -> Written:
    """The table for programs: no mark, no apostrophes."""
    left = LeftOut()
    _others(rows, left)
    return Written(table([c.name for c in COLUMNS], [[flat(c.of(r)) for c in COLUMNS] for r in rows]), left.told())


def _others(rows: Sequence[EventRow], left: LeftOut) -> None:
    """Counts the tellings behind the first ones."""
    more = sum(len({t.report for t in row.tellings}) - 1 for row in rows)
    words = "is counted, not shown", "are counted, not shown"
    left.note(f"telling beside the first {words[0]}", f"tellings beside the first {words[1]}", more)


def flat(cell: Cell) -> str | float | None:
    """A cell of one value: lists joined, days as ISO 8601."""
    if isinstance(cell, tuple):
        return LIST.join(cell) if any(cell) else ""
    return cell if cell is None or isinstance(cell, str | float | int) else cell.isoformat()


def table(head: Sequence[str], rows: Sequence[Sequence[str | float | None]], safe: LeftOut | None = None) -> bytes:
    """CSV of a head and rows; with ``safe`` no words can become a formula, and what was changed for it is counted."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(head)
    shown: Callable[[str | float | None], str | float | None] = (lambda c: _words(c, safe)) if safe else (lambda c: c)
    writer.writerows([shown(cell) for cell in row] for row in rows)
    return stream.getvalue().encode()


def _words(cell: str | float | None, left: LeftOut) -> str | float | None:
    if not isinstance(cell, str):
        return cell
    found = _AFTER_SEMICOLON.sub(r"\g<0>'", cell)
    if cell[:1] in FORMULA or cell.lstrip()[:1] in FORMULA:
        found = f"'{found}"
    if found != cell:
        left.note("cell has an apostrophe of ours in it", "cells have an apostrophe of ours in them")
    return found
