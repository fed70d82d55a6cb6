"""The listings of the manual are what the commands print."""

from __future__ import annotations

from pathlib import Path

import pytest
from evals.listings import PAGES, ROOT, Example, cut, page, passing

PRINTED = """3 events told by 2 reports
Left out: 1

Monday 5 May 2025
  [e1] arrest, happened: the police (Oslo)
      1 report
  [e2] strike, planned: dockers
      2 reports
      They differ

Tuesday 6 May 2025
  [e3] meeting, happened: Norway
      1 report
"""


def test_an_entry_is_shown_with_its_day_and_what_is_left_out_is_marked() -> None:
    assert cut(PRINTED, 'first 1 … entry "strike, planned"').splitlines() == [
        "3 events told by 2 reports",
        "…",
        "Monday 5 May 2025",
        "…",
        "  [e2] strike, planned: dockers",
        "      2 reports",
        "      They differ",
    ]


def test_entries_of_one_day_share_its_line_and_an_empty_line_stays() -> None:
    shown = cut(PRINTED, 'entry "arrest" … entry "strike" … entry "meeting"')
    assert shown == PRINTED.partition("\n\n")[2]


def test_the_whole_is_shown_where_nothing_is_asked_and_a_cut_end_is_marked() -> None:
    assert cut(PRINTED, "") == PRINTED
    assert cut(PRINTED, "first 2").splitlines()[-1] == "…"
    assert cut(PRINTED, "last 1").splitlines() == ["…", "      1 report"]


def test_an_entry_that_is_not_there_is_an_error() -> None:
    with pytest.raises(ValueError, match="nothing printed is"):
        cut(PRINTED, 'entry "eruption"')


def test_what_differs_between_machines_is_written_alike() -> None:
    one = "size         1.4 MB, SQLite 3.51.3, schema 0003\n   1 2031-01-02 bea: same a b\n"
    other = "size         2.0 MB, SQLite 3.53.4, schema 0003\n   1 2026-11-26 ana: same a b\n"
    assert passing(one) == passing(other)


@pytest.mark.slow
@pytest.mark.parametrize("file", PAGES, ids=lambda file: file.name)
def test_the_listings_are_what_the_commands_print(file: Path, commanded: Example) -> None:
    text = file.read_text(encoding="utf-8")
    assert page(text, commanded) == text, f"{file.relative_to(ROOT)}: write it again with `make listings`"
