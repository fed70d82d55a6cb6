"""Parquet in: rows by the names of their columns, refusals by name."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec
import pytest

from dateline.intake.found import Found, Outcome
from dateline.intake.sources import articles_of
from dateline.model import Rejection
from dateline.settings import Settings

arrow = pytest.importorskip("pyarrow")


def articles(columns: dict[str, list[object]], folder: Path, configured: Settings | None = None) -> list[Outcome]:
    from pyarrow.parquet import write_table

    write_table(arrow.table(columns), folder / "x.parquet", row_group_size=2)
    return list(articles_of([str(folder / "x.parquet")], configured or Settings()))


def test_rows_are_reports_by_the_names_of_their_columns(tmp_path: Path) -> None:
    found = articles(
        {
            "ID": ["a", None, "c"],
            "body": ["The ship left.", "It sank.", None],
            "headline": ["Ship leaves", None, None],
            "date": [date(2024, 5, 18), None, None],
            "other": [1, 2, None],
        },
        tmp_path,
    )
    assert [o.article.id for o in found if isinstance(o, Found)] == ["x.parquet#a", "x.parquet#2"]
    first = found[0]
    assert isinstance(first, Found)
    assert (first.article.title, first.article.published) == ("Ship leaves", date(2024, 5, 18))
    assert [o.offset for o in found if isinstance(o, Rejection)] == [3]


def test_what_is_no_table_of_texts_is_refused(tmp_path: Path) -> None:
    (refused,) = articles({"headline": ["x"]}, tmp_path)
    assert isinstance(refused, Rejection)
    assert "no column named text" in refused.reason
    (tmp_path / "y.parquet").write_bytes(b"PAR1 and nothing else PAR1")
    (refused,) = articles_of([str(tmp_path / "y.parquet")], Settings())
    assert isinstance(refused, Rejection)
    assert "cannot be read" in refused.reason


def test_a_row_over_the_limit_is_refused_and_the_next_is_read(tmp_path: Path) -> None:
    small = msgspec.structs.replace(Settings(), max_bytes=100)
    found = articles({"text": ["x" * 200, "It sank."]}, tmp_path, small)
    assert isinstance(found[0], Rejection)
    assert "max_bytes" in found[0].reason
    assert isinstance(found[1], Found)
