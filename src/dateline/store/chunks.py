"""Many values or rows in, a few at a time out."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, Select

AT_ONCE = 500
"""Values of one ``IN``, and rows fetched together."""
Value = TypeVar("Value", str, int)


def chunks(values: Collection[Value]) -> Iterator[list[Value]]:
    """The values, each once and in order, in lists."""
    ordered = sorted(set(values))
    for start in range(0, len(ordered), AT_ONCE):
        yield ordered[start : start + AT_ONCE]


def streamed(connection: Connection, asked: Select[Any]) -> Iterator[Row[Any]]:
    """The rows of a question, one by one, never more than :data:`AT_ONCE` in memory."""
    for some in streamed_together(connection, asked):
        yield from some


def streamed_together(connection: Connection, asked: Select[Any]) -> Iterator[Sequence[Row[Any]]]:
    """The rows of a question, :data:`AT_ONCE` at a time."""
    with connection.execute(asked.execution_options(yield_per=AT_ONCE)) as result:
        yield from result.partitions()
