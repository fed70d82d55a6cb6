"""A command line in, what it printed and its exit status out: in this process, with the streams, folder and environment
of its own. What must be seen of a real process (bytes that are not UTF-8, closed streams, imports) is run as one."""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from click.testing import CliRunner

from dateline import settings
from dateline.cli import main


class Done(NamedTuple):
    """How a command ended, named as by :class:`subprocess.CompletedProcess`."""

    returncode: int
    stdout: bytes
    stderr: bytes


def command(*words: str, stdin: bytes = b"", cwd: Path | None = None, **env: str) -> Done:
    """Run ``dateline`` with these words."""
    with CliRunner().isolation(input=stdin, env=env) as (out, err, _both), _as_alone(cwd or Path.cwd()):
        sys.argv = ["dateline", *words]
        try:
            main()
            status: object = 0
        except SystemExit as ended:
            status = ended.code
        sys.stderr.flush()
    return Done(int(str(status or 0)), out.getvalue(), err.getvalue())


@contextlib.contextmanager
def _as_alone(folder: Path) -> Iterator[None]:
    """As in a process of its own: what a command sets of the process is set back, settings are read anew."""
    before, words, thresholds, end = Path.cwd(), sys.argv, gc.get_threshold(), signal.getsignal(signal.SIGTERM)
    held = list(settings._own)
    settings._own.clear()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)
        sys.argv = words
        gc.set_threshold(*thresholds)
        signal.signal(signal.SIGTERM, end)
        settings._own[:] = held
