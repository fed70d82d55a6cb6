"""What following remembers between runs: when which host was asked and what it said, what stood in the archive when it
was last told of. Files of a folder beside the archive, each there whole or not at all."""

from __future__ import annotations

import contextlib
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
from msgspec import Struct

from dateline.errors import DatelineError
from dateline.export.digest_atom import Entry
from dateline.intake.web import Marks
from dateline.merge.comparing import Standing
from dateline.writing import whole_file

VERSION = 1
"""Of the form of these files; those of another form are begun anew."""


class Host(Struct, kw_only=True):
    """A host (scheme, name, port). Times are seconds since 1970: when it was ``asked`` last, until when it wants
    ``quiet``; ``robots`` is its robots.txt as it was got at ``robots_at``, None where it could not be told."""

    asked: float = 0.0
    quiet: float = 0.0
    robots: str | None = None
    robots_at: float = 0.0


class Known(Struct, kw_only=True):
    """A feed or page: the ``marks`` of its last answer, which hold as long as the archive knows the input ``witness``
    that came with it; how often it failed since, until when it is left alone (``quiet``), and why."""

    marks: Marks = Marks()
    witness: str = ""
    failures: int = 0
    quiet: float = 0.0
    reason: str = ""


class Asked(Struct, kw_only=True):
    """What is remembered of hosts and sources, by address."""

    version: int = VERSION
    hosts: dict[str, Host] = {}
    sources: dict[str, Known] = {}


class Told(Struct, kw_only=True, frozen=True):
    """What is remembered of digests: how the archive stood at the last one, and when that was (``at``, a stamp); the
    latest entries of the feed (newest first), the files that were written."""

    version: int = VERSION
    at: str = ""
    standing: Standing = Standing()
    entries: tuple[Entry, ...] = ()
    files: tuple[str, ...] = ()


def folder_of(given: str | None, archive: str, plan: Path) -> Path:
    """Where it is remembered: the folder that a plan names, else one beside the archive's file, else beside the
    plan."""
    if given:
        return Path(given)
    beside = plan if "://" in archive else Path(archive)
    return beside.with_name(f"{beside.name}.following")


class Memory:
    """A folder of what is remembered, kept by one program at a time. ``name`` is that of the plan: several plans may
    follow into one archive. Raises :class:`DatelineError` where the folder cannot be made."""

    def __init__(self, folder: Path, name: str) -> None:
        self._asked, self._told = folder / "asked.json", folder / f"{name}.told"
        self._lock = folder / "lock"
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise DatelineError(
                f"{folder}: cannot be made ({error.strerror}); name another with state = in the plan"
            ) from None

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keeps others out. Raises :class:`DatelineError` where another program follows here."""
        with self._lock.open("ab") as stream:
            try:
                import fcntl

                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except ImportError:
                pass
            except OSError:
                raise DatelineError("another `dateline follow` is at work on this archive; wait for its end") from None
            yield

    def asked(self) -> Asked:
        """What is remembered of hosts and sources."""
        with contextlib.suppress(OSError, msgspec.DecodeError, UnicodeDecodeError):
            found = msgspec.json.decode(self._asked.read_bytes(), type=Asked)
            if found.version == VERSION:
                return found
        return Asked()

    def keep_asked(self, asked: Asked) -> None:
        """Writes it down: on disk when the call returns."""
        with whole_file(self._asked) as part:
            part.write_bytes(msgspec.json.format(msgspec.json.encode(asked), indent=1))

    def told(self) -> Told | None:
        """What is remembered of digests; None where there was none yet."""
        with contextlib.suppress(OSError, zlib.error, msgspec.DecodeError):
            found = msgspec.msgpack.decode(zlib.decompress(self._told.read_bytes()), type=Told)
            if found.version == VERSION:
                return found
        return None

    def keep_told(self, told: Told) -> None:
        """Writes it down: on disk when the call returns."""
        with whole_file(self._told) as part:
            part.write_bytes(zlib.compress(msgspec.msgpack.encode(told), 1))
