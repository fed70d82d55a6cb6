"""The command line: parses the request, asks the Desk, shows the answer.

Exit status: 0 all was read; 1 at least one report could not be read (the others were); 2 the command is wrong.
With ``--jsonl`` a row that cannot be read is an error row of the output, and the status stays 0.
"""

from __future__ import annotations

import gc
import itertools
import os
import re
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import IO, Annotated, Any, NamedTuple

import typer

from dateline.commands import register
from dateline.desk import FORMATS, ROW_FORMATS, Desk, copy_lines
from dateline.errors import DatelineError
from dateline.model import Record
from dateline.version import __version__

app = typer.Typer(
    name="dateline",
    help="Read news reports and write the record: who did what to whom, where, when, who says so, and how sure.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
register(app)
SUFFIX = {"text": ".txt", "json": ".json", "standoff": ".json", "html": ".html", "conllu": ".conllu"}


class Wanted(NamedTuple):
    """What the command line asked for."""

    to: str
    out: Path | None
    several: bool
    published: str | None
    publisher: str | None
    title: str | None


Reports = Annotated[
    list[str] | None, typer.Argument(help="Files, folders, addresses; - is standard input.", show_default=False)
]
Published = Annotated[str | None, typer.Option(help="Day of publication, as 2023-09-16.", show_default=False)]
Publisher = Annotated[str | None, typer.Option(help="Name of the outlet.", show_default=False)]
Title = Annotated[str | None, typer.Option(help="Headline, where the text does not hold it.", show_default=False)]
To = Annotated[str | None, typer.Option(help=f"One of {', '.join(FORMATS)}.  [default: text; standoff with --jsonl]")]
Out = Annotated[Path | None, typer.Option("--out", "-o", help="File to write (a folder for several reports).")]
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
) -> None:
    """Read reports and write their records."""
    if (jsonl is None) == (not reports):
        raise typer.BadParameter("give either report files (or - for standard input), or --jsonl FILE")
    if jsonl is not None:
        desk = _desk(workers, doubtful)
        form = _one_of(to or "standoff", ROW_FORMATS)
        _write_rows(jsonl, out, lambda lines: desk.rows(lines, form))
        return
    given = reports or []
    if out is not None and len(given) > 1 and out.is_file():
        raise typer.BadParameter(f"{out} is a file; several reports need a folder")
    wanted = Wanted(_one_of(to or "text", FORMATS), out, len(given) > 1, published, publisher, title)
    if all(Desk.plain(report) for report in given):
        failed = [report for report in given if not _read_one(_desk(None, doubtful), report, wanted)]
        raise typer.Exit(1 if failed else 0)
    raise typer.Exit(0 if _read_sources(_desk(workers, doubtful), given, wanted) else 1)


@app.command()
def merge(
    jsonl: Annotated[Path, typer.Option(help="JSON Lines: one report a line.")],
    out: Out = None,
    to: To = None,
    workers: Workers = None,
) -> None:
    """Read many reports and lay them side by side: stories, copies, and events told more than once."""
    _one_of(to or "standoff", ("standoff",))
    desk = _desk(workers)
    _write_rows(jsonl, out, desk.merged_rows)


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


def _read_one(desk: Desk, report: str, wanted: Wanted) -> bool:
    """Read one report and write it; False, with a line on standard error, where that failed."""
    about: dict[str, Any] = {"published": wanted.published, "publisher": wanted.publisher, "title": wanted.title}
    try:
        if report == "-":
            record = desk.read_bytes(sys.stdin.buffer.read(desk.settings.max_bytes + 1), id="stdin", **about)
        else:
            record = desk.read_file(Path(report), **about)
        _write_record(desk, record, report, wanted)
    except DatelineError as error:
        print(f"dateline: {_name(report)}: {error.stage}: {error}", file=sys.stderr)
        return False
    for fault in record.faults:
        print(f"dateline: {_name(report)}: {fault.stage}: {fault.kind}: {fault.reason}", file=sys.stderr)
    return not any(fault.kind == "error" for fault in record.faults)


