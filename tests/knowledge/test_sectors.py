"""Sectors (``dateline.knowledge.sectors``): one table for definitions and groups, used by all tables of actors."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dateline.errors import KnowledgeError
from dateline.knowledge import files
from dateline.knowledge.sectors import FORMER, NOBODY, load_sectors

SOURCE = Path(files.__file__).parent.parent


def test_every_sector_is_defined_and_says_who() -> None:
    sectors = load_sectors().by_name
    assert {FORMER, NOBODY} <= set(sectors)
    assert all(len(s.definition) > 10 and s.who for s in sectors.values())


def test_what_is_at_home_is_official_and_no_body_is() -> None:
    sectors = load_sectors()
    assert sectors.at_home < sectors.official
    assert not sectors.official & sectors.bodies
    assert sectors.held == sectors.official | {FORMER}


@pytest.mark.parametrize("table", ["agents", "titles", "institutions", "bodies", "seats"])
def test_the_tables_of_actors_use_no_other_sector(table: str) -> None:
    used = {row["sector"] for row in files.rows(files.path("actors", f"{table}.csv")) if row["sector"]}
    assert used <= set(load_sectors().by_name)


@pytest.mark.parametrize(
    ("country", "sector", "slots"),
    [
        ("KEN", "COP", ("KEN", "COP")),
        (None, "UNO", ("UNO", None)),
        ("USA", "IGO", ("IGO", None)),
        ("EUR", "IGO", ("EUR", None)),
        ("USA", "NGO", ("USA", "NGO")),
        (None, "NGO", ("NGO", None)),
        (None, None, (None, None)),
    ],
)
def test_a_body_of_several_countries_stands_in_the_place_of_one(
    country: str | None, sector: str | None, slots: tuple[str | None, str | None]
) -> None:
    assert load_sectors().slots(country, sector) == slots


def test_a_mark_is_yes_or_no(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    text = files.path("ontology", "sectors.csv").read_text(encoding="utf-8")
    (tmp_path / "ontology").mkdir()
    (tmp_path / "ontology" / "sectors.csv").write_text(text.replace("yes", "ja", 1), encoding="utf-8")
    monkeypatch.setattr(files, "DATA", tmp_path)
    with pytest.raises(KnowledgeError, match="allowed: yes, no"):
        load_sectors.__wrapped__()


def test_no_group_of_sectors_stands_in_code() -> None:
    """Outside the stage of events, whose own lists are its rules'."""
    names = "|".join(load_sectors().by_name)
    several = re.compile(rf'\{{"({names})", "({names})"')
    found = [f for f in SOURCE.rglob("*.py") if "stages/events" not in f.as_posix() and several.search(f.read_text())]
    assert not [f.name for f in found if f.name not in {"gazetteer_build.py", "trades.py"}]
