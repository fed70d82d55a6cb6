"""A gzip stream in, its bytes out as far as they go: what was packed before the stream breaks off is not lost."""

from __future__ import annotations

import io
import zlib
from typing import IO, Any

_STEP = 65_536


_MEMBER = b"\x1f\x8b\x08"
_GAP = b"\r\n(damaged)\r\n"
"""What stands for a damaged member: no record of any archive begins so."""


class Unpacked(io.RawIOBase):
    """Reads a gzip stream of any number of members, in bounded memory. Raises :class:`EOFError` where it is cut off and
    :class:`zlib.error` where it is damaged, each after everything before it has been read. With ``resume`` it goes on
    behind a damaged member with the next one, and gives a line of its own for what is lost."""

    def __init__(self, packed: IO[bytes], *, resume: bool = False) -> None:
        self._packed, self._member, self._ahead, self._started = packed, zlib.decompressobj(31), b"", False
        self._resume = resume

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill ``buffer`` with what comes next; 0 at the end."""
        view = memoryview(buffer)
        while True:
            if not self._ahead:
                self._ahead = self._packed.read(_STEP)
                if not self._ahead:
                    if self._started:
                        raise EOFError("the gzip stream is cut off")
                    return 0
            part = self._unpacked(len(view))
            if part:  # a gap is shorter than any buffer of ours
                view[: len(part)] = part
                return len(part)

    def _unpacked(self, size: int) -> bytes:
        self._started = True
        try:
            part = self._member.decompress(self._ahead, size)
        except zlib.error:
            if not self._resume:
                raise
            self._skip()
            return _GAP
        self._ahead = self._member.unconsumed_tail
        if self._member.eof:
            self._ahead, self._started = self._member.unused_data.lstrip(b"\0"), False
            self._member = zlib.decompressobj(31)
        return part

    def _skip(self) -> None:
        """Passes over the rest of a damaged member, to where another may begin."""
        self._member, self._started = zlib.decompressobj(31), False
        seen = self._ahead[1:]
        while (at := seen.find(_MEMBER)) < 0:
            more = self._packed.read(_STEP)
            if not more:
                self._ahead = b""
                return
            seen = seen[-2:] + more
        self._ahead = seen[at:]


def unpacked(packed: IO[bytes], *, resume: bool = False) -> IO[bytes]:
    """A buffered reader of a gzip stream that hands on what it has before it fails; see :class:`Unpacked`."""
    return _Patient(Unpacked(packed, resume=resume), _STEP)


class _Patient(io.BufferedReader):
    """A reader whose ``read`` and ``readline`` give what came before a failure, and fail on the next call."""

    _failed: BaseException | None = None

    def read(self, size: int | None = -1, /) -> bytes:
        return self._gathered(size, line=False)

    def readline(self, size: int | None = -1, /) -> bytes:
        return self._gathered(size, line=True)

    def _gathered(self, size: int | None, *, line: bool) -> bytes:
        assert size is not None
        assert size >= 0, "never read without a bound"
        parts: list[bytes] = []
        while size > 0 and (seen := self._seen()):
            cut = seen.find(b"\n") + 1 if line else 0
            parts.append(super().read1(min(cut or len(seen), size)))
            size -= len(parts[-1])
            if cut and parts[-1].endswith(b"\n"):
                break
        if not parts and self._failed is not None:
            raise self._failed
        return b"".join(parts)

    def _seen(self) -> bytes:
        """What is there without asking further, at least a byte of it; empty at the end and after a failure."""
        try:
            return super().peek(1)
        except (EOFError, zlib.error, OSError) as error:
            self._failed = error
            return b""
