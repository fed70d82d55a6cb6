"""The table in Python: counted, sliced, shown, written; and every format's name, ending and limits."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.errors import DatelineError, OutputError
from dateline.export.event_columns import COLUMNS
from dateline.export.event_table import SHOWN, EventTable, table_of
from dateline.export.formats import FORMATS, cannot, format_of, written_as
from dateline.export.written import LeftOut, Written
from tests.export.page import Page
from tests.export.rows import hostile, row, rows
from tests.export.sample import sample_record

ROOT = Path(__file__).parent.parent.parent
NEEDED = {"arrow": "pyarrow", "xlsx": "xlsxwriter", "geojson": "geojson", "icalendar": "icalendar", "graph": "networkx",
          "ftm": "followthemoney", "rdf": "rdflib", "bibtex": "pybtex"}  # fmt: skip


def test_a_table_is_a_sequence_of_rows() -> None:
    table = EventTable(rows(), ["a note"])
    assert (len(table), table[0], list(table)) == (6, rows()[0], list(rows()))
    assert table[1:3] == EventTable(rows()[1:3])
    assert table[1:3].notes == ("a note",)
    assert repr(table) == "<6 events, 2031-05-05 to 2031-05-16, 2 reports>"
    assert repr(EventTable([])) == "<0 events, 0 reports>"
    assert hash(table) == hash(EventTable(rows()))


def test_records_one_or_several_are_a_table() -> None:
    record = sample_record()
    assert len(table_of([record, record])) == 2 * len(table_of(record)) > 0


def test_a_notebook_shows_words_as_words_and_counts_the_rest() -> None:
    page = Page(EventTable([*hostile(), *[row()] * SHOWN])._repr_html_())
    assert {element.tag for element in page.elements} == {"table", "thead", "tbody", "tr", "th", "td", "p"}
    assert page.all("p")[0].text == "1 more"
    assert "Monday 5 May 2031" in page.all("tbody")[0].text


def test_a_file_is_written_by_its_ending_and_never_over_another(tmp_path: Path) -> None:
    target = tmp_path / "week.csv"
    assert EventTable(rows()).write(target) == written_as(rows(), "csv").left_out
    assert target.read_bytes() == written_as(rows(), "csv").data
    with pytest.raises(OutputError, match="exists already"):
        EventTable(rows()).write(target)
    EventTable([]).write(str(target), overwrite=True)
    assert target.read_bytes() == written_as([], "csv").data
    with pytest.raises(OutputError, match="no format has that ending"):
        EventTable(rows()).write(tmp_path / "week.doc")
    EventTable(rows()).write(tmp_path / "week.txt", "plover")
    assert (tmp_path / "week.txt").read_bytes() == written_as(rows(), "plover").data


@pytest.mark.parametrize("to", FORMATS)
def test_every_format_takes_every_kind_of_row_and_none(to: str) -> None:
    form = FORMATS[to]
    if form.extra:
        pytest.importorskip(NEEDED[form.extra])
    for some in (rows(), hostile(), ()):
        made = written_as(some, to)
        assert isinstance(made, Written)
        assert made == written_as(some, to)
    assert format_of(f"a{form.suffix}") == to
    assert cannot(to)


def test_a_name_that_is_no_format_is_refused_with_those_that_are() -> None:
    with pytest.raises(DatelineError, match="csv, csv-raw, parquet"):
        written_as(rows(), "doc")
    assert format_of("a.doc") is None


@pytest.mark.parametrize("to", FORMATS)
def test_the_reference_says_what_every_format_cannot_hold(to: str) -> None:
    page = " ".join((ROOT / "docs" / "reference" / "exports.md").read_text(encoding="utf-8").split())
    form = FORMATS[to]
    assert f"`{to}`" in page
    assert f"`{form.suffix}`" in page
    assert form.extra is None or f"`{form.extra}`" in page
    for sentence in cannot(to):
        assert sentence in page, sentence


def test_the_how_to_names_every_column() -> None:
    page = (ROOT / "docs" / "how-to" / "frames-and-files.md").read_text(encoding="utf-8")
    for column in COLUMNS:
        assert f"| `{column.name}` | {column.kind} | {column.meaning} |" in page


def test_every_extra_is_declared() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    for form in FORMATS.values():
        assert form.extra is None or f"\n{form.extra} = [" in project


def test_what_is_left_out_is_counted_once_a_kind() -> None:
    left = LeftOut()
    for number in (1, 0, 1200):
        left.note("thing is left out", "things are left out", number)
    left.note("other is cut", "others are cut")
    assert left.told() == ("1,201 things are left out", "1 other is cut")
