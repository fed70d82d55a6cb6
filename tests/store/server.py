"""A PostgreSQL server of its own for the tests: found where Debian or the PATH has it, on a socket in a folder that
goes away."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MEMORY = "/dev/shm"
"""A disk in memory, where there is one: the server is made and thrown away in a tenth of the time."""
ACCOUNT = "postgres"
"""Whose server it is where the tests run as root: PostgreSQL refuses to run as root."""


def missing() -> str | None:
    """Why no server can be started here, None where one can."""
    if not programs():
        return (
            "PostgreSQL's initdb is neither in /usr/lib/postgresql/*/bin nor on the PATH (apt-get install postgresql)"
        )
    if os.geteuid() == 0 and shutil.which("runuser") is None:
        return "running as root and without runuser: PostgreSQL refuses to run as root"
    return None


def programs() -> Path | None:
    """The folder of initdb and pg_ctl."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


@contextmanager
def running() -> Iterator[str]:
    """The address of a server while the block runs."""
    folder = Path(tempfile.mkdtemp(prefix="dateline-pg-", dir=MEMORY if os.access(MEMORY, os.W_OK) else None))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, ACCOUNT)
        data = str(folder / "data")
        _run("initdb", "-D", data, "-A", "trust", "-U", "dateline", "--no-sync", "-E", "UTF8", "--locale=C")
        options = f"-k {folder} -c listen_addresses='' -c fsync=off -c max_connections=60"
        _run("pg_ctl", "-D", data, "-w", "-o", options, "-l", str(folder / "log"), "start")
        try:
            yield f"postgresql://dateline@/postgres?host={folder}"
        finally:
            _run("pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def restart(address: str) -> None:
    """Stops the server under an address as a crash would, and starts it again."""
    folder = Path(address.partition("host=")[2].partition("&")[0])
    _run("pg_ctl", "-D", str(folder / "data"), "-m", "immediate", "-w", "-l", str(folder / "log"), "restart")


def _run(program: str, *arguments: str) -> None:
    where = programs()
    assert where is not None
    command = [str(where / program), *arguments]
    if os.geteuid() == 0:
        command = ["runuser", "-u", ACCOUNT, "--", *command]
    subprocess.run(command, check=True, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=60)
