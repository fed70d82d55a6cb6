"""Golden articles give their golden records; a wanted change is written by ``make golden`` and reviewed as a diff."""

from __future__ import annotations

import json

import pytest

from tests.golden_records import GOLDEN, golden_of, slugs


@pytest.mark.parametrize("slug", slugs())
def test_the_record_is_the_golden_one(slug: str) -> None:
    expected = json.loads((GOLDEN / slug / "record.json").read_bytes())
    found = json.loads(golden_of(slug))
    for layer in expected:
        assert found[layer] == expected[layer], f"{slug}: {layer} changed; if that is wanted: make golden"
    assert found.keys() == expected.keys()


def test_golden_articles_say_that_they_are_invented() -> None:
    assert len(slugs()) >= 4
    for slug in slugs():
        assert "Written for this project" in json.loads((GOLDEN / slug / "article.json").read_bytes())["note"]
