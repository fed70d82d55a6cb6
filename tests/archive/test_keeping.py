"""One object over an archive (dateline.archive.keeping, correcting): what changes it, and what only looks."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from dateline.archive.keeping import Archive
from dateline.archive.placing import forget, place
from dateline.errors import InputError, StoreError
from dateline.settings import Settings
from dateline.store import Query
from dateline.store.nouns import JudgementKind
from tests.archive.reports import IDS, SHELF, anchor, put


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path / "a.db", Settings(), create=True) as archive:
        put(archive.store, *SHELF)
        yield archive


def event(kept: Archive, name: str) -> str:
    """The event of the world that a report of the shelf tells."""
    place(kept.store)
    return kept.store.placements([IDS[name]])[IDS[name]].events[0][1]


def test_no_archive_is_made_where_none_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        Archive(tmp_path / "none.db", Settings())


def test_two_events_become_one_and_two_again(kept: Archive) -> None:
    left, right = event(kept, "first"), event(kept, "chess")
    made = kept.same(left, right, True, "ana", "the same hand")
    assert event(kept, "first") == event(kept, "chess")
    assert [(j.kind, j.by, j.note) for j in kept.corrections()] == [("same", "ana", "the same hand")]
    kept.store.withdraw(made.id)
    assert event(kept, "first") != event(kept, "chess")


def test_a_telling_is_parted_from_its_event_by_report_and_start(kept: Archive) -> None:
    kept.same(anchor("first"), anchor("owner"), False, "ana")
    assert event(kept, "first") != event(kept, "owner")


def test_a_short_id_of_a_report_will_do(kept: Archive) -> None:
    start = anchor("chess").rpartition("@")[2]
    made = kept.give("retype", f"{IDS['chess'][:8]}@{start}", "PROTEST", "ana")
    assert made.left == anchor("chess")
    assert kept.world(event(kept, "chess")).type == "PROTEST"


@pytest.mark.parametrize("wrong", ["e0000000000", "rffffffff@3", "@", "chess"])
def test_what_is_not_there_is_refused_and_nothing_is_noted(kept: Archive, wrong: str) -> None:
    with pytest.raises((InputError, StoreError)):
        kept.give("retype", wrong, "PROTEST", "ana")
    with pytest.raises((InputError, StoreError)):
        kept.same(wrong, anchor("first"), True, "ana")
    assert list(kept.corrections()) == []


def test_an_anchor_without_a_telling_is_refused(kept: Archive) -> None:
    with pytest.raises(InputError, match="tells no event at 1"):
        kept.give("place", f"{IDS['first']}@1", "Portvale", "ana")


def test_one_event_is_not_called_the_same_as_itself(kept: Archive) -> None:
    with pytest.raises(InputError, match="same words"):
        kept.same(event(kept, "first"), anchor("first"), True, "ana")


def test_name_type_and_place_that_a_person_gave_are_shown(kept: Archive) -> None:
    kept.rename("Norland", "Kingdom of Norland", "ana")
    kept.give("retype", event(kept, "first"), "ASSAULT", "ana")
    kept.give("place", event(kept, "first"), "Portvale roads", "ana")
    world = kept.world(event(kept, "first"))
    assert (world.actors[0], world.type, world.place) == ("Kingdom of Norland", "ASSAULT", "Portvale roads")


def test_a_correction_stands_when_its_report_is_taken_out_and_read_again(kept: Archive) -> None:
    kept.give("retype", anchor("chess"), "PROTEST", "ana")
    forget(kept.store, IDS["chess"], "read anew")
    put(kept.store, "chess", again=True)
    assert kept.world(event(kept, "chess")).type == "PROTEST"


def test_forgetting_takes_the_beginning_of_an_id_and_a_wrong_one_takes_nothing(kept: Archive) -> None:
    with pytest.raises(StoreError):
        kept.forget("rzzzz", "why")
    kept.forget(IDS["chess"][:10], "not news")
    assert kept.status().records == len(SHELF) - 1
    assert kept.search(Query(words="chess")) == []


def test_the_export_is_the_same_whatever_the_order_of_adding(kept: Archive, tmp_path: Path) -> None:
    out, other = io.BytesIO(), io.BytesIO()
    assert kept.export(out) == len(SHELF)
    with Archive(tmp_path / "b.db", Settings(), create=True) as second:
        put(second.store, *reversed(SHELF))
        second.export(other)
    assert out.getvalue() == other.getvalue()
    assert [json.loads(line)["report"] for line in out.getvalue().splitlines()] == sorted(IDS.values())


def test_a_record_is_found_by_the_beginning_of_its_id(kept: Archive) -> None:
    assert kept.record(IDS["first"][:12]).article.text == SHELF["first"].article.text
    assert len(list(kept.reports())) == len(SHELF)


def test_two_events_that_are_called_one_keep_every_telling_of_both(kept: Archive) -> None:
    kept.same(event(kept, "first"), event(kept, "held"), True, "ana")
    told = {t.report for t in kept.world(event(kept, "first")).tellings}
    assert {IDS[name] for name in ("first", "reprint", "owner", "undated", "held")} <= told


def test_one_telling_is_moved_where_the_rest_of_its_event_is_called_another(kept: Archive) -> None:
    kept.same(anchor("chess"), anchor("owner"), True, "ana")
    kept.same(anchor("chess"), anchor("first"), False, "ana")
    assert event(kept, "chess") == event(kept, "owner") != event(kept, "first")
    assert event(kept, "first") == event(kept, "undated")


GIVEN = [
    ("day", "2031-05-01/2031-05-02", "earliest", date(2031, 5, 1)),
    ("day", "", "earliest", None),
    ("status", "denied", "status", "denied"),
    ("actor", "Sudmark", "actors", ("Sudmark",)),
    ("actor", "", "actors", ()),
    ("recipient", "The Brigg", "recipients", ("The Brigg",)),
    ("place", "Dorn", "place", "Dorn"),
    ("retype", "ASSAULT", "type", "ASSAULT"),
]


@pytest.mark.parametrize(("kind", "value", "field", "shown"), GIVEN, ids=[f"{k} {v}" for k, v, _, _ in GIVEN])
def test_one_act_is_one_correction_and_is_taken_back_whole(
    kept: Archive, kind: JudgementKind, value: str, field: str, shown: object
) -> None:
    before = kept.world(event(kept, "first"))
    assert len(before.tellings) > 1
    made = kept.give(kind, before.id, value, "ana")
    after = kept.world(event(kept, "first"))
    assert getattr(after, field) == shown != getattr(before, field)
    assert {made.id} == {j.id for j in kept.corrections()}
    assert set(made.about) == {told.anchor for told in before.tellings}
    kept.withdraw(made.id)
    assert kept.world(event(kept, "first")) == before
    assert list(kept.corrections()) == []


def test_what_is_called_no_event_is_not_shown_until_it_is_taken_back(kept: Archive) -> None:
    name = event(kept, "chess")
    made = kept.give("no event", anchor("chess"), None, "ana")
    with pytest.raises(InputError, match="no event"):
        kept.world(name)
    assert kept.store.placements([IDS["chess"]])[IDS["chess"]].events == ()
    kept.withdraw(made.id)
    assert kept.world(name).id == name


@pytest.mark.parametrize("name", ["Atlantis", "", "Nor", "seized"])
def test_a_name_that_nobody_has_is_refused(kept: Archive, name: str) -> None:
    with pytest.raises(InputError, match="is called"):
        kept.rename(name, "Norland", "ana")
    assert list(kept.corrections()) == []


def test_a_name_that_a_person_gave_can_be_given_another(kept: Archive) -> None:
    kept.rename("Norland", "Kingdom of Norland", "ana")
    kept.rename("Kingdom of Norland", "Norlandia", "ana")
    assert kept.world(event(kept, "first")).actors == ("Norlandia",)


def test_a_disk_that_fails_behind_a_correction_does_not_deny_it(kept: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> bool:
        raise StoreError("the disk is full: nothing of this step was written")

    monkeypatch.setattr(kept.store, "place", full)
    with pytest.raises(StoreError, match=r"correction 1 is noted, but .* not found their places yet: the disk is full"):
        kept.give("retype", event(kept, "first"), "ASSAULT", "ana")
    monkeypatch.undo()
    assert [j.id for j in kept.corrections()] == [1]
    assert kept.waiting
    place(kept.store)
    assert kept.world(event(kept, "first")).type == "ASSAULT"
