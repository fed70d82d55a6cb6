"""The fence: work handed to a process of its own that can be killed; its answers out, or why it died."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

import msgspec

from dateline.errors import DatelineError, too_large

Work = Callable[[bytes], Iterator[bytes | None]]
"""A task in, its answers out; None is a sign of life without an answer."""
Opening = Callable[[bytes], Work]
"""What a child is told at its start in, its work out. Named at the top of a module, so that a new process finds it."""
TICK = 0.1
"""Seconds between two looks at a child's memory."""
_ANSWER, _ALIVE, _DONE, _ERROR = b"+", b"~", b".", b"?"
TRIES = 3
"""Times that a task is begun whose process is killed from outside."""
BIRTHS = 10
"""Times in a row that a process is started which is killed from outside before it is ready."""
_OUT_OF_MEMORY = 71
_FROM_OUTSIDE = {-signal.SIGTERM, -9}
"""Exit codes of a process that a signal of somebody else ended (SIGKILL has no name on Windows)."""
_PAGE = 4096
_GRACE = 5.0
GROWN = 0.7
"""Share of ``max_memory`` at which a process is replaced between two tasks."""
_NOTHING = b""
"""A task without work, answered at once."""
_LOOK = 5.0
"""Seconds between two looks at whether the parent lives."""
_WAKING = 5.0
"""Seconds in which a process that rested answers, or is taken for dead."""


class Died(Exception):  # noqa: N818 - an event, told in the past tense
    """A child is no more: ``reason`` names the limit that it broke, ``hint`` how to raise it. ``killed`` where somebody
    else ended it (a person, the system): what it was at may be sound."""

    def __init__(self, reason: str, hint: str | None = None, *, killed: bool = False) -> None:
        super().__init__(reason)
        self.reason, self.hint, self.killed = reason, hint, killed


class Child:
    """One process that opens its work once and does many tasks, each under a limit of time, all under one of memory
    (megabytes). Tasks go in by :meth:`ask`, one at a time; :meth:`hear` gives what came of them."""

    def __init__(self, opening: Opening, told: bytes, max_memory: int) -> None:
        context = multiprocessing.get_context("spawn")  # numpy's threads make fork unsafe
        self.channel, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, opening, told, max_memory), daemon=True)
        self._process.start()
        theirs.close()
        self.opening, self.told, self.max_memory = opening, told, max_memory
        self._seconds = 0.0
        self._ends: float | None = None
        self.ready = False
        self.idle = False

    def ask(self, task: bytes, seconds: float) -> None:
        """Hand a task to an idle child; it dies where it gives no sign of life for ``seconds``."""
        self.idle, self._seconds, self._ends = False, seconds, time.monotonic() + seconds
        with contextlib.suppress(OSError):  # a child that died is found out when it is heard
            self.channel.send_bytes(msgspec.msgpack.encode((seconds, task)))

    def rest(self, seconds: float) -> bool:
        """Let an idle child end itself where it hears nothing for so long; whether it could be told."""
        try:
            self.channel.send_bytes(msgspec.msgpack.encode((seconds, None)))
        except OSError:
            return False
        return True

    def wakes(self) -> bool:
        """Whether a child that rested still answers; one that was killed or stopped meanwhile does not, and ends."""
        self.ask(_NOTHING, _WAKING)
        return self.settles(2 * _WAKING)

    def settles(self, seconds: float) -> bool:
        """Whether a child is idle within so many seconds; what it says till then is passed over."""
        ends = time.monotonic() + seconds
        try:
            while not self.idle and time.monotonic() < ends:
                listen([self])
                for _ in self.hear():
                    pass
        except (Died, DatelineError):
            self.close()
        return self.idle

    def hear(self) -> Iterator[bytes]:
        """The answers that are there now. Raises :class:`Died`, and :class:`DatelineError` for an error that would meet
        every task (a missing model, say)."""
        try:
            while self.channel.poll():
                message = self.channel.recv_bytes()
                self._ends = time.monotonic() + self._seconds
                if message[:1] == _ANSWER:
                    yield message[1:]
                elif message[:1] == _DONE:
                    self.ready = self.idle = True
                    self._ends = None
                    return
                elif message[:1] == _ERROR:
                    raise _told(message[1:])
        except (EOFError, OSError):
            raise self._dead() from None
        self._check()

    def memory(self) -> float:
        """Megabytes held; 0 where the system does not tell."""
        try:
            return int(Path(f"/proc/{self._process.pid}/statm").read_text().split()[1]) * _PAGE / 1e6
        except (OSError, IndexError, ValueError):
            return 0.0

    @property
    def grown(self) -> bool:
        """Whether it holds so much that it is better replaced."""
        return self.memory() > GROWN * self.max_memory

    def close(self) -> None:
        """End the process, at once."""
        self.channel.close()
        self._process.kill()
        self._process.join()

    def _check(self) -> None:
        if self._ends is not None and time.monotonic() > self._ends:
            self.close()
            raise Died(
                f"reading it took longer than the limit of {self._seconds:g} s (max_seconds)",
                "raise max_seconds in dateline.toml or DATELINE_MAX_SECONDS, or split the report",
            )
        if self.memory() > self.max_memory:
            self.close()
            raise self._too_large()

    def _dead(self) -> Died:
        self._process.join(_GRACE)
        code = self._process.exitcode
        self.close()
        if code == _OUT_OF_MEMORY:
            return self._too_large()
        end = f"signal {-code}" if code is not None and code < 0 else f"exit status {code}"
        return Died(
            f"the process that read it died ({end}): a crash in a library, or out of memory (max_memory)",
            "report it with the file, if you may share it",
            killed=code in _FROM_OUTSIDE,
        )

    def _too_large(self) -> Died:
        return Died(*too_large(self.max_memory))


