"""References that other programs read: BibTeX by another parser, CSL-JSON by a citation processor."""

from __future__ import annotations

import json
import warnings

import pytest

from dateline.export.formats.references import bibtex, csl
from tests.export.rows import hostile, row, rows, telling


def test_bibtex_is_read_by_another_parser() -> None:
    pytest.importorskip("pybtex")
    parser = pytest.importorskip("bibtexparser")
    library = parser.parse_string(bibtex(rows()).data.decode())
    assert not library.failed_blocks
    entries = {entry.key: {field.key: field.value for field in entry.fields} for entry in library.entries}
    assert set(entries) == {"r1", "r2"}
    assert entries["r1"]["howpublished"] == "Tidewater News"
    assert (entries["r1"]["year"], entries["r1"]["month"], entries["r1"]["day"]) == ("2031", "5", "5")
    assert "e0000000003-plan" in entries["r1"]["keywords"]


def test_hostile_titles_make_no_other_entries() -> None:
    pytest.importorskip("pybtex")
    parser = pytest.importorskip("bibtexparser")
    nasty = row(tellings=(telling("a/b", title="Deal} @misc{x, title = {y", outlet="A {B\\"),))
    for some in (hostile(), [nasty]):
        made = bibtex(some)
        library = parser.parse_string(made.data.decode())
        assert len(library.entries) == 1
        assert not library.failed_blocks
    assert made.left_out == ("1 title loses braces or backslashes",)


def test_csl_is_cited() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        source = pytest.importorskip("citeproc.source.json")
        items = json.loads(csl(rows()).data)
        cited = source.CiteProcJSON(items)
    assert items[0]["type"] == "article-newspaper"
    assert items[0]["issued"] == {"date-parts": [[2031, 5, 5]]}
    assert str(cited["r1"].title) == "Trawler seized r1"
    assert "URL" not in items[1]


def test_reports_of_one_key_are_apart() -> None:
    some = [row(tellings=(telling("a b"), telling("a?b")))]
    assert [item["id"] for item in json.loads(csl(some).data)] == ["a-b", "a-b-1"]
