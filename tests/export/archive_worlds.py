"""A small chronicle made by hand: a seizure on which reports differ, talks planned and moved; and a hostile one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from msgspec.structs import replace

from dateline.export.archive_view import Chronicle
from dateline.merge.links import linked
from dateline.merge.worlds import World
from tests.export.hostile import NASTY
from tests.merge.made import day, said, telling, together, voice

MONDAY, HELD = date(2031, 5, 5), date(2031, 5, 16)
GUARD, OWNER = voice("the coast guard", "guard"), voice("the owner", "owner")


def chronicle() -> tuple[World, ...]:
    """Four events by day, the last without one."""
    crew = "number of crew"
    sides = (said("actor", "country:NOR", name="Norland"), said("recipient", "country:SEN", name="Sudmark"))
    talks: dict[str, Any] = {"type": "CONSULT", "acts": ("CONSULT",)}
    seizure = [
        telling("a", day(MONDAY), said(crew, "11", "11 crew"), *sides, voices=(GUARD,)),
        telling("b", day(MONDAY), said(crew, "11", "its eleven"), *sides, voices=(GUARD,)),
        telling("c", day(MONDAY), said(crew, "13", "13 men"), *sides, voices=(OWNER,)),
        telling("c", said(crew, "13", "13 men"), start=40, voices=(GUARD, OWNER)),
    ]
    plan = [telling("d", day(date(2031, 5, 14)), said("place", "oslo", name="Oslo"), *sides, status="planned", **talks)]
    held = [telling("e", day(HELD), said("place", "geneva", name="Geneva"), *sides, published=HELD, **talks)]
    return tuple(linked(together(seizure, plan, held, [telling("f")], copies={"b": "a"})))


def shown(worlds: Sequence[World], ahead: Sequence[World] = (), reports: int = 6, **more: Any) -> Chronicle:
    """A chronicle of some events."""
    return Chronicle(worlds=tuple(worlds), ahead=tuple(ahead), reports=reports, **more)


def hostile() -> tuple[World, ...]:
    """Every word that a stranger wrote is hostile."""
    nasty = [said(slot, NASTY, NASTY, name=NASTY) for slot in ("actor", "recipient", "place", f"number of {NASTY}")]
    more: dict[str, Any] = {"voices": (voice(NASTY),), "trigger": NASTY, "sentence": NASTY}
    other = said(f"number of {NASTY}", "2", NASTY)
    worlds = together(
        [telling("a", *nasty, **more), telling("b", other, status="denied", **more)],
        [telling("a", *nasty, day(HELD), start=9, status="planned", published=MONDAY, **more)],
    )
    told = [replace(t, publisher=NASTY, title=NASTY) for t in worlds[0].tellings]
    return tuple(linked([replace(worlds[0], tellings=tuple(told), mode=NASTY), *worlds[1:]]))
