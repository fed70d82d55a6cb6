"""Work for children that stands in for the parser: quick, and as wicked as a text asks for."""

from __future__ import annotations

import ctypes
import os
import signal
import time
from collections.abc import Callable, Iterator

import msgspec

from dateline.batch.fence import Work
from dateline.batch.planning import Job
from dateline.batch.shards import Reading
from dateline.batch.sources import open_intake
from dateline.model import Article, Fault, Record


def _sleep() -> None:
    time.sleep(1000)


def _loop() -> None:
    while True:
        pass


def _allocate(size: int, pause: float = 0) -> None:
    held = []
    while True:
        held.append(b"x" * size)
        time.sleep(pause)


DEEDS: dict[str, Callable[[], object]] = {
    "abort": os.abort,
    "exit": lambda: os._exit(3),
    "fault": lambda: ctypes.string_at(0),
    "loop": _loop,
    "sleep": _sleep,
    "memory": lambda: _allocate(20_000_000),
    "slow memory": lambda: _allocate(4_000_000, 0.002),
}


def misbehave(text: str) -> None:
    """Do what the text asks for; ``KILLED file`` is killed twice, as by somebody else, and goes on the third time."""
    if text.startswith("KILLED "):
        with open(text.split()[1], "a+") as count:
            count.write("x")
            count.flush()
            if count.tell() < 3:
                os.kill(os.getpid(), signal.SIGKILL)
    for name, deed in DEEDS.items():
        if f"POISON {name}" in text:
            deed()


def open_wicked(told: bytes) -> Work:
    """A reader that does what the texts ask for."""
    del told

    def work(task: bytes) -> Iterator[bytes | None]:
        for article in msgspec.msgpack.decode(task, type=list[Article]):
            misbehave(article.text)
            yield msgspec.msgpack.encode(Record(article=article, faults=(Fault(stage="own", reason="of the record"),)))

    return work


def open_deaf(told: bytes) -> Work:
    """A child that cannot start."""
    del told
    os._exit(4)


def open_wicked_intake(told: bytes) -> Work:
    """Intake whose page reader does what the texts ask for."""
    import dateline.intake.sources as sources
    from dateline.intake.found import Found, Piece
    from dateline.settings import Settings

    for kind, reader in list(sources._READERS.items()):

        def wicked(piece: Piece, configured: Settings, reader: sources.Reader = reader) -> Found:
            misbehave(piece.content.decode("utf-8", "replace"))
            return reader(piece, configured)

        sources._READERS[kind] = wicked
    return open_intake(told)


def open_wicked_reading(told: bytes, workers: int) -> Reading:
    """A step that reads with the wicked reader."""
    return Reading(msgspec.msgpack.decode(told, type=Job), workers, reader=open_wicked)


def open_slow(told: bytes) -> Work:
    """The wicked reader, a little slower."""
    wicked = open_wicked(told)

    def work(task: bytes) -> Iterator[bytes | None]:
        for answer in wicked(task):
            time.sleep(0.02)
            yield answer

    return work


def open_slow_reading(told: bytes, workers: int) -> Reading:
    """A step that reads with the slow reader."""
    return Reading(msgspec.msgpack.decode(told, type=Job), workers, reader=open_slow)
