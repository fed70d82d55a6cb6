"""Reports into an archive and out of it again, and how much it holds."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dateline.commands.options import Where, looking
from dateline.desk import Desk

if TYPE_CHECKING:
    from dateline.archive.adding import Added
    from dateline.model import Rejection


def add(
    sources: Annotated[list[str], typer.Argument(help="Files, folders, addresses; - is standard input.")],
    archive: Where = None,
    published: Annotated[str | None, typer.Option(help="Day of publication.", show_default=False)] = None,
    publisher: Annotated[str | None, typer.Option(help="Name of the outlet.", show_default=False)] = None,
    workers: Annotated[int | None, typer.Option(help="Processes that read.", min=1, show_default=False)] = None,
    again: Annotated[bool, typer.Option("--again", help="Take back in what was forgotten.")] = False,
) -> None:
    """Read reports into the archive. Run again after a stop it goes on where it was."""
    import msgspec

    from dateline.intake.found import About

    desk = Desk()
    if workers:
        desk = Desk(msgspec.structs.replace(desk.settings, workers=workers))
    with desk.archive(archive, create=True) as kept, _progress() as told:
        added = kept.add(sources, About(published=published, publisher=publisher), again=again, told=told)
    print(added.summary)
    raise typer.Exit(1 if added.errors else 0)


@contextmanager
def _progress() -> Iterator[Any]:
    """A line that counts on a terminal; errors as they come, everywhere."""
    terminal = sys.stderr.isatty()

    def told(added: Added, error: Rejection | None) -> None:
        if error is not None:
            where = error.origin or error.id
            part = f", part {error.offset}" if error.offset is not None else ""
            hint = f" ({error.hint})" if error.hint else ""
            _clear(terminal)
            print(f"dateline: {where}{part}: {error.stage}: {error.reason}{hint}", file=sys.stderr)
        if terminal:
            print(f"\r{added.summary} ", end="", file=sys.stderr, flush=True)

    yield told
    _clear(terminal)


def _clear(terminal: bool) -> None:
    if terminal:
        print("\r\x1b[K", end="", file=sys.stderr)


def status(archive: Where = None) -> None:
    """How much the archive holds, and how it was made."""
    with looking(archive) as kept:
        found = kept.status()
    named = ", ".join(found.faulty_first) + (", …" if found.faulty > len(found.faulty_first) else "")
    rows = {
        "inputs": f"{found.inputs} = {found.records} reports + {found.duplicates} duplicates + {found.errors} errors",
        "editions": f"{found.editions} of other reports",
        "with faults": f"{found.faulty}: {named}" if found.faulty else "0",
        "forgotten": str(found.forgotten),
        "events": f"{found.events} tellings of {found.worlds} events in {found.stories} stories",
        "judgements": f"{found.judgements} by persons",
        "size": f"{found.size / 1e6:.1f} MB, {found.engine}, schema {found.schema}",
        "read by": ", ".join(f"{version or 'unknown'} ({count})" for version, count in sorted(found.made_by.items())),
    }
    for name, value in rows.items():
        print(f"{name:12} {value}")


def reread(archive: Where = None) -> None:
    """Read again, from the kept texts, what another version or other knowledge read. Corrections stay."""
    with Desk().archive(archive) as kept:
        done, failed = kept.reread()
    for error in failed:
        print(f"dateline: {error.origin or error.id}: {error.stage}: {error.reason}", file=sys.stderr)
    print(f"{done} reports read again, {len(failed)} left as they were")
    raise typer.Exit(1 if failed else 0)


def forget(
    report: Annotated[str, typer.Argument(help="Id of the report, or its beginning.")],
    reason: Annotated[str, typer.Option(help="Why it goes.")],
    archive: Where = None,
) -> None:
    """Take a report out: its record, events and words. Its hash stays, so that it does not come back unasked."""
    with Desk().archive(archive) as kept:
        kept.forget(report, reason)
    print(f"forgotten: {report}")
