"""A name in, a file out: whole or not at all, never over another unasked, never twice, never hidden."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from dateline.errors import OutputError
from dateline.writing import Names, refuse_existing, whole_file, written

HARD = [
    "report.txt",
    "report",
    "Report",
    "REPORT.txt",
    "report-2",
    "rapport\u0301",
    "../../x",
    "x",
    ".hidden",
    "..",
    "-o",
]
HARD += ["a/b", "a_b", "con", "ﬁle", "file", "n" * 400, "m" + "n" * 400, "a\x1b[31m", "a\nb", "", "é" * 200]


def test_names_are_never_twice_hidden_paths_or_too_long() -> None:
    names = Names(".json")
    found = [names.name(wanted) for wanted in HARD * 2]
    assert len({name.casefold() for name in found}) == len(found)
    for name in found:
        assert name.endswith(".json")
        assert name[0] not in ".-"
        assert "/" not in name
        assert name.isprintable()
        assert len(name.encode()) < 200


def test_a_number_that_is_a_name_itself_is_passed_over() -> None:
    names = Names(".json")
    assert [names.name(wanted) for wanted in ("r-2", "r", "r")] == ["r-2.json", "r.json", "r-3.json"]


def test_what_exists_stays_unless_it_may_be_replaced(tmp_path: Path) -> None:
    target = tmp_path / "out"
    target.write_text("kept")
    with pytest.raises(OutputError, match="exists already"), written(target) as stream:
        stream.write(b"new")
    assert target.read_text() == "kept"
    with written(target, overwrite=True) as stream:
        stream.write(b"new")
    assert target.read_text() == "new"
    assert os.listdir(tmp_path) == ["out"]


def test_a_file_that_comes_to_be_meanwhile_stays(tmp_path: Path) -> None:
    target = tmp_path / "out"
    with pytest.raises(OutputError, match="exists already"), written(target):
        target.write_text("of somebody else")
    assert target.read_text() == "of somebody else"
    assert os.listdir(tmp_path) == ["out"]


def test_a_failure_leaves_nothing(tmp_path: Path) -> None:
    with contextlib.suppress(ZeroDivisionError), written(tmp_path / "out") as stream:
        stream.write(b"half")
        raise ZeroDivisionError
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize(
    ("name", "reason"), [("none/out", "make it first"), ("folder", "is a folder"), ("dead", "exists already")]
)
def test_what_cannot_be_written_is_refused_before_anything_is_done(name: str, reason: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "dead").symlink_to(tmp_path / "nothing")
    with pytest.raises(OutputError, match=reason):
        refuse_existing(tmp_path / name)


def test_a_link_is_followed_and_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("old")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with written(tmp_path / "link", overwrite=True) as stream:
        stream.write(b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text() == "new"


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no device that is always full")
def test_a_full_disk_is_an_error_of_ours() -> None:
    with pytest.raises(OutputError, match="No space left"), written(Path("/dev/full")) as stream:
        stream.write(b"x" * 100_000)


def test_parts_of_killed_runs_are_removed_and_those_of_living_ones_stay(tmp_path: Path) -> None:
    code = (
        "import sys, time, pathlib\nfrom dateline.writing import written\n"
        "with written(pathlib.Path(sys.argv[1])) as stream:\n    print(flush=True)\n    time.sleep(60)\n"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path / f"o{n}")], stdout=subprocess.PIPE) for n in (1, 2)
    ]
    try:
        for process in running:
            assert process.stdout is not None
            process.stdout.readline()
        assert len(os.listdir(tmp_path)) == 2
        running[0].send_signal(signal.SIGKILL)
        running[0].wait()
        with written(tmp_path / "mine") as stream:
            stream.write(b"x")
        left = sorted(os.listdir(tmp_path))
        assert [name.startswith(".dateline-") for name in left] == [True, False]
    finally:
        for process in running:
            process.kill()
            process.communicate()


def test_a_file_written_by_name_that_fails_halfway_leaves_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "out.txt"
    path.write_text("old", encoding="utf-8")

    def stop_halfway() -> None:
        with whole_file(path) as part:
            part.write_text("half", encoding="utf-8")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stop_halfway()
    assert [file.name for file in tmp_path.iterdir()] == ["out.txt"]
    assert path.read_text(encoding="utf-8") == "old"
    with whole_file(path) as part:
        part.write_text("new", encoding="utf-8")
    assert path.read_text(encoding="utf-8") == "new"


def test_what_a_killed_run_left_of_it_is_swept_by_the_next(tmp_path: Path) -> None:
    path = tmp_path / "[a] out.txt"
    script = (
        "import os, signal, sys, pathlib\nfrom dateline.writing import whole_file\n"
        "with whole_file(pathlib.Path(sys.argv[1])) as part:\n"
        "    part.write_text('half')\n    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    assert subprocess.run([sys.executable, "-c", script, str(path)], check=False, env={**os.environ}).returncode < 0
    assert [file.suffix for file in tmp_path.iterdir()] == [".part"]
    with whole_file(path) as part:
        part.write_text("new", encoding="utf-8")
    assert [file.name for file in tmp_path.iterdir()] == [path.name]
