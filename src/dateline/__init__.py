"""Dateline reads news reports and writes the record: who did what to whom, where, when, who says so, and how sure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.version import __version__

__all__ = ["__version__", "events", "open_archive", "read"]

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from dateline.archive.keeping import Archive
    from dateline.export.event_table import EventTable
    from dateline.intake.days import Day
    from dateline.model import Record


def read(
    text: str,
    *,
    published: Day = None,
    publisher: str | None = None,
    title: str | None = None,
    url: str | None = None,
    id: str = "report",
) -> Record:
    """Read one report.

    ``published`` is a date, a datetime, a pandas Timestamp, a NumPy datetime64 or ``"2023-09-16"``; without it, days
    are derived from the text or left open. Every span in the record indexes ``text`` in code points. Raises
    :class:`dateline.errors.InputError` for text that cannot be a report (empty, over the limit); a stage that fails
    leaves a fault on the record instead. In a notebook a record shows itself as its page.

    >>> import dateline
    >>> record = dateline.read("Norway arrested two sailors in Oslo on Monday.", published="2024-05-15")
    >>> [(event.type, event.mode, str(event.earliest)) for event in record.events]
    [('COERCE', 'arrest', '2024-05-13')]
    """
    from dateline.desk import Desk
    from dateline.notebook import shows_records

    shows_records()
    return Desk().read_text(text, id=id, title=title, published=published, publisher=publisher, url=url)


def events(records: Record | Iterable[Record]) -> EventTable:
    """The events of one record or several, one row each: to be counted, sliced, made a frame (``to_pandas()``,
    ``to_arrow()``, ``to_polars()``) or written to a file (``write("events.parquet")``).

    >>> import dateline
    >>> record = dateline.read("Norway arrested two sailors in Oslo on Monday.", published="2024-05-15")
    >>> dateline.events(record)
    <1 event, 2024-05-13 to 2024-05-13, 1 report>
    """
    from dateline.desk import Desk

    return Desk.events(records)


def open_archive(where: str | Path | None = None, *, create: bool = False) -> Archive:
    """An archive of many reports, a file or ``postgresql://…``; without ``where`` that of the settings. It is a context
    manager; its ``events(since=…, until=…, actor=…)`` are a table as :func:`events` gives.

    Raises :class:`dateline.errors.StoreError` where there is none and ``create`` does not say to make one.
    """
    from dateline.desk import Desk

    return Desk().archive(None if where is None else str(where), create=create)
