"""What a caller asks an archive for in Python in, the query out: one value or several, days in any form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

from dateline.intake.days import Day, day_from
from dateline.store import Query


class Filters(TypedDict, total=False):
    """The filters of a query; :class:`~dateline.store.Query` says what each finds. ``type``, ``mode`` and ``status``
    take one word or several, ``since`` and ``until`` anything that is a day, ``source`` is who says so."""

    words: str | None
    whole: bool
    actor: str | None
    recipient: str | None
    about: str | None
    between: tuple[str, str] | None
    code: str | None
    type: str | Sequence[str]
    mode: str | Sequence[str]
    status: str | Sequence[str]
    place: str | None
    country: str | None
    box: tuple[float, float, float, float] | None
    since: Day
    until: Day
    source: str | None
    publisher: str | None


_ALIKE = ("words", "whole", "actor", "recipient", "about", "between", "code", "place", "country", "box", "publisher")


def query_from(filters: Filters) -> Query:
    """The query, without a limit. Raises :class:`~dateline.errors.InputError` for what is no day."""
    found = {name: filters[name] for name in _ALIKE if name in filters}  # type: ignore[literal-required]
    return Query(
        **found,
        types=_several(filters.get("type", ())),
        modes=_several(filters.get("mode", ())),
        statuses=_several(filters.get("status", ())),
        since=day_from(filters.get("since")),
        until=day_from(filters.get("until")),
        holder=filters.get("source"),
        limit=None,
    )


def _several(given: str | Sequence[str]) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(given)
