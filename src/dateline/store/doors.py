"""A path or an address in, the open archive out; nothing heavy is loaded before one is asked for."""

from __future__ import annotations

from pathlib import Path

from dateline.store.protocol import Store


def open_store(where: str | Path, *, create: bool = True, read_only: bool = False) -> Store:
    """The archive in a file, or in a PostgreSQL database (``postgresql://user@host/database``). One that is not there
    is made unless ``create`` is false or it is opened for reading only; one of an older release is migrated. Raises
    :class:`StoreError` where it is not there, cannot be opened, is something else, or was written by a newer release
    (then not a byte is changed)."""
    from dateline.store.opening import open_engine
    from dateline.store.sql import SqlStore

    return SqlStore(open_engine(where, create=create, read_only=read_only))


def restore(source: Path, where: str | Path) -> None:
    """Makes the archive of a backup in a place where there is none: a path, or an empty PostgreSQL database. The
    backup is checked first. Raises :class:`StoreError` where it is damaged or the place is taken; nothing is written
    then."""
    from dateline.store import copying

    copying.restore(source, where)
