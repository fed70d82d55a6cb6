"""Questions to an archive, answered with events, records and the chronicle."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.commands.options import (
    About,
    Actor,
    Between,
    Box,
    Code,
    Country,
    Holder,
    Modes,
    Name,
    Out,
    Outlet,
    Overwrite,
    Recipient,
    Since,
    Somewhere,
    Statuses,
    Types,
    Until,
    Where,
    Whole,
    Words,
    day_of,
    looking,
    one_of,
    query_of,
)
from dateline.commands.streams import write_events
from dateline.desk import Desk
from dateline.writing import refuse_existing, written

if TYPE_CHECKING:
    from dateline.store import Hit

CHRONICLES = ("text", "html", "json")


def search(
    words: Words = None,
    archive: Where = None,
    whole: Whole = False,
    actor: Actor = None,
    recipient: Recipient = None,
    about: About = None,
    between: Between = None,
    code: Code = None,
    type: Types = None,
    mode: Modes = None,
    event_status: Statuses = None,
    place: Somewhere = None,
    country: Country = None,
    box: Box = None,
    since: Since = None,
    until: Until = None,
    source: Holder = None,
    publisher: Outlet = None,
    limit: Annotated[int, typer.Option(min=1, help="How many.")] = 50,
    to: Annotated[str, typer.Option(help="text or json.")] = "text",
) -> None:
    """Find events, as single reports tell them; without a filter the newest come last."""
    query = query_of(locals(), limit)
    one_of(to, ("text", "json"))
    with looking(archive) as kept:
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
    who = f"{sides['actor']} → {sides['recipient']}".strip() if sides["recipient"] else sides["actor"]
    place = f"({one_line(hit.place)})" if hit.place else ""
    said = f"says {one_line(hit.holders[-1].name)}" if hit.holders else ""
    outlet = ", ".join(one_line(part) for part in (hit.publisher, hit.title, hit.url) if part)
    told_in = one_line(hit.sentence) or one_line(hit.words)
    words = f"“{told_in}” {outlet}{f', {hit.published}' if hit.published else ''}"
    told = ", ".join(part for part in (f"{who} {place}".strip(), said) if part)
    return f"{day:10} {hit.type:9} {hit.status:9} {told}  {words} [{hit.world}] {hit.report}@{hit.start}"


def show(
    name: Name,
    archive: Where = None,
    to: Annotated[str, typer.Option(help="text, json, standoff, html or conllu.")] = "text",
) -> None:
    """Show one event of the world with every value and telling, or the record of one report."""
    desk = Desk()
    with looking(archive) as kept:
        if name.startswith("e"):
            from dateline.export.archive_text import to_world_text
            from dateline.wire import json_line

            world = kept.world(name)
            sys.stdout.write(json_line(world).decode() if to == "json" else to_world_text(world))
            return
        sys.stdout.write(desk.export(kept.record(name.rpartition("@")[0] or name), to))


def chronicle(
    words: Words = None,
    archive: Where = None,
    whole: Whole = False,
    actor: Actor = None,
    recipient: Recipient = None,
    about: About = None,
    between: Between = None,
    code: Code = None,
    type: Types = None,
    mode: Modes = None,
    event_status: Statuses = None,
    place: Somewhere = None,
    country: Country = None,
    box: Box = None,
    since: Since = None,
    until: Until = None,
    source: Holder = None,
    publisher: Outlet = None,
    changed_since: Annotated[str | None, typer.Option(help="Only what reports of that day or later tell.")] = None,
    differs: Annotated[bool, typer.Option("--differs", help="Only what the reports do not agree on.")] = False,
    ahead: Annotated[bool, typer.Option("--ahead", help="Only what lies ahead.")] = False,
    every: Annotated[bool, typer.Option("--every", help="Statements and untyped acts too.")] = False,
    to: Annotated[str, typer.Option(help="text, html, json, or a format for programs: csv, parquet, xlsx …")] = "text",
    out: Out = None,
    overwrite: Overwrite = False,
) -> None:
    """What the reports say together: day by day, each event with its sources, certainty and differences."""
    query = query_of(locals(), None)
    _refuse(to, out, overwrite)
    with looking(archive) as kept:
        found = kept.chronicle(query, since=day_of(changed_since, "--changed-since"), every=every)
        found = found.only(differs=differs, ahead=ahead)
        table = None if to in CHRONICLES else kept.table(found)
    if table is not None:
        write_events(table, to, out, overwrite=overwrite)
        return
    width = max(60, min(os.get_terminal_size().columns, 140)) if sys.stdout.isatty() and out is None else 100
    _write(Desk.shown(found, to, width), out, overwrite)


def _refuse(to: str, out: Path | None, overwrite: bool) -> None:
    """Refuses a form that there is not, and a file that stands there already."""
    one_of(to, CHRONICLES + Desk.event_formats())
    if out is not None:
        refuse_existing(out, overwrite=overwrite)


def _write(text: str, out: Path | None, overwrite: bool) -> None:
    if out is None:
        sys.stdout.write(text)
        return
    with written(out, overwrite=overwrite) as stream:
        stream.write(text.encode("utf-8", "surrogatepass"))
