"""The knowledge files hold, and the check sees what does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.knowledge import checks, files


def test_the_knowledge_of_this_release_holds() -> None:
    assert list(checks.problems()) == []


def test_every_load_function_is_checked() -> None:
    import re

    defined = set()
    for module in sorted(Path(checks.__file__).parent.glob("*.py")):
        for name in re.findall(r"^def (load_\w+)\(", module.read_text(encoding="utf-8"), re.M):
            defined.add(f"{module.stem}.{name}")
    inner = {"timeforms.load_entries", "lexicons.load_states"}
    assert defined - inner <= set(checks.VIEWS)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("a,b\n1,2\n1,2\n", "line 3 stands twice"),
        ("a,b\n1, 2\n", "white space at an edge of b"),
        ("a,b\n1\n", "does not have 2 fields"),
    ],
)
def test_a_bad_row_is_named(content: str, problem: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "t.csv").write_text(content)
    (tmp_path / "SOURCES.yaml").write_text("t.csv: ours\n")
    monkeypatch.setattr(files, "DATA", tmp_path)
    monkeypatch.setattr(checks, "DATA", tmp_path)
    monkeypatch.setattr(checks, "VIEWS", ())
    (found,) = checks.problems()
    assert found.startswith("t.csv")
    assert problem in found


def test_a_table_without_an_origin_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "t.csv").write_text("a\n1\n")
    (tmp_path / "SOURCES.yaml").write_text("other.csv: ours\n")
    monkeypatch.setattr(files, "DATA", tmp_path)
    monkeypatch.setattr(checks, "DATA", tmp_path)
    monkeypatch.setattr(checks, "VIEWS", ())
    assert list(checks.problems()) == ["t.csv: no entry in SOURCES.yaml"]
