"""The standard streams: there even where they were closed, and written out before a command says that all is well."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dateline.writing import written

if TYPE_CHECKING:
    from dateline.export.event_table import EventTable


def stand_in() -> None:
    """Puts something in the place of standard streams that were closed: else the next file that is opened takes their
    number, and what is printed goes into it. What cannot be written in their encoding is written as its number."""
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_WRONLY if number == 2 else os.O_RDONLY)
    sys.stdin = sys.stdin or open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - open as long as the process
    sys.stdout = sys.stdout or open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = sys.stderr or open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def write_events(table: EventTable, to: str, out: Path | None, *, overwrite: bool) -> None:
    """Rows of events into a file or standard output; what the format could not hold goes to standard error."""
    made = table.export(to)
    if out is None:
        sys.stdout.buffer.write(made.data)
    else:
        with written(out, overwrite=overwrite) as stream:
            stream.write(made.data)
    for sentence in made.left_out:
        print(f"dateline: {to}: {sentence}", file=sys.stderr)


def flushed(status: Any) -> Any:
    """The exit status of a command, once standard output has taken what was printed: 1, with a line that says why,
    where it did not (closed, or on a full disk)."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _discard()
    except (OSError, ValueError) as error:
        _discard()
        reason = error.strerror if isinstance(error, OSError) else "it is closed"
        print(f"dateline: standard output: not written ({reason})", file=sys.stderr)
        return status or 1
    return status


def _discard() -> None:
    """Sends what standard output still holds nowhere, so that the interpreter does not stumble on it at its end."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
