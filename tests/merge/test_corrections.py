from __future__ import annotations

from msgspec.structs import replace

from dateline.merge.corrections import Correction, bound, corrected, ties
from tests.merge.made import said, sketch, telling, voice

TOLD = telling(
    "a",
    said("actor", "body:guard"),
    said("place", "1"),
    start=20,
    starts=(20, 90),
    voices=(voice("Brant", "name:brant"),),
)


def test_a_new_type_takes_the_act_and_the_mode_with_it() -> None:
    seized = sketch("a", replace(TOLD, modes=("seize",)))
    (told,) = corrected(seized, [Correction(kind="retype", left="a@20", value="ASSAULT")]).tellings
    assert (told.type, told.acts, told.modes, told.ontology) == ("ASSAULT", ("ASSAULT",), (), "plover")
    (told,) = corrected(seized, [Correction(kind="retype", left="a@20", value="arrival")]).tellings
    assert told.ontology == "dateline"


def test_a_new_place_stands_alone_in_its_slot() -> None:
    (told,) = corrected(sketch("a", TOLD), [Correction(kind="place", left="a@20", value="Portvale|10|20")]).tellings
    assert [s.name for s in told.said if s.slot == "place"] == ["Portvale"]


def test_a_new_name_is_shown_for_parties_and_sources_by_name_or_key() -> None:
    (told,) = corrected(
        sketch("a", TOLD),
        [
            Correction(kind="rename", left="body:guard", value="Guard"),
            Correction(kind="rename", left="Brant", value="B"),
        ],
    ).tellings
    assert [s.name for s in told.said if s.slot == "actor"] == ["Guard"]
    assert [v.name for v in told.voices] == ["B"]
    assert [v.key for v in told.voices] == ["name:brant"]


def test_a_decision_holds_when_a_newer_reading_finds_an_earlier_mention_of_the_event() -> None:
    newer = replace(TOLD, start=5, starts=(5, 20, 90))
    (told,) = corrected(sketch("a", newer), [Correction(kind="retype", left="a@20", value="ASSAULT")]).tellings
    assert told.type == "ASSAULT"
    other = telling("b")
    assert ties([newer, other], [Correction(kind="same", left="b@0", right="a@90")]) == {("a@5", "b@0"): True}


def test_a_decision_on_another_report_or_place_changes_nothing() -> None:
    one = sketch("a", TOLD)
    wrong = [Correction(kind="retype", left=anchor, value="ASSAULT") for anchor in ("b@20", "a@21")]
    assert corrected(one, wrong) is one


def test_the_later_of_two_decisions_counts() -> None:
    types = [Correction(kind="retype", left="a@20", value=value) for value in ("ASSAULT", "PROTEST")]
    assert corrected(sketch("a", TOLD), types).tellings[0].type == "PROTEST"
    both = [
        Correction(kind="same", left="a@20", right="b@0"),
        Correction(kind="different", left="b@0", right="a@20"),
    ]
    assert ties([TOLD, telling("b")], both) == {("a@20", "b@0"): False}


def test_a_decision_on_what_a_newer_reading_takes_for_one_telling_is_passed_over() -> None:
    assert ties([TOLD], [Correction(kind="different", left="a@20", right="a@90")]) == {}


def test_only_reports_called_one_are_bound() -> None:
    pairs = [Correction(kind="same", left="a@1", right="b@2"), Correction(kind="different", left="a@1", right="c@2")]
    assert bound(pairs) == [("a", "b")]
