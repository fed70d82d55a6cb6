"""The ledgers of all shards in, what they come to together out: a report stands in the first shard that has it, every
other is its duplicate; the rejects in one file, and a summary that adds up."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator

import msgspec
from msgspec import Struct

from dateline.batch.forms import copy_without
from dateline.batch.planning import Plan, Shard
from dateline.batch.shards import Entry, entries, error_of, records_name
from dateline.batch.storage import Storage
from dateline.wire import json_line

SUMMARY, REJECTS, DUPLICATES = "summary.json", "rejects.jsonl", "duplicates.jsonl"


class Summary(Struct, frozen=True, kw_only=True):
    """What a batch came to. Every input is one of record, duplicate, error; of the records ``incomplete`` lack a layer
    whose stage failed."""

    inputs: int
    records: int
    duplicates: int
    errors: int
    incomplete: int
    shards: int

    @property
    def line(self) -> str:
        """The counts in a line."""
        faulty = f", {self.incomplete} incomplete" if self.incomplete else ""
        told = f"{self.inputs} inputs = {self.records} records + {self.duplicates} duplicates + {self.errors} errors"
        return f"{told}{faulty}; {self.shards} shards"


def summary_of(storage: Storage) -> Summary | None:
    """The summary of a batch that is finished, None for one that is not."""
    if not storage.has(SUMMARY):
        return None
    with storage.reading(SUMMARY) as stream:
        return msgspec.json.decode(stream.read(), type=Summary)


def settle(storage: Storage, plan: Plan) -> Summary:
    """Finishes a batch whose shards are all done: writes rejects, duplicates and, last, the summary. Stopped at any
    moment it comes to the same when it is run again."""
    counts = dict.fromkeys(("record", "duplicate", "error", "faulty"), 0)
    kinds = ("duplicate", "error")
    with tempfile.TemporaryFile() as duplicates, tempfile.TemporaryFile() as rejects:
        files = dict(zip(kinds, (duplicates, rejects), strict=True))
        for entry in _settled(storage, plan):
            counts[entry.kind] += 1
            counts["faulty"] += entry.faulty
            if entry.kind in files:
                files[entry.kind].write(json_line(entry))
        for kind, name in zip(kinds, (DUPLICATES, REJECTS), strict=True):
            files[kind].seek(0)
            with storage.writing(name) as out:
                shutil.copyfileobj(files[kind], out)
    summary = Summary(
        inputs=counts["record"] + counts["duplicate"] + counts["error"],
        records=counts["record"],
        duplicates=counts["duplicate"],
        errors=counts["error"],
        incomplete=counts["faulty"],
        shards=len(plan.shards),
    )
    with storage.writing(SUMMARY) as out:
        out.write(json_line(summary))
    return summary


def _settled(storage: Storage, plan: Plan) -> Iterator[Entry]:
    """Every input of the batch and how it ended among all, in order."""
    yield from map(error_of, plan.refused)
    seen: set[int] = set()
    for shard in plan.shards:
        again: set[str] = set()
        for entry in entries(storage, shard):
            if entry.kind == "record" and entry.report is not None:
                number = int(entry.report[1:], 16)
                if number in seen:
                    again.add(entry.report)
                    entry = msgspec.structs.replace(entry, kind="duplicate", faulty=False)
                seen.add(number)
            yield entry
        if again:
            _leave_out(storage, plan, shard, again)


def _leave_out(storage: Storage, plan: Plan, shard: Shard, reports: set[str]) -> None:
    name = records_name(shard, plan.job.to)
    with storage.reading(name) as source, storage.writing(name) as out:
        copy_without(source, out, plan.job.to, reports)
