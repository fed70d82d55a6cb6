"""What the commands of an archive are asked with: words of the command line in, days, choices and queries out."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_args

import typer

from dateline.desk import Desk

if TYPE_CHECKING:
    from dateline.archive.keeping import Archive
    from dateline.store import Query

Where = Annotated[
    str | None, typer.Option("--archive", "-a", help="File or postgresql:// address.", show_default=False)
]
Out = Annotated[Path | None, typer.Option("--out", "-o", help="File to write.", show_default=False)]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace the file where it exists.")]
Name = Annotated[str, typer.Argument(help="An event (e…), a telling (report@start), or a report.")]
Note = Annotated[str, typer.Option(help="Why.", show_default=False)]
Words = Annotated[str | None, typer.Argument(help='Words, "words in quotes" as a phrase.', show_default=False)]
Whole = Annotated[bool, typer.Option("--whole", help="Look for the words in the whole report that tells an event.")]
_PARTY = "words of a name, a knowledge id, or the beginning of a code (RUS)."
Actor = Annotated[str | None, typer.Option(help=f"Who did it: {_PARTY}", show_default=False)]
Recipient = Annotated[str | None, typer.Option(help=f"Whom it was done to: {_PARTY}", show_default=False)]
About = Annotated[str | None, typer.Option(help=f"Who did it or had it done to them: {_PARTY}", show_default=False)]
Between = Annotated[tuple[str, str] | None, typer.Option(help="Two sides, either way.", show_default=False)]
Code = Annotated[str | None, typer.Option(help="Beginning of a code of either side (RUSMIL).", show_default=False)]
Types = Annotated[
    list[str] | None, typer.Option("--type", help="Type (ASSAULT); may be given several times.", show_default=False)
]
Modes = Annotated[
    list[str] | None, typer.Option("--mode", help="Mode (seize); may be given several times.", show_default=False)
]
Statuses = Annotated[
    list[str] | None, typer.Option("--status", help="Status (denied); may be given several times.", show_default=False)
]
Somewhere = Annotated[str | None, typer.Option("--place", help="Words of the place's name.", show_default=False)]
Country = Annotated[
    str | None, typer.Option(help="Country of the place, by name or as MRT (ISO 3166-1).", show_default=False)
]
Box = Annotated[
    tuple[float, float, float, float] | None, typer.Option(help="South west north east.", show_default=False)
]
Since = Annotated[str | None, typer.Option(help="Events on or after this day, as 2025-05-12.", show_default=False)]
Until = Annotated[str | None, typer.Option(help="Events on or before this day.", show_default=False)]
Outlet = Annotated[str | None, typer.Option("--publisher", help="Words of the outlet's name.", show_default=False)]
Holder = Annotated[str | None, typer.Option(help="Who says so; AUTHOR for nobody else.", show_default=False)]
_ALIKE = ("words", "whole", "actor", "recipient", "about", "between", "code", "place", "box", "publisher")
_NAMED = {"type": "types", "mode": "modes", "event_status": "statuses"}


def query_of(given: Mapping[str, Any], limit: int | None) -> Query:
    """The query of what was given to a command, by the names of its parameters."""
    from dateline.store import Query

    fields = {name: given[name] for name in _ALIKE if name in given}
    fields["country"] = country_of(given.get("country"))
    fields |= {field: tuple(given.get(name) or ()) for name, field in _NAMED.items()}
    _known("--type", fields["types"], _types())
    _known("--status", fields["statuses"], _statuses())
    since, until = day_of(given["since"], "--since"), day_of(given["until"], "--until")
    return Query(**fields, since=since, until=until, holder=given["source"], limit=limit)


def country_of(given: str | None) -> str | None:
    """The ISO code of a country that was given by its code or its name."""
    from dateline.knowledge.countries import load_countries

    if not given:
        return None
    countries = load_countries()
    found = countries.by_code.get(given.upper()) or (hit.country if (hit := countries.find(given)) else None)
    if found is None:
        near = sorted(f"{c.alpha3} {c.name}" for c in countries.by_code.values() if c.name[:1] == given[:1].upper())
        told = f"; by that letter: {', '.join(near)}" if near else ""
        raise typer.BadParameter(
            f"no country {given!r}; give its name or its ISO code of three letters{told}", param_hint="--country"
        )
    return found.alpha3


def _known(option: str, given: tuple[str, ...], allowed: list[str]) -> None:
    """Refuses values that nothing has."""
    unknown = [value for value in given if value not in allowed]
    if unknown:
        raise typer.BadParameter(f"{unknown[0]!r} is not known; there are {', '.join(allowed)}", param_hint=option)


def _types() -> list[str]:
    from dateline.knowledge.ontology import load_ontology

    ontology = load_ontology()
    return sorted({*ontology.types, *ontology.wider, "other"})


def _statuses() -> list[str]:
    from dateline.model import Status

    return sorted(get_args(Status))


def day_of(given: str | None, option: str) -> date | None:
    """A day of the command line."""
    try:
        return date.fromisoformat(given) if given else None
    except ValueError:
        raise typer.BadParameter(f"{given!r} is no day; write it as 2023-09-16", param_hint=option) from None


def one_of(given: str, allowed: tuple[str, ...]) -> None:
    """Refuses what is none of some choices."""
    if given not in allowed:
        raise typer.BadParameter(f"{given!r} is not known here; choose one of {', '.join(allowed)}")


@contextmanager
def looking(archive: str | None) -> Iterator[Archive]:
    """An archive to look at, and a line that says so where what is shown does not hold everything yet."""
    with Desk().archive(archive, read_only=True) as kept:
        waiting = kept.waiting
        yield kept
    if waiting:
        told = "`dateline add` is under way, or was stopped and goes on when it is run again"
        print(f"dateline: {waiting} reports are not laid beside the others yet: {told}", file=sys.stderr)
