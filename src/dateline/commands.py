"""The commands of an archive: parse the request, ask the Desk, show the answer."""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dateline.desk import Desk
from dateline.errors import DatelineError

if TYPE_CHECKING:
    from dateline.archive.adding import Added
    from dateline.archive.keeping import Archive
    from dateline.model import Rejection
    from dateline.store import Hit, Query

CHRONICLES = ("text", "html", "json")
Where = Annotated[
    str | None, typer.Option("--archive", "-a", help="File or postgresql:// address.", show_default=False)
]
To = Annotated[str, typer.Option(help="text, html or json.")]
Out = Annotated[Path | None, typer.Option("--out", "-o", help="File to write.", show_default=False)]
Name = Annotated[str, typer.Argument(help="An event (e…), a telling (report@start), or a report.")]
Note = Annotated[str, typer.Option(help="Why.", show_default=False)]
Words = Annotated[str | None, typer.Argument(help='Words, "words in quotes" as a phrase.', show_default=False)]
Text = Annotated[str | None, typer.Option(show_default=False)]
Several = Annotated[list[str] | None, typer.Option(show_default=False)]


def register(app: typer.Typer) -> None:
    """Puts the commands of an archive on the command line."""
    every: tuple[Callable[..., None], ...] = (add, status, search, show, forget, chronicle, same, different, rename)
    every += (retype, place, corrections, withdraw, check, backup, restore, export)
    for command in every:
        app.command()(command)


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
    with _looking(archive) as kept:
        found = kept.status()
    rows = {
        "inputs": f"{found.inputs} = {found.records} reports + {found.duplicates} duplicates + {found.errors} errors",
        "editions": f"{found.editions} of other reports",
        "forgotten": str(found.forgotten),
        "events": f"{found.events} tellings of {found.worlds} events in {found.stories} stories",
        "judgements": f"{found.judgements} by persons",
        "size": f"{found.size / 1e6:.1f} MB, {found.engine}, schema {found.schema}",
        "read by": ", ".join(f"{version or 'unknown'} ({count})" for version, count in sorted(found.made_by.items())),
    }
    for name, value in rows.items():
        print(f"{name:12} {value}")


def search(
    words: Words = None,
    archive: Where = None,
    actor: Text = None,
    recipient: Text = None,
    between: Annotated[tuple[str, str] | None, typer.Option(help="Two sides, either way.", show_default=False)] = None,
    code: Text = None,
    type: Several = None,
    mode: Several = None,
    event_status: Annotated[list[str] | None, typer.Option("--status", show_default=False)] = None,
    place: Text = None,
    country: Text = None,
    box: Annotated[
        tuple[float, float, float, float] | None, typer.Option(help="South west north east.", show_default=False)
    ] = None,
    since: Text = None,
    until: Text = None,
    source: Annotated[str | None, typer.Option(help="Who says so; AUTHOR for nobody else.", show_default=False)] = None,
    publisher: Text = None,
    limit: Annotated[int, typer.Option(min=1)] = 50,
    to: Annotated[str, typer.Option(help="text or json.")] = "text",
) -> None:
    """Find events, as single reports tell them; without a filter the newest come last."""
    _one_of(to, ("text", "json"))
    query = _query(
        words=words,
        actor=actor,
        recipient=recipient,
        between=between,
        code=code,
        types=tuple(type or ()),
        modes=tuple(mode or ()),
        statuses=tuple(event_status or ()),
        place=place,
        country=country,
        box=box,
        since=_day(since, "--since"),
        until=_day(until, "--until"),
        holder=source,
        publisher=publisher,
        limit=limit,
    )
    with _looking(archive) as kept:
        hits = kept.search(query)
    if to == "json":
        from dateline.wire import json_line

        sys.stdout.write("".join(json_line(hit).decode() for hit in hits))
        return
    for hit in hits:
        print(_hit(hit))
    print(f"{len(hits)} event{'' if len(hits) == 1 else 's'}{' (more with --limit)' if len(hits) == limit else ''}")


