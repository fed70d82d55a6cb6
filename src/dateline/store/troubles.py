"""What a database engine raises in, errors that say what to do next out; nothing secret is repeated."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnection

from dateline.errors import DamageError, StoreError

BUSY, LOCKED, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, NOTADB = 5, 6, 8, 10, 11, 13, 14, 26
"""SQLite's primary result codes."""
NOTHING = "nothing of this step was written"


def sqlite_code(error: BaseException) -> int | None:
    """SQLite's primary result code, where the error has one."""
    code = getattr(error, "sqlite_errorcode", None)
    return code & 0xFF if isinstance(code, int) else None


@contextmanager
def told_of_file(path: Path) -> Iterator[None]:
    """Raises :class:`StoreError` in the place of whatever SQLite raises about a file."""
    try:
        yield
    except DBAPIError as error:
        raise of_file(path, error.orig or error) from None
    except (OverflowError, UnicodeDecodeError) as error:
        raise DamageError(
            f"{path}: a value is not what was written ({error}); run check, then restore a backup"
        ) from None


def of_file(path: Path, error: BaseException) -> StoreError:
    """What to tell of an SQLite error."""
    code = sqlite_code(error)
    if code == FULL or (code == IOERR and _full(path)):
        return StoreError(f"{path}: the disk is full: {NOTHING}; free space and run the same command again")
    if code in {BUSY, LOCKED}:
        return StoreError(
            f"{path}: another program is writing and did not finish in time: {NOTHING}; run it again later"
        )
    if code in {READONLY, CANTOPEN}:
        return StoreError(
            f"{path}: the archive cannot be opened or written ({error}): {NOTHING}; see to the permissions of the file "
            "and of its folder (files are made beside it), or open it for reading only"
        )
    if code == IOERR:
        return StoreError(f"{path}: the disk failed ({error}): {NOTHING}; look at the disk, then run check")
    if code in {CORRUPT, NOTADB, None}:
        return DamageError(
            f"{path}: the archive is damaged ({error}); run check to see what is hit, and restore a backup"
        )
    return StoreError(f"{path}: the archive cannot do this ({error}): {NOTHING}")


def _full(path: Path) -> bool:
    try:
        return os.statvfs(path.parent).f_bavail == 0
    except OSError:
        return False


@contextmanager
def told_of_server(shown: str, secret: str) -> Iterator[None]:
    """Raises :class:`StoreError` in the place of whatever PostgreSQL raises; ``shown`` names the server without
    secrets, ``secret`` is struck from every message."""
    try:
        yield
    except DBAPIError as error:
        raise of_server(shown, secret, error.orig or error) from None
    except NoConnection:
        raise StoreError(
            f"{shown}: all connections of this process are in use; let go of an iterator, try again"
        ) from None


def of_server(shown: str, secret: str, error: BaseException) -> StoreError:
    """What to tell of a PostgreSQL error, by its SQLSTATE."""
    state = getattr(error, "sqlstate", None) or ""
    first = next(iter(str(error).strip().splitlines()), type(error).__name__)
    words = first.replace(secret, "***") if secret else first
    if state == "53100":
        return StoreError(f"{shown}: the server's disk is full: {NOTHING}; free space and run the same command again")
    if state in {"55P03", "57014", "40P01"}:
        return StoreError(
            f"{shown}: another program is writing and did not finish in time: {NOTHING}; run it again later"
        )
    if state in {"25006", "42501"}:
        return StoreError(
            f"{shown}: not writable ({words}): {NOTHING}; ask for the rights, or open it for reading only"
        )
    if state in {"XX001", "XX002"}:
        return DamageError(f"{shown}: the server reports damage ({words}); restore a backup")
    if not state or state[:2] in {"08", "28", "3D", "57"}:
        return StoreError(
            f"{shown}: the server cannot be reached ({words}): {NOTHING}; see that it runs, then run it again"
        )
    return StoreError(f"{shown}: the server cannot do this ({words}): {NOTHING}")
