"""What breaks a limit ends alone, with the limit's name; the others are read; no process stays behind."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest

from dateline.batch import kept
from dateline.batch.reading import read_found
from dateline.batch.sources import fenced_articles, read_sources
from dateline.errors import PipelineError
from dateline.intake.found import Found, Outcome, doubt
from dateline.intake.text import article_from_text
from dateline.model import Record, Rejection
from dateline.settings import Settings
from tests.batch.stand_ins import open_deaf, open_wicked, open_wicked_intake

QUICK = msgspec.structs.replace(Settings(), max_seconds=1.0, max_memory=300)
ENDS = {
    "abort": "signal 6",
    "exit": "exit status 3",
    "fault": "signal 11",
    "loop": "max_seconds",
    "sleep": "max_seconds",
    "memory": "max_memory",
    "slow memory": "max_memory",
}


def found(n: int, text: str = "The ship left.") -> Found:
    return Found(article_from_text(text, id=f"d{n}", origin=f"in/{n}"), (doubt("of intake"),))


@pytest.fixture(autouse=True)
def nobody_stays() -> object:
    yield
    kept.end_all()
    assert multiprocessing.active_children() == []


def test_twenty_poisoned_reports_among_five_hundred_are_twenty_rejections() -> None:
    ends = ["abort", "exit", "memory", "fault"] * 4 + ["loop", "sleep", "slow memory", "abort"]
    poison = {25 * n + 7: end for n, end in enumerate(ends)}
    given: list[Outcome] = [found(n, f"POISON {poison[n]}" if n in poison else "The ship left.") for n in range(500)]
    patient = msgspec.structs.replace(QUICK, workers=2, max_seconds=2.0)  # on a busy machine memory grows slowly
    results = list(read_found(given, patient, open_wicked))
    assert [r.article.id if isinstance(r, Record) else r.id for r in results] == [f"d{n}" for n in range(500)]
    refused = {int(r.id[1:]): r for r in results if isinstance(r, Rejection)}
    assert sorted(refused) == sorted(poison)
    for n, rejection in refused.items():
        assert ENDS[poison[n]] in rejection.reason
        assert (rejection.stage, rejection.origin) == ("fence", f"in/{n}")
        assert rejection.hint


def test_doubts_of_intake_stand_before_those_of_the_record_and_rejections_keep_their_place() -> None:
    given: list[Outcome] = [
        Rejection(id="a", stage="intake", reason="x"),
        found(1),
        Rejection(id="b", stage="i", reason="y"),
    ]
    first, second, third = read_found(given, QUICK, open_wicked)
    assert [first, third] == [given[0], given[2]]
    assert isinstance(second, Record)
    assert [f.reason for f in second.faults] == ["of intake", "of the record"]


def test_a_reader_that_cannot_start_is_an_error_and_no_loop() -> None:
    with pytest.raises(PipelineError, match="could not start"):
        list(read_found([found(1)], QUICK, open_deaf))


def test_a_run_that_is_given_up_leaves_no_process() -> None:
    with contextlib.closing(read_found(map(found, range(100)), QUICK, open_wicked)) as running:  # type: ignore[type-var]
        next(running)


def test_a_container_is_taken_up_behind_the_culprit(tmp_path: Path) -> None:
    texts = ["one", "POISON abort", "three", "POISON loop", "five"]
    rows = "".join(f'{{"id": "r{n}", "text": "{text}"}}\n' for n, text in enumerate(texts))
    (tmp_path / "a.jsonl").write_text(rows)
    (tmp_path / "b.txt").write_text("POISON exit")
    (tmp_path / "c.txt").write_text("The ship left.")
    (tmp_path / "d.jsonl").write_text('{"text": "POISON memory"}\n{"text": "two"}\n')
    outcomes = list(fenced_articles([str(tmp_path)], QUICK, opening=open_wicked_intake))
    names = " ".join(o.article.id if isinstance(o, Found) else f"!{o.id}" for o in outcomes)
    assert names == ("a.jsonl#r0 !a.jsonl#2 a.jsonl#r2 !a.jsonl#4 a.jsonl#r4 !b.txt c.txt !d.jsonl#1 d.jsonl#2")
    reasons = [o.reason for o in outcomes if isinstance(o, Rejection)]
    assert [end in reason for end, reason in zip(("6", "max_seconds", "3", ""), reasons, strict=True)] == [True] * 4


ORPHAN = """
import sys, time
from tests.batch.test_fence import QUICK, found
from tests.batch.stand_ins import open_wicked
from dateline.batch.reading import read_found
if __name__ == "__main__":
    import msgspec, multiprocessing, threading
    patient = msgspec.structs.replace(QUICK, max_seconds=600.0)
    running = read_found([found(0), found(1, sys.argv[1])], patient, open_wicked)
    def tell():
        time.sleep(float(sys.argv[2]))
        print(*(c.pid for c in multiprocessing.active_children()), flush=True)
    threading.Thread(target=tell).start()
    list(running)
"""


@pytest.mark.parametrize("text", ["POISON sleep", "POISON loop"])
def test_a_child_does_not_outlive_a_parent_that_is_killed(text: str, tmp_path: Path) -> None:
    script = tmp_path / "orphan.py"
    script.write_text(ORPHAN)
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    with subprocess.Popen([sys.executable, str(script), text, "2.5"], stdout=subprocess.PIPE, env=env) as parent:
        assert parent.stdout is not None
        children = [int(pid) for pid in parent.stdout.readline().split()]
        assert children
        os.kill(parent.pid, signal.SIGKILL)
    ends = time.monotonic() + 10
    while time.monotonic() < ends and any(map(alive, children)):
        time.sleep(0.05)
    assert not any(map(alive, children))


def alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes() != b""  # a dead one that nobody waited for has none
    except OSError:
        return False


def test_sources_are_read_to_records_in_order_and_alike_for_any_number_of_workers(tmp_path: Path) -> None:
    for n in range(3):
        (tmp_path / f"{n}.txt").write_text(f"The frigate left Bergen on Monday with {n + 2} boats.")
    (tmp_path / "1.html").write_text(
        "<html><body><p>Oman urged Yemen to hold talks, a spokesman said.</p></body></html>"
    )
    (tmp_path / "x.pdf").write_bytes(b"%PDF-1.7")
    one, two = (
        list(read_sources([str(tmp_path)], msgspec.structs.replace(Settings(), workers=w, learned=False)))
        for w in (1, 2)
    )
    assert one == two
    names = [r.article.id if isinstance(r, Record) else f"!{r.id}" for r in one]
    assert names == ["0.txt", "1.html", "1.txt", "2.txt", "!x.pdf"]
    assert any(r.events for r in one if isinstance(r, Record))
