"""The house keeps its own limits: sizes, names, tests beside the code, documentation that names everything."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import msgspec
import pytest

from dateline.settings import Settings

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "dateline"
MODULES = sorted(SOURCE.rglob("*.py"))
FORBIDDEN = {"utils", "util", "helpers", "helper", "common", "base", "manager", "handler", "processor", "misc"}
LONGEST_FUNCTION, LONGEST_MODULE = 40, 400


def ids(file: Path) -> str:
    return str(file.relative_to(SOURCE))


@pytest.mark.parametrize("file", MODULES, ids=ids)
def test_a_module_is_small_and_says_what_it_is(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count("\n") <= LONGEST_MODULE
    assert file.stem not in FORBIDDEN
    assert ast.get_docstring(ast.parse(text)) or file.name == "__main__.py"


@pytest.mark.parametrize("file", MODULES, ids=ids)
def test_functions_are_short(file: Path) -> None:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= LONGEST_FUNCTION, f"{node.name} has {length} lines"


@pytest.mark.parametrize(
    "room",
    [
        "stages",
        "knowledge",
        "learned",
        "export",
        "export/formats",
        "intake",
        "merge",
        "store",
        "batch",
        "archive",
        "commands",
        "serve",
    ],
)
def test_every_room_has_its_tests(room: str) -> None:
    tested = " ".join(f.read_text(encoding="utf-8") for f in (ROOT / "tests").rglob("test_*.py"))
    for file in sorted((SOURCE / room).glob("*.py")):
        module = f"dateline.{room}.{file.stem}"
        if file.stem != "__init__":
            assert module in tested or f"{file.stem}" in tested, f"no test speaks of {module}"


@pytest.mark.parametrize("room", sorted(f.parent for f in SOURCE.glob("stages/*/__init__.py")), ids=lambda r: r.name)
def test_every_room_inside_a_room_has_tests_of_its_own(room: Path) -> None:
    beside = ROOT / "tests" / room.parent.name
    tests = [*beside.glob(f"test_{room.name}*.py"), *(beside / room.name).glob("*.py")]
    assert tests, f"no test is named for {room}"


def test_no_code_that_runs_data() -> None:
    for file in MODULES:
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"\b(pickle|eval|exec|marshal|shelve)\b\s*[.(]", text), file


def test_the_manual_names_every_setting() -> None:
    manual = (ROOT / "docs" / "reference" / "settings.md").read_text(encoding="utf-8")
    for field in msgspec.structs.fields(Settings):
        assert f"`{field.name}`" in manual


def test_the_manual_names_every_command_and_option() -> None:
    from typer.main import get_command

    from dateline.cli import app

    manual = (ROOT / "docs" / "reference" / "command-line.md").read_text(encoding="utf-8")
    commands = get_command(app).commands  # type: ignore[attr-defined]
    assert commands
    for name, command in commands.items():
        assert f"dateline {name}" in manual
        for parameter in command.params:
            for option in parameter.opts:
                assert not option.startswith("-") or f"`{option}" in manual, f"{name} {option}"


def test_the_manual_names_every_layer_and_key_of_standoff() -> None:
    manual = (ROOT / "docs" / "reference" / "standoff.md").read_text(encoding="utf-8")
    written = (SOURCE / "export" / "standoff.py").read_text(encoding="utf-8")
    inner = {"timexes", "mentions"}  # names of layers inside, written under another key
    for key in set(re.findall(r'"([a-z_]+)": ', written)) - inner:
        assert f"`{key}`" in manual, key


def test_the_readme_commands_are_targets_of_make() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    used = set(re.findall(r"\bmake ([a-z]+)", readme))
    assert {"demo", "test"} <= used <= targets
