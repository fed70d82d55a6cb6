"""Tries the wheel on each Python that the project says it runs on, where one is at hand.

    python -m evals.matrix [--tests]        (make matrix, make matrix TESTS=--tests)

An interpreter is looked for on the path and among those of pyenv and uv; where there is none, it is said. With
``--tests`` the tests run on each too, in an environment of its own (``.venv-3.12``). Exit status 1 where any failed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VERSIONS = ("3.11", "3.12", "3.13")
"""As the classifiers of ``pyproject.toml`` have them; a test compares."""
ROOTS = ("~/.pyenv/versions", "~/.local/share/uv/python")


def interpreters(version: str) -> Iterator[str]:
    """Where an interpreter of a version may be, the path first."""
    found = shutil.which(f"python{version}")
    if found is not None:
        yield found
    for root in (os.environ.get("UV_PYTHON_INSTALL_DIR", ""), *ROOTS):
        if root:
            yield from map(str, sorted(Path(root).expanduser().glob(f"*{version}*/bin/python{version}")))


def runs(python: str, version: str) -> bool:
    """Whether it starts and is what it is called: a stand-in of pyenv may be neither."""
    code = "import sys, venv; print('%d.%d' % sys.version_info[:2])"
    try:
        done = subprocess.run([python, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    except OSError:
        return False
    return done.returncode == 0 and done.stdout.strip() == version


def tried(python: str, version: str, tests: bool) -> bool:
    """Whether the wheel works, and the tests pass where they are asked for."""
    ran = [[sys.executable, "-m", "evals.wheel", python]]
    if tests:
        ran.append(["make", "check", f"PYTHON={python}", f"VENV=.venv-{version}"])
    return all(subprocess.run(command, cwd=ROOT, check=False).returncode == 0 for command in ran)


def main() -> None:
    """Go through the versions."""
    tests, ended = "--tests" in sys.argv[1:], dict[str, str]()
    for version in VERSIONS:
        python = next((p for p in interpreters(version) if runs(p, version)), None)
        if python is None:
            ended[version] = "not at hand"
            continue
        print(f"Python {version}: {python}", flush=True)
        ended[version] = "works" if tried(python, version, tests) else "FAILED"
    for version, end in ended.items():
        print(f"Python {version}: {end}")
    sys.exit("FAILED" in ended.values())


if __name__ == "__main__":
    main()
