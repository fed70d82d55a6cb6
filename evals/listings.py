"""Writes the listings of the manual from what the commands print, so that they show what is, and a test compares them.

    python -m evals.listings      (make listings)

Before a listing stands a comment that says how it is made:

    <!-- shows: dateline chronicle | first 2 … entry "arrest, happened" -->

``first N``, ``last N`` and ``entry "words"`` (an entry of a chronicle with its day, by words of its first line) are cut
out of what the command prints, ``…`` stands where lines are left out; without a bar all of it is shown. In a command
``{words}`` is the id of the event whose first line has these words. A command that is shown itself is written with its
ids by ``<!-- types: dateline show {shooting, denied} -->``. The commands of a page are run in the order of the page, in
an archive of the example that is made for it.
"""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGES = (ROOT / "docs" / "tutorial" / "many-reports.md", ROOT / "README.md")
ADD = "dateline add examples/archive"
LEFT_OUT = "…"
_MADE = re.compile(r"<!-- (shows|types): (.+?) -->\n+```\n(.*?)```", re.S)
_PASSING = (
    (re.compile(r"\d+\.\d MB, SQLite [\d.]+"), "1.0 MB, SQLite 3.53.4"),
    (re.compile(r"^( +\d+) \d{4}-\d\d-\d\d \w+:", re.M), r"\1 2026-11-26 ana:"),
    (re.compile(r"^(read by .*? )[0-9a-f]{12}(?= \()", re.M), r"\g<1>b4213e95e132"),
)
"""What differs between two machines or days: the size, the person, the hash of the knowledge."""


class Example:
    """The archive of the example (``dateline.db`` in ``folder``), and what commands say to it. ``added`` is what
    ``add`` printed, where it was run before."""

    def __init__(self, folder: Path, added: str | None = None) -> None:
        self.folder = folder
        if not (folder / "examples").exists():
            (folder / "examples").symlink_to(ROOT / "examples")
        self.added = added if added is not None else self._said(ADD)

    def say(self, command: str) -> str:
        """What a command prints; ``{words}`` in it are put in place by :meth:`typed`."""
        return self.added if command == ADD else self._said(self.typed(command))

    def typed(self, command: str) -> str:
        """The command with the ids of the events that it names by words."""
        return re.sub(r"\{(.+?)\}", lambda match: self._id(match[1]), command)

    def _id(self, words: str) -> str:
        found = re.search(rf"\[(e\w+)\][^\n]*{re.escape(words)}", self._said("dateline chronicle --every"))
        if found is None:
            raise ValueError(f"no event of the example has {words!r} in its first line")
        return found[1]

    def _said(self, command: str) -> str:
        from typer.testing import CliRunner

        from dateline.cli import app

        with _in(self.folder):
            done = CliRunner().invoke(app, shlex.split(command)[1:])
        if done.exit_code:
            raise ValueError(f"{command}: exit status {done.exit_code}: {done.output} {done.exception}")
        return str(done.output)


@contextlib.contextmanager
def _in(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def page(text: str, example: Example) -> str:
    """A page with its listings written anew."""
    return _MADE.sub(lambda match: f"<!-- {match[1]}: {match[2]} -->\n```\n{_listing(match, example)}```", text)


def _listing(match: re.Match[str], example: Example) -> str:
    if match[1] == "types":
        return example.typed(match[2]) + "\n"
    command, _, wanted = match[2].partition(" | ")
    return passing(cut(example.say(command), wanted))


def passing(text: str) -> str:
    """The text with what differs between two machines or days as it stands in the manual."""
    for pattern, instead in _PASSING:
        text = pattern.sub(instead, text)
    return text


def cut(printed: str, wanted: str) -> str:
    """The parts of what was printed that a listing shows."""
    lines = printed.rstrip("\n").split("\n")
    if not wanted:
        return printed.rstrip("\n") + "\n"
    parts = wanted.split(f" {LEFT_OUT} ")
    shown: list[int] = []
    for part in parts:
        shown += [k for k in _part(lines, part) if k not in shown]
    found = [LEFT_OUT] if shown[0] > 0 and parts[0].startswith("last") else []
    for n, k in enumerate(shown):
        between = lines[shown[n - 1] + 1 : k] if n else []
        if between:
            found.append(LEFT_OUT if any(between) else "")
        found.append(lines[k])
    if shown[-1] < len(lines) - 1 and parts[-1].startswith("first"):
        found.append(LEFT_OUT)
    return "\n".join(found) + "\n"


def _part(lines: list[str], part: str) -> list[int]:
    kind, _, value = part.partition(" ")
    if kind == "first":
        return list(range(int(value)))
    if kind == "last":
        return list(range(len(lines) - int(value), len(lines)))
    words = value.strip('"')
    start = next((k for k, line in enumerate(lines) if line.startswith("  [") and words in line), None)
    if kind != "entry" or start is None:
        raise ValueError(f"nothing printed is {part!r}")
    end = next((k for k in range(start + 1, len(lines)) if not lines[k].startswith("      ")), len(lines))
    day = next(k for k in range(start, -1, -1) if lines[k] and not lines[k].startswith(" "))
    return [day, *range(start, end)]


def main() -> None:
    """Write every page."""
    with tempfile.TemporaryDirectory() as folder:
        example = Example(Path(folder))
        for file in PAGES:
            file.write_text(page(file.read_text(encoding="utf-8"), example), encoding="utf-8")
            print(file.relative_to(ROOT))


if __name__ == "__main__":
    main()
