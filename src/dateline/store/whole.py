"""A path in, a file out that appears there whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from glob import escape
from pathlib import Path

from dateline.errors import StoreError
from dateline.processes import lives


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """An empty file (0600) beside ``path`` to be written into; when the block ends well it is on disk and takes its
    place, else it is removed. What a killed run left is removed too. Raises :class:`StoreError` where no file can be
    made."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        _sweep(path)
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except OSError as error:
        raise StoreError(f"{path}: cannot be written ({error.strerror}); name a folder that can be written") from None
    try:
        yield part
        _sync(part)
        os.replace(part, path)
        _sync(path.parent)
    except OSError as error:
        raise StoreError(f"{path}: not written ({error.strerror}); what was there before is untouched") from None
    finally:
        part.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sweep(path: Path) -> None:
    """Removes parts whose process is gone."""
    for part in path.parent.glob(f".{escape(path.name)}.*.part"):
        owner = part.name.removesuffix(".part").rpartition(".")[2]
        if owner.isdigit() and not lives(int(owner)):
            part.unlink(missing_ok=True)
