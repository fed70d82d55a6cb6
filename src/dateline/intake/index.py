"""A folder's ``index.csv`` in, what it says of each file out: publisher, day, headline, address."""

from __future__ import annotations

import csv
from pathlib import Path

from dateline.errors import InputError
from dateline.intake.found import About

NAME = "index.csv"
_LARGEST = 10_000_000
"""Bytes of an index: about a hundred thousand files."""


def index_of(folder: Path) -> dict[str, About] | None:
    """File name -> what is known of it; None for a folder without an index (a table ``index.csv`` with a column
    ``file``). Raises :class:`InputError` for one that is not UTF-8, or too large."""
    path = folder / NAME
    if not path.is_file():
        return None
    if path.stat().st_size > _LARGEST:
        raise InputError(f"{path} has more than {_LARGEST:,} bytes; give the rows as a table with their texts instead")
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.DictReader(lines))
    except (UnicodeDecodeError, csv.Error, OSError) as error:
        raise InputError(f"{path} is no table in UTF-8: {error}") from None
    if not rows or "file" not in rows[0]:
        return None
    return {row["file"]: _about(row) for row in rows if row.get("file")}


def _about(row: dict[str, str]) -> About:
    return About(
        title=row.get("title") or None,
        published=row.get("published") or None,
        publisher=row.get("publisher") or None,
        url=row.get("url") or None,
    )
