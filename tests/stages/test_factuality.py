"""Factuality: how sure, and who says so, on sentences written for these tests and parsed once (factuality.conllu)."""

from __future__ import annotations

import msgspec
import pytest

from dateline.model import AUTHOR, Factuality, Predicate, Record
from dateline.stages.attribution import Attributions
from dateline.stages.factuality import Factualities
from tests.stages.cases import cases

RECORDS = cases("factuality.conllu")
# case: each predicate with its status, the author's value, then the values of the sources that speak of it
EXPECTED = {
    "past": "attacked happened CT+",
    "perfect": "sent happened CT+",
    "progressive": "building ongoing CT+",
    "will": "visit planned CT+",
    "would": "announced happened CT+; attend planned PR+ PR+; parade planned PR+ PR+",
    "may": "attack possible PS+",
    "could": "provide possible PS+",
    "not": "sign denied CT-",
    "no_noun": "agreement denied CT-; signed denied CT-",
    "wont": "leave denied CT-",
    "proposed_ing": "proposed happened CT+; sending possible PS+ PS+",
    "proposed_to": "proposed happened CT+; send possible PS+ PS+",
    "suspect_want": "suspect ongoing CT+; wanting suspected PS+ PS+; buy suspected PS+ PS+",
    "suspected_want": "suspected ongoing CT+; wanting suspected PS+ PS+; buy suspected PS+ PS+",
    "failed": "failed happened CT+; stop denied PR-",
    "refused": "refused happened CT+; resign denied CT- CT-",
    "declined": "declined happened CT+; comment denied CT- CT-",
    "managed": "managed happened CT+; repair happened CT+",
    "not_managed": "manage denied CT-; repair denied PR-",
    "if": "breaks hypothetical PS+; flood hypothetical PR+",
    "unless": "strike hypothetical PR+; raises hypothetical PS+",
    "would_have": "collapsed hypothetical Uu",
    "deny": "denied happened CT+; taking denied Uu CT-; bribes denied Uu CT-",
    "deny_that": "denied happened CT+; taken denied PS- CT-; bribes denied PS- CT-",
    "expect": "expected ongoing CT+; resign planned PR+ PR+",
    "plan": "plans ongoing CT+; test planned PR+ PR+",
    "plan_noun": "has ongoing CT+; test planned PS+ PS+",
    "planned_n": "planned happened CT+; attack planned PR+; alarmed happened CT+",
    "possible_n": "discussed happened CT+; sale possible PS+ PS+",
    "call_for": "called happened CT+; meeting possible PS+ PS+",
    "hold_will": "hold planned CT+; talks planned CT+",
    "light_not": "hold denied CT-; talks denied CT-",
    "definite": "attack happened CT+; stop denied CT-",
    "allegedly": "stole suspected PR+ PR+",
    "reportedly": "left happened PR+ PR+",
    "threat": "threatened happened CT+; close possible PS+ PS+",
    "prevent": "prevented happened CT+; entering denied PS-",
    "cancel": "cancelled happened CT+; sale denied PR-",
    "before": "escaped happened CT+; sank happened CT+",
    "without": "passed happened CT+; stopping denied PR-",
    "said_no": "said happened CT+; arrested denied CT- CT-",
    "believe": "believe ongoing CT+; killed happened PR+ PR+",
    "claim": "claim ongoing CT+; shot happened PR+ CT+",
    "know": "knew happened CT+; closed happened CT+ CT+",
    "doubt": "doubt ongoing CT+; hold possible PS- CT-",
    "accused": "accused happened CT+; moving suspected PR+ CT+",
    "able": "examine happened CT+",
    "is_to": "open planned PR+",
    "still_be": "discuss planned PR+",
    "invited": "invited happened CT+; visit possible PS+",
    "warned": "warned happened CT+; sale possible Uu Uu",
    "conj": "entered happened CT+; burned happened CT+",
    "conj_will": "fly planned CT+; meet planned CT+",
    "wants_obj": "wants ongoing CT+; meeting possible PS+ PS+",
    "reject": "rejected happened CT+; demand happened CT+ CT+",
    "yet": "has ongoing CT+; sign denied PS-; law denied PS-",
    "ordered": "ordered happened CT+; release planned PR+ PR+",
    "agreed": "agreed happened CT+; exchange planned CT+ CT+",
    "attempt": "attempt happened CT+; rescue possible PS+; failed happened CT+",
    "stop_ing": "stopped happened CT+; making happened PS+",
    "likely": "resign possible PR+",
    "hope": "hopes ongoing CT+; win possible PS+ PS+",
    "semicolon": "studying ongoing CT+; offer possible PS+; asked happened CT+; reply possible PS+ PS+",
    "not_only": "loan happened CT+; gave happened CT+; survive possible PS+; grow possible PS+",
    "no_longer": "makes denied CT-",
    "not_yet": "law happened CT+; approved denied CT-",
    "deny_attack": "denied happened CT+; attack denied Uu CT-",
    "deny_report": "denied happened CT+; report happened CT+ CT+",
}


