"""The commands of an archive, and batches: parse the request, ask the Desk, show the answer."""

from __future__ import annotations

from collections.abc import Callable

import typer

from dateline.commands.assisting import mcp
from dateline.commands.batching import batch
from dateline.commands.correcting import (
    actor,
    corrections,
    different,
    no_event,
    place,
    recipient,
    redate,
    rename,
    restatus,
    retype,
    same,
    withdraw,
)
from dateline.commands.filling import add, forget, reread, status
from dateline.commands.finding import chronicle, search, show
from dateline.commands.keeping import backup, check, export, restore
from dateline.commands.serving import serve


def register(app: typer.Typer) -> None:
    """Puts them on the command line."""
    every: tuple[Callable[..., None], ...] = (add, status, search, show, forget, chronicle, same, different, rename)
    every += (
        batch,
        retype,
        place,
        redate,
        restatus,
        actor,
        recipient,
        no_event,
        corrections,
        withdraw,
        reread,
        check,
        backup,
        restore,
        export,
        mcp,
        serve,
    )
    for command in every:
        app.command()(command)
