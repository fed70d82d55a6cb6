"""An archive looked through for damage, copied, restored, written out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dateline.commands.options import Overwrite, Where
from dateline.desk import Desk
from dateline.writing import refuse_existing, written


def check(archive: Where = None) -> None:
    """Look for damage. Exit status 1 where there is any."""
    with Desk().archive(archive, read_only=True) as kept:
        problems = list(kept.store.check())
    print("\n".join(problems) or "the archive is sound")
    raise typer.Exit(1 if problems else 0)


def backup(
    to: Annotated[Path, typer.Argument(help="File to write.")],
    archive: Where = None,
    replace: Annotated[bool, typer.Option("--replace", help="Put it in the place of an older backup.")] = False,
) -> None:
    """Copy the archive, checked, while it is in use."""
    with Desk().archive(archive, read_only=True) as kept:
        kept.store.backup(to, replace=replace)
    print(f"written: {to}")


def restore(source: Annotated[Path, typer.Argument(help="A backup.")], archive: Where = None) -> None:
    """Make an archive of a backup, in a place where there is none."""
    desk = Desk()
    desk.restore(source, archive or desk.settings.archive)
    print(f"restored: {archive or desk.settings.archive}")


def export(
    out: Annotated[Path, typer.Option("--out", "-o", help="File to write.")],
    archive: Where = None,
    overwrite: Overwrite = False,
) -> None:
    """Write every record, JSON Lines by report id: the same bytes for the same reports."""
    refuse_existing(out, overwrite=overwrite)
    with Desk().archive(archive, read_only=True) as kept, written(out, overwrite=overwrite) as stream:
        count = kept.export(stream)
    print(f"{count} records: {out}")
