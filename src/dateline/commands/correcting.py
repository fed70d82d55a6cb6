"""What a person knows better than the program, noted in the archive and taken back."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.commands.options import Name, Note, Where, day_of, one_of
from dateline.desk import Desk

if TYPE_CHECKING:
    from dateline.archive.keeping import Archive
    from dateline.store import Judgement


Party = Annotated[str, typer.Argument(help='The name; "" for nobody.')]


def same(left: Name, right: Name, archive: Where = None, note: Note = "") -> None:
    """Say that two events are one: it counts from now on, whatever the program thinks."""
    _judged(archive, lambda kept: kept.same(left, right, True, person(), note))


def different(left: Name, right: Name, archive: Where = None, note: Note = "") -> None:
    """Say that two tellings are of different events."""
    _judged(archive, lambda kept: kept.same(left, right, False, person(), note))


def rename(
    old: Annotated[str, typer.Argument(help="The name as shown, or a knowledge id.")],
    new: Annotated[str, typer.Argument(help="The right name.")],
    archive: Where = None,
    note: Note = "",
) -> None:
    """Give somebody or something its right name."""
    _judged(archive, lambda kept: kept.rename(old, new, person(), note))


def retype(
    event: Name,
    type: Annotated[str, typer.Argument(help="A PLOVER type, or one of ours.")],
    archive: Where = None,
    note: Note = "",
) -> None:
    """Give an event its right type."""
    from dateline.knowledge.ontology import load_ontology

    one_of(type, (*load_ontology().types, *load_ontology().wider))
    _judged(archive, lambda kept: kept.give("retype", event, type, person(), note))


def place(
    event: Name,
    name: Annotated[str, typer.Argument(help="Where it was.")],
    archive: Where = None,
    at: Annotated[tuple[float, float] | None, typer.Option(help="Latitude, longitude.", show_default=False)] = None,
    note: Note = "",
) -> None:
    """Give an event its right place."""
    if "|" in name or not name.strip():
        raise typer.BadParameter("the name of a place is needed, without |")
    if at and not (abs(at[0]) <= 90 and abs(at[1]) <= 180):
        raise typer.BadParameter(f"{at[0]} {at[1]} is nowhere: latitude is from -90 to 90, longitude from -180 to 180")
    where = f"{name}|{at[0]}|{at[1]}" if at else name
    _judged(archive, lambda kept: kept.give("place", event, where, person(), note))


def redate(
    event: Name,
    day: Annotated[str | None, typer.Argument(help="First day; none where it has no day.", show_default=False)] = None,
    until: Annotated[str | None, typer.Argument(help="Last day.", show_default=False)] = None,
    archive: Where = None,
    note: Note = "",
) -> None:
    """Give an event its right day, or days."""
    first, last = day_of(day, "DAY"), day_of(until, "UNTIL")
    if first and last and last < first:
        raise typer.BadParameter(f"{last} is before {first}; give the first day first")
    days = "/".join(one.isoformat() for one in (first, last) if one)
    _judged(archive, lambda kept: kept.give("day", event, days, person(), note))


def restatus(
    event: Name,
    status: Annotated[str, typer.Argument(help="Such as happened, planned, denied.")],
    archive: Where = None,
    note: Note = "",
) -> None:
    """Give an event its right status."""
    from dateline.knowledge.ontology import load_statuses

    one_of(status, tuple(load_statuses()))
    _judged(archive, lambda kept: kept.give("status", event, status, person(), note))


def actor(event: Name, name: Party, archive: Where = None, note: Note = "") -> None:
    """Say who did it."""
    _judged(archive, lambda kept: kept.give("actor", event, name.strip(), person(), note))


def recipient(event: Name, name: Party, archive: Where = None, note: Note = "") -> None:
    """Say to whom it was done."""
    _judged(archive, lambda kept: kept.give("recipient", event, name.strip(), person(), note))


def no_event(event: Name, archive: Where = None, note: Note = "") -> None:
    """Say that what was taken for an event is none."""
    _judged(archive, lambda kept: kept.give("no event", event, None, person(), note))


def corrections(archive: Where = None) -> None:
    """What persons decided."""
    from dateline.export.visible import one_line

    with Desk().archive(archive, read_only=True) as kept:
        found = list(kept.corrections())
    for j in found:
        more = f" and {len(j.about) - 1} more" if len(j.about) > 1 else ""
        right = f" {j.right}" if j.right else ""
        value = f" → {j.value or 'none'}" if j.value is not None else ""
        note = f"  ({j.note})" if j.note else ""
        print(f"{j.id:4} {j.at:%Y-%m-%d} " + one_line(f"{j.by}: {j.kind} {j.about[0]}{more}{right}{value}{note}"))


def withdraw(number: Annotated[int, typer.Argument(help="As `corrections` lists it.")], archive: Where = None) -> None:
    """Take a correction back, with all that it touched."""
    with Desk().archive(archive) as kept:
        kept.withdraw(number)
    print(f"withdrawn: {number}")


def _judged(archive: str | None, judge: Callable[[Archive], Judgement]) -> None:
    with Desk().archive(archive) as kept:
        made = judge(kept)
    print(f"noted as correction {made.id}; `dateline withdraw {made.id}` takes it back")


def person() -> str:
    """Whom a correction is noted for: who is logged in."""
    try:
        return getpass.getuser()
    except OSError:
        return "somebody"
