"""What a value may be counted from: the day of the report, the last time told, the tense of the verb."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from dateline.model import TimexType
from dateline.stages.times import days

Direction = Literal["past", "present", "future", "none"]


@dataclass(frozen=True)
class Reading:
    """The value of one expression, before it becomes a Timex."""

    type: TimexType
    value: str
    mod: str | None = None
    anchor: str | None = None
    earliest: date | None = None
    latest: date | None = None


def reading(value: str, anchor: str | None = None, mod: str | None = None, type_: TimexType = "DATE") -> Reading:
    """A reading with the calendar days that its value covers."""
    covered = days.days_of(value, mod) or (None, None)
    if "T" in value and type_ == "DATE" and not value.startswith("PT"):
        type_ = "TIME"
    return Reading(type_, value, mod, anchor, *covered)


@dataclass
class Standpoint:
    """Where we are in the report. ``told`` is the last dated reading and ``told_id`` its id.

    ``owned``: the words own a noun ("Friday's talks"), and a weekday then is the one told before (``weekdays``).
    ``date_order``: ``DMY`` or ``MDY`` for numeric dates, empty where unknown.
    ``narrative``: the text tells history, and its own last date anchors; else the day of the report does.
    """

    reference: date | None
    by: str
    narrative: bool
    direction: Callable[[], Direction]
    date_order: Callable[[], str] = lambda: ""
    told: Reading | None = None
    told_id: str | None = None
    quarter: str | None = None
    near: date | None = None
    owned: bool = False
    weekdays: dict[int, date] = field(default_factory=dict)

    @property
    def base(self) -> date | None:
        """The day to count from: the narrative's own in a narrative, else the report's."""
        return self.told_day if self.narrative else self.reference

    @property
    def anchor(self) -> str | None:
        """The name of :attr:`base` for the record."""
        if self.base is None:
            return None
        return self.told_id if self.narrative else self.by

    @property
    def told_day(self) -> date | None:
        """The first day of the last time told."""
        return self.told.earliest if self.told else None