def _hit(hit: Hit) -> str:
    from dateline.export.visible import one_line

    day = "undated" if hit.earliest is None else str(hit.earliest)
    if hit.latest and hit.latest != hit.earliest:
        day += f" to {hit.latest}"
    sides = {
        role: ", ".join(one_line(p.name) for p in hit.parties if p.role == role) for role in ("actor", "recipient")
    }
    who = " → ".join(side for side in sides.values() if side)
    said = f", says {one_line(hit.holders[-1].name)}" if hit.holders else ""
    place = f" ({one_line(hit.place)})" if hit.place else ""
    outlet = one_line(hit.publisher or hit.title or "")
    told = f"{who}{place}{said}  “{one_line(hit.words)}” {outlet}"
    return f"{day:10} {hit.type:9} {hit.status:9} {told} [{hit.world}] {hit.report}@{hit.start}"


def show(
    name: Name,
    archive: Where = None,
    to: Annotated[str, typer.Option(help="text, json, standoff, html or conllu.")] = "text",
) -> None:
    """Show one event of the world with every value and telling, or the record of one report."""
    desk = Desk()
    with _looking(archive) as kept:
        if name.startswith("e"):
            from dateline.export.archive_text import to_world_text
            from dateline.wire import json_line

            world = kept.world(name)
            sys.stdout.write(json_line(world).decode() if to == "json" else to_world_text(world))
            return
        sys.stdout.write(desk.export(kept.record(name.rpartition("@")[0] or name), to))


def forget(
    report: Annotated[str, typer.Argument(help="Id of the report, or its beginning.")],
    reason: Annotated[str, typer.Option(help="Why it goes.")],
    archive: Where = None,
) -> None:
    """Take a report out: its record, events and words. Its hash stays, so that it does not come back unasked."""
    with Desk().archive(archive) as kept:
        kept.forget(report, reason)
    print(f"forgotten: {report}")


def chronicle(
    words: Words = None,
    archive: Where = None,
    actor: Text = None,
    between: Annotated[tuple[str, str] | None, typer.Option(help="Two sides, either way.", show_default=False)] = None,
    code: Text = None,
    type: Several = None,
    event_status: Annotated[list[str] | None, typer.Option("--status", show_default=False)] = None,
    place: Text = None,
    country: Text = None,
    since: Text = None,
    until: Text = None,
    source: Annotated[str | None, typer.Option(help="Who says so.", show_default=False)] = None,
    changed_since: Annotated[str | None, typer.Option(help="Only what reports of that day or later tell.")] = None,
    every: Annotated[bool, typer.Option("--every", help="Statements and untyped acts too.")] = False,
    to: To = "text",
    out: Out = None,
) -> None:
    """What the reports say together: day by day, each event with its sources, certainty and differences."""
    _one_of(to, CHRONICLES)
    query = _query(
        words=words,
        actor=actor,
        between=between,
        code=code,
        types=tuple(type or ()),
        statuses=tuple(event_status or ()),
        place=place,
        country=country,
        since=_day(since, "--since"),
        until=_day(until, "--until"),
        holder=source,
        limit=None,
    )
    with _looking(archive) as kept:
        found = kept.chronicle(query, since=_day(changed_since, "--changed-since"), every=every)
    width = max(60, min(os.get_terminal_size().columns, 140)) if sys.stdout.isatty() and out is None else 100
    _write(Desk.shown(found, to, width), out)


def same(left: Name, right: Name, archive: Where = None, note: Note = "") -> None:
    """Say that two events are one: it counts from now on, whatever the program thinks."""
    _judged(archive, lambda kept: kept.same(left, right, True, _person(), note))


def different(left: Name, right: Name, archive: Where = None, note: Note = "") -> None:
    """Say that two tellings are of different events."""
    _judged(archive, lambda kept: kept.same(left, right, False, _person(), note))


def rename(
    old: Annotated[str, typer.Argument(help="The name as shown, or a knowledge id.")],
    new: Annotated[str, typer.Argument(help="The right name.")],
    archive: Where = None,
    note: Note = "",
) -> None:
    """Give somebody or something its right name."""
    _judged(archive, lambda kept: kept.rename(old, new, _person(), note))


def retype(
    event: Name,
    type: Annotated[str, typer.Argument(help="A PLOVER type, or one of ours.")],
    archive: Where = None,
    note: Note = "",
) -> None:
    """Give an event its right type."""
    from dateline.knowledge.ontology import load_ontology

    _one_of(type, (*load_ontology().types, *load_ontology().wider))
    _judged(archive, lambda kept: kept.retype(event, type, _person(), note))


