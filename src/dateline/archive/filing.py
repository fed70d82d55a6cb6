"""A finished batch in, the archive with all of it out: records and errors shard by shard, then the duplicates, then
each report finds its place. What is in the archive already is passed over, so that it can be run again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec
from msgspec import Struct

from dateline.archive.adding import input_of
from dateline.archive.placing import kept, place
from dateline.batch.forms import Row, rows_from
from dateline.batch.planning import Job, Plan, Shard
from dateline.batch.running import Batch, Told, step
from dateline.batch.settling import DUPLICATES
from dateline.batch.shards import Ended, Entry, Heard, Step, entries, records_name
from dateline.batch.storage import Storage
from dateline.merge.sketches import sketch_of
from dateline.model import Rejection
from dateline.store import Store, input_key, open_store

_AT_ONCE = 64


class FilingJob(Struct, frozen=True, kw_only=True):
    """What a worker that files is told."""

    job: Job
    archive: str


def file_batch(batch: Batch, plan: Plan, archive: str, told: Told) -> str:
    """Files a finished batch, on its engine; the sums of the archive then, in a line. With PostgreSQL many workers file
    at the same time, with a file they take turns."""
    with open_store(archive, create=True) as store:
        work = msgspec.msgpack.encode(FilingJob(job=plan.job, archive=archive))
        step(open_filing, plan, batch, work, set(), told)
        for refused in plan.refused:
            store.add(refused)
        with Storage(batch.out).reading(DUPLICATES) as lines:
            for number, line in enumerate(lines):
                _add_duplicate(store, msgspec.json.decode(line, type=Entry), number)
        place(store)
        held = store.status()
    return f"{held.inputs} inputs = {held.records} reports + {held.duplicates} duplicates + {held.errors} errors"


def _add_duplicate(store: Store, entry: Entry, number: int) -> None:
    """Enters a repetition under its own place; ``number`` is its own among the duplicates of the batch."""
    assert entry.report is not None
    record = store.record(entry.report)
    article = msgspec.structs.replace(record.article, id=entry.id, origin=entry.origin)
    place = entry.offset if entry.offset is not None else -1 - number
    given = msgspec.structs.replace(input_of(article), offset=place)
    if not store.finished([input_key(given)]):
        store.add(msgspec.structs.replace(record, article=article), given)


def open_filing(told: bytes, workers: int) -> Step:
    """The step that files (:class:`FilingJob` told)."""
    del workers
    return Filing(msgspec.msgpack.decode(told, type=FilingJob))


class Filing:
    """Files the records and errors of shards in an archive."""

    def __init__(self, job: FilingJob) -> None:
        self._job, self._storage = job.job, Storage(job.job.out)
        self._store = open_store(job.archive)

    def close(self) -> None:
        self._store.close()

    def __call__(self, shards: Iterable[Shard], heard: Heard) -> Iterator[Ended]:
        for shard in shards:
            ended = self._errors(shard)
            heard(ended)
            with self._storage.reading(records_name(shard, self._job.to)) as stream:
                for some in _some(rows_from(stream, self._job.to)):
                    self._file(some)
                    ended += len(some)
                    heard(len(some))
            yield Ended(shard.number, ended)

    def _errors(self, shard: Shard) -> int:
        count = 0
        for entry in entries(self._storage, shard):
            if entry.kind == "error":
                self._store.add(_rejection(entry))
                count += 1
        return count

    def _file(self, rows: list[Row]) -> None:
        """Files those of some rows that are not there; each is one transaction."""
        given = {row.report: input_of(row.record.article) for row in rows}
        finished = self._store.finished([input_key(one) for one in given.values()])
        for row in rows:
            if input_key(given[row.report]) not in finished:
                sketch = kept(sketch_of(row.record, row.report))
                self._store.add(row.record, given[row.report], sketch=sketch)


def _rejection(entry: Entry) -> Rejection:
    return Rejection(
        id=entry.id,
        stage=entry.stage or "intake",
        reason=entry.reason or "",
        hint=entry.hint,
        origin=entry.origin,
        offset=entry.offset,
    )


def _some(rows: Iterator[Row]) -> Iterator[list[Row]]:
    waiting: list[Row] = []
    for row in rows:
        waiting.append(row)
        if len(waiting) == _AT_ONCE:
            yield waiting
            waiting = []
    if waiting:
        yield waiting
