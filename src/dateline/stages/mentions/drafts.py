"""A mention before it has its id: what the finders of names, nominals and pronouns hand to the stage."""

from __future__ import annotations

from typing import NamedTuple

from dateline.model import MentionKind, MentionType


class Draft(NamedTuple):
    """Tokens ``first`` to ``last`` (exclusive) with their head, kind and type; ``by`` is what found them."""

    first: int
    last: int
    head: int
    kind: MentionKind
    type: MentionType
    by: str
    score: float | None = None
