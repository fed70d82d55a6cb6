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


def test_reports_of_one_name_are_all_written_and_nothing_is_overwritten_unasked(tmp_path: Path) -> None:
    for place, words in (("x", "The frigate left Bergen."), ("y", "Oman urged Yemen to talk."), ("z", "A ship sank.")):
        (tmp_path / place).mkdir()
        (tmp_path / place / "report.txt").write_text(words)
    given = ("read", "x/report.txt", "y/report.txt", "z/report.txt", "--to", "json", "-o", "out")
    assert run(*given, cwd=tmp_path).returncode == 0
    files = sorted((tmp_path / "out").iterdir())
    assert len({json.loads(f.read_bytes())["article"]["text"] for f in files}) == 3
    before = [f.read_bytes() for f in files]
    again = run(*given, cwd=tmp_path)
    assert (again.returncode, again.stderr.count(b"exists already")) == (1, 3)
    assert b"x/report.txt: output: " in again.stderr
    assert [f.read_bytes() for f in files] == before
    assert run(*given, "--overwrite", cwd=tmp_path).returncode == 0


@pytest.mark.parametrize("words", [("read", "r.txt"), ("read", "--jsonl", "r.jsonl"), ("merge", "--jsonl", "r.jsonl")])
def test_a_file_that_exists_is_left_as_it_is(words: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "r.txt").write_text(REPORT)
    (tmp_path / "r.jsonl").write_bytes(json.dumps({"text": REPORT}).encode())
    (tmp_path / "out").write_text("kept")
    found = run(*words, "-o", "out", cwd=tmp_path)
    assert (found.returncode, (tmp_path / "out").read_text()) == (1, "kept")
    assert b"--overwrite" in found.stderr


def test_rows_take_what_the_caller_says_and_a_row_that_fails_is_named(tmp_path: Path) -> None:
    rows = tmp_path / "in.jsonl"
    texts = [
        {"id": "a", "text": REPORT, "published": "9 Oct 2021"},
        {"id": "b", "text": REPORT, "published": "10/9/2021"},
    ]
    rows.write_bytes(b"".join(json.dumps(t).encode() + b"\n" for t in texts) + b'{"id": "c"}\n')
    found = run("read", "--jsonl", str(rows), "--to", "json", "--publisher", "The Wire")
    one, two, three = map(json.loads, found.stdout.splitlines())
    assert (one["article"]["published"], two["article"]["published"]) == ("2021-10-09", None)
    assert one["article"]["publisher"] == "The Wire"
    assert three["error"]["stage"] == "intake"
    assert b"dateline: b: intake: warning: the publication date was given as '10/9/2021'" in found.stderr
    assert b"dateline: line-3: intake: " in found.stderr
    found = run("read", "--jsonl", str(rows), "--published", "2024-05-18", "--to", "json")
    assert json.loads(found.stdout.splitlines()[0])["article"]["published"] == "2024-05-18"


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no device that is always full")
@pytest.mark.parametrize(
    "words", [("who", "Angela Merkel"), ("read", "r.txt"), ("--version",), ("read", "--jsonl", "r.jsonl")]
)
@pytest.mark.parametrize("to", [">/dev/full", ">&-"])
def test_standard_output_that_is_full_or_closed_is_status_1_with_a_line(
    words: tuple[str, ...], to: str, tmp_path: Path
) -> None:
    (tmp_path / "r.txt").write_text(REPORT)
    (tmp_path / "r.jsonl").write_bytes(json.dumps({"text": REPORT}).encode())
    found = subprocess.run(
        ["sh", "-c", f'"$@" {to}', "sh", *DATELINE, *words], capture_output=True, cwd=tmp_path, timeout=120, check=False
    )
    assert found.returncode == 1
    assert b"Traceback" not in found.stderr
    assert b"Exception ignored" not in found.stderr
    assert found.stderr.splitlines()[-1].startswith(b"dateline: ")


def test_an_archive_whose_name_is_not_utf_8_is_kept(tmp_path: Path) -> None:
    (tmp_path / "r.txt").write_text(REPORT)
    name = os.fsdecode(b"arch\xff.db")
    assert run("add", "r.txt", "--published", "2024-05-18", "--archive", name, cwd=tmp_path).returncode == 0
    assert b"1 = 1 reports" in run("status", "--archive", name, cwd=tmp_path).stdout
    assert run("backup", os.fsdecode(b"copy\xff.db"), "--archive", name, cwd=tmp_path).returncode in {0, 1}


def test_a_text_beside_a_folder_that_holds_it_is_a_duplicate(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for place in (tmp_path, tmp_path / "in"):
        (place / "text.txt").write_text(REPORT)
    found = run("add", "in", "text.txt", "--published", "2024-05-18", "--archive", "a.db", cwd=tmp_path)
    assert (found.returncode, found.stdout) == (0, b"2 inputs: 1 new, 1 there already, 0 in error\n")


def test_conllu_shows_steering_characters(tmp_path: Path) -> None:
    (tmp_path / "odd.txt").write_text("Ships \x1b[31m left\u202e Bergen\x07 on Monday.")
    found = run("read", "odd.txt", "--to", "conllu", cwd=tmp_path).stdout.decode()
    assert not {"\x1b", "\x07", "\u202e"} & set(found)
    rows = [line for line in found.splitlines() if line and not line.startswith("#")]
    assert all(len(row.split("\t")) == 10 and all(row.split("\t")) for row in rows)


def test_events_of_a_report_are_written_in_formats_for_programs(report: Path, tmp_path: Path) -> None:
    given = ("read", str(report), "--published", "2024-05-15", "--to", "csv-raw")
    found = run(*given)
    assert found.returncode == 0, found.stderr
    head, *lines = found.stdout.decode().splitlines()
    assert head.startswith("event,type,mode")
    assert any("REQUEST" in line for line in lines)
    (tmp_path / "all").mkdir()
    assert run(*given, "-o", str(tmp_path / "all")).returncode == 0
    assert (tmp_path / "all" / "report.raw.csv").read_bytes() == found.stdout
    assert b"geojson" in run("read", str(report), "--to", "docx").stderr


def test_a_short_text_is_read_behind_the_fence_too(report: Path) -> None:
    assert report.stat().st_size < 200
    found = run("read", str(report), "--to", "standoff", DATELINE_MAX_MEMORY="50")
    assert found.returncode == 1
    assert found.stdout == b""
    assert b"more memory than max_memory = 50 MB" in found.stderr
