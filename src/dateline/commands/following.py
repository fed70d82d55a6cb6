"""Feeds and pages followed into an archive, once or again and again."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.commands.options import Where
from dateline.desk import Desk
from dateline.errors import DatelineError

if TYPE_CHECKING:
    from dateline.follow.following import Came, Follower


def follow(
    plan: Annotated[Path, typer.Argument(help="File of feeds, pages and watch rules (TOML).", show_default=False)],
    archive: Where = None,
    every: Annotated[float | None, typer.Option(help="Minutes between two rounds.", min=1, show_default=False)] = None,
) -> None:
    """Follow feeds and pages into an archive, politely, and tell what is new, changed or contradicted."""
    with Desk().following(plan, archive, _said) as follower:
        if every is None:
            came = _told(follower.once())
            raise typer.Exit(1 if came.round.failed or came.round.added.errors else 0)
        while True:
            began = time.monotonic()
            _round(follower)
            time.sleep(max(0.0, began + every * 60 - time.monotonic()))


def _round(follower: Follower) -> None:
    """One round of many: what goes wrong in it is told, and the next may go well."""
    try:
        _told(follower.once())
    except DatelineError as error:
        print(f"dateline: {error.stage}: {error}", file=sys.stderr)


def _told(came: Came) -> Came:
    width = max(60, min(os.get_terminal_size().columns, 140)) if sys.stdout.isatty() else 100
    print(came.round.summary, file=sys.stderr)
    sys.stdout.write(came.text(width))
    sys.stdout.flush()
    return came


def _said(name: str, words: str) -> None:
    from dateline.export.visible import one_line

    print(f"dateline: {one_line(name)}: {one_line(words)}", file=sys.stderr)
