"""Builds the wheel and tries it as a stranger would: in an empty environment, outside the checkout.

    python -m evals.wheel [PYTHON]        (make wheel PYTHON=python3.12)

Locked dependencies come first, then the wheel alone; a report is read in every format, an archive filled, asked,
checked and backed up. Exit status 1 at the first step that fails.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FORMATS = ("text", "json", "standoff", "html", "conllu")
REPORT = ROOT / "examples" / "harbour-exercise.txt"


def main() -> None:
    """Build, install, try."""
    python = sys.argv[1] if len(sys.argv) > 1 else sys.executable
    with tempfile.TemporaryDirectory(prefix="dateline-wheel-") as folder:
        place = Path(folder)
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel", "--quiet", "--no-deps"]
        run([*pip, "--no-build-isolation", "--wheel-dir", folder, str(ROOT)], place)
        (wheel,) = place.glob("*.whl")
        commands = installed(python, wheel, place)
        print(f"{wheel.name}: installed; {run([str(commands / 'dateline'), '--version'], place).strip()}")
        tried(commands, place)
    print("the wheel works outside the checkout")


def installed(python: str, wheel: Path, place: Path) -> Path:
    """The folder of commands of an environment that holds the wheel and the locked packages, nothing else."""
    environment = place / "env"
    run([python, "-m", "venv", str(environment)], place)
    commands = environment / "bin"
    pip = [str(commands / "python"), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    locked = ["--require-hashes", "--only-binary", ":all:", "-r", str(ROOT / "requirements" / "run.lock")]
    run([*pip, *locked], place)
    run([*pip, "--no-deps", str(wheel)], place)
    return commands


def tried(commands: Path, place: Path) -> None:
    """Every format of a record, and an archive's life."""
    report = place / "report.txt"
    report.write_bytes(REPORT.read_bytes())
    dateline, day = str(commands / "dateline"), ["--published", "2024-05-18"]
    for form in FORMATS:
        run([dateline, "read", "report.txt", *day, "--to", form, "-o", f"record.{form}"], place)
        assert (place / f"record.{form}").stat().st_size > 500, form
    for words in (["add", "report.txt", *day], ["search"], ["chronicle"], ["check"], ["backup", "copy.db"], ["status"]):
        print(run([dateline, *words], place).strip().splitlines()[-1])
    where = run([str(commands / "python"), "-c", "import dateline; print(dateline.__file__)"], place)
    assert str(ROOT) not in where, where


def run(words: list[str], place: Path) -> str:
    """What a command prints; ends everything where it fails. Nothing of the checkout is on its paths."""
    outside = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "VIRTUAL_ENV"}}
    done = subprocess.run(words, cwd=place, env=outside, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(words)}\nexit status {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


if __name__ == "__main__":
    main()
