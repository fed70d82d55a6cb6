"""A batch gives the same bytes whatever happens to it: order, workers, kills; every input is one of record, duplicate,
error."""

from __future__ import annotations

import gzip
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest

from dateline.batch.engines import engine, local
from dateline.batch.parts import Part
from dateline.batch.planning import Plan, cut
from dateline.batch.running import Batch, Progress, run
from dateline.batch.settling import settle, summary_of
from dateline.batch.shards import entries
from dateline.batch.storage import Storage, is_remote
from dateline.errors import InputError
from dateline.intake.inputs import Input
from dateline.settings import Settings
from tests.batch.stand_ins import open_wicked_reading

QUICK = msgspec.structs.replace(Settings(), max_seconds=1.0, max_memory=300)


def rows(count: int, first: int = 0) -> str:
    """Rows of a few words each; of every ten the last has the text of the first, and the address too."""
    texts = (f"The ship {n - 9 if n % 10 == 9 else n} left." for n in range(first, first + count))
    return "".join(json.dumps({"id": n, "text": text}) + "\n" for n, text in enumerate(texts))


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.jsonl").write_text(rows(70))
    with gzip.open(folder / "b.jsonl.gz", "wt") as stream:
        stream.write(rows(35, 60))
    (folder / "c.txt").write_text("The ship left.")
    (folder / "d.txt").write_text("POISON abort")
    (folder / "e.pdf").write_bytes(b"%PDF-1.7")
    (folder / "f.jsonl").write_text('{"id": 1, "text": "One."}\n{"text": "POISON exit"}\nno row\n{"text": "Four."}\n')
    return folder


def batch(folder: Path, out: Path, workers: int = 1, **more: object) -> Batch:
    configured = msgspec.structs.replace(QUICK, workers=workers)
    return Batch(sources=(str(folder),), out=str(out), settings=configured, shard_size=10, **more)  # type: ignore[arg-type]


def bytes_of(out: Path) -> dict[str, bytes]:
    """Everything but the plan, which tells when the inputs were changed."""
    files = sorted(file for file in out.rglob("*") if file.is_file() and file.name != "plan.json")
    return {file.relative_to(out).as_posix(): file.read_bytes() for file in files}


def kept(out: Path) -> list[str]:
    lines = [line for file in sorted(out.glob("records/*")) for line in file.read_text().splitlines()]
    return [json.loads(line)["report"] for line in lines]


def test_inputs_are_records_duplicates_and_errors(sources: Path, tmp_path: Path) -> None:
    heard: list[Progress] = []
    plan, summary = run(batch(sources, tmp_path / "out"), heard.append, open_wicked_reading)
    assert summary.inputs == plan.reports == heard[-1].ended == 112
    # texts 60 to 69 stand in both files, and every tenth twice in its own
    assert (summary.records, summary.duplicates, summary.errors) == (63 + 23 + 1 + 2, 7 + 12, 4)
    assert summary.inputs == summary.records + summary.duplicates + summary.errors
    reports = kept(tmp_path / "out")
    assert len(reports) == len(set(reports)) == summary.records
    rejects = [json.loads(line) for line in (tmp_path / "out" / "rejects.jsonl").read_text().splitlines()]
    assert [(r["id"], r["stage"]) for r in rejects] == [
        ("d.txt", "fence"),
        ("e.pdf", "intake"),
        ("f.jsonl#2", "fence"),
        ("f.jsonl#3", "intake"),
    ]
    assert all(r["reason"] and r["origin"].startswith(str(sources)) for r in rejects)
    duplicates = [json.loads(line) for line in (tmp_path / "out" / "duplicates.jsonl").read_text().splitlines()]
    assert {d["report"] for d in duplicates} <= set(reports)


def test_the_bytes_are_the_same_for_any_order_and_number_of_workers(sources: Path, tmp_path: Path) -> None:
    run(batch(sources, tmp_path / "one"), reading=open_wicked_reading)
    run(batch(sources, tmp_path / "two", workers=2), reading=open_wicked_reading)
    assert bytes_of(tmp_path / "one") == bytes_of(tmp_path / "two")
    names = [str(file) for file in sorted(sources.iterdir())]
    for seed in (1, 2):
        random.Random(seed).shuffle(names)
        asked = msgspec.structs.replace(batch(sources, tmp_path / f"s{seed}"), sources=tuple(names))
        run(asked, reading=open_wicked_reading)
    assert bytes_of(tmp_path / "s1") == bytes_of(tmp_path / "s2")


def test_a_finished_batch_is_not_read_again_and_another_is_refused(sources: Path, tmp_path: Path) -> None:
    asked = batch(sources, tmp_path / "out")
    _, summary = run(asked, reading=open_wicked_reading)
    before = bytes_of(tmp_path / "out")
    assert run(asked, reading=lambda *_told: pytest.fail("it was read again"))[1] == summary
    (sources / "z.txt").write_text("A new one.")
    with pytest.raises(InputError, match="other inputs"):
        run(asked, reading=open_wicked_reading)
    assert bytes_of(tmp_path / "out") == before
    _, summary = run(msgspec.structs.replace(asked, overwrite=True), reading=open_wicked_reading)
    assert summary.inputs == 113
    other = msgspec.structs.replace(asked, settings=msgspec.structs.replace(asked.settings, learned=False))
    with pytest.raises(InputError, match="other settings"):
        run(other, reading=open_wicked_reading)


