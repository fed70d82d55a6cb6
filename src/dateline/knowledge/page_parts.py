"""Names by which pages mark what is no part of a report, and what is: ``data/lexicons/page_parts.csv``."""

from __future__ import annotations

import functools

from dateline.knowledge import files

CONTAINERS = ("comments", "embed", "sign-up", "author", "teaser")
"""Kinds of containers that hold no part of a report."""


@functools.cache
def names_of(kind: str) -> frozenset[str]:
    """The names of a kind, in lower case: one of :data:`CONTAINERS`, ``standfirst``, ``platform``, ``label`` or
    ``call``."""
    table = files.rows(files.path("lexicons", "page_parts.csv"), ("kind", "name"))
    return frozenset(row["name"] for row in table if row["kind"] == kind)


@functools.cache
def container_names() -> frozenset[str]:
    """The names of all containers that hold no part of a report."""
    return frozenset().union(*map(names_of, CONTAINERS))
