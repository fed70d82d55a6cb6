"""Articles and rejections in, records and rejections out, in order: read in processes behind the fence."""

from __future__ import annotations

import gc
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from typing import Self

import msgspec

from dateline.batch.fence import BIRTHS, TRIES, Child, Died, Opening, Work, listen
from dateline.errors import PipelineError
from dateline.intake.found import Found, Outcome
from dateline.model import Article, Fault, Record, Rejection
from dateline.settings import Settings

CHUNK = 16
"""Articles handed to a process at once: they are parsed together, which is faster."""
CHUNK_CHARACTERS = 60_000
"""Characters at which a chunk is full, so that long reports do not wait for each other."""
AHEAD = 4
"""Chunks in flight a process: enough to keep it busy, few enough to bound memory."""
LONG = 20_000
"""Characters of a report for which ``max_seconds`` is meant."""
GROWN = 0.7
"""Share of ``max_memory`` at which a process is replaced between two chunks."""

Result = Record | Rejection


def with_doubts(record: Record, doubts: tuple[Fault, ...]) -> Record:
    """The record with the doubts of intake put before its own faults."""
    return msgspec.structs.replace(record, faults=(*doubts, *record.faults)) if doubts else record


class Chunk:
    """Some outcomes on their way: which articles are still to be read, and the results in order."""

    def __init__(self, outcomes: list[Outcome]) -> None:
        self.articles = {n: o for n, o in enumerate(outcomes) if isinstance(o, Found)}
        self.results: dict[int, Result] = {n: o for n, o in enumerate(outcomes) if isinstance(o, Rejection)}
        self.groups = deque([list(self.articles)] if self.articles else [])
        self.size = len(outcomes)
        self._killed: Counter[int] = Counter()

    @property
    def done(self) -> bool:
        return len(self.results) == self.size

    def take(self, number: int, record: Record) -> None:
        """File a record, the doubts of intake before its own."""
        self.results[number] = with_doubts(record, self.articles[number].faults)

    def lose(self, group: list[int], died: Died) -> None:
        """A process died over a group: what is left of it is read one by one. A single one is rejected, but where
        somebody else killed the process it is tried again, :data:`TRIES` times in all."""
        left = [n for n in group if n not in self.results]
        if len(group) > 1:
            self.groups.extendleft([n] for n in reversed(left))
            return
        for n in left:
            self._killed[n] += died.killed
            if died.killed and self._killed[n] < TRIES:
                self.groups.appendleft([n])
                continue
            article = self.articles[n].article
            self.results[n] = Rejection(
                id=article.id, stage="fence", reason=died.reason, hint=died.hint, origin=article.origin
            )


class Reader:
    """A child and the group that it reads."""

    def __init__(self, child: Child) -> None:
        self.child = child
        self.chunk: Chunk | None = None
        self.group: list[int] = []
        self.taken = 0


def read_found(outcomes: Iterable[Outcome], configured: Settings, opening: Opening | None = None) -> Iterator[Result]:
    """A result an outcome, in order, the same for any number of workers. An article that ends its process or breaks a
    limit is a rejection of stage ``fence``; no other is affected. No process is left when the iterator is closed."""
    with Readers(configured, opening) as readers:
        yield from readers.read(outcomes)


class Readers:
    """The processes that read: started when there is work, replaced when they die or have grown, kept until closed."""

    def __init__(self, configured: Settings, opening: Opening | None = None) -> None:
        self._settings, self._opening = configured, opening or open_reader
        self._readers: list[Reader] = []
        self._unborn = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_ended: object) -> None:
        self.close()

    def read(self, outcomes: Iterable[Outcome]) -> Iterator[Result]:
        """A result an outcome, in order. One call at a time, each to its end."""
        chunks, window = _chunks(outcomes), deque[Chunk]()
        while True:
            while len(window) < max(self._settings.workers, 1) * AHEAD and (chunk := next(chunks, None)):
                window.append(chunk)
                self.turn(window, 0)
            if not window:
                return
            while not window[0].done:
                self.turn(window)
            chunk = window.popleft()
            yield from (chunk.results[n] for n in range(chunk.size))

    def turn(self, window: deque[Chunk], seconds: float = 0.1) -> None:
        """Hand out what waits, listen, take what came."""
        self._hand_out(window)
        if seconds:
            listen([reader.child for reader in self._readers], seconds)
        for reader in list(self._readers):
            try:
                self._hear(reader)
            except Died as died:
                self._readers.remove(reader)
                if not reader.child.ready:
                    self._unborn += 1
                    if not died.killed or self._unborn == BIRTHS:
                        raise PipelineError(f"the process that reads could not start: {died.reason}") from None
                if reader.chunk is not None:
                    reader.chunk.lose(reader.group, died)

    def close(self) -> None:
        for reader in self._readers:
            reader.child.close()

    def _hand_out(self, window: deque[Chunk]) -> None:
        waiting = [chunk for chunk in window if chunk.groups]
        idle = [reader for reader in self._readers if reader.child.idle]
        missing = min(max(self._settings.workers, 1), len(waiting)) - len(self._readers)
        for _ in range(missing):
            told = msgspec.msgpack.encode(self._settings)
            self._readers.append(Reader(Child(self._opening, told, self._settings.max_memory)))
        for reader in idle:
            chunk = next((chunk for chunk in waiting if chunk.groups), None)
            if chunk is None:
                return
            self._give(reader, chunk)

    def _give(self, reader: Reader, chunk: Chunk) -> None:
        reader.chunk, reader.group, reader.taken = chunk, chunk.groups.popleft(), 0
        articles = [chunk.articles[n].article for n in reader.group]
        parts = 1 + sum(len(article.text) for article in articles) // LONG
        reader.child.ask(msgspec.msgpack.encode(articles), self._settings.max_seconds * parts)

    def _hear(self, reader: Reader) -> None:
        for raw in reader.child.hear():
            assert reader.chunk is not None
            reader.chunk.take(reader.group[reader.taken], _record.decode(raw))
            reader.taken += 1
        self._unborn = 0 if reader.child.ready else self._unborn
        if reader.child.idle and reader.child.memory() > GROWN * self._settings.max_memory:
            reader.child.close()
            self._readers.remove(reader)


def _chunks(outcomes: Iterable[Outcome]) -> Iterator[Chunk]:
    waiting: list[Outcome] = []
    characters = 0
    for outcome in outcomes:
        waiting.append(outcome)
        characters += len(outcome.article.text) if isinstance(outcome, Found) else 0
        if len(waiting) == CHUNK or characters >= CHUNK_CHARACTERS:
            yield Chunk(waiting)
            waiting, characters = [], 0
    if waiting:
        yield Chunk(waiting)


_record = msgspec.msgpack.Decoder(Record)


def open_reader(told: bytes) -> Work:
    """The reading of a child: a list of articles in, their records out, everything loaded before the first one."""
    from dateline.intake.text import article_from_text
    from dateline.pipeline import pipeline

    gc.set_threshold(20_000, 20, 10)
    loaded = pipeline(msgspec.msgpack.decode(told, type=Settings))
    loaded.read(article_from_text("The frigate left Bergen on Monday, the ministry said.", published="2024-05-18"))
    gc.freeze()  # tables and parser make a million objects that stay: none need be looked at again

    def work(task: bytes) -> Iterator[bytes | None]:
        articles = msgspec.msgpack.decode(task, type=list[Article])
        return (msgspec.msgpack.encode(record) for record in loaded.read_all(articles))

    return work
