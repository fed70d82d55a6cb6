"""Processes kept between readings: taken where one of the same work rests, given back after it, ended with this one.

Starting a process that reads takes seconds, reading a report a fraction of one: whoever reads now and then (a notebook,
a desk, a test) would start one each time.
"""

from __future__ import annotations

import atexit
import os
import threading

from dateline.batch.fence import Child, Opening

REST = 300.0
"""Seconds after which a process that nobody takes ends itself: it holds about 300 MB."""
ROOM = 4
"""Processes that may rest at once, or as many as ever worked at once where those were more."""


class Kept:
    """Processes that rest, the one given back last the last. Of use to several threads at once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._resting: list[Child] = []
        self._out = 0
        self._room = ROOM

    def take(self, opening: Opening, told: bytes, max_memory: int) -> Child:
        """A process that rests and answers, or a new one; whoever takes it gives it back."""
        with self._lock:
            self._out += 1
            self._room = max(self._room, self._out)
        while (child := self._found(opening, told, max_memory)) is not None:
            if child.wakes():
                return child
        return Child(opening, told, max_memory)

    def give(self, child: Child) -> None:
        """Take back a process: it rests where it has nothing to do and has not grown, else it is ended."""
        sound = child.idle and not child.grown and child.rest(REST)
        with self._lock:
            self._out -= 1
            ended = [] if sound else [child]
            self._resting += [child] if sound else []
            while len(self._resting) > self._room:
                ended.append(self._resting.pop(0))
        for one in ended:
            one.close()

    def close(self) -> None:
        """End all that rest."""
        with self._lock:
            ended, self._resting = self._resting, []
        for child in ended:
            child.close()

    def _found(self, opening: Opening, told: bytes, max_memory: int) -> Child | None:
        with self._lock:
            for child in reversed(self._resting):
                if (child.opening, child.told, child.max_memory) == (opening, told, max_memory):
                    self._resting.remove(child)
                    return child
        return None


_kept = Kept()


def _begin_again() -> None:
    """In a fork: the processes are those of the other one."""
    global _kept  # noqa: PLW0603 - one set a process
    _kept = Kept()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_begin_again)


def take(opening: Opening, told: bytes, max_memory: int) -> Child:
    """A process of this interpreter's own set: see :meth:`Kept.take`."""
    return _kept.take(opening, told, max_memory)


def give(child: Child) -> None:
    """Give it back: see :meth:`Kept.give`."""
    _kept.give(child)


@atexit.register
def end_all() -> None:
    """End the processes that rest."""
    _kept.close()