def test_a_folder_of_something_else_is_refused(sources: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear")
    with pytest.raises(InputError, match="none of a batch"):
        run(batch(sources, tmp_path / "mine", overwrite=True), reading=open_wicked_reading)
    with pytest.raises(InputError, match="read again"):
        run(msgspec.structs.replace(batch(sources, tmp_path / "out"), sources=("-",)), reading=open_wicked_reading)


def test_settling_again_comes_to_the_same(sources: Path, tmp_path: Path) -> None:
    plan, summary = run(batch(sources, tmp_path / "out"), reading=open_wicked_reading)
    before = bytes_of(tmp_path / "out")
    storage = Storage(str(tmp_path / "out"))
    storage.remove("summary.json", "rejects.jsonl")
    assert summary_of(storage) is None
    assert settle(storage, plan) == summary
    assert bytes_of(tmp_path / "out") == before
    assert sum(1 for shard in plan.shards for _ in entries(storage, shard)) == summary.inputs


def test_an_input_each_is_not_counted_and_gives_the_same_reports(sources: Path, tmp_path: Path) -> None:
    run(batch(sources, tmp_path / "cut"), reading=open_wicked_reading)
    heard: list[Progress] = []
    asked = msgspec.structs.replace(batch(sources, tmp_path / "whole"), shard_size=0)
    plan, _ = run(asked, heard.append, open_wicked_reading)
    assert len(plan.shards) == 6
    assert heard[-1].total is None
    assert kept(tmp_path / "whole") == kept(tmp_path / "cut")


def test_shards_keep_small_inputs_together_and_cut_large_ones() -> None:
    parts = [Part(input=Input(id=str(n), origin=str(n))) for n in range(5)]
    shards = list(cut(parts, [3, 4, 25, 4, 7], 10))
    told = [(len(s.parts), s.skip, s.stop, s.reports) for s in shards]
    assert told == [
        (2, 0, None, 7),
        (1, 0, 10, 10),
        (1, 10, 20, 10),
        (1, 20, None, 5),
        (1, 0, None, 4),
        (1, 0, None, 7),
    ]
    assert [s.number for s in shards] == list(range(6))


def test_engines_and_places_are_told_by_name() -> None:
    assert engine("local") is local
    assert [is_remote(a) for a in ("s3://b/x", "memory://x", "/tmp/x", "https://a.example/x")] == [True, True] + 2 * [
        False
    ]


KILLED = """
import sys
from pathlib import Path
from tests.batch.test_batches import batch
from tests.batch.stand_ins import open_slow_reading
from dateline.batch.running import run
if __name__ == "__main__":
    run(batch(Path(sys.argv[1]), Path(sys.argv[2]), workers=2), reading=open_slow_reading)
"""


def test_killed_at_any_moment_and_run_again_it_comes_to_the_same(sources: Path, tmp_path: Path) -> None:
    run(batch(sources, tmp_path / "whole"), reading=open_wicked_reading)
    script = tmp_path / "killed.py"
    script.write_text(KILLED)
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    command = [sys.executable, str(script), str(sources), str(tmp_path / "out")]
    rng, killed = random.Random(5), 0
    while not (tmp_path / "out" / "summary.json").exists():
        with subprocess.Popen(command, env=env) as running:
            begun, ledger = time.monotonic(), tmp_path / "out" / "ledger"
            had = len(list(ledger.glob("*")))
            while running.poll() is None and killed < 4:
                if len(list(ledger.glob("*.jsonl"))) > had and time.monotonic() - begun > 0.3:
                    time.sleep(rng.uniform(0, 0.3))
                    os.kill(running.pid, signal.SIGKILL)
                    killed += 1
                    break
                time.sleep(0.01)
            running.wait()
    assert killed >= 3
    left = {name for name in bytes_of(tmp_path / "out") if name.endswith(".part")}
    assert not left
    assert bytes_of(tmp_path / "out") == bytes_of(tmp_path / "whole")


def test_a_process_that_somebody_else_kills_costs_no_report(sources: Path, tmp_path: Path) -> None:
    (sources / "k.jsonl").write_text("".join(f'{{"text": "KILLED {tmp_path}/k{n}"}}\n' for n in range(3)))
    _, summary = run(batch(sources, tmp_path / "out"), reading=open_wicked_reading)
    assert (summary.inputs, summary.errors) == (115, 4)


def test_the_plan_is_what_was_there(sources: Path, tmp_path: Path) -> None:
    plan, _ = run(batch(sources, tmp_path / "out"), reading=open_wicked_reading)
    assert msgspec.json.decode((tmp_path / "out" / "plan.json").read_bytes(), type=Plan) == plan
    assert plan.job.settings.today is not None
    assert plan.job_for(msgspec.structs.replace(QUICK, workers=7)).settings.workers == 7
