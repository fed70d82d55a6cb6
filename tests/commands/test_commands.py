"""The commands of an archive (dateline.commands: filling, finding, correcting, keeping, options, streams) as a person
types them, over an archive that was filled without a model."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from sqlalchemy import create_engine, text
from typer.testing import CliRunner

from dateline.archive.keeping import Archive
from dateline.batch.reading import Result as Read
from dateline.cli import app
from dateline.errors import DatelineError, InputError, StoreError
from dateline.intake.found import Outcome
from dateline.model import Record, Rejection
from dateline.settings import Settings
from dateline.store import open_store
from tests.archive.reports import IDS, SHELF, anchor, put, shelved

ERRORS = (DatelineError, InputError, StoreError)


@pytest.fixture(autouse=True)
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which the commands run, with an archive of the shelf where the settings look for it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LOGNAME", "ana")
    return shelved(tmp_path / "dateline.db")


def run(*words: str, status: int = 0) -> str:
    found = ran(*words)
    assert found.exit_code == status, (found.output, found.exception)
    return str(found.output)


def ran(*words: str) -> Any:
    return CliRunner().invoke(app, words)


def refused(*words: str) -> str:
    """The message of a command that is refused: an error of ours, with what to do."""
    found = ran(*words)
    assert isinstance(found.exception, ERRORS), found.exception
    return str(found.exception)


def event(name: str) -> str:
    """The id of the event that a report tells, as `search` prints it."""
    rows = [json.loads(line) for line in run("search", "--to", "json", "--limit", "99").splitlines()]
    return next(str(row["world"]) for row in rows if row["report"] == IDS[name])


def test_status_counts_what_is_there() -> None:
    found = run("status")
    assert "8 = 8 reports + 0 duplicates + 0 errors" in found
    assert "0 by persons" in found


def test_search_prints_a_line_a_telling_and_how_many() -> None:
    lines = run("search", "licence valid").splitlines()
    assert lines[-1] == "1 event"
    assert all(part in lines[0] for part in ("2031-05-07", "COERCE", "happened", "Norland → Aelfwyn", anchor("owner")))


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (("--type", "CONSULT"), {"plan", "held"}),
        (("--status", "planned"), {"plan"}),
        (("--actor", "Lirov"), {"chess"}),
        (("--about", "Aelfwyn", "--until", "2031-05-06"), {"first", "reprint"}),
        (("--about", "Lirov"), {"chess"}),
        (("--actor", "Lirow"), {"chess"}),
        (("games champion",), {"chess"}),
        (("report chess",), set()),
        (("report chess", "--whole"), {"chess"}),
        (("--recipient", "Aelfwyn", "--until", "2031-05-06"), {"first", "reprint"}),
        (("--between", "Sudmark", "Norland"), {"plan", "held"}),
        (("--since", "2031-06-01"), {"late"}),
        (("--publisher", "Paper chess"), {"chess"}),
        (("--source", "AUTHOR", "--actor", "Lirov"), {"chess"}),
        (("--box", "0", "0", "1", "1"), set()),
        (("--country", "NOR"), set()),
        (("--mode", "seize"), set()),
        (("--code", "NOR"), set()),
        (("--place", "Oslo"), set()),
        (("'; drop table reports; --",), set()),
    ],
)
def test_search_finds_by_every_field(words: tuple[str, ...], names: set[str]) -> None:
    found = {json.loads(line)["report"] for line in run("search", *words, "--to", "json").splitlines()}
    assert found == {IDS[name] for name in names}


def test_search_says_when_there_may_be_more() -> None:
    assert run("search", "--limit", "2").splitlines()[-1] == "2 events (more with --limit)"


def test_the_chronicle_is_text_page_or_json(tmp_path: Path) -> None:
    assert run("chronicle").startswith("4 events told by 7 reports")
    run("chronicle", "--to", "html", "--out", str(tmp_path / "c.html"))
    assert (tmp_path / "c.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert {world["type"] for world in json.loads(run("chronicle", "--to", "json"))["worlds"]} == {"COERCE", "CONSULT"}


def test_the_chronicle_takes_filters_shows_changes_and_says_what_it_leaves_out() -> None:
    assert "Left out: 1 " in run("chronicle")
    assert "Left out" not in run("chronicle", "--every")
    found = run("chronicle", "--changed-since", "2031-05-16")
    assert "Only events of which a report of 2031-05-16 or later tells." in found
    assert "“Envoy Dosch" in found
    assert run("chronicle", "--actor", "Nobody").startswith("0 events")


def test_the_chronicle_keeps_what_the_reports_do_not_agree_on(archive: Path) -> None:
    assert run("chronicle", "--differs").startswith("0 events")
    owner = SHELF["owner"]
    told = replace(owner.events[0], status="denied")
    denial = replace(owner, article=replace(owner.article, id="denial", publisher="Paper denial"), events=(told,))
    with open_store(archive) as store:
        put(store, "denial", shelf={"denial": denial})
    found = json.loads(run("chronicle", "--differs", "--to", "json"))["worlds"]
    assert [[slot["name"] for slot in world["slots"] if slot["differs"]] for world in found] == [["status"]]


def test_the_chronicle_keeps_what_lies_ahead(tmp_path: Path) -> None:
    with open_store(tmp_path / "plans.db") as store:
        put(store, "plan", "first")
    every = run("chronicle", "--archive", str(tmp_path / "plans.db"), "--to", "json")
    ahead = run("chronicle", "--ahead", "--archive", str(tmp_path / "plans.db"), "--to", "json")
    assert {len(json.loads(every)[part]) for part in ("worlds", "ahead")} == {1}
    assert json.loads(ahead)["worlds"] == []
    assert [world["act"] for world in json.loads(ahead)["ahead"]] == ["CONSULT"]


def test_hits_carry_address_outlet_title_day_and_sentence() -> None:
    (hit,) = (json.loads(line) for line in run("search", "--actor", "Lirov", "--to", "json").splitlines())
    assert hit["title"] == "Teenager report chess"
    assert hit["publisher"] == "Paper chess"
    assert hit["published"] == "2031-05-06"
    assert "wins chess title in Dorn" in hit["sentence"]
    line = run("search", "--actor", "Lirov").splitlines()[0]
    assert all(part in line for part in ("wins chess title in Dorn", "Paper chess", "2031-05-06"))


def test_what_there_is_not_is_refused_with_what_there_is() -> None:
    for words, known in (
        (("--type", "COERCER"), "COERCE"),
        (("--status", "done"), "happened"),
        (("--country", "Zland"), "ZMB"),
    ):
        assert known in " ".join(run("search", *words, status=2).split())


def test_a_chronicle_into_a_folder_that_is_not_there_says_so() -> None:
    assert "make it first" in refused("chronicle", "-o", "none/c.txt")


def test_show_takes_an_event_a_report_or_a_telling() -> None:
    name = event("first")
    assert f"[{name}]" in run("show", name)
    assert json.loads(run("show", name, "--to", "json"))["id"] == name
    for report in (IDS["first"], IDS["first"][:9], anchor("first")):
        assert "Aelfwyn" in run("show", report)
    assert json.loads(run("show", IDS["first"], "--to", "standoff"))["events"]
    assert "no event" in refused("show", "e0000000000")
    assert "r0000" in refused("show", "r0000")


def test_corrections_are_noted_listed_and_taken_back() -> None:
    assert "dateline withdraw 1" in run("same", event("first"), event("chess"), "--note", "one hand")
    assert event("first") == event("chess")
    run("different", anchor("first"), anchor("owner"))
    run("rename", "Norland", "Kingdom of Norland")
    run("retype", anchor("chess"), "PROTEST")
    run("place", anchor("chess"), "Dorn", "--at", "10.5", "20.25")
    lines = run("corrections").splitlines()
    assert [line.split()[3] for line in lines] == ["same", "different", "rename", "retype", "place"]
    assert "(one hand)" in lines[0]
    assert lines[4].endswith("→ Dorn|10.5|20.25")
    assert run("withdraw", "1") == "withdrawn: 1\n"
    assert event("first") != event("chess")
    assert len(run("corrections").splitlines()) == 4
    assert "Kingdom of Norland" in run("chronicle")


def test_a_correction_of_nothing_is_refused() -> None:
    for words in (
        ("same", "e0000000000", anchor("first")),
        ("retype", f"{IDS['first']}@1", "PROTEST"),
        ("withdraw", "7"),
    ):
        assert refused(*words)
    assert run("corrections") == ""


@pytest.mark.parametrize(
    "words",
    [
        ("retype", "rabc@1", "NONSENSE"),
        ("place", "rabc@1", "Dorn", "--at", "95", "20"),
        ("place", "rabc@1", "Dorn|1|2"),
        ("chronicle", "--to", "pdf"),
        ("chronicle", "--since", "yesterday"),
        ("chronicle", "--changed-since", "16/5/2031"),
        ("search", "--to", "html"),
        ("search", "--limit", "0"),
        ("forget", "rabc"),
        ("withdraw", "one"),
        ("add",),
        ("export",),
    ],
)
def test_a_wrong_command_is_status_2(words: tuple[str, ...]) -> None:
    assert ran(*words).exit_code == 2


def test_values_of_an_event_are_corrected_by_a_command_each() -> None:
    name = event("first")
    for words, shown in (
        (("redate", name, "2031-05-01", "2031-05-02"), "day"),
        (("redate", name), "→ none"),
        (("restatus", name, "denied"), "→ denied"),
        (("actor", name, "Sudmark"), "→ Sudmark"),
        (("recipient", name, "Brigg"), "→ Brigg"),
        (("no-event", anchor("chess")), "no event"),
    ):
        run(*words)
        assert shown in run("corrections").splitlines()[-1]
    assert len(run("corrections").splitlines()) == 6
    assert "Sudmark" in run("show", name)
    assert ran("restatus", name, "perhaps").exit_code == 2
    assert ran("redate", name, "2031-05-02", "2031-05-01").exit_code == 2


def test_steering_characters_in_a_note_are_shown() -> None:
    run("rename", "Norland", "a\x1b[31m b\u202e", "--note", "c\nd")
    assert not {"\x1b", "\u202e"} & set(run("corrections"))
    assert len(run("corrections").splitlines()) == 1


def test_forget_takes_a_report_out() -> None:
    run("forget", IDS["chess"][:10], "--reason", "not news")
    assert "7 reports" in run("status")
    assert run("search", "chess").splitlines() == ["0 events"]


def test_a_sound_archive_is_called_so_and_a_damaged_one_is_status_1(archive: Path) -> None:
    assert run("check") == "the archive is sound\n"
    engine = create_engine(f"sqlite:///{archive}")
    with engine.begin() as connection:
        connection.execute(text("update records set body = x'00' where report = 1"))
    engine.dispose()
    assert IDS["first"] in run("check", status=1)


def test_a_backup_is_restored_where_there_is_no_archive(tmp_path: Path) -> None:
    run("retype", anchor("chess"), "PROTEST")
    run("backup", "copy.db")
    run("restore", "copy.db", "--archive", "other.db")
    assert run("chronicle", "--archive", "other.db") == run("chronicle")
    assert refused("restore", "copy.db", "--archive", "other.db")


def test_the_export_is_a_line_a_report(tmp_path: Path) -> None:
    assert run("export", "-o", "all.jsonl") == "8 records: all.jsonl\n"
    lines = [json.loads(line) for line in (tmp_path / "all.jsonl").read_bytes().splitlines()]
    assert [line["report"] for line in lines] == sorted(IDS.values())


def test_only_add_makes_an_archive() -> None:
    for command in ("status", "search", "chronicle", "check", "corrections"):
        assert refused(command, "--archive", "none.db")
    assert not Path("none.db").exists()


def test_add_tells_what_became_of_every_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unread(outcomes: Iterable[Outcome], _settings: Any) -> Iterator[Read]:
        for outcome in outcomes:
            yield outcome if isinstance(outcome, Rejection) else Record(article=outcome.article)

    monkeypatch.setattr("dateline.archive.keeping.read_found", unread)
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("The frigate left Bergen on Monday, the ministry said.")
    (folder / "b.txt").write_text("")
    given = ("add", str(folder), "--archive", "new.db", "--published", "2031-05-05", "--publisher", "Paper")
    first = run(*given, status=1)
    assert "2 inputs: 1 new, 0 there already, 1 in error" in first
    assert "b.txt: intake: " in first
    assert "0 new, 0 there already, 0 in error, 2 finished by an earlier run" in run(*given)
    assert "1 reports" in run("status", "--archive", "new.db")


@pytest.mark.parametrize("words", [("export",), ("chronicle",)])
def test_a_file_that_exists_is_replaced_only_where_it_is_said(words: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "out").write_text("kept")
    assert "exists already" in refused(*words, "--out", "out")
    assert (tmp_path / "out").read_text() == "kept"
    run(*words, "--out", "out", "--overwrite")
    assert (tmp_path / "out").read_text() != "kept"


@pytest.mark.parametrize(
    "to", ["csv", "csv-raw", "timelinejs", "plover", "ngec", "gdelt", "web-annotation", "csl", "arms"]
)
def test_a_chronicle_is_written_in_formats_for_programs(to: str, tmp_path: Path) -> None:
    found = ran("chronicle", "--to", to, "-o", str(tmp_path / "out"))
    assert found.exit_code == 0, found.output
    with Archive(tmp_path / "dateline.db", Settings(), read_only=True) as kept:
        made = kept.events().export(to)
    assert (tmp_path / "out").read_bytes() == made.data
    assert found.stderr.splitlines() == [f"dateline: {to}: {sentence}" for sentence in made.left_out]
    assert ran("chronicle", "--to", to).stdout_bytes == made.data
    assert "exists already" in refused("chronicle", "--to", to, "-o", str(tmp_path / "out"))


def test_filters_hold_for_formats_too() -> None:
    lines = run("chronicle", "--actor", "Norland", "--type", "COERCE", "--to", "plover").splitlines()
    assert {json.loads(line)["type"] for line in lines if line.startswith("{")} == {"COERCE"}


def test_a_format_that_there_is_not_is_refused_with_those_that_are() -> None:
    assert "geojson" in run("chronicle", "--to", "doc", status=2)
