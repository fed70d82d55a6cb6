"""The explorer, started from the command line."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from dateline.commands.correcting import person
from dateline.commands.options import Where
from dateline.desk import Desk
from dateline.errors import DatelineError

SERVER: dict[str, Any] = {
    "log_level": "warning",
    "access_log": False,
    "server_header": False,
    "proxy_headers": False,
    "timeout_keep_alive": 10,
    "limit_concurrency": 256,
    "h11_max_incomplete_event_size": 32_768,
}
"""How requests are taken: nothing that a client sends is believed or written down, and nobody holds a line for long."""
TOKEN = "DATELINE_TOKEN"  # noqa: S105 - the name of the variable
SHORTEST = 16
"""Characters of a token."""


def serve(
    archive: Where = None,
    port: Annotated[int, typer.Option(help="Port to listen on.", min=1, max=65535)] = 8321,
    host: Annotated[str, typer.Option(help="Address to listen on; wider than this machine only with a token.")] = (
        "127.0.0.1"
    ),
    allow_host: Annotated[
        list[str] | None, typer.Option(help="A further name that it is called by.", show_default=False)
    ] = None,
    read_only: Annotated[bool, typer.Option("--read-only", help="Show, and let nobody correct.")] = False,
) -> None:
    """Look at an archive in a browser, and let programs ask it. It listens to this machine alone."""
    try:
        import uvicorn

        from dateline.serve.app import explorer, is_loopback, names_of
        from dateline.serve.house import House
    except ImportError as error:
        raise DatelineError(
            f"the explorer needs packages that are not installed ({error.name}): pip install 'dateline[serve]'"
        ) from None
    token = token_for(loopback=is_loopback(host))
    desk = Desk()
    where = archive or desk.settings.archive
    with desk.archive(where, read_only=read_only) as kept:
        hosts = names_of(host, port, allow_host or ())
        house = House(kept, shown_name(where), person(), writes=not read_only)
        house.shelf.begin()
        print(f"open http://{hosts[0] if hosts else host}/ in a browser; Ctrl-C ends it", file=sys.stderr)
        uvicorn.run(explorer(house, hosts=hosts, token=token), host=host.strip("[]"), port=port, **SERVER)


def token_for(*, loopback: bool) -> str | None:
    """The token of the environment. Raises :class:`DatelineError` for one that can be guessed, and for none where
    others than this machine can ask."""
    token = os.environ.get(TOKEN)
    if token is not None and (len(token) < SHORTEST or not token.isascii() or not token.isalnum()):
        raise DatelineError(f"{TOKEN} needs {SHORTEST} or more letters and digits")
    if token is None and not loopback:
        raise DatelineError(
            f"others could read and correct the archive: set {TOKEN} to a secret of {SHORTEST} or more letters and "
            "digits, or listen to this machine alone (127.0.0.1)"
        )
    return token


def shown_name(where: str) -> str:
    """What pages call an archive: a file's name, a server's database; no folder, user or password."""
    return Path(where).name if "://" not in where else where.rpartition("/")[2].partition("?")[0] or "archive"
