"""The commands as a person types them: answers, messages, exit statuses, never a traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.intake.samples import SAMPLES

REPORT = "The frigate left Bergen on Monday. Oman urged Yemen to hold talks, a spokesman said."
AGENCY = (
    REPORT + " The minister told reporters in Tunis on Tuesday that three ships of the coast guard had turned back a"
    " tanker near the strait, and that its crew of eleven had been questioned for several hours before sailing on."
)
DATELINE = [sys.executable, "-c", "from dateline.cli import main; main()"]


def run(*words: str, stdin: bytes = b"", cwd: Path | None = None, **env: str) -> subprocess.CompletedProcess[bytes]:
    found = subprocess.run(
        [*DATELINE, *words],
        input=stdin,
        capture_output=True,
        cwd=cwd,
        env={**os.environ, **env},
        timeout=120,
        check=False,
    )
    assert b"Traceback" not in found.stderr, found.stderr.decode()
    return found


@pytest.fixture
def report(tmp_path: Path) -> Path:
    file = tmp_path / "report.txt"
    file.write_text(REPORT, encoding="utf-8")
    return file


def test_help_loads_nothing_heavy() -> None:
    heavy = (
        "spacy",
        "numpy",
        "yaml",
        "jinja2",
        "rich",
        "marisa_trie",
        "onnxruntime",
        "sqlalchemy",
        "lxml",
        "trafilatura",
    )
    code = f"import sys; import dateline.cli; print([m for m in {heavy} if m in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert found.stdout.decode().strip() == "[]"


def test_a_file_is_read_to_text(report: Path) -> None:
    found = run("read", str(report), "--published", "2024-05-18")
    assert found.returncode == 0
    assert b"Bergen" in found.stdout


def test_standard_input_is_read() -> None:
    found = run("read", "-", "--to", "standoff", stdin=REPORT.encode())
    assert found.returncode == 0
    assert json.loads(found.stdout)["id"] == "stdin"


def test_every_format_is_written_and_twice_the_same(report: Path, tmp_path: Path) -> None:
    for form in ("json", "standoff", "html", "text", "conllu"):
        out = [tmp_path / f"{form}{i}" for i in (0, 1)]
        for i, file in enumerate(out):
            done = run(
                "read", str(report), "--published", "2024-05-18", "--to", form, "-o", str(file), PYTHONHASHSEED=str(i)
            )
            assert done.returncode == 0
        assert out[0].read_bytes() == out[1].read_bytes() != b"", form


def test_several_reports_go_into_a_folder(report: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text(REPORT)
    done = run("read", str(report), str(other), "--to", "standoff", "-o", str(tmp_path / "out"))
    assert done.returncode == 0
    assert sorted(f.name for f in (tmp_path / "out").iterdir()) == ["other.json", "report.json"]


BAD = {
    "empty": b"",
    "blank": b" \n\n",
    "binary": bytes(range(256)) * 20,
    "pdf": b"%PDF-1.7 and so on",
    "page": b"<html><body><img src=x></body></html>",
    "long line": b"a" * 5_000_000,
}


@pytest.mark.parametrize("raw", BAD.values(), ids=BAD)
def test_a_bad_file_gives_a_line_with_name_and_reason(raw: bytes, tmp_path: Path, report: Path) -> None:
    bad = tmp_path / "bad.bin"
    bad.write_bytes(raw)
    found = run("read", str(bad), str(report), "--to", "standoff", "--published", "2024-05-18")
    assert found.returncode == 1
    assert found.stderr.decode().startswith(f"dateline: {bad}: intake: ")
    assert json.loads(found.stdout)["id"] == "report.txt", "the other report is read all the same"


@pytest.mark.parametrize("text", ["Attack", "Ships \u202e left \x1b[31m Bergen on Monday.", "a\u0000b left Bergen"])
def test_odd_texts_are_read_and_marked(text: str, tmp_path: Path) -> None:
    file = tmp_path / "odd.txt"
    file.write_text(text, encoding="utf-8")
    found = run("read", str(file))
    assert found.returncode == 0
    assert b"\x1b[31m" not in found.stdout
    assert "\u202e".encode() not in found.stdout


def test_a_foreign_report_is_an_error_that_says_so(tmp_path: Path) -> None:
    file = tmp_path / "fr.txt"
    file.write_text(
        "Le ministre a déclaré mardi que les troupes resteraient dans la région jusqu'à la fin de l'année. " * 3
    )
    found = run("read", str(file), "--published", "2024-05-18")
    assert found.returncode == 1
    assert b"not English" in found.stderr


def test_a_future_date_is_a_warning(report: Path) -> None:
    found = run("read", str(report), "--published", "2999-01-01")
    assert found.returncode == 0
    assert b"future" in found.stderr


@pytest.mark.parametrize(
    "words",
    [("read",), ("read", "x", "--to", "pdf"), ("read", "x", "--jsonl", "y"), ("nonsense",), ("merge",)],
)
def test_a_wrong_command_is_status_2(words: tuple[str, ...]) -> None:
    assert run(*words).returncode == 2


def test_a_folder_of_pages_feeds_and_archives_is_read_into_a_folder(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name, raw in SAMPLES.items():
        (tmp_path / "in" / f"a.{name}").write_bytes(raw)
    (tmp_path / "in" / "e.jsonl").write_bytes(b'{"id": "../../x", "text": "The ship left Bergen."}\n')
    found = run(
        "read", str(tmp_path / "in"), "--to", "standoff", "-o", str(tmp_path / "out"), "--published", "2024-05-18"
    )
    assert found.returncode == 0, found.stderr
    names = sorted(f.name for f in (tmp_path / "out").iterdir())
    assert len(names) == 13
    assert {"a.html.json", "a.warc_urn_uuid_1.json", "a.xml#2.json"} <= {n.replace("#urn", "_urn") for n in names}
    assert sorted(f.name for f in tmp_path.iterdir()) == ["in", "out"]


def test_a_single_page_is_written_as_a_file_and_what_is_refused_is_told(tmp_path: Path) -> None:
    (tmp_path / "p.html").write_bytes(SAMPLES["html"])
    out = tmp_path / "p.json"
    assert run("read", str(tmp_path / "p.html"), "--to", "standoff", "-o", str(out)).returncode == 0
    assert json.loads(out.read_bytes())["published"] == "2024-05-18"
    found = run("read", "http://127.0.0.1/")
    assert (found.returncode, found.stderr.count(b"\n")) == (1, 1)
    assert b"not a public address" in found.stderr


@pytest.mark.parametrize("words", [("read", "no-such-file"), ("read", "--jsonl", "no-such-file"), ("read", "*.none")])
def test_a_missing_file_is_status_1_with_a_line(words: tuple[str, ...]) -> None:
    found = run(*words)
    assert found.returncode == 1
    assert found.stderr.count(b"\n") == 1


def test_a_bad_date_is_named(report: Path) -> None:
    found = run("read", str(report), "--published", "16/09/2023")
    assert found.returncode == 1
    assert b"not a date of the form" in found.stderr


def test_rows_in_rows_out(tmp_path: Path) -> None:
    rows, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    rows.write_bytes(json.dumps({"id": "a", "text": REPORT}).encode() + b"\nnot json\n")
    found = run("read", "--jsonl", str(rows), "--to", "standoff", "-o", str(out))
    assert found.returncode == 0
    good, bad = [json.loads(line) for line in out.read_bytes().splitlines()]
    assert good["id"] == "a"
    assert bad["error"]["stage"] == "intake"


def test_merge_gives_every_row_a_story(tmp_path: Path) -> None:
    rows, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    rows.write_bytes(b"".join(json.dumps({"id": i, "text": AGENCY}).encode() + b"\n" for i in ("a", "b")))
    assert run("merge", "--jsonl", str(rows), "-o", str(out)).returncode == 0
    first, second = [json.loads(line) for line in out.read_bytes().splitlines()]
    assert first["story"] == second["story"]
    assert {first["copy_of"], second["copy_of"]} == {None, "a"} or {first["copy_of"], second["copy_of"]} == {None, "b"}
    assert [e["event"] for e in first["events"]] == [e["event"] for e in second["events"]]


def test_a_half_written_file_never_takes_the_name(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("kept")
    assert run("read", "--jsonl", str(tmp_path / "missing"), "-o", str(out)).returncode == 1
    assert out.read_text() == "kept"
    assert [f.name for f in tmp_path.iterdir()] == ["out.jsonl"]


def test_who_explains_a_name_in_another_spelling() -> None:
    found = run("who", "Chapochnikov", "--on", "2023-09-16")
    assert found.returncode == 0
    assert b"Marshal Shaposhnikov" in found.stdout
    assert b"another spelling" in found.stdout


def test_who_tells_the_office_of_the_day() -> None:
    assert b"DEUGOV" in run("who", "Angela Merkel", "--on", "2015-01-01").stdout
    assert b"DEUELI" in run("who", "Angela Merkel", "--on", "2023-01-01").stdout


def test_who_says_that_it_does_not_know() -> None:
    found = run("who", "Qwertzu Asdfgh")
    assert (found.returncode, found.stdout) == (1, b"no table holds 'Qwertzu Asdfgh'\n")


def test_who_wants_a_day_that_is_one() -> None:
    assert run("who", "Angela Merkel", "--on", "yesterday").returncode == 2