def listen(children: list[Child], seconds: float = TICK) -> None:
    """Wait until one of the children says something, ``seconds`` at most."""
    wait([child.channel for child in children], seconds)


def _told(raw: bytes) -> DatelineError:
    stage, _, reason = raw.decode("utf-8", "replace").partition(": ")
    error = DatelineError(reason)
    error.stage = stage
    return error


def _serve(channel: Connection, opening: Opening, told: bytes, max_memory: int) -> None:
    """The life of a child."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        work = opening(told)
        _bound_memory(max_memory)
        channel.send_bytes(_DONE)
        rest: float | None = None
        while channel.poll(rest):
            seconds, task = msgspec.msgpack.decode(channel.recv_bytes(), type=tuple[float, bytes | None])
            rest = seconds if task is None else None
            if task is not None:
                _answer(channel, work(task) if task else iter(()), seconds)
                channel.send_bytes(_DONE)
    except MemoryError:
        os._exit(_OUT_OF_MEMORY)
    except DatelineError as error:
        channel.send_bytes(_ERROR + f"{error.stage}: {error}".encode("utf-8", "replace"))
    except (EOFError, OSError):
        os._exit(0)


def _answer(channel: Connection, answers: Iterator[bytes | None], seconds: float) -> None:
    """Send the answers. The alarm ends a child that nobody watches any more, even inside a library that never
    returns; it rings long after the parent would have ended it."""
    while True:
        _alarm(2 * seconds + 30)
        try:
            answer = next(answers)
        except StopIteration:
            return
        finally:
            _alarm(0)
        channel.send_bytes(_ALIVE if answer is None else _ANSWER + answer)


def _alarm(seconds: float) -> None:
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _end_with_parent() -> None:
    """The pipe by which the system tells of the parent's end stays open where the parent has forked: the parent's
    number is looked at too."""
    parent: Any = multiprocessing.parent_process()
    while not wait([parent.sentinel], _LOOK) and os.getppid() == parent.pid:
        pass
    os._exit(1)


def _bound_memory(megabytes: int) -> None:
    """Let a sudden demand for memory fail here, before the parent sees it grow. Address space that libraries have
    reserved and do not use is not counted (about 250 MB with parser and encoder loaded)."""
    try:
        import resource

        size, held = (int(n) * _PAGE for n in Path("/proc/self/statm").read_text().split()[:2])
    except (ImportError, OSError):
        return
    limit = size - held + int(megabytes * 1e6)
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
