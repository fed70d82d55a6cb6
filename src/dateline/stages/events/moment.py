"""The day of an event, both ends of its stretch, and how it was found."""

from __future__ import annotations

from datetime import date

from dateline.model import Timex

WEEK = 7
"""Days of one: a stretch that is no longer is the day of something."""


class Moment:
    """The day of an event and how it was found."""

    __slots__ = ("by", "earliest", "latest", "timex")

    def __init__(self, by: str | None, earliest: date | None, latest: date | None, timex: Timex | None = None) -> None:
        self.by, self.earliest, self.latest, self.timex = by, earliest, latest, timex

    @property
    def close(self) -> bool:
        """Whether it is narrow enough to be the day that a story goes on from."""
        return self.earliest is not None and self.latest is not None and (self.latest - self.earliest).days <= WEEK


NOWHEN = Moment(None, None, None)
"""The day of what tells none."""
