"""The inputs of a batch in, its shards out: what each worker reads in one go and writes to one file. The plan is kept
with the output, so that a stopped batch goes on with the same shards."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from dateline.batch.fence import Child, Died, Work, listen
from dateline.batch.parts import Near, Part, parts_of
from dateline.batch.storage import Storage
from dateline.errors import InputError, PipelineError
from dateline.intake.found import About
from dateline.intake.inputs import Input
from dateline.intake.sources import pieces_of
from dateline.knowledge.files import knowledge_hash
from dateline.model import Rejection
from dateline.settings import Settings
from dateline.version import __version__

Form = Literal["jsonl", "parquet"]
FILE = "plan.json"
GROUP = 64
"""Inputs that are counted at once."""
_IDLE = ("workers", "cache", "archive", "doubtful", "today")
"""Settings that change nothing in a record, and the day, which the plan itself tells."""


class Job(Struct, frozen=True, kw_only=True):
    """What every worker is told: where the shards go, in which form, and how they are read."""

    out: str
    to: Form
    settings: Settings
    about: About = About()


class Shard(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Some inputs, read in one go; of an input that stands alone the reports from number ``skip`` to before ``stop``
    (from 0). ``reports`` is how many there are, as far as they were counted."""

    number: int
    parts: tuple[Part, ...]
    skip: int = 0
    stop: int | None = None
    reports: int = 0

    @property
    def name(self) -> str:
        """The name of its files, without their ends."""
        return f"{self.number:06}"


class Plan(Struct, frozen=True, kw_only=True):
    """A batch: what was there when it began, how it is read, and its shards. ``counted`` is False where each input is
    a shard and nobody looked how many reports it holds."""

    dateline: str
    knowledge: str
    job: Job
    shard_size: int
    shards: tuple[Shard, ...]
    refused: tuple[Rejection, ...] = ()

    @property
    def reports(self) -> int:
        """Reports that were counted."""
        return sum(shard.reports for shard in self.shards) + len(self.refused)

    def job_for(self, configured: Settings) -> Job:
        """The job as it is done with the settings of today that change nothing in a record."""
        own = {name: getattr(configured, name) for name in _IDLE if name != "today"}
        return msgspec.structs.replace(self.job, settings=msgspec.structs.replace(self.job.settings, **own))


_codec = msgspec.json.Decoder(Plan)
Told = Callable[[str], None]


def planned(sources: Sequence[str], job: Job, shard_size: int, spool: Path) -> Plan:
    """The plan that the output holds, or a new one, which is written there. A shard has ``shard_size`` reports; 0 makes
    each input one. Raises :class:`InputError` where the output is another batch's."""
    storage = Storage(job.out)
    parts, refused = parts_of(sources, spool)
    if storage.has(FILE):
        with storage.reading(FILE) as stream:
            kept = _read(stream.read(), job.out)
        _same(kept, job, parts, shard_size)
        return kept
    if storage.names():
        raise InputError(f"{job.out}: there are files already, and none of a batch; name a folder of its own")
    day = job.settings.today or datetime.now(UTC).date()
    job = msgspec.structs.replace(job, settings=msgspec.structs.replace(job.settings, today=day))
    counted = counts_of(parts, job, Near(spool)) if shard_size else [0] * len(parts)
    shards = tuple(cut(parts, counted, shard_size))
    plan = Plan(
        dateline=__version__,
        knowledge=knowledge_hash(),
        job=job,
        shard_size=shard_size,
        shards=shards,
        refused=tuple(refused),
    )
    with storage.writing(FILE) as out:
        out.write(msgspec.json.encode(plan))
    return plan


def _read(raw: bytes, where: str) -> Plan:
    try:
        return _codec.decode(raw)
    except msgspec.DecodeError as error:
        raise InputError(f"{where}/{FILE}: not the plan of a batch ({error}); name another folder") from None


def _same(kept: Plan, job: Job, parts: Sequence[Part], shard_size: int) -> None:
    """Raises :class:`InputError` where a batch cannot go on as it began."""
    changed = []
    if (kept.dateline, kept.knowledge) != (__version__, knowledge_hash()):
        changed.append("another version of the program or of its knowledge")
    if _telling(kept.job.settings) != _telling(job.settings) or kept.job.about != job.about:
        changed.append("other settings")
    if kept.job.to != job.to or kept.shard_size != shard_size:
        changed.append("another form or size of shards")
    before = dict.fromkeys(part for shard in kept.shards for part in shard.parts)
    if list(before) != list(parts):
        changed.append("other inputs (or they were changed)")
    if changed:
        raise InputError(
            f"{job.out}: a batch was begun here with {', '.join(changed)}; name another folder, or say --overwrite"
        )


def _telling(configured: Settings) -> Settings:
    default = Settings()
    return msgspec.structs.replace(configured, **{name: getattr(default, name) for name in _IDLE})


def cut(parts: Sequence[Part], counts: Sequence[int], size: int) -> Iterator[Shard]:
    """The shards: small inputs together, in order, a large one by itself and in several. What is not counted (``size``
    0) is a shard an input. The last shard of an input has no end, so that nothing is left out."""
    number, waiting, held = 0, list[Part](), 0
    for part, count in zip(parts, counts, strict=True):
        alone = count > size or not size
        if waiting and (alone or held + count > size):
            yield Shard(number=number, parts=tuple(waiting), reports=held)
            number, waiting, held = number + 1, [], 0
        if not alone:
            waiting.append(part)
            held += count
            continue
        for skip in range(0, count or 1, size or 1):
            stop = skip + size if skip + size < count else None
            yield Shard(number=number, parts=(part,), skip=skip, stop=stop, reports=(stop or count) - skip)
            number += 1
    if waiting:
        yield Shard(number=number, parts=tuple(waiting), reports=held)


def counts_of(parts: Sequence[Part], job: Job, near: Near) -> list[int]:
    """How many reports each input holds, 1 for one that ends the process that counts."""
    told = msgspec.msgpack.encode(job)
    child: Child | None = None
    counts: list[int] = []
    try:
        while len(counts) < len(parts):
            child = child or Child(open_counting, told, job.settings.max_memory)
            some = parts[len(counts) : len(counts) + GROUP]
            try:
                answers = _answers(child, msgspec.msgpack.encode(near.inputs(some)), job.settings.max_seconds)
                counts.extend(msgspec.msgpack.decode(raw, type=int) for raw in answers)
            except Died as died:
                if not child.ready:
                    raise PipelineError(f"the process that opens files could not start: {died.reason}") from None
                child = None
                counts.append(1)
    finally:
        if child is not None:
            child.close()
    return counts


def _answers(child: Child, task: bytes, seconds: float) -> Iterator[bytes]:
    while not child.idle:
        listen([child])
        for _ in child.hear():
            pass
    child.ask(task, seconds)
    while not child.idle:
        listen([child])
        yield from child.hear()


def open_counting(told: bytes) -> Work:
    """The counting of a child: inputs in, a number each out."""
    job = msgspec.msgpack.decode(told, type=Job)

    def work(raw: bytes) -> Iterator[bytes | None]:
        for given in msgspec.msgpack.decode(raw, type=list[Input]):
            count = 0
            for piece in pieces_of(given, job.settings, job.about) if given.url is None else ():
                count += piece is not None
                if count % 1000 == 0:
                    yield None
            yield msgspec.msgpack.encode(max(count, 1))

    return work
