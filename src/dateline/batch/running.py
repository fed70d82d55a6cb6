"""Sources in, a finished batch out: planned, read shard by shard on an engine, settled. Stopped at any moment and run
again it goes on behind the shards that are done."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import msgspec
from msgspec import Struct

from dateline.batch import forms
from dateline.batch.engines import Name, engine
from dateline.batch.planning import FILE, Form, Job, Plan, planned
from dateline.batch.settling import DUPLICATES, REJECTS, SUMMARY, Summary, settle, summary_of
from dateline.batch.shards import LEDGER, RECORDS, Stepping, done, open_reading
from dateline.batch.storage import Storage
from dateline.intake.found import About
from dateline.settings import Settings


class Progress(Struct, frozen=True):
    """How far a batch is: inputs that have ended, in this run and those before, and how many there are in all (None
    where nobody counted)."""

    ended: int
    before: int
    total: int | None


Told = Callable[[Progress], None]


class Batch(Struct, frozen=True, kw_only=True):
    """A batch as it was asked for. ``workers`` is how many read at the same time; ``shard_size`` how many reports stand
    in one file, 0 for one file an input."""

    sources: tuple[str, ...]
    out: str
    settings: Settings
    about: About = About()
    to: Form = "jsonl"
    engine: Name = "local"
    shard_size: int = 500
    overwrite: bool = False


def run(batch: Batch, told: Told = lambda _progress: None, reading: Stepping = open_reading) -> tuple[Plan, Summary]:
    """Runs a batch to its end; ``reading`` is what opens the step that reads. Raises
    :class:`~dateline.errors.InputError` where the output holds another batch."""
    forms.require(batch.to)
    engine(batch.engine)
    storage = Storage(batch.out)
    if batch.overwrite and storage.has(FILE):
        storage.remove(SUMMARY, REJECTS, DUPLICATES, LEDGER, RECORDS, FILE)
    job = Job(out=storage.address, to=batch.to, settings=batch.settings, about=batch.about)
    with tempfile.TemporaryDirectory(prefix="dateline-near-") as spool:
        plan = planned(batch.sources, job, batch.shard_size, Path(spool))
    summary = summary_of(storage)
    if summary is None:
        work = msgspec.msgpack.encode(plan.job_for(batch.settings))
        step(reading, plan, batch, work, done(storage, plan.shards), told)
        summary = settle(storage, plan)
    return plan, summary


def step(stepping: Stepping, plan: Plan, batch: Batch, work: bytes, before: set[int], told: Told) -> None:
    """Does a step, to which ``work`` is told, to every shard but those done ``before``."""
    left = [shard for shard in plan.shards if shard.number not in before]
    known = sum(shard.reports for shard in plan.shards if shard.number in before)
    ended = known
    told(Progress(known, known, plan.reports if plan.shard_size else None))

    def heard(inputs: int) -> None:
        nonlocal ended
        ended += inputs
        told(Progress(ended, known, plan.reports if plan.shard_size else None))

    for _ended in engine(batch.engine)(stepping, work, left, batch.settings.workers, heard):
        pass
