"""Which headlines tell no one happening."""

from __future__ import annotations

import pytest

from dateline.knowledge import files
from dateline.knowledge.headlines import form_of

ROWS = files.rows(files.path("lexicons", "headline_forms.csv"))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["example"])
def test_every_row_finds_its_example(row: dict[str, str]) -> None:
    assert form_of(row["example"]) in {row["form"], "series"}


@pytest.mark.parametrize(
    "headline",
    ["Minister visits harbour", "Readers of the paper strike", "Lives lost at sea", "Somehow the truce held", "", None],
)
def test_a_headline_that_tells_a_happening_is_neither(headline: str | None) -> None:
    assert form_of(headline) == ""
