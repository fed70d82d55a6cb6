"""Files, folders, patterns, pipes in, articles and rejections out, in an order that never changes."""

from __future__ import annotations

import gzip
import io
import os
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from dateline.errors import InputError, too_large
from dateline.intake import sources
from dateline.intake.found import About, Found, Piece
from dateline.intake.inputs import Input, inputs_of, spooled
from dateline.intake.sources import articles_of, found_in_bytes
from dateline.model import Rejection
from dateline.settings import Settings
from tests.intake.samples import PAGE, SAMPLES, TEXT

SETTINGS = Settings()


def named(outcomes: object) -> list[str]:
    return [o.article.id if isinstance(o, Found) else f"!{o.id}" for o in outcomes]  # type: ignore[attr-defined]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "in"
    (place / "b").mkdir(parents=True)
    (place / ".git").mkdir()
    (place / ".git" / "x.txt").write_text(TEXT)
    for name, raw in SAMPLES.items():
        (place / "b" / f"s.{name}.dat").write_bytes(raw)  # the names tell nothing: the content does
    (place / "z.txt").write_text(TEXT)
    (place / ".hidden.txt").write_text(TEXT)
    return place


def test_a_folder_is_read_to_its_depths_each_file_by_its_content(folder: Path) -> None:
    assert named(articles_of([str(folder)], SETTINGS)) == [
        "z.txt",
        "b/s.csv.dat#7",
        "b/s.csv.dat#2",
        "b/s.html.dat",
        "b/s.jsonl.dat#a",
        "b/s.jsonl.dat#3",
        "b/s.txt.dat",
        "b/s.warc.dat#urn:uuid:1",
        "b/s.warc.dat#urn:uuid:2",
        "b/s.warc.gz.dat#urn:uuid:1",
        "b/s.warc.gz.dat#urn:uuid:2",
        "b/s.xml.dat#1",
        "b/s.xml.dat#2",
    ]


def test_gzip_changes_nothing(folder: Path) -> None:
    for file in (folder / "b").iterdir():
        plain = list(articles_of([str(file)], SETTINGS))
        file.write_bytes(gzip.compress(file.read_bytes()) if "warc.gz" not in file.name else file.read_bytes())
        assert list(articles_of([str(file)], SETTINGS)) == plain, file


def test_links_out_of_the_folder_pipes_and_dead_links_are_refused(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "in-sibling").mkdir()
    (tmp_path / "in-sibling" / "secret.txt").write_text("SECRET " + TEXT)
    (folder / "c.txt").symlink_to(tmp_path / "in-sibling" / "secret.txt")
    (folder / "d").symlink_to(tmp_path / "in-sibling")
    (folder / "e.txt").symlink_to(folder / "z.txt")
    (folder / "f.txt").symlink_to(folder / "nothing")
    os.mkfifo(folder / "g")
    found = list(articles_of([str(folder)], SETTINGS))
    assert {o.id: o.reason.split(" (")[0] for o in found if isinstance(o, Rejection)} == {
        "c.txt": "it is a link that leads out of the folder; name the file itself to read it",
        "d": "it is a link that leads out of the folder; name the file itself to read it",
        "f.txt": "it is no file that can be read",
        "g": "it is no file that can be read",
    }
    assert all("SECRET" not in o.article.text for o in found if isinstance(o, Found))


def test_patterns_standard_input_and_what_is_not_there(folder: Path, tmp_path: Path) -> None:
    stdin = io.BytesIO(PAGE.encode())
    sources = [f"{folder}/b/*.html.*", "-", f"{folder}/*.none", f"{folder}/gone", str(tmp_path / "in" / ".git" / "y")]
    found = list(inputs_of(sources, tmp_path, stdin))
    assert [f.id for f in found[:2]] == ["s.html.dat", "stdin"]
    assert [f.reason.split(":")[0] for f in found[2:] if isinstance(f, Rejection)] == [
        "no file matches this pattern",
        "it cannot be opened",
        "it cannot be opened",
    ]
    assert isinstance(found[1], Input)
    assert Path(os.fsdecode(found[1].path or b"")).read_bytes() == PAGE.encode()


def test_files_of_one_name_are_all_read_each_under_a_name_of_its_own(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "r.txt").write_text(TEXT)
    one, two = str(tmp_path / "a" / "r.txt"), str(tmp_path / "b" / "r.txt")
    assert named(articles_of([one, two], SETTINGS)) == ["r.txt", two]
    assert named(articles_of([one, two, two, two], SETTINGS)) == ["r.txt", two, f"{two}-2", f"{two}-3"]


def test_a_file_beside_a_folder_that_holds_its_name_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    for place in (tmp_path, tmp_path / "in"):
        (place / "r.txt").write_text(TEXT)
    assert named(articles_of(["in", "r.txt", "in/r.txt"], SETTINGS)) == ["r.txt", "r.txt-2", "in/r.txt"]


