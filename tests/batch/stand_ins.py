"""Work for children that stands in for the parser: quick, and as wicked as a text asks for."""

from __future__ import annotations

import ctypes
import os
import time
from collections.abc import Iterator

import msgspec

from dateline.batch.fence import Work
from dateline.batch.sources import open_intake
from dateline.model import Article, Fault, Record


def misbehave(text: str) -> None:
    """Do what the text asks for."""
    if "POISON abort" in text:
        os.abort()
    if "POISON exit" in text:
        os._exit(3)
    if "POISON fault" in text:
        ctypes.string_at(0)
    if "POISON loop" in text:
        while True:
            pass
    if "POISON sleep" in text:
        time.sleep(1000)
    if "POISON memory" in text:
        held = []
        while True:
            held.append(b"x" * 20_000_000)
    if "POISON slow memory" in text:
        held = []
        while True:
            held.append(b"x" * 4_000_000)
            time.sleep(0.002)


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
