"""The command for batches, as a person calls it: what it prints, writes, refuses; and an archive filled from it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dateline.archive.keeping import Archive
from dateline.batch.running import Progress
from dateline.commands import batching
from dateline.settings import Settings
from tests.test_cli import run as run_bytes

TEXTS = (
    "The frigate left Bergen on Monday, the ministry said.",
    "Oman urged Yemen to hold talks, a spokesman said.",
    "The frigate left Bergen on Monday, the ministry said.",
)


def run(*words: str, learned: str = "false") -> tuple[int, str, str]:
    """Exit status, output, errors of a command."""
    ended = run_bytes(*words, DATELINE_LEARNED=learned)
    return ended.returncode, ended.stdout.decode(), ended.stderr.decode()


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    lines = [json.dumps({"id": "x", "text": text, "published": "2024-05-20"}) for text in TEXTS]
    (tmp_path / "in.jsonl").write_text("\n".join([*lines, "no row"]) + "\n")
    return tmp_path / "in.jsonl"


def test_a_batch_is_read_and_filed_and_its_sums_hold(rows: Path, tmp_path: Path) -> None:
    out, archive = tmp_path / "out", tmp_path / "news.db"
    command = ("batch", str(rows), str(out), "--shard-size", "2", "--archive", str(archive))
    status, shown, errors = run(*command)
    assert status == 1, errors
    assert shown.splitlines() == [
        "4 inputs = 2 records + 1 duplicates + 1 errors; 2 shards",
        "archive: 4 inputs = 2 reports + 1 duplicates + 1 errors",
    ]
    assert "rejects.jsonl" in errors
    lines = [json.loads(line) for file in sorted(out.glob("records/*")) for line in file.read_text().splitlines()]
    assert [line["record"]["article"]["text"] for line in lines] == list(TEXTS[:2])
    with Archive(archive, Settings()) as kept:
        assert {report.id for report in kept.reports()} == {line["report"] for line in lines}
        assert kept.waiting == 0
        assert list(kept.store.check()) == []
    assert run(*command)[1] == shown
    again = run("add", str(rows), "--archive", str(archive))
    assert again[1].startswith("4 inputs: 0 new")


@pytest.mark.parametrize(
    ("more", "reason"),
    [(("--to", "xml"), "jsonl, parquet"), (("--engine", "abacus"), "local, ray"), (("--published", "soon"), "soon")],
)
def test_what_is_asked_wrongly_is_refused_before_anything_is_read(
    rows: Path, more: tuple[str, ...], reason: str
) -> None:
    status, _, errors = run("batch", str(rows), str(rows.parent / "out"), *more)
    assert status != 0
    assert reason in errors
    assert not (rows.parent / "out").exists()


def test_how_far_it_is_is_told_in_lines_where_there_is_no_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter([0.0, 0.0, 60.0, 61.0, 120.0])
    monkeypatch.setattr("dateline.commands.batching.time.monotonic", lambda: next(clock))
    lines = batching._Lines()
    for progress in (Progress(40, 40, 1000), Progress(100, 40, 1000), Progress(101, 40, 1000), Progress(160, 40, None)):
        lines.told("read", progress)
    told = capsys.readouterr().err.splitlines()
    assert told == [
        "dateline: reading: 100 of 1000, 15 minutes left (1.0 a second)",
        "dateline: reading: 160 (1.0 a second)",
    ]