def _read_sources(desk: Desk, given: list[str], wanted: Wanted) -> bool:
    """Read whatever was named and write every record; False where a report could not be read or written."""
    results = desk.read_sources(given, published=wanted.published, publisher=wanted.publisher, title=wanted.title)
    first = list(itertools.islice(results, 2))
    wanted = wanted._replace(several=wanted.several or len(first) > 1)
    sound, names = True, Counter[str]()
    for result in itertools.chain(first, results):
        if isinstance(result, Record):
            where, faults = result.article.origin or result.article.id, result.faults
            name = re.sub(r"[^\w.#=-]+", "_", result.article.id).lstrip(".")[-120:]
            names[name] += 1
            _write_record(desk, result, name if names[name] == 1 else f"{name}-{names[name]}", wanted)
        else:
            where, faults = result.origin or result.id, ()
            reason = f"{result.reason}; {result.hint}" if result.hint else result.reason
            where = where if result.offset is None else f"{where}: part {result.offset}"
            print(f"dateline: {where}: {result.stage}: {reason}", file=sys.stderr)
        for fault in faults:
            print(f"dateline: {where}: {fault.stage}: {fault.kind}: {fault.reason}", file=sys.stderr)
        sound = sound and isinstance(result, Record) and not any(fault.kind == "error" for fault in faults)
    return sound


def _name(report: str) -> str:
    """A file name that cannot play tricks on a terminal."""
    return "standard input" if report == "-" else "".join(c if c.isprintable() else "?" for c in report)


def _write_record(desk: Desk, record: Any, report: str, wanted: Wanted) -> None:
    if wanted.out is None:
        terminal = sys.stdout.isatty()
        width = max(60, min(os.get_terminal_size().columns, 140)) if terminal else 100
        colour = terminal and "NO_COLOR" not in os.environ
        sys.stdout.write(desk.export(record, wanted.to, colour=colour, width=width, compact=wanted.several))
        sys.stdout.flush()
        return
    target = wanted.out
    if wanted.several or target.is_dir():
        target.mkdir(parents=True, exist_ok=True)
        target = target / (Path(report).name.removesuffix(".txt") + SUFFIX[wanted.to])
    with _replaced(target) as stream:
        stream.write(desk.export(record, wanted.to).encode("utf-8", errors="surrogatepass"))


def _write_rows(jsonl: Path, out: Path | None, reading: Any) -> None:
    """Stream rows through ``reading`` into a file (written whole or not at all) or standard output."""
    try:
        with _opened(jsonl) as lines:
            if out is None:
                copy_lines(reading(lines), sys.stdout.buffer)
                sys.stdout.buffer.flush()
            else:
                with _replaced(out) as stream:
                    copy_lines(reading(lines), stream)
    except DatelineError as error:
        print(f"dateline: {jsonl}: {error.stage}: {error}", file=sys.stderr)
        raise typer.Exit(1) from None
    except OSError as error:
        print(f"dateline: {error.filename or jsonl}: {error.strerror}", file=sys.stderr)
        raise typer.Exit(1) from None


@contextmanager
def _opened(jsonl: Path) -> Iterator[IO[bytes]]:
    if str(jsonl) == "-":
        yield sys.stdin.buffer
        return
    with jsonl.open("rb") as lines:
        yield lines


@contextmanager
def _replaced(target: Path) -> Iterator[IO[bytes]]:
    """A file that takes its name only when it is complete."""
    if not target.parent.is_dir():
        raise DatelineError(f"the folder {target.parent} does not exist; make it first")
    if target.exists() and not target.is_file():
        with target.open("wb") as stream:  # a device or pipe such as /dev/stdout
            yield stream
        return
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(name, 0o666 & ~_umask())
        os.replace(name, target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


STOPPED = {130, 128 + signal.SIGTERM}
"""Exit status after Ctrl-C, and after a request to end."""


def main() -> None:
    """Run the command line; errors of the user's become a line, never a traceback."""
    gc.set_threshold(20_000, 20, 100)  # tables and parser make a million objects that stay: seldom worth a look
    signal.signal(signal.SIGTERM, _end)
    try:
        app()
    except DatelineError as error:
        print(f"dateline: {error.stage}: {error}", file=sys.stderr)
        sys.exit(1)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except SystemExit as ended:
        if ended.code in STOPPED:
            print("dateline: stopped; run the same command again to go on", file=sys.stderr)
        raise


def _end(number: int, _frame: object) -> None:
    """Ends as after Ctrl-C: processes and folders that were made are not left behind."""
    sys.exit(128 + number)
