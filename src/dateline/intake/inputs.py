"""What the user named (files, folders, patterns, addresses, standard input) in, one input after the other out, in an
order that is always the same."""

from __future__ import annotations

import glob
import itertools
import os
import shutil
import sys
import tempfile
from collections.abc import Container, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import msgspec
from msgspec import Struct

from dateline.errors import InputError
from dateline.intake.found import About
from dateline.intake.index import index_of
from dateline.model import Rejection
from dateline.processes import lives

STDIN = "stdin"
_SPOOL = "dateline-spool-"


class Input(Struct, frozen=True, kw_only=True):
    """One file or address. ``path`` is the file's name as the system has it, None for an address; ``about`` is what
    an index beside it says of it."""

    id: str
    origin: str
    path: bytes | None = None
    url: str | None = None
    about: About = About()


@contextmanager
def spooled() -> Iterator[Path]:
    """A folder for copies of what can be read once only, gone afterwards; those of killed runs are removed too."""
    place = Path(tempfile.gettempdir())
    for left in place.glob(f"{_SPOOL}*"):
        owner = left.name.removeprefix(_SPOOL).partition("-")[0]
        if owner.isdigit() and not lives(int(owner)):
            shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=f"{_SPOOL}{os.getpid()}-") as folder:
        yield Path(folder)


def inputs_of(sources: Sequence[str], spool: Path, stdin: IO[bytes] | None = None) -> Iterator[Input | Rejection]:
    """The inputs of some sources. Ids are a file's name, its path below a given folder, or an address; a second input
    of the same id is called by its full path, and numbered where that stands too. Pipes and standard input are copied
    to the folder ``spool``, so that they can be read again."""
    seen: set[str] = set()
    for number, source in enumerate(sources):
        for found in _of_source(source, spool / str(number), stdin):
            if isinstance(found, Input):
                name = found.id if found.id not in seen else numbered(found.origin, seen)
                found = msgspec.structs.replace(found, id=name)
            seen.add(found.id)
            yield found


def numbered(name: str, seen: Container[str]) -> str:
    """The name, or the first of ``name-2``, ``name-3`` and so on that was not seen."""
    names = itertools.chain([name], (f"{name}-{number}" for number in itertools.count(2)))
    return next(one for one in names if one not in seen)


def printable(name: str | bytes | os.PathLike[str]) -> str:
    """A name that is valid Unicode and cannot play tricks on a terminal."""
    text = os.fsencode(name).decode("utf-8", "replace")
    return "".join(c if c.isprintable() else "?" for c in text)


def _of_source(source: str, copy: Path, stdin: IO[bytes] | None) -> Iterator[Input | Rejection]:
    origin = printable(source)
    if source == "-":
        with copy.open("wb") as out:
            shutil.copyfileobj(stdin or sys.stdin.buffer, out)
        yield Input(id=STDIN, origin="standard input", path=os.fsencode(copy))
    elif source.lower().startswith(("http://", "https://")):
        yield Input(id=origin, origin=origin, url=source)
    elif os.path.isdir(source):
        yield from _of_folder(Path(source), origin)
    elif os.path.lexists(source):
        yield _of_file(source, copy, origin)
    elif glob.has_magic(source):
        names = sorted(glob.glob(source, recursive=True))
        for name in names:
            if not os.path.isdir(name):
                yield _of_file(name, copy, printable(name))
        if not names:
            yield _refused(origin, origin, "no file matches this pattern")
    else:
        yield _refused(origin, origin, "it cannot be opened: No such file or directory")


def _of_file(name: str, copy: Path, origin: str) -> Input | Rejection:
    """The input of a file that was named itself."""
    short = printable(os.path.basename(name))
    if os.path.isfile(name):
        return Input(id=short, origin=origin, path=os.fsencode(name))
    try:
        with open(name, "rb") as pipe, copy.open("wb") as out:
            shutil.copyfileobj(pipe, out)
    except OSError as error:
        return _refused(short, origin, f"it cannot be opened: {error.strerror or error}")
    return Input(id=short, origin=origin, path=os.fsencode(copy))


def _of_folder(folder: Path, origin: str) -> Iterator[Input | Rejection]:
    """Every file below a folder in the order of names; hidden ones are left out, links that lead outside refused. Where
    the folder has an index, the files that it names and no others, with what it says of them."""
    try:
        index = index_of(folder)
    except InputError as error:
        yield _refused(origin, origin, str(error))
        return
    if index is not None:
        yield from _indexed(folder, index)
        return
    inside, count = folder.resolve(), 0
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        linked = [name for name in folders if os.path.islink(os.path.join(place, name))]
        for name in sorted([*names, *linked]):
            if name.startswith("."):
                continue
            count += 1
            path = Path(place, name)
            short, full = printable(path.relative_to(folder).as_posix()), printable(path.as_posix())
            if path.is_symlink() and not path.resolve().is_relative_to(inside):
                yield _refused(
                    short, full, "it is a link that leads out of the folder; name the file itself to read it"
                )
            elif path.is_file():
                yield Input(id=short, origin=full, path=os.fsencode(path))
            elif not path.is_dir():
                yield _refused(short, full, "it is no file that can be read (a pipe, a device, or a link to nothing)")
    if not count:
        yield _refused(origin, origin, "the folder holds no files")


def _indexed(folder: Path, index: dict[str, About]) -> Iterator[Input | Rejection]:
    inside = folder.resolve()
    for name, about in sorted(index.items()):
        path = folder / name
        short, full = printable(name), printable(path.as_posix())
        if not path.resolve().is_relative_to(inside):
            yield _refused(short, full, "the index names a file outside the folder; name the file itself to read it")
        elif path.is_file():
            yield Input(id=short, origin=full, path=os.fsencode(path), about=about)
        else:
            yield _refused(short, full, "the index names it, but there is no such file")


def _refused(name: str, origin: str, reason: str) -> Rejection:
    return Rejection(id=name, stage="intake", reason=reason, origin=origin)
