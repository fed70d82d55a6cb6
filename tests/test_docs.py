"""The manual is true: its Python runs, its links lead somewhere, its commands exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def named(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8")):
        assert target.startswith("https://") or (page.parent / target).exists(), target


@pytest.mark.parametrize("page", [p for p in PAGES if "docs" in p.parts], ids=named)
def test_python_of_the_manual_runs(
    page: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    blocks = re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), re.S)
    monkeypatch.chdir(ROOT)
    for block in blocks:
        exec(compile(block, str(page), "exec"), {})
        assert capsys.readouterr().out


def test_the_tutorial_shows_python() -> None:
    assert "```python" in (ROOT / "docs" / "tutorial" / "first-record.md").read_text(encoding="utf-8")


def test_pages_of_figures_are_what_was_measured() -> None:
    from evals import cost, page

    found, readme = cost.kept(), (ROOT / "README.md").read_text(encoding="utf-8")
    assert page.PAGE.read_text(encoding="utf-8") == page.page(), "write it again with `python -m evals.page`"
    assert cost.PAGE.read_text(encoding="utf-8") == cost.page(found), "write it again with `python -m evals.cost`"
    assert cost.PLOT.read_text(encoding="utf-8") == cost.plot(found), "write it again with `python -m evals.cost`"
    assert page.readme(cost.readme(readme, found)) == readme


def test_made_pages_are_what_the_program_says() -> None:
    from evals.manual import pages

    for file, page in pages().items():
        assert file.read_text(encoding="utf-8") == page, f"{named(file)}: write it again with `make manual`"


def test_every_command_argument_and_option_says_what_it_is_for() -> None:
    page = (ROOT / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")
    rows = [line.split(" | ") for line in page.splitlines() if line.startswith("| `")]
    assert len(rows) > 60
    assert [row[0] for row in rows if not row[-1].strip(" |")] == []


def test_every_type_mode_status_and_sector_stands_in_the_manual() -> None:
    from typing import get_args

    from dateline.knowledge.ontology import load_ontology
    from dateline.knowledge.sectors import load_sectors
    from dateline.model import Status

    page = (ROOT / "docs" / "reference" / "codes.md").read_text(encoding="utf-8")
    known = load_ontology()
    modes = {mode for kind in known.types.values() for mode in kind.modes}
    for name in (*known.types, *modes, *known.wider, *known.contexts, *get_args(Status), *load_sectors().by_name):
        assert f"| `{name}` |" in page, name


def test_every_decision_has_a_number_of_its_own_and_bears_it() -> None:
    files = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert len({file.name[:4] for file in files}) == len(files)
    for file in files:
        assert file.read_text(encoding="utf-8").startswith(f"# {file.name[:4]} "), file.name


def test_every_command_has_its_own_line_in_the_manual_and_the_manual_names_no_other() -> None:
    from typer.main import get_command

    from dateline.cli import app

    known = set(get_command(app).commands)  # type: ignore[attr-defined]
    manual = (ROOT / "docs" / "reference" / "command-line.md").read_text(encoding="utf-8")
    headings = re.findall(r"^##+ dateline (.+)$", manual, re.M)
    headed = {word.removeprefix("dateline ") for line in headings for word in line.split(", ")}
    assert headed - {"--version", "--help"} == known
    for page in PAGES:
        for block in re.findall(r"```(?:bash|sh)?\n(.*?)```", page.read_text(encoding="utf-8"), re.S):
            assert set(re.findall(r"^dateline ([a-z]+)", block, re.M)) <= known, named(page)
