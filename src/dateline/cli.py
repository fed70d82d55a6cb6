"""The command line: parses the request, asks the Desk, shows the answer.

Exit status: 0 all was read; 1 at least one report could not be read (the others were); 2 the command is wrong.
With ``--jsonl`` a row that cannot be read is an error row of the output, and the status stays 0.
"""

from __future__ import annotations

import gc
import itertools
import os
import signal
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import IO, Annotated, Any, NamedTuple

import typer

from dateline.commands import register
from dateline.commands.streams import flushed, stand_in, write_events
from dateline.desk import FORMATS, ROW_FORMATS, Desk, copy_lines
from dateline.errors import DatelineError, InputError, OutputError
from dateline.intake.inputs import printable
from dateline.model import Article, Record, Rejection
from dateline.version import __version__
from dateline.writing import Names, refuse_existing, written

app = typer.Typer(
    name="dateline",
    help="Read news reports and write the record: who did what to whom, where, when, who says so, and how sure.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
register(app)
SUFFIX = {
    "text": ".txt",
    "json": ".json",
    "standoff": ".json",
    "html": ".html",
    "conllu": ".conllu",
    "compact": ".json",
}


class Wanted(NamedTuple):
    """What the command line asked for."""

    to: str
    out: Path | None
    several: bool
    published: str | None
    publisher: str | None
    title: str | None
    overwrite: bool


Reports = Annotated[
    list[str] | None, typer.Argument(help="Files, folders, addresses; - is standard input.", show_default=False)
]
Published = Annotated[str | None, typer.Option(help="Day of publication, as 2023-09-16.", show_default=False)]
Publisher = Annotated[str | None, typer.Option(help="Name of the outlet.", show_default=False)]
Title = Annotated[str | None, typer.Option(help="Headline, where the text does not hold it.", show_default=False)]
To = Annotated[
    str | None,
    typer.Option(
        help=f"One of {', '.join(FORMATS)}, or of events alone csv, parquet, geojson …  "
        "[default: text; standoff with --jsonl]"
    ),
]
Out = Annotated[Path | None, typer.Option("--out", "-o", help="File to write (a folder for several reports).")]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace files that exist.")]
Jsonl = Annotated[Path | None, typer.Option(help="JSON Lines: one report a line, keys id, text, title, published ...")]
Workers = Annotated[int | None, typer.Option(help="Processes that read.", min=1, show_default=False)]


@app.callback(invoke_without_command=True)
def start(version: Annotated[bool, typer.Option("--version", help="Show the version and stop.")] = False) -> None:
    """Options that stand before the command."""
    if version:
        print(__version__)
        raise typer.Exit


@app.command()
def read(
    reports: Reports = None,
    published: Published = None,
    publisher: Publisher = None,
    title: Title = None,
    to: To = None,
    out: Out = None,
    jsonl: Jsonl = None,
    workers: Workers = None,
    doubtful: Annotated[bool, typer.Option("--doubtful", help="Show lines that are too doubtful as well.")] = False,
    overwrite: Overwrite = False,
) -> None:
    """Read reports and write their records."""
    if (jsonl is None) == (not reports):
        raise typer.BadParameter("give either report files (or - for standard input), or --jsonl FILE")
    desk, given = _desk(workers, doubtful), reports or []
    if jsonl is not None:
        form = _one_of(to or "standoff", ROW_FORMATS)
        _fits(out, overwrite)
        _write_rows(jsonl, out, overwrite, lambda lines: desk.rows(lines, form, published, publisher, title, _told))
        return
    form = _one_of(to or "text", FORMATS + (Desk.event_formats() if to not in {None, *FORMATS} else ()))
    wanted = Wanted(form, out, len(given) > 1, published, publisher, title, overwrite)
    if out is not None and wanted.several and out.is_file():
        raise typer.BadParameter(f"{out} is a file; several reports need a folder")
    if not wanted.several and (out is None or not out.is_dir()):
        _fits(out, overwrite)
    raise typer.Exit(0 if _read_sources(desk, given, wanted) else 1)


def _fits(out: Path | None, overwrite: bool) -> None:
    """Refuses a file that could not be written, before anything is read for it."""
    if out is not None:
        refuse_existing(out, overwrite=overwrite)


@app.command()
def merge(
    jsonl: Annotated[Path, typer.Option(help="JSON Lines: one report a line.")],
    out: Out = None,
    to: To = None,
    workers: Workers = None,
    overwrite: Overwrite = False,
) -> None:
    """Read many reports and lay them side by side: stories, copies, and events told more than once."""
    _one_of(to or "standoff", ("standoff",))
    desk = _desk(workers)
    _fits(out, overwrite)
    _write_rows(jsonl, out, overwrite, desk.merged_rows)


@app.command()
def data(
    what: Annotated[str, typer.Argument(help="check: look for mistakes; build: make the gazetteer now.")] = "check",
) -> None:
    """Check the knowledge files, or build what is made of them."""
    _one_of(what, ("check", "build"))
    if what == "build":
        print(Desk.build_knowledge())
        return
    problems = list(Desk.check_knowledge())
    print("\n".join(problems) or "the knowledge files hold")
    raise typer.Exit(1 if problems else 0)


@app.command()
def who(
    name: Annotated[str, typer.Argument(help="A name as a report writes it, in any spelling.")],
    on: Annotated[str | None, typer.Option(help="Day of the report, as 2023-09-16.", show_default=False)] = None,
) -> None:
    """Explain what a name is linked to, and why. Exit status 1 for a name that no table holds."""
    found = Desk.who(name, _day(on))
    for bearer in found:
        code = f"{bearer.country or ''}{bearer.sector or ''}" or "-"
        print(f"{'linked' if bearer.linked else 'may be':7} {bearer.name}  [{bearer.id}]  {bearer.kind}  {code}")
        if bearer.post:
            print(f"        {bearer.post}")
        print(f"        {bearer.why}")
    if not found:
        print(f"no table holds {name!r}")
    raise typer.Exit(0 if found else 1)


def _day(given: str | None) -> date | None:
    try:
        return date.fromisoformat(given) if given else None
    except ValueError:
        raise typer.BadParameter(f"{given!r} is no day; write it as 2023-09-16", param_hint="--on") from None


def _desk(workers: int | None, doubtful: bool = False) -> Desk:
    """A desk with the settings of this process and what the command line asked for beside them."""
    import msgspec

    desk = Desk()
    asked: dict[str, Any] = {"workers": workers} if workers else {}
    asked |= {"doubtful": True} if doubtful else {}
    return Desk(msgspec.structs.replace(desk.settings, **asked)) if asked else desk


def _one_of(given: str, allowed: Iterable[str]) -> str:
    if given not in allowed:
        raise typer.BadParameter(f"{given!r} is no format here; choose one of {', '.join(allowed)}", param_hint="--to")
    return given


def _read_sources(desk: Desk, given: list[str], wanted: Wanted) -> bool:
    """Read whatever was named and write every record; False where a report could not be read or written."""
    results = desk.read_sources(given, published=wanted.published, publisher=wanted.publisher, title=wanted.title)
    first = list(itertools.islice(results, 2))
    wanted = wanted._replace(several=wanted.several or len(first) > 1)
    names, sound = Names(SUFFIX.get(wanted.to) or Desk.event_suffix(wanted.to)), True
    for result in itertools.chain(first, results):
        if not isinstance(result, Record):
            _complain(result, result.stage, f"{result.reason}; {result.hint}" if result.hint else result.reason)
            sound = False
            continue
        for fault in result.faults:
            _complain(result.article, fault.stage, f"{fault.kind}: {fault.reason}")
            sound = sound and fault.kind != "error"
        try:
            _write_record(desk, result, names, wanted)
        except DatelineError as error:
            _complain(result.article, error.stage, str(error))
            sound = False
    return sound


def _told(result: Record | Rejection) -> None:
    """Names on standard error a row that fails, and one whose day cannot be read."""
    if isinstance(result, Rejection):
        _complain(result, result.stage, result.reason)
        return
    for fault in result.faults:
        if fault.kind == "error" or result.article.published_words is not None:
            _complain(result.article, fault.stage, f"{fault.kind}: {fault.reason}")


def _complain(about: Rejection | Article, stage: str, reason: str) -> None:
    """A line on standard error that names the report: its input, and its place or name in one that holds several."""
    where = about.origin or about.id
    if isinstance(about, Rejection) and about.offset is not None:
        where = f"{where}: part {about.offset}"
    elif isinstance(about, Article) and "#" in about.id:
        where = f"{where}: part {about.id.partition('#')[2]}"
    print(f"dateline: {where}: {stage}: {reason}", file=sys.stderr)


def _write_record(desk: Desk, record: Record, names: Names, wanted: Wanted) -> None:
    target = _target(record, names, wanted) if wanted.out is not None else None
    if wanted.to not in FORMATS:
        write_events(desk.events(record), wanted.to, target, overwrite=wanted.overwrite)
        return
    if target is None:
        terminal = sys.stdout.isatty()
        width = max(60, min(os.get_terminal_size().columns, 140)) if terminal else 100
        colour = terminal and "NO_COLOR" not in os.environ
        sys.stdout.write(desk.export(record, wanted.to, colour=colour, width=width, compact=wanted.several))
        sys.stdout.flush()
        return
    with written(target, overwrite=wanted.overwrite) as stream:
        stream.write(desk.export(record, wanted.to).encode("utf-8", errors="surrogatepass"))


def _target(record: Record, names: Names, wanted: Wanted) -> Path:
    """The file of a record: the one that was named, or one of its own in the folder."""
    target = wanted.out
    assert target is not None
    if wanted.several or target.is_dir():
        if target.exists() and not target.is_dir():
            raise OutputError(f"{target} is a file; several reports need a folder")
        target.mkdir(parents=True, exist_ok=True)
        target = target / names.name(record.article.id)
    return target


def _write_rows(jsonl: Path, out: Path | None, overwrite: bool, reading: Any) -> None:
    """Stream rows through ``reading`` into a file (written whole or not at all) or standard output."""
    try:
        with _opened(jsonl) as lines:
            if out is None:
                copy_lines(reading(lines), sys.stdout.buffer)
                sys.stdout.buffer.flush()
            else:
                with written(out, overwrite=overwrite) as stream:
                    copy_lines(reading(lines), stream)
    except DatelineError as error:
        print(f"dateline: {printable(jsonl)}: {error.stage}: {error}", file=sys.stderr)
        raise typer.Exit(1) from None


@contextmanager
def _opened(jsonl: Path) -> Iterator[IO[bytes]]:
    if str(jsonl) == "-":
        yield sys.stdin.buffer
        return
    try:
        lines = jsonl.open("rb")
    except OSError as error:
        raise InputError(f"it cannot be opened: {error.strerror or error}") from None
    with lines:
        yield lines


STOPPED = {130, 128 + signal.SIGTERM}
"""Exit status after Ctrl-C, and after a request to end."""


def main() -> None:
    """Run the command line; errors of the user's become a line, never a traceback."""
    gc.set_threshold(20_000, 20, 100)  # tables and parser make a million objects that stay: seldom worth a look
    signal.signal(signal.SIGTERM, _end)
    stand_in()
    status: Any = 0
    try:
        app()
    except DatelineError as error:
        print(f"dateline: {error.stage}: {error}", file=sys.stderr)
        status = 1
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        where = f"{printable(error.filename)}: " if error.filename else ""
        print(f"dateline: {where}{error.strerror or error}", file=sys.stderr)
        status = 1
    except UnicodeEncodeError:
        print("dateline: a name holds bytes that are not UTF-8, which cannot be written here", file=sys.stderr)
        status = 1
    except SystemExit as ended:
        status = ended.code
    if status in STOPPED:
        print("dateline: stopped; run the same command again to go on", file=sys.stderr)
    sys.exit(flushed(status))


def _end(number: int, _frame: object) -> None:
    """Ends as after Ctrl-C: processes and folders that were made are not left behind."""
    sys.exit(128 + number)
