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
