"""The example archive holds together: every report is listed, and every word that is expected of one stands in it."""

from __future__ import annotations

import csv
import html
import re
from pathlib import Path
from typing import Any

import pytest

from dateline.knowledge.documents import document

ARCHIVE = Path(__file__).parent.parent / "examples" / "archive"
ROWS = list(csv.DictReader((ARCHIVE / "index.csv").read_text(encoding="utf-8").splitlines()))
EXPECTED: dict[str, Any] = document(ARCHIVE / "expected.yaml")
REPORTS: dict[str, Any] = EXPECTED["reports"]
EVENTS: list[dict[str, Any]] = EXPECTED["events"]


def plain(markup: str) -> str:
    """The words of a file, with the white space and the entities of a page resolved."""
    return " ".join(html.unescape(markup).split())


def words_of(report: str) -> str:
    """The text of a report: a file of its own, or an item of the feed."""
    feed, _, item = report.partition("#")
    if item:
        items = re.findall(r"<item>(.*?)</item>", (ARCHIVE / f"{feed}.xml").read_text(encoding="utf-8"), re.S)
        return plain(next(text for text in items if REPORTS[report]["url"] in text))
    return plain(next(ARCHIVE.glob(f"{report}.*")).read_text(encoding="utf-8"))


def test_every_report_is_listed_once_and_expected() -> None:
    found = {path.name for path in ARCHIVE.iterdir() if path.suffix in {".txt", ".html", ".xml"}}
    assert sorted(found) == [row["file"] for row in ROWS]
    stems = {Path(name).stem for name in found if not name.endswith(".xml")}
    assert stems == {name for name in REPORTS if "#" not in name}


def test_a_plain_text_begins_with_its_title_and_has_the_length_of_a_report() -> None:
    for row in ROWS:
        if row["file"].endswith(".txt"):
            text = (ARCHIVE / row["file"]).read_text(encoding="utf-8")
            assert text.splitlines()[0] == row["title"]
            assert 120 <= len(text.split()) <= 350


def test_an_edition_has_the_url_of_the_one_before() -> None:
    urls = {Path(row["file"]).stem: row["url"] for row in ROWS}
    editions = [(name, told["edition_of"]) for name, told in REPORTS.items() if "edition_of" in told]
    assert editions
    assert all(urls[name] == urls[first] for name, first in editions)
    others = [urls[name] for name, told in REPORTS.items() if name in urls and "edition_of" not in told]
    assert len(set(others)) == len(others)


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event["id"])
def test_an_expected_event_names_reports_and_sources_and_quotes_them(event: dict[str, Any]) -> None:
    assert set(event["told_by"]) <= set(REPORTS)
    assert set(event["independent_sources"]) <= set(EXPECTED["sources"])
    for told in (value["words"] for slot in event["differ"] for value in slot["values"]):
        for report, words in told.items():
            assert words in words_of(report), (report, words)


def test_a_source_is_heard_in_reports_of_the_archive() -> None:
    for source in EXPECTED["sources"].values():
        assert set(source["heard_in"]) <= set(REPORTS)
