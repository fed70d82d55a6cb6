"""Rows in, one object out for those who work in Python: counted, sliced, shown in a notebook, made a frame, written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, overload

from dateline.errors import OutputError
from dateline.export.event_columns import COLUMNS
from dateline.export.event_rows import EventRow, rows_of
from dateline.export.formats import FORMATS, format_of, written_as
from dateline.export.moments import span_label
from dateline.export.written import Written
from dateline.model import Record
from dateline.writing import written

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

SHOWN = 200
"""Events that a notebook shows; the rest is counted."""


class EventTable(Sequence[EventRow]):
    """Events, one row each, in a fixed order. ``notes`` say what a reader must know of how they were found."""

    def __init__(self, rows: Iterable[EventRow], notes: Sequence[str] = ()) -> None:
        self.rows = tuple(rows)
        self.notes = tuple(notes)

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, at: int) -> EventRow: ...
    @overload
    def __getitem__(self, at: slice) -> EventTable: ...
    def __getitem__(self, at: int | slice) -> EventRow | EventTable:
        return EventTable(self.rows[at], self.notes) if isinstance(at, slice) else self.rows[at]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, EventTable) and self.rows == other.rows

    def __hash__(self) -> int:
        return hash(self.rows)

    def __repr__(self) -> str:
        days = [day for row in self.rows for day in (row.earliest, row.latest) if day]
        span = f", {min(days)} to {max(days)}" if days else ""
        reports = len({telling.report for row in self.rows for telling in row.tellings})
        return f"<{_counted(len(self), 'event')}{span}, {_counted(reports, 'report')}>"

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{name}</th>" for name in ("day", "what", "status", "who", "to whom", "where", "says"))
        body = "".join(
            f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in _shown(r))}</tr>" for r in self.rows[:SHOWN]
        )
        rest = f"<p>{len(self) - SHOWN:,} more</p>" if len(self) > SHOWN else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{rest}"

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns that frames and tables have."""
        return tuple(column.name for column in COLUMNS)

    def to_pandas(self) -> pandas.DataFrame:
        """A pandas data frame; see :func:`dateline.export.frames.to_pandas`."""
        from dateline.export.frames import to_pandas

        return to_pandas(self.rows)

    def to_arrow(self) -> pyarrow.Table:
        """An Arrow table; see :func:`dateline.export.frames.to_arrow`."""
        from dateline.export.frames import to_arrow

        return to_arrow(self.rows)

    def to_polars(self) -> polars.DataFrame:
        """A Polars frame; see :func:`dateline.export.frames.to_polars`."""
        from dateline.export.frames import to_polars

        return to_polars(self.rows)

    def export(self, to: str) -> Written:
        """The bytes of a file in a format of :data:`dateline.export.formats.FORMATS`, and what is not in it. Raises
        :class:`~dateline.errors.ExtraError` where the library for it is not installed."""
        return written_as(self.rows, to)

    def write(self, path: str | Path, to: str | None = None, *, overwrite: bool = False) -> tuple[str, ...]:
        """Writes a file, whole or not at all, in a format that its suffix or ``to`` names; what could not be held, a
        sentence each. Raises :class:`~dateline.errors.OutputError` for a suffix that names none, and for a file that
        exists, unless ``overwrite``."""
        target = Path(path)
        name = to or format_of(target.name)
        if name is None:
            known = ", ".join(dict.fromkeys(form.suffix for form in FORMATS.values()))
            raise OutputError(f"{target.name}: no format has that ending; say to=…, or end it in one of {known}")
        made = self.export(name)
        with written(target, overwrite=overwrite) as stream:
            stream.write(made.data)
        return made.left_out


def table_of(records: Record | Iterable[Record]) -> EventTable:
    """The events of one record or several, in their order."""
    some = (records,) if isinstance(records, Record) else records
    return EventTable(row for record in some for row in rows_of(record))


def _shown(row: EventRow) -> tuple[str, ...]:
    """The cells that a notebook shows."""
    sides = (", ".join(side.name for side in sides) for sides in (row.actors, row.recipients))
    place = row.place.name if row.place else ""
    return span_label(row.earliest, row.latest)[0], row.what, row.status, *sides, place, ", ".join(row.sources)


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
