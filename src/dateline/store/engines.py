"""What an archive needs of the engine under it: connections, a words index, its own check; SQLite and PostgreSQL give
it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from sqlalchemy import ColumnElement, Connection


class Engine(Protocol):
    """A database that can hold an archive; :class:`~dateline.store.embedded.Embedded` says what each call does."""

    shown: str
    name: str
    read_only: bool

    def read(self) -> AbstractContextManager[Connection]: ...

    def write(self) -> AbstractContextManager[Connection]: ...

    def mark(self, connection: Connection) -> None: ...

    def settle(self, connection: Connection) -> None: ...

    def index(self, connection: Connection, report: int, words: Sequence[str]) -> None: ...

    def unindex(self, connection: Connection, report: int) -> None: ...

    def indexed(self, connection: Connection, report: int, words: Sequence[str]) -> bool: ...

    def matching(self, report: ColumnElement[int], phrases: Sequence[Sequence[str]]) -> ColumnElement[bool]: ...

    def damage(self, connection: Connection) -> Iterator[str]: ...

    def size(self, connection: Connection) -> int: ...

    def state(self, connection: Connection) -> str: ...

    def purge(self) -> None: ...

    def dispose(self) -> None: ...
