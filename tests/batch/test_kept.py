"""Processes are kept between readings (dateline.batch.kept): one start for many, replaced when killed, hung, grown or
told otherwise, ended with the interpreter; limits are kept as in a new one."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from dateline.batch import kept
from dateline.batch.reading import read_found
from dateline.batch.sources import fenced_articles
from dateline.intake.found import Found
from dateline.model import Record, Rejection
from dateline.settings import Settings
from tests.batch.stand_ins import open_telling, open_wicked
from tests.batch.test_fence import QUICK, alive, found


@pytest.fixture(autouse=True)
def alone() -> Iterator[None]:
    kept.end_all()
    yield
    kept.end_all()
    assert multiprocessing.active_children() == []


def processes() -> set[int]:
    return {child.pid for child in multiprocessing.active_children() if child.pid is not None}


def read(text: str = "The ship left.", settings: Settings = QUICK) -> Record | Rejection:
    (result,) = read_found([found(1, text)], settings, open_wicked)
    return result


def test_one_process_reads_time_after_time() -> None:
    assert isinstance(read(), Record)
    first = processes()
    assert len(first) == 1
    for _ in range(3):
        assert isinstance(read(), Record)
        assert processes() == first


def test_other_settings_have_a_process_of_their_own_and_few_rest() -> None:
    read()
    first = processes()
    for seconds in range(2, 6):
        read(settings=msgspec.structs.replace(QUICK, max_seconds=float(seconds)))
        assert len(processes()) <= kept.ROOM
    assert not first & processes()
    read(settings=msgspec.structs.replace(QUICK, max_seconds=5.0, workers=2, archive="x.db"))
    assert len(processes()) == kept.ROOM, "how many read at once is nothing to the process that reads"


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM, signal.SIGSTOP])
def test_a_process_that_was_ended_or_stopped_while_it_rested_is_replaced(
    end: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dateline.batch.fence._WAKING", 0.3)
    read()
    (first,) = processes()
    os.kill(first, end)
    assert isinstance(read(), Record)
    assert first not in processes()
    assert not alive(first)


def test_limits_hold_in_a_process_that_was_kept() -> None:
    for poison, limit in (("loop", "max_seconds"), ("slow memory", "max_memory"), ("abort", "signal 6")):
        assert isinstance(read(), Record)
        (before,) = processes()
        refused = read(f"POISON {poison}")
        assert isinstance(refused, Rejection)
        assert limit in refused.reason
        assert before not in processes()


def test_a_process_that_nobody_takes_ends_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "REST", 0.2)
    read()
    (first,) = processes()
    ends = time.monotonic() + 10
    while alive(first) and time.monotonic() < ends:
        time.sleep(0.05)
    assert not alive(first)
    assert isinstance(read(), Record)


def test_threads_read_at_once_in_processes_of_their_own() -> None:
    results: list[Record | Rejection] = []
    threads = [threading.Thread(target=lambda: results.extend(read() for _ in range(3))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [type(result) for result in results] == [Record] * 9
    assert len(processes()) <= kept.ROOM


def test_a_reading_that_is_given_up_spoils_nothing() -> None:
    running = read_found(map(found, range(100)), QUICK, open_wicked)
    next(running)
    running.close()  # type: ignore[attr-defined]
    (result,) = read_found([found(7)], QUICK, open_wicked)
    assert isinstance(result, Record)
    assert result.article.id == "d7"


def test_files_are_found_from_another_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x.txt").write_text(f"The ship {name} left.")
        monkeypatch.chdir(tmp_path / name)
        (one,) = fenced_articles(["x.txt"], QUICK)
        assert isinstance(one, Found)
        assert (one.article.text, one.article.origin) == (f"The ship {name} left.", "x.txt")
    assert len(processes()) == 1


def test_settings_are_those_of_the_caller_wherever_a_process_was_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Folders are named from the caller's folder, and no file of settings where the process runs is asked."""
    (tmp_path / "dateline.toml").write_text("no_such_setting = 1\n")
    monkeypatch.chdir(tmp_path)
    given = msgspec.structs.replace(QUICK, cache="built", reader="/reader", workers=3)
    (record,) = read_found([found(1)], given, open_telling)
    assert isinstance(record, Record)
    assert record.faults[-1].reason == f"{tmp_path}/built /reader"


SCRIPT = """
import os, sys
from tests.batch.test_kept import processes, read
if __name__ == "__main__":
    read()
    before = processes()
    if sys.argv[1] == "fork" and os.fork() == 0:
        read()
        os._exit(int(not processes() - before))
    if sys.argv[1] == "fork":
        assert os.wait()[1] == 0, "the fork used the process of the other one"
        read()
        assert processes() == before, "the fork ended the process of the other one"
    print(*processes(), flush=True)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
@pytest.mark.parametrize("way", ["end", "fork"])
def test_processes_end_with_the_interpreter_and_a_fork_has_its_own(way: str, tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(SCRIPT)
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p), "PYTHONWARNINGS": "ignore"}
    done = subprocess.run(
        [sys.executable, str(script), way], capture_output=True, text=True, env=env, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr
    assert [alive(int(pid)) for pid in done.stdout.split()] == [False]
