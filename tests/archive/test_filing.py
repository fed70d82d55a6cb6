"""A batch filed in an archive: the same archive from a file as from a server that two workers fill at once, and again
after a stop."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from dateline.archive.filing import FilingJob, file_batch, open_filing
from dateline.batch.planning import Plan
from dateline.batch.running import Batch, run
from dateline.settings import Settings
from dateline.store import open_store
from tests.batch.stand_ins import open_wicked_reading
from tests.store import server

QUICK = msgspec.structs.replace(Settings(), max_seconds=5.0, max_memory=300)
PLACES = ("Bergen", "Oslo", "Narvik", "Molde")


@pytest.fixture
def batch(tmp_path: Path) -> tuple[Batch, Plan]:
    """Forty rows in four shards: two are repetitions, one in another shard and one of an input of its own, one is no
    report."""
    texts = [f"Frigate {n} left {PLACES[n % 4]} on Monday, the ministry of {PLACES[n % 3]} said." for n in range(38)]
    rows = [{"id": n, "text": text, "published": f"2024-05-{10 + n % 9}"} for n, text in enumerate(texts)]
    (tmp_path / "in").mkdir()
    lines = [json.dumps(row) for row in (*rows, rows[3])]
    (tmp_path / "in" / "a.jsonl").write_text("\n".join([*lines, "no row"]) + "\n")
    (tmp_path / "in" / "b.jsonl").write_text(json.dumps(rows[5]) + "\n")
    asked = Batch(sources=(str(tmp_path / "in"),), out=str(tmp_path / "out"), settings=QUICK, shard_size=10)
    plan, summary = run(asked, reading=open_wicked_reading)
    assert (summary.inputs, summary.records, summary.duplicates, summary.errors) == (41, 38, 2, 1)
    return asked, plan


@pytest.fixture
def address() -> Iterator[str]:
    if reason := server.missing():
        pytest.skip(reason)
    with server.running() as running:
        yield running


def held(where: str) -> tuple[bytes, dict[str, object]]:
    """The reports of an archive, and where each stands."""
    out = io.BytesIO()
    with open_store(where, create=False) as store:
        store.export(out)
        assert list(store.check()) == []
        assert store.stale() == ()
        names = [report.id for report in store.reports()]
        return out.getvalue(), dict(store.placements(names))


def test_a_file_and_a_server_filled_by_two_workers_hold_the_same(
    batch: tuple[Batch, Plan], tmp_path: Path, address: str
) -> None:
    asked, plan = batch
    told: list[int] = []
    sums = file_batch(asked, plan, str(tmp_path / "a.db"), lambda progress: told.append(progress.ended))
    assert sums == "41 inputs = 38 reports + 2 duplicates + 1 errors"
    assert max(told) == 38 + 1
    open_store(address).close()
    work = msgspec.msgpack.encode(FilingJob(job=plan.job, archive=address))

    def fill(number: int) -> None:
        with closing(open_filing(work, 1)) as step:
            for _ in step(plan.shards[number::2], lambda _inputs: None):
                pass

    with ThreadPoolExecutor(2) as workers:
        list(workers.map(fill, range(2)))
    assert file_batch(asked, plan, address, lambda _progress: None) == sums
    assert held(address) == held(str(tmp_path / "a.db"))


def test_filing_goes_on_where_it_was_and_a_second_time_changes_nothing(
    batch: tuple[Batch, Plan], tmp_path: Path
) -> None:
    asked, plan = batch
    where = str(tmp_path / "a.db")
    work = msgspec.msgpack.encode(FilingJob(job=plan.job, archive=where))
    open_store(where).close()
    with closing(open_filing(work, 1)) as step:
        next(iter(step(plan.shards, lambda _inputs: None)))  # stopped after the first shard
    sums = file_batch(asked, plan, where, lambda _progress: None)
    before = held(where)
    assert file_batch(asked, plan, where, lambda _progress: None) == sums
    assert held(where) == before
    file_batch(asked, plan, str(tmp_path / "b.db"), lambda _progress: None)
    assert held(str(tmp_path / "b.db")) == before
