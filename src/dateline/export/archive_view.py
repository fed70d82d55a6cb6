"""What is shown of many reports together: the events of the world in order, and what a reader must know of them."""

from __future__ import annotations

from datetime import date

from msgspec import Struct, structs

from dateline.merge.worlds import World


class Chronicle(Struct, frozen=True, kw_only=True):
    """What the reports of an archive say together: events by day, those without one under the day of their first
    report; ``ahead`` are those planned for after ``today`` and not yet told as done, ``background`` those that the
    reports look back on, over long before the first of them came. ``reports`` are those that tell them; ``since`` is
    the day from which changes are asked for: a report from then on is new, and quoted before others; ``left_out`` are
    events that are shown only where every one is asked for."""

    worlds: tuple[World, ...]
    ahead: tuple[World, ...]
    background: tuple[World, ...] = ()
    reports: int
    since: date | None = None
    today: date | None = None
    left_out: int = 0

    def __repr__(self) -> str:
        return f"<chronicle of {self.reports} reports: {len(self.worlds)} events, {len(self.ahead)} ahead>"

    def only(self, *, differs: bool = False, ahead: bool = False) -> Chronicle:
        """Those of its events on which the reports differ, or that lie ahead, where either is asked for."""

        def kept(worlds: tuple[World, ...]) -> tuple[World, ...]:
            return tuple(world for world in worlds if not differs or world.differs)

        worlds, background = ((), ()) if ahead else (kept(self.worlds), kept(self.background))
        return structs.replace(self, worlds=worlds, background=background, ahead=kept(self.ahead))

    @property
    def every(self) -> tuple[World, ...]:
        """All of its events: those of its own time, what is ahead, background."""
        return (*self.worlds, *self.ahead, *self.background)

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader must know of it, a sentence each."""
        since = f"Only events of which a report of {self.since} or later tells." if self.since else ""
        more = f"{self.left_out} statements, states, wishes and acts without a type" if self.left_out else ""
        return tuple(note for note in (since, f"Left out: {more}; --every shows them." if more else "") if note)