def place(
    event: Name,
    name: Annotated[str, typer.Argument(help="Where it was.")],
    archive: Where = None,
    at: Annotated[tuple[float, float] | None, typer.Option(help="Latitude, longitude.", show_default=False)] = None,
    note: Note = "",
) -> None:
    """Give an event its right place."""
    where = f"{name}|{at[0]}|{at[1]}" if at else name
    _judged(archive, lambda kept: kept.put(event, where, _person(), note))


def corrections(archive: Where = None) -> None:
    """What persons decided."""
    with Desk().archive(archive, read_only=True) as kept:
        for j in kept.corrections():
            right = f" {j.right}" if j.right else ""
            value = f" → {j.value}" if j.value else ""
            print(
                f"{j.id:4} {j.at:%Y-%m-%d} {j.by}: {j.kind} {j.left}{right}{value}{f'  ({j.note})' if j.note else ''}"
            )


def withdraw(number: Annotated[int, typer.Argument(help="As `corrections` lists it.")], archive: Where = None) -> None:
    """Take a correction back."""
    with Desk().archive(archive) as kept:
        kept.withdraw(number)
    print(f"withdrawn: {number}")


def check(archive: Where = None) -> None:
    """Look for damage. Exit status 1 where there is any."""
    with Desk().archive(archive, read_only=True) as kept:
        problems = list(kept.store.check())
    print("\n".join(problems) or "the archive is sound")
    raise typer.Exit(1 if problems else 0)


def backup(to: Annotated[Path, typer.Argument(help="File to write.")], archive: Where = None) -> None:
    """Copy the archive while it is in use."""
    with Desk().archive(archive, read_only=True) as kept:
        kept.store.backup(to)
    print(f"written: {to}")


def restore(source: Annotated[Path, typer.Argument(help="A backup.")], archive: Where = None) -> None:
    """Make an archive of a backup, in a place where there is none."""
    desk = Desk()
    desk.restore(source, archive or desk.settings.archive)
    print(f"restored: {archive or desk.settings.archive}")


def export(out: Annotated[Path, typer.Option("--out", "-o", help="File to write.")], archive: Where = None) -> None:
    """Write every record, JSON Lines by report id: the same bytes for the same reports."""
    from dateline.store.whole import whole_file

    with Desk().archive(archive, read_only=True) as kept, whole_file(out) as part, part.open("wb") as stream:
        count = kept.export(stream)
    print(f"{count} records: {out}")


@contextmanager
def _looking(archive: str | None) -> Iterator[Archive]:
    """An archive to look at, and a line that says so where what is shown does not hold everything yet."""
    with Desk().archive(archive, read_only=True) as kept:
        waiting = kept.waiting
        yield kept
    if waiting:
        told = "`dateline add` is under way, or was stopped and goes on when it is run again"
        print(f"dateline: {waiting} reports are not laid beside the others yet: {told}", file=sys.stderr)


def _judged(archive: str | None, judge: Any) -> None:
    with Desk().archive(archive) as kept:
        made = judge(kept)
    print(f"noted as correction {made.id}; `dateline withdraw {made.id}` takes it back")


def _person() -> str:
    try:
        return getpass.getuser()
    except OSError:
        return "somebody"


def _query(**values: Any) -> Query:
    from dateline.store import Query

    return Query(**values)


def _day(given: str | None, option: str) -> date | None:
    try:
        return date.fromisoformat(given) if given else None
    except ValueError:
        raise typer.BadParameter(f"{given!r} is no day; write it as 2023-09-16", param_hint=option) from None


def _one_of(given: str, allowed: tuple[str, ...]) -> None:
    if given not in allowed:
        raise typer.BadParameter(f"{given!r} is not known here; choose one of {', '.join(allowed)}")


def _write(text: str, out: Path | None) -> None:
    if out is None:
        sys.stdout.write(text)
        return
    if not out.parent.is_dir():
        raise DatelineError(f"the folder {out.parent} does not exist; make it first")
    from dateline.store.whole import whole_file

    with whole_file(out) as part:
        part.write_bytes(text.encode("utf-8", "surrogatepass"))
