"""A name in, a file out that appears under it whole or not at all, and never in the place of another unasked; the one
writer of files."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import secrets
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from glob import escape
from pathlib import Path
from typing import BinaryIO

from dateline.errors import OutputError
from dateline.processes import lives

_LONGEST = 120
"""Bytes of a name before its suffix: less than half of what file systems take."""
_OTHER = re.compile(r"[^\w.#=-]+")
_DEVICES = re.compile(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?")
"""Names that stand for devices on Windows."""
_PART = ".dateline-{}.part"
_HINT = "name another file, or say --overwrite"


class Names:
    """The names of the files of one folder, all ending in ``suffix``: never twice (nor in another case), never hidden,
    never a path, never longer than file systems take."""

    def __init__(self, suffix: str) -> None:
        self._suffix, self._taken = suffix, set[str]()

    def name(self, wanted: str) -> str:
        """A name like ``wanted``, numbered where that is taken."""
        plain = _plain(wanted.removesuffix(".txt"))
        number, found = 1, plain
        while _alike(found) in self._taken:
            number += 1
            found = f"{plain}-{number}"
        self._taken.add(_alike(found))
        return found + self._suffix


def _plain(wanted: str) -> str:
    name = _OTHER.sub("_", unicodedata.normalize("NFC", wanted)).lstrip(".-_").rstrip(".")
    name = name.encode("utf-8", "replace")[-_LONGEST:].decode("utf-8", "ignore").lstrip(".-_")
    return f"{name}_" if _DEVICES.fullmatch(name) else name or "report"


def _alike(name: str) -> str:
    """What is one name to file systems that know neither case nor forms of one letter."""
    return unicodedata.normalize("NFKC", name).casefold()


def refuse_existing(target: Path, *, overwrite: bool = False) -> None:
    """Raises :class:`OutputError` where a file cannot be written under a name: its folder is missing, it is a folder
    itself, or it exists and may not be replaced. Devices and pipes may always be written to."""
    if not target.parent.is_dir():
        raise OutputError(f"the folder {target.parent} does not exist; make it first")
    if target.is_dir():
        raise OutputError(f"{target} is a folder; name a file in it")
    if not overwrite and os.path.lexists(target) and (target.is_file() or not target.exists()):
        raise OutputError(f"{target} exists already and was left as it is; {_HINT}")


@contextmanager
def written(target: Path, *, overwrite: bool = False) -> Iterator[BinaryIO]:
    """A stream whose bytes stand under ``target`` when the block ends well, and nowhere when it does not. What exists
    there stays, unless ``overwrite``. What killed runs left in the folder is removed. Raises :class:`OutputError`."""
    refuse_existing(target, overwrite=overwrite)
    with _told(target):
        if target.exists() and not target.is_file():
            with target.open("wb") as device:  # a device or pipe such as /dev/stdout
                yield device
            return
        place = Path(os.path.realpath(target))
        _sweep(place.parent)
        stream, part = _part(place.parent)
        try:
            with stream:
                yield stream
                stream.flush()
                os.chmod(part, 0o666 & ~_umask())
                os.fsync(stream.fileno())
                _named(part, place, overwrite)
        finally:
            part.unlink(missing_ok=True)
        _sync(place.parent)


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """An empty file (0600) beside ``path`` for who writes by name and not into a stream (a database); when the block
    ends well it is on disk and takes its place, else it is removed. What a killed run left is removed too. Its owner
    stands in its name: a lock of ours would meet those of the database. Raises :class:`OutputError`."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        _sweep_owned(path)
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror}); name a folder that can be written") from None
    try:
        yield part
        _flush(part)
        os.replace(part, path)
        _sync(path.parent)
    except OSError as error:
        raise OutputError(f"{path}: not written ({error.strerror}); what was there before is untouched") from None
    finally:
        part.unlink(missing_ok=True)


def _sweep_owned(path: Path) -> None:
    """Removes parts of a file whose process is gone."""
    for part in path.parent.glob(f".{escape(path.name)}.*.part"):
        owner = part.name.removesuffix(".part").rpartition(".")[2]
        if owner.isdigit() and not lives(int(owner)):
            part.unlink(missing_ok=True)


@contextmanager
def _told(target: Path) -> Iterator[None]:
    """What the system says of writing, told as an error of ours. An error that names another file is not of writing."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        if isinstance(error, FileExistsError):
            raise OutputError(f"{target} exists already and was left as it is; {_HINT}") from None
        if error.filename is not None and Path(os.fsdecode(error.filename)).parent != target.parent:
            raise
        raise OutputError(f"{target}: not written ({error.strerror or error})") from None


def _part(folder: Path) -> tuple[BinaryIO, Path]:
    """A new file in a folder, and its name: locked as long as it is open, so that nobody takes it for a leftover."""
    while True:
        part = folder / _PART.format(secrets.token_hex(8))
        stream = part.open("xb")
        if not _locked(stream):
            return stream, part  # a file system without locks: nobody can take it for a leftover there either
        if part.exists():
            return stream, part
        stream.close()  # swept away before it was locked


def _locked(stream: BinaryIO) -> bool:
    """Whether a file could be locked by us: not where another holds it, nor where there are no locks."""
    try:
        import fcntl

        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (ImportError, OSError):
        return False
    return True


def _sweep(folder: Path) -> None:
    """Removes the parts that nobody holds any more."""
    for part in folder.glob(_PART.format("*")):
        with contextlib.suppress(OSError), part.open("rb") as stream:
            if _locked(stream):
                part.unlink()


def _named(part: Path, place: Path, overwrite: bool) -> None:
    """Gives a whole file its name. Without ``overwrite`` by a link, which fails where the name was taken meanwhile."""
    if overwrite:
        os.replace(part, place)
        return
    try:
        os.link(part, place)
    except OSError as error:
        if error.errno not in {errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK}:
            raise
        if os.path.lexists(place):
            raise FileExistsError(place) from None
        os.replace(part, place)  # a file system without links


def _sync(folder: Path) -> None:
    """The folder's new name on disk, where folders can be told to."""
    with contextlib.suppress(OSError):
        _flush(folder)


def _flush(place: Path) -> None:
    descriptor = os.open(place, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
