"""What is shown of many reports together: the events of the world in order, and what a reader must know of them."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from dateline.merge.worlds import World


class Chronicle(Struct, frozen=True, kw_only=True):
    """What the reports of an archive say together: events by day, undated last; ``ahead`` are those planned for after
    ``today`` and not yet told as done. ``reports`` are those that tell them; ``since`` is the day from which changes
    are asked for: a report from then on is new, and quoted before others; ``left_out`` are events that are shown only
    where every one is asked for."""

    worlds: tuple[World, ...]
    ahead: tuple[World, ...]
    reports: int
    since: date | None = None
    today: date | None = None
    left_out: int = 0

    def __repr__(self) -> str:
        return f"<chronicle of {self.reports} reports: {len(self.worlds)} events, {len(self.ahead)} ahead>"

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader must know of it, a sentence each."""
        since = f"Only events of which a report of {self.since} or later tells." if self.since else ""
        more = f"{self.left_out} statements, states, wishes and acts without a type" if self.left_out else ""
        return tuple(note for note in (since, f"Left out: {more}; --every shows them." if more else "") if note)
