"""The command for many reports at once: shards in, shards of records out, with a bar that tells rate and time left."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dateline.commands.options import one_of
from dateline.desk import Desk

if TYPE_CHECKING:
    from dateline.batch.running import Progress

FORMS = ("jsonl", "parquet")
QUIET = 30.0
"""Seconds between two lines where standard error is no terminal."""
_DOING = {"read": "reading", "file": "filing"}


Sources = Annotated[list[str], typer.Argument(help="Files, folders, patterns; also in object stores (s3://…).")]
Target = Annotated[str, typer.Argument(help="Folder of the output; also in an object store.")]
To = Annotated[str, typer.Option(help="Form of the shards: jsonl or parquet.")]
Workers = Annotated[int | None, typer.Option(help="Processes that read.", min=1, show_default=False)]
Engine = Annotated[str, typer.Option(help="local, or ray (many machines).")]
Into = Annotated[str | None, typer.Option("--archive", "-a", help="File it in this archive too.", show_default=False)]
Size = Annotated[int, typer.Option(help="Reports a shard; 0: each input is one.", min=0)]
Published = Annotated[str | None, typer.Option(help="Day of publication.", show_default=False)]
Publisher = Annotated[str | None, typer.Option(help="Name of the outlet.", show_default=False)]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace another batch in OUT.")]


def batch(
    sources: Sources,
    out: Target,
    to: To = "jsonl",
    workers: Workers = None,
    engine: Engine = "local",
    archive: Into = None,
    shard_size: Size = 500,
    published: Published = None,
    publisher: Publisher = None,
    overwrite: Overwrite = False,
) -> None:
    """Read very many reports into shards of records. Run again after a stop it goes on where it was."""
    import msgspec

    from dateline.batch.engines import NAMES
    from dateline.batch.running import Batch
    from dateline.intake.days import day_from
    from dateline.intake.found import About

    one_of(to, FORMS)
    one_of(engine, NAMES)
    day_from(published)
    configured = Desk().settings
    asked = Batch(
        sources=tuple(sources),
        out=out,
        settings=msgspec.structs.replace(configured, workers=workers or configured.workers),
        about=About(published=published, publisher=publisher),
        to=to,  # type: ignore[arg-type]
        engine=engine,  # type: ignore[arg-type]
        shard_size=shard_size,
        overwrite=overwrite,
    )
    with _shown() as told:
        summary, held = Desk.batch(asked, archive, told)
    print(summary.line if held is None else f"{summary.line}\narchive: {held}")
    if summary.errors:
        print(f"dateline: the errors stand in {out.rstrip('/')}/rejects.jsonl, with reasons", file=sys.stderr)
    raise typer.Exit(1 if summary.errors else 0)


@contextmanager
def _shown() -> Iterator[Callable[[str, Progress], None]]:
    """A bar on a terminal; elsewhere a line now and then."""
    if not sys.stderr.isatty():
        yield _Lines().told
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    rate = TextColumn("{task.fields[rate]}")
    columns: tuple[Any, ...] = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), rate)
    with Bars(*columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, tuple[Any, float]] = {}

        def told(what: str, progress: Progress) -> None:
            if what not in tasks:
                task = bars.add_task(_DOING[what], total=progress.total, completed=progress.before, rate="")
                tasks[what] = task, time.monotonic()
            task, begun = tasks[what]
            bars.update(task, completed=progress.ended, rate=f"{_rate(progress, time.monotonic() - begun):.1f}/s")

        yield told


class _Lines:
    """Tells how far it is, in lines on standard error, seldom."""

    def __init__(self) -> None:
        self._begun: dict[str, float] = {}
        self._spoke = time.monotonic()

    def told(self, what: str, progress: Progress) -> None:
        now = time.monotonic()
        begun = self._begun.setdefault(what, now)
        if now - self._spoke < QUIET:
            return
        self._spoke = now
        rate = _rate(progress, now - begun)
        left = ""
        if progress.total is not None and rate:
            minutes = max(progress.total - progress.ended, 0) / rate / 60
            left = f" of {progress.total}, {minutes:.0f} minutes left"
        print(f"dateline: {_DOING[what]}: {progress.ended}{left} ({rate:.1f} a second)", file=sys.stderr, flush=True)


def _rate(progress: Progress, seconds: float) -> float:
    """Inputs a second of this run, which has taken so many seconds."""
    return (progress.ended - progress.before) / max(seconds, 0.001)
