"""What acts and statuses count as: a row for each, a reader for each column, no cell against another."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

import dateline
from dateline.errors import KnowledgeError
from dateline.knowledge import files, ontology
from dateline.knowledge.ontology import (
    Act,
    EventStatus,
    act_of,
    load_acts,
    load_ontology,
    load_statuses,
    shown_as,
    status_of,
    unheard,
)
from dateline.model import Event, Span, Status

FLAGS = [(kind, f.name) for kind in (Act, EventStatus) for f in msgspec.structs.fields(kind) if f.type is bool]
COLUMNS = {
    "acts.csv": ("act", *Act.__struct_fields__),
    "statuses.csv": ("status", *EventStatus.__struct_fields__),
    "content_modes.csv": ("act", "mode", "REQUEST", "REJECT", "THREATEN", "on_condition"),
}


@pytest.fixture
def tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the ontology that may be spoilt; what was loaded of it is forgotten before and after."""
    for file in files.path("ontology").iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    load_acts.cache_clear()
    monkeypatch.setattr(files, "path", lambda *parts: tmp_path.joinpath(*parts[1:]))
    yield tmp_path
    load_acts.cache_clear()


def acts_with(flag: str) -> set[str]:
    return {name for name, act in load_acts().items() if getattr(act, flag)}


@pytest.mark.parametrize("table", COLUMNS)
def test_every_column_of_a_table_is_read_into_its_view(table: str) -> None:
    header = files.rows(files.path("ontology", table))[0]
    assert tuple(header) == (*COLUMNS[table], "note", "source")


@pytest.mark.parametrize(("kind", "column"), FLAGS, ids=[f"{kind.__name__}.{column}" for kind, column in FLAGS])
def test_every_column_tells_rows_apart_and_is_asked_by_some_code(kind: type, column: str) -> None:
    rows = load_acts() if kind is Act else load_statuses()
    assert {getattr(row, column) for row in rows.values()} == {True, False}
    root = Path(dateline.__file__).parent
    texts = (f.read_text(encoding="utf-8") for f in root.rglob("*.py") if f != Path(ontology.__file__))
    assert any(f".{column}" in text for text in texts)


@pytest.mark.parametrize("act", ["CONSULT", "showing"])
def test_an_act_without_a_row_is_named(act: str, tables: Path) -> None:
    table = tables / "acts.csv"
    lines = table.read_text(encoding="utf-8").splitlines(keepends=True)
    table.write_text("".join(line for line in lines if not line.startswith(f"{act},")), encoding="utf-8")
    with pytest.raises(KnowledgeError, match=rf"acts\.csv: {act}: no row"):
        load_ontology.__wrapped__()


@pytest.mark.parametrize(
    ("table", "old", "new", "problem"),
    [
        ("acts.csv", "\nAID,", "\nHELP,", "AID: no row"),
        ("acts.csv", "\ngift,", "\nbribe,\ngift,", "does not have"),
        ("acts.csv", "\nAID,no", "\nAID,maybe", "AID: .*bool"),
        ("acts.csv", "\nAID,", "\nAGREE,", "AGREE stands twice"),
        ("acts.csv", ",spoken,", ",said_aloud,", "no column spoken"),
        ("statuses.csv", "\nplanned,open", "\nplanned,ajar", "planned: .*'ajar'"),
        ("statuses.csv", "\nplanned,open,4", "\nplanned,open,3", "leads: each status"),
        ("statuses.csv", "\nplanned,open,4", "\nplanned,open,fourth", "planned: .*int"),
        ("statuses.csv", "\nplanned,", "\nintended,", "intended: no such name"),
        ("content_modes.csv", "\nCONSULT,,meet", "\nCONSULT,,dine", "REQUEST has no mode 'dine'"),
        ("content_modes.csv", "\nCOERCE,arrest", "\nCOERCE,tickle", "COERCE has no mode 'tickle'"),
        ("content_modes.csv", "\nCONSULT,,", "\nDANCE,,", "DANCE has no mode"),
        ("content_modes.csv", "violence,yes", "violence,perhaps", "on_condition is yes or no"),
    ],
)
def test_a_wrong_cell_is_named(table: str, old: str, new: str, problem: str, tables: Path) -> None:
    text = (tables / table).read_text(encoding="utf-8")
    assert old in text
    (tables / table).write_text(text.replace(old, new), encoding="utf-8")
    load = load_statuses if table == "statuses.csv" else load_ontology
    with pytest.raises(KnowledgeError, match=problem):
        load.__wrapped__()


def test_an_act_that_no_table_knows_has_no_property() -> None:
    assert act_of("a type of another package") == act_of(None) == Act()
    with pytest.raises(KeyError):
        status_of("maybe")


def test_what_is_only_said_is_spoken_and_what_a_report_leaves_out_an_archive_does_too() -> None:
    assert acts_with("only_said") < acts_with("spoken")
    assert acts_with("hidden_in_report") < acts_with("hidden_in_archive")
    assert acts_with("many_told_in_story") < acts_with("many_told_in_report")
    assert not acts_with("either_way") & acts_with("many_told_in_report")
    assert acts_with("needs_day_or_thing") <= acts_with("either_way")


def test_plans_are_open_and_what_took_place_is_done_and_settled() -> None:
    for name, status in load_statuses().items():
        assert bool(status.unsure) == (status.family == "open"), name
        assert not status.took_place or (status.family == "done" and status.settled), name
        assert not (status.settled and status.family == "open"), name
    assert sorted(load_statuses(), key=lambda name: status_of(name).leads)[0] == "happened"


def test_a_demand_is_coded_by_what_is_demanded_whatever_its_mode() -> None:
    mode = load_ontology().content_mode
    assert mode("REQUEST", "CONSULT", "phone") == mode("REJECT", "CONSULT", None) == "meet"
    assert mode("REQUEST", "RETREAT", "withdraw") == "yield"
    assert mode("THREATEN", "RETREAT", "withdraw") == "expel"
    assert mode("THREATEN", "RETREAT", None) is None
    assert mode("ACCUSE", "CONSULT", None) is None


def test_a_threat_without_a_row_for_its_mode_is_that_of_its_act() -> None:
    mode = load_ontology().content_mode
    assert mode("THREATEN", "COERCE", "arrest") == "arrest"
    assert mode("THREATEN", "COERCE", "curfew") == "restrict"
    assert mode("THREATEN", "PROTEST", "riot") is None


def test_on_a_condition_only_what_the_table_names_is_a_threat() -> None:
    threatens = load_ontology().threatens
    assert threatens("SANCTION", "withdraw")
    assert not threatens("SANCTION", "convict")
    assert not threatens("COERCE", "arrest")
    assert not threatens("RETREAT", None)


def test_each_content_stands_once() -> None:
    rows = files.rows(files.path("ontology", "content_modes.csv"))
    assert len(rows) == len(load_ontology().contents)


@pytest.mark.parametrize(
    ("status", "number"), [("happened", 3.0), ("ongoing", 3.0), ("planned", 0.0), ("denied", -3.0)]
)
def test_an_event_of_which_the_rules_of_certainty_say_nothing_is_as_sure_as_its_status(
    status: Status, number: float
) -> None:
    event = Event(id="v0", span=Span(0, 1), type="ASSAULT", status=status)
    assert unheard(event) == number
    assert unheard(msgspec.structs.replace(event, predicate="p0")) == 3.0


def test_what_fits_no_type_is_shown_as_a_happening() -> None:
    assert (shown_as("other"), shown_as("ASSAULT")) == ("happening", "ASSAULT")
