"""Shards in, their files out: the records of each, and its ledger, which is written last and says that it is done."""

from __future__ import annotations

import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from itertools import groupby
from pathlib import Path
from typing import Literal, Protocol

import msgspec
from msgspec import Struct

from dateline.batch.fence import Opening
from dateline.batch.forms import Put, Row, rows_into
from dateline.batch.parts import Near
from dateline.batch.planning import Form, Job, Shard
from dateline.batch.reading import Readers, Result
from dateline.batch.sources import Opener
from dateline.batch.storage import Storage
from dateline.intake.found import Found, Outcome
from dateline.model import Rejection
from dateline.store import report_id
from dateline.wire import json_line

RECORDS, LEDGER = "records", "ledger"
"""Folders of the output."""
Heard = Callable[[int], None]
"""Hears how many more inputs have ended."""


class Entry(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How one input of a batch ended. ``kind`` is as in the ledger of an archive; a record has a ``report``, as has the
    duplicate of one; ``faulty`` where a stage failed on it. ``offset`` is its place in its origin."""

    kind: Literal["record", "duplicate", "error"]
    id: str
    report: str | None = None
    faulty: bool = False
    origin: str | None = None
    offset: int | None = None
    stage: str | None = None
    reason: str | None = None
    hint: str | None = None


class Ended(Struct, frozen=True):
    """A shard that is done, and how many inputs it had."""

    number: int
    inputs: int


class Step(Protocol):
    """What is done to each shard: opened once in a process, called with some shards, closed."""

    def __call__(self, shards: Iterable[Shard], heard: Heard) -> Iterator[Ended]: ...

    def close(self) -> None: ...


Stepping = Callable[[bytes, int], Step]
"""What opens a step: what is told to it, and how many processes it may keep busy. Named at the top of a module."""


def records_name(shard: Shard, to: Form) -> str:
    """The file of a shard's records."""
    return f"{RECORDS}/{shard.name}.{to}"


def ledger_name(shard: Shard) -> str:
    """The file of a shard's ledger."""
    return f"{LEDGER}/{shard.name}.jsonl"


def done(storage: Storage, shards: Iterable[Shard]) -> set[int]:
    """The numbers of the shards that are done."""
    there = storage.names(LEDGER)
    return {shard.number for shard in shards if f"{shard.name}.jsonl" in there}


_entry = msgspec.json.Decoder(Entry)


def entries(storage: Storage, shard: Shard) -> Iterator[Entry]:
    """The ledger of a shard that is done."""
    with storage.reading(ledger_name(shard)) as stream:
        yield from map(_entry.decode, stream)


def open_reading(told: bytes, workers: int) -> Step:
    """The step that reads (:class:`Job` told)."""
    return Reading(msgspec.msgpack.decode(told, type=Job), workers)


class Reading:
    """Reads shards, with processes that are kept from one to the next: all that are handed over at once as one stream,
    in order, so that none waits at the end of a shard."""

    def __init__(self, job: Job, workers: int, intake: Opening | None = None, reader: Opening | None = None) -> None:
        self._job, self._storage = job, Storage(job.out)
        self._held = ExitStack()
        spool = self._held.enter_context(tempfile.TemporaryDirectory(prefix="dateline-near-"))
        self._near = Near(Path(spool))
        self._opener = Opener(job.settings, job.about, intake)
        self._held.callback(self._opener.close)
        configured = msgspec.structs.replace(job.settings, workers=workers)
        self._readers = self._held.enter_context(Readers(configured, reader))

    def close(self) -> None:
        self._held.close()

    def __call__(self, shards: Iterable[Shard], heard: Heard) -> Iterator[Ended]:
        given, tags = list[Shard](), deque[tuple[Shard, int | None]]()
        for shard in shards:
            if self._storage.has(ledger_name(shard)):  # an engine hands out again what a dead worker had done
                yield Ended(shard.number, sum(1 for _ in entries(self._storage, shard)))
            else:
                given.append(shard)
        results = self._readers.read(self._outcomes(given, tags))
        tagged = ((*tags.popleft(), result) for result in results)
        left = {shard.number: shard for shard in given}
        for number, some in groupby(tagged, lambda one: one[0].number):
            shard = left.pop(number)
            yield self._written(shard, ((offset, result) for _, offset, result in some), heard)
        for shard in left.values():  # nothing was in them: an input has shrunk since it was counted
            yield self._written(shard, iter(()), heard)

    def _outcomes(self, shards: Iterable[Shard], tags: deque[tuple[Shard, int | None]]) -> Iterator[Outcome]:
        for shard in shards:
            inputs = self._near.inputs(shard.parts)
            many = len(shard.parts) == 1
            for number, outcome in enumerate(self._opener.open(inputs, shard.skip, shard.stop), shard.skip + 1):
                tags.append((shard, number if many and isinstance(outcome, Found) else None))
                yield outcome

    def _written(self, shard: Shard, results: Iterator[tuple[int | None, Result]], heard: Heard) -> Ended:
        ledger: list[Entry] = []
        seen: set[str] = set()
        name = records_name(shard, self._job.to)
        with self._storage.writing(name) as stream, rows_into(stream, self._job.to) as put:
            for offset, result in results:
                ledger.append(_ended(result, offset, seen, put))
                heard(1)
        with self._storage.writing(ledger_name(shard)) as stream:
            stream.writelines(map(json_line, ledger))
        return Ended(shard.number, len(ledger))


def _ended(result: Result, offset: int | None, seen: set[str], put: Put) -> Entry:
    """How an input ended; its record is put where it is the first of its report."""
    if isinstance(result, Rejection):
        return error_of(result)
    article = result.article
    report = report_id(article)
    entry = Entry(kind="record", id=article.id, report=report, origin=article.origin, offset=offset)
    if report in seen:
        return msgspec.structs.replace(entry, kind="duplicate")
    seen.add(report)
    put(Row(report, result))
    return msgspec.structs.replace(entry, faulty=any(fault.kind == "error" for fault in result.faults))


def error_of(rejection: Rejection) -> Entry:
    """The entry of an input that could not be read."""
    return Entry(
        kind="error",
        id=rejection.id,
        origin=rejection.origin,
        offset=rejection.offset,
        stage=rejection.stage,
        reason=rejection.reason,
        hint=rejection.hint,
    )