def read(record: Record, sources: bool = True) -> tuple[tuple[Predicate, ...], tuple[Factuality, ...]]:
    if sources:
        record = msgspec.structs.replace(record, **Attributions()(record))
    found = Factualities()(record)
    return found["predicates"], found["factualities"]


@pytest.mark.parametrize("case", sorted(RECORDS))
def test_how_sure_and_who_says_so(case: str) -> None:
    text = RECORDS[case].article.text
    predicates, factualities = read(RECORDS[case])
    values = {p.id: " ".join(f.value for f in factualities if f.predicate == p.id) for p in predicates}
    assert "; ".join(f"{p.span.of(text)} {p.status} {values[p.id]}" for p in predicates) == EXPECTED[case]


def test_every_expectation_has_its_sentence() -> None:
    assert sorted(EXPECTED) == sorted(RECORDS)


@pytest.mark.parametrize("case", sorted(RECORDS))
def test_values_numbers_and_ids_agree(case: str) -> None:
    predicates, factualities = read(RECORDS[case])
    assert [p.id for p in predicates] == [f"r{n}" for n in range(len(predicates))]
    for p in predicates:
        own = [f for f in factualities if f.predicate == p.id]
        assert own[0].holder == AUTHOR
        assert len({f.holder for f in own}) == len(own)
        assert all(RECORDS[case].tokens[p.token].span == p.span for p in predicates)
    for f in factualities:
        assert -3 <= f.number <= 3
        assert f.value == "Uu" or f.value.endswith("+" if f.number > 0 else "-")


def number(case: str, word: str, holder: str = AUTHOR) -> float:
    text = RECORDS[case].article.text
    predicates, factualities = read(RECORDS[case])
    wanted = next(p.id for p in predicates if p.span.of(text) == word)
    return next(f.number for f in factualities if f.predicate == wanted and f.holder == holder)


def test_reporting_does_not_lower_what_is_reported() -> None:
    assert number("claim", "shot", "a0") == 3.0
    assert number("know", "closed") > 2.5


def test_weaker_words_give_smaller_numbers() -> None:
    assert (
        number("past", "attacked") > number("will", "visit") > number("would", "attend") > number("may", "attack") > 0
    )
    assert number("not", "sign") < number("doubt", "hold") < 0


def test_a_source_that_denies_is_surer_than_the_author_who_reports_the_denial() -> None:
    assert number("deny_that", "taken", "a0") < -2 < number("deny_that", "taken") < 0


def test_a_suspicion_is_the_suspecting_holders_too() -> None:
    assert number("suspect_want", "buy", "a0") == number("suspect_want", "buy") < 1.1


def test_cues_are_the_words_that_decided() -> None:
    record = RECORDS["suspected_want"]
    predicates, _ = read(record)
    bought = next(p for p in predicates if p.span.of(record.article.text) == "buy")
    assert [cue.of(record.article.text) for cue in bought.cues] == ["suspected", "wanting"]
    assert bought.by == "certainty:suspect/verb/of"


def test_without_attributions_only_the_author_holds() -> None:
    _, factualities = read(RECORDS["would"], sources=False)
    assert {f.holder for f in factualities} == {AUTHOR}


def test_an_empty_record_has_no_predicates() -> None:
    empty = msgspec.structs.replace(RECORDS["past"], tokens=(), sentences=())
    assert read(empty) == ((), ())
