"""A stream of records that may be damaged in, the same stream out with a way back: to the next place where a record
begins."""

from __future__ import annotations

import re
import zlib
from typing import IO

RECORD = re.compile(rb"WARC/1\.[01]\r?\n(?=(?:[A-Za-z-]{2,40}:[^\n]{0,2000}\n){0,12}?WARC-(?:Type|Record-ID):)")
"""Where a record of a web archive begins."""
_STEP = 65_536


class Watched:
    """Reads a stream front to back and keeps what it read since the record in hand began, ``keep`` bytes at most."""

    def __init__(self, stream: IO[bytes], keep: int) -> None:
        self._stream, self._keep = stream, keep
        self._kept, self._start, self._at = bytearray(), 0, 0
        self.begun = 0

    def read(self, size: int = _STEP) -> bytes:
        if self._at == self._start + len(self._kept):
            self._more(size)
        part = bytes(self._kept[self._at - self._start :][:size])
        self._at += len(part)
        return part

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = 0) -> int:
        raise OSError(f"an archive is read from front to back, never to {offset} from {whence}")

    def close(self) -> None:
        self._stream.close()

    @property
    def ended(self) -> bool:
        """Whether what was read last is the end of a line: an archive that was not cut off ends so."""
        return self._kept.endswith(b"\n") or not self._kept

    def began(self, at: int) -> None:
        """A record begins at this byte of the stream."""
        del self._kept[: max(0, at - self._start)]
        self._start, self.begun = max(self._start, at), at

    def resume(self) -> bool:
        """Goes to where the next record after the one in hand begins; False where there is none."""
        looked = max(0, self.begun + 1 - self._start)
        while (found := RECORD.search(self._kept, looked)) is None or found.end() + _STEP > len(self._kept):
            if not self._more_or_end():
                break
            looked = max(0, (found.start() if found else len(self._kept) - 2 * _STEP))
        if found is None:
            return False
        self._at = self._start + found.start()
        self.began(self._at)
        return True

    def _more_or_end(self) -> bool:
        try:
            return self._more(_STEP)
        except (OSError, EOFError, zlib.error):
            return False

    def _more(self, size: int) -> bool:
        part = self._stream.read(size)
        self._kept += part
        over = len(self._kept) - self._keep - size
        if over > 0:
            del self._kept[:over]
            self._start += over
        self._at = max(self._at, self._start)
        return bool(part)
