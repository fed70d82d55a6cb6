"""Dateline reads news reports and writes the record: who did what to whom, where, when, who says so, and how sure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.version import __version__

__all__ = ["__version__", "read"]

if TYPE_CHECKING:
    from datetime import date

    from dateline.model import Record


def read(
    text: str,
    *,
    published: date | str | None = None,
    publisher: str | None = None,
    title: str | None = None,
    url: str | None = None,
    id: str = "report",
) -> Record:
    """Read one report.

    ``published`` is a day or ``"2023-09-16"``; without it, days are derived from the text or left open. Every span in
    the record indexes ``text`` in code points. Raises :class:`dateline.errors.InputError` for text that cannot be a
    report (empty, over the limit); a stage that fails leaves a fault on the record instead.
    """
    from dateline.desk import Desk

    return Desk().read_text(text, id=id, title=title, published=published, publisher=publisher, url=url)
