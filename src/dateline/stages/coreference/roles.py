"""Tells which posts of a person are one: roles said and roles known in, one role a post out."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from dateline.model import Role
from dateline.stages.coreference.offices import load_offices


def merged(said: Sequence[Role], known: Sequence[Role]) -> tuple[Role, ...]:
    """The roles in the report's words with the days of the tables, then the others of the tables. Two spellings of
    one title ("defense minister", "minister of defence") are one role where no two countries part them."""
    offices = load_offices()
    found: list[tuple[str, Role]] = []
    for role in (*said, *known):
        office = offices.office(role.title)
        at = next((i for i, (other, kept) in enumerate(found) if other == office and _agree(kept, role)), None)
        if at is None:
            found.append((office, role))
        else:
            found[at] = (office, _one(found[at][1], role))
    return tuple(role for _, role in found)


def _agree(left: Role, right: Role) -> bool:
    """Two different stays in one office are two roles."""
    if left.of is not None and right.of is not None and left.of != right.of:
        return False
    return left.since is None or right.since is None or left.since == right.since


def _one(first: Role, second: Role) -> Role:
    return replace(
        first,
        of=first.of or second.of,
        since=first.since or second.since,
        until=first.until or second.until,
        span=first.span or second.span,
    )
