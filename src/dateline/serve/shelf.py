"""An archive in, what its pages share out: laid out once, kept until the archive is written to, and for the next
explorer."""

from __future__ import annotations

import gc
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

from dateline.archive.keeping import Archive
from dateline.archive.prepared import Prepared

LOOK_SECONDS = 1.0
"""How often the archive is asked at most whether it was written to."""
AT_ONCE_SECONDS = 1.5
"""An archive that is laid out faster than this is laid out while a reader waits; others behind his back."""
KEPT_BYTES = 48_000_000
"""Of pages that were made, so much is kept."""

Made = TypeVar("Made", bound=bytes)
Laid = TypeVar("Laid", bound=Prepared | None)


class LayingOutError(Exception):
    """The archive is being laid out for the first time: ask again in a moment."""


class Shelf:
    """Holds an archive's state, laid out. Threads share it. ``patience`` is how long a first reader waits, in
    seconds."""

    def __init__(self, archive: Archive, patience: float = 0.7) -> None:
        self.archive, self.patience = archive, patience
        self._guard = threading.Lock()
        self._busy = threading.Lock()
        self._ready = threading.Event()
        self._looked = 0.0
        self._took = 0.0
        self._now: Prepared | None = None
        self._failed: Exception | None = None
        self.behind = False
        """Whether the archive holds more than is laid out yet."""

    def current(self) -> Prepared:
        """The archive as it is, or, where it is large and was written to just now, as it was a moment ago. Raises
        :class:`LayingOutError` while it is laid out for the first time."""
        now = self._now
        if now is None:
            return self._first()
        if time.monotonic() - self._looked < LOOK_SECONDS:
            return now
        self._looked = time.monotonic()
        if self.archive.state() == now.state:
            return now
        if self._took < AT_ONCE_SECONDS:
            return self.lay_out()
        self.behind = True
        self.begin()
        return now

    def look_again(self) -> None:
        """Something was written here: the next page asks the archive."""
        self._looked = 0.0

    def begin(self) -> None:
        """Lays the archive out behind the reader's back."""
        if self._busy.acquire(blocking=False):
            threading.Thread(target=self._behind_his_back, name="laying out", daemon=True).start()

    def lay_out(self) -> Prepared:
        """Lays the archive out now, where it is not as it was."""
        with self._guard:
            if self._now is not None and self._now.state == self.archive.state():
                return self._now
            began = time.monotonic()
            before = self._now
            self._now = _kept_whole(lambda: self.archive.prepared(before))
            self._took = time.monotonic() - began
            self._looked = time.monotonic()
            self.behind = False
            if self._took >= AT_ONCE_SECONDS:
                self.archive.keep(self._now)
            return self._now

    def take_up(self) -> None:
        """Takes up what an earlier explorer laid out and kept, so that the first reader need not wait."""
        with self._guard:
            if self._now is None and (found := _kept_whole(self.archive.prepared_before)) is not None:
                self._now, self._took = found, AT_ONCE_SECONDS
                self.behind = self.archive.state() != found.state
                self._looked = time.monotonic()
                self._ready.set()

    def _first(self) -> Prepared:
        self._ready.clear()
        self.begin()
        self._ready.wait(self.patience)
        if self._failed is not None:
            failed, self._failed = self._failed, None
            raise failed
        if self._now is None:
            raise LayingOutError
        return self._now

    def _behind_his_back(self) -> None:
        try:
            self.take_up()
            self.lay_out()
        except Exception as error:  # noqa: BLE001 - handed to whoever asks next
            self._failed = error
        finally:
            self._busy.release()
            self._ready.set()


def _kept_whole(make: Callable[[], Laid]) -> Laid:
    """What is made, out of the collector's way: it holds no cycles, and looking through it again and again would cost
    more than making it."""
    gc.disable()
    try:
        return make()
    finally:
        gc.freeze()
        gc.enable()


class Kept(Generic[Made]):
    """What was made of one state, by name; the longest unused goes first. What several ask for at once is made once."""

    def __init__(self, limit: int = KEPT_BYTES) -> None:
        self.limit = limit
        self._all: OrderedDict[tuple[str, str], Made] = OrderedDict()
        self._size = 0
        self._guard = threading.Lock()
        self._making: dict[tuple[str, str], threading.Lock] = {}

    def get(self, state: str, name: str, make: Callable[[], Made]) -> Made:
        """What has a name, made now where it is not kept."""
        with self._guard:
            if (found := self._found(state, name)) is not None:
                return found
            turn = self._making.setdefault((state, name), threading.Lock())
        try:
            with turn:
                with self._guard:
                    if (found := self._found(state, name)) is not None:
                        return found
                made = make()
                with self._guard:
                    self._put(state, name, made)
        finally:
            with self._guard:
                self._making.pop((state, name), None)
        return made

    def _found(self, state: str, name: str) -> Made | None:
        found = self._all.get((state, name))
        if found is not None:
            self._all.move_to_end((state, name))
        return found

    def _put(self, state: str, name: str, made: Made) -> None:
        if (state, name) not in self._all and len(made) <= self.limit // 4:
            self._all[state, name] = made
            self._size += len(made)
        while self._size > self.limit:
            _, gone = self._all.popitem(last=False)
            self._size -= len(gone)