def test_an_id_that_stands_twice_in_a_table_is_numbered_and_marked(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("id,text\n1,The ship left.\n1,She came back.\n1,She left.\n1-2,She is here.\n")
    found = list(articles_of([str(tmp_path / "t.csv")], SETTINGS))
    assert named(found) == ["t.csv#1", "t.csv#1-2", "t.csv#1-3", "t.csv#1-2-2"]
    assert [bool(o.faults) for o in found if isinstance(o, Found)] == [False, True, True, True]


@pytest.mark.parametrize("day", ["9 October 2021", "Sat, 09 Oct 2021 14:00:00 GMT", '"Sat, 10/09/2021"', "2021/10/09"])
def test_days_of_a_table_are_read_where_they_have_one_reading(day: str, tmp_path: Path) -> None:
    cell = day if day.startswith('"') or "," not in day else f'"{day}"'
    (tmp_path / "t.csv").write_text(f"id,text,date\n1,The ship left.,{cell}\n2,She came back.,10/09/2021\n")
    first, second = (o.article for o in articles_of([str(tmp_path / "t.csv")], SETTINGS) if isinstance(o, Found))
    assert str(first.published) == "2021-10-09"
    assert (second.published, second.published_words) == (None, "10/09/2021")


def test_folders_of_killed_runs_are_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    gone = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    left, mine = tmp_path / f"dateline-spool-{int(gone.stdout)}-x", tmp_path / f"dateline-spool-{os.getpid()}-x"
    left.mkdir()
    mine.mkdir()
    with spooled() as folder:
        assert folder.is_dir()
        assert not left.exists()
    assert list(tmp_path.iterdir()) == [mine]


def test_a_file_cut_off_keeps_what_stood_before(tmp_path: Path) -> None:
    rows = b"".join(b'{"text": "The ship number %d left."}\n' % n for n in range(2000))
    (tmp_path / "r.gz").write_bytes(gzip.compress(rows)[:-20])
    (tmp_path / "t.gz").write_bytes(gzip.compress(TEXT.encode() * 20)[:-8])
    found = list(articles_of([str(tmp_path / "r.gz")], SETTINGS))
    assert len(found) > 500
    assert isinstance(found[-1], Rejection)
    assert "cut off in part" in found[-1].reason
    (text,) = articles_of([str(tmp_path / "t.gz")], SETTINGS)
    assert isinstance(text, Found)
    assert "cut off" in text.faults[0].reason


def test_a_line_over_the_limit_is_refused_and_the_next_one_read(tmp_path: Path) -> None:
    (tmp_path / "r").write_bytes(b'{"text": "' + b"a" * 5_000_000 + b'"}\n{"text": "The ship left."}\n')
    settings = msgspec.structs.replace(SETTINGS, max_bytes=1_000_000)
    refused, found = articles_of([str(tmp_path / "r")], settings)
    assert isinstance(refused, Rejection)
    assert "max_bytes = 1,000,000" in refused.reason
    assert (refused.offset, named([found])) == (1, ["r#2"])


def test_what_the_caller_says_holds_for_every_report(tmp_path: Path) -> None:
    (tmp_path / "t.txt").write_text(TEXT)
    (found,) = articles_of([str(tmp_path / "t.txt")], SETTINGS, About(published="2024-05-18", publisher="The Wire"))
    assert isinstance(found, Found)
    assert (str(found.article.published), found.article.publisher) == ("2024-05-18", "The Wire")


def test_bytes_that_hold_several_reports_are_refused_as_one() -> None:
    assert found_in_bytes(PAGE.encode(), SETTINGS, "p", About()).article.title
    with pytest.raises(InputError, match="several reports"):
        found_in_bytes(SAMPLES["xml"], SETTINGS, "p", About())


def test_what_takes_too_much_memory_says_so_wherever_it_runs_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def exhausted(*_: object) -> None:
        raise MemoryError

    piece = Piece(id="a", kind="text", content=b"words", origin="a.txt", about=About())
    monkeypatch.setitem(sources._READERS, "text", exhausted)
    found = sources.outcome_of(piece, Settings(max_memory=50))
    assert isinstance(found, Rejection)
    assert (found.reason, found.hint) == ("reading it took more memory than max_memory = 50 MB", too_large(50)[1])


def test_what_runs_out_of_memory_behind_a_first_part_says_which_part(monkeypatch: pytest.MonkeyPatch) -> None:
    def cut(given: Input, whole: Piece, *_: object) -> object:
        yield msgspec.structs.replace(whole, number=1)
        raise MemoryError

    monkeypatch.setattr(sources, "_cut", cut)
    first, last = sources.pieces_of(Input(id="a", origin="a.jsonl"), Settings(max_memory=50))
    assert first is not None
    assert last is not None
    assert (first.refused, last.id) == (None, "a#2")
    assert last.refused == too_large(50)[0] + " in part 2; what stood before was read"
