"""The parameters of a request in, the archive's query out: the filters of ``dateline search``, checked and
described."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import Query as Parameter
from pydantic import BaseModel, ConfigDict, Field

from dateline.errors import InputError
from dateline.model import Status
from dateline.store import Query

MOST, USUAL = 500, 50
"""Rows of an answer."""
_DAY = r"^\d{4}-\d{2}-\d{2}$"
_BOX = r"^-?\d{1,3}(\.\d{1,9})?(,-?\d{1,3}(\.\d{1,9})?){3}$"
Words = Annotated[str | None, Field(max_length=400)]
Day = Annotated[str | None, Field(pattern=_DAY, json_schema_extra={"format": "date"})]
Several = Annotated[list[Annotated[str, Field(max_length=100)]], Field(max_length=40)]


class Page(BaseModel):
    """Which rows of an answer."""

    model_config = ConfigDict(extra="forbid")

    limit: int = Field(USUAL, ge=1, le=MOST, description="Rows of this answer.")
    offset: int = Field(0, ge=0, le=10_000_000, description="Rows left out before them; `next` has the right address.")


class Asked(Page):
    """What to look for: every parameter that is given must hold, several values of one are alternatives."""

    words: Words = Field(None, description='Words of the sentence that tells it and its names; `"in quotes"` a phrase.')
    whole: bool = Field(False, description="Look for the words in the whole report that tells it.")
    actor: Words = Field(None, description="Who did it: name, knowledge id, or the beginning of a code (`RUS`).")
    recipient: Words = Field(None, description="To whom.")
    about: Words = Field(None, description="Who did it or had it done to them.")
    between: Several = Field(
        [], max_length=2, description="Two sides, either way: give it twice.", json_schema_extra={"minItems": 2}
    )
    code: Words = Field(None, description="The beginning of a code of either side.")
    type: Several = Field([], description="PLOVER types and our wider ones.")
    mode: Several = Field([], description="Modes.")
    status: list[Status] = Field([], max_length=8, description="Such as `happened`, `planned`, `denied`.")
    place: Words = Field(None, description="Words of the place's name.")
    country: Annotated[str | None, Field(pattern=r"^[A-Z]{3}$")] = Field(None, description="ISO 3166-1 alpha-3.")
    box: Annotated[str | None, Field(pattern=_BOX)] = Field(None, description="`south,west,north,east` in degrees.")
    since: Day = Field(None, description="On this day or later.")
    until: Day = Field(None, description="On this day or earlier.")
    source: Words = Field(None, description="Who says so; `AUTHOR` for nobody but the report.")
    publisher: Words = Field(None, description="Words of the outlet's name.")

    def query(self) -> Query:
        """The query. Raises :class:`InputError` for a day or two sides that are none."""
        if len(self.between) == 1:
            raise InputError("between needs two sides: between=…&between=…")
        return Query(
            words=self.words,
            whole=self.whole,
            actor=self.actor,
            recipient=self.recipient,
            about=self.about,
            between=(self.between[0], self.between[1]) if self.between else None,
            code=self.code,
            types=tuple(self.type),
            modes=tuple(self.mode),
            statuses=tuple(self.status),
            place=self.place,
            country=self.country,
            box=_box(self.box) if self.box else None,
            since=day(self.since, "since"),
            until=day(self.until, "until"),
            holder=self.source,
            publisher=self.publisher,
        )


class AskedTogether(Asked):
    """What to look for in the chronicle."""

    changed_since: Day = Field(None, description="Only what reports of that day or later tell.")
    every: bool = Field(False, description="Statements, states and untyped acts too.")


Asking = Annotated[Asked, Parameter()]
AskingTogether = Annotated[AskedTogether, Parameter()]
Paging = Annotated[Page, Parameter()]


def day(words: str | None, name: str) -> date | None:
    """A day of a parameter. Raises :class:`InputError` for what is none."""
    try:
        return date.fromisoformat(words) if words else None
    except ValueError:
        raise InputError(f"{name}: {words!r} is no day; write it as 2023-09-16") from None


def _box(words: str) -> tuple[float, float, float, float]:
    south, west, north, east = (float(part) for part in words.split(","))
    return south, west, north, east


def asked_pairs(asked: Page) -> list[tuple[str, Any]]:
    """Names and values of what was given, for the address of the next rows."""
    found: list[tuple[str, Any]] = []
    for name, value in asked.model_dump(exclude_defaults=True).items():
        found += [(name, one) for one in value] if isinstance(value, list) else [(name, value)]
    return found
