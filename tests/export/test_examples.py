"""The project's own examples, read and drawn: every quote is in the report, every link of the page leads somewhere."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from dateline.export.chronology import chronology_of
from dateline.export.html import to_html
from dateline.export.text import to_text
from dateline.export.visible import one_line
from dateline.model import Record
from tests.export.page import Page

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
ROWS = list(csv.DictReader((EXAMPLES / "index.csv").read_text(encoding="utf-8").splitlines()))
Reader = Callable[..., Record]


def read(row: dict[str, str], reader: Reader) -> Record:
    text = (EXAMPLES / row["file"]).read_text(encoding="utf-8")
    return reader(text, published=row["published"], publisher=row["publisher"], title=row["title"])


def test_every_example_is_listed_and_says_that_it_was_written_for_the_project() -> None:
    assert sorted(path.name for path in EXAMPLES.glob("*.txt")) == [row["file"] for row in ROWS]
    for row in ROWS:
        text = (EXAMPLES / row["file"]).read_text(encoding="utf-8")
        assert text.startswith(f"{row['title']}\n(Written for this project; ")
        assert 200 <= len(text.split()) <= 400


@pytest.mark.parametrize("row", ROWS, ids=[row["file"] for row in ROWS])
def test_every_line_of_an_example_quotes_the_report(row: dict[str, str], reader: Reader) -> None:
    record = read(row, reader)
    lines = chronology_of(record).lines
    assert len(lines) >= 5
    for line in lines:
        assert line.quotes
        for quote in (*line.quotes, *line.cues):
            assert quote.words == one_line(record.article.text[quote.start : quote.end])


@pytest.mark.parametrize("row", ROWS, ids=[row["file"] for row in ROWS])
def test_an_example_is_drawn_whole(row: dict[str, str], reader: Reader) -> None:
    record = read(row, reader)
    page = Page(to_html(record))
    ids = [element["id"] for element in page.elements if element["id"]]
    assert len(ids) == len(set(ids))
    assert not {element["href"][1:] for element in page.all("a") if element["href"].startswith("#")} - set(ids)
    drawn = {element["class"] for element in page.all("svg")}
    assert drawn == {f"draw {size} {what}" for size in ("wide", "narrow") for what in ("map", "time", "net")}
    assert "Who is who" in to_text(record)
