"""Factuality: how sure, and who says so, on sentences judged by hand (certainty_by_source.yaml) and parsed once."""

from __future__ import annotations

from typing import get_args

import msgspec
import pytest

from dateline.model import AUTHOR, FactValue, Status
from tests.stages.cases import cases
from tests.stages.certainty_cases import beyond, judgements, lines_of, load_judged, read

RECORDS = cases("certainty_by_source.conllu")
JUDGED = load_judged()
MOST_KNOWN_WRONG = 0.15


@pytest.mark.parametrize("case", sorted(JUDGED))
def test_how_sure_and_who_says_so(case: str) -> None:
    found, judged = lines_of(RECORDS[case]), list(JUDGED[case].judged)
    wrong = JUDGED[case].known_wrong
    if wrong is None:
        assert beyond(found, judged) == beyond(judged, found) == []
    else:
        assert beyond(judged, found) or beyond(found, judged), f"{case} has come right: take its known_wrong away"
        assert beyond(found, judged) == list(wrong)


def test_few_sentences_are_known_wrong() -> None:
    wrong = [case for case in JUDGED.values() if case.known_wrong is not None]
    lines = {name: lines_of(RECORDS[name]) for name in JUDGED}
    predicates = sum(len(case.judged) for case in JUDGED.values())
    right = predicates - sum(len(beyond(list(case.judged), lines[case.name])) for case in JUDGED.values())
    held = [judgements(list(case.judged)) for case in JUDGED.values()]
    agreed = sum((want & judgements(lines[name])).total() for want, name in zip(held, JUDGED, strict=True))
    total = sum(want.total() for want in held)
    print(
        f"\nright: {len(JUDGED) - len(wrong)} of {len(JUDGED)} sentences, {right} of {predicates} predicates with all"
        f" their values, {agreed} of {total} values of a holder"
    )
    assert len(JUDGED) >= 200
    assert len(wrong) <= MOST_KNOWN_WRONG * len(JUDGED)


def test_every_judgement_has_its_sentence_and_its_parse() -> None:
    assert sorted(JUDGED) == sorted(RECORDS)
    for name, case in JUDGED.items():
        assert RECORDS[name].article.text == case.text


@pytest.mark.parametrize("case", sorted(JUDGED))
def test_a_judgement_is_well_formed_and_says_why(case: str) -> None:
    assert JUDGED[case].why
    assert JUDGED[case].because or JUDGED[case].known_wrong is None
    for line in JUDGED[case].judged:
        word, status, author, *sources = line.split()
        assert word in JUDGED[case].text
        assert status in get_args(Status)
        assert author.startswith("author=")
        for held in (author, *sources):
            holder, value = held.split("=")
            assert value in get_args(FactValue)
            assert holder in {"author", "unnamed"} or holder in JUDGED[case].text


@pytest.mark.parametrize("case", sorted(JUDGED))
def test_values_numbers_and_ids_agree(case: str) -> None:
    _, predicates, factualities = read(RECORDS[case])
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
    _, predicates, factualities = read(RECORDS[case])
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


def test_a_source_that_doubts_is_less_sure_than_one_that_denies() -> None:
    assert number("deny_that", "taken", "a0") < number("doubt", "hold", "a0") < number("doubt", "hold")


def test_a_suspicion_is_the_suspecting_holders_too() -> None:
    assert number("suspect_want", "buy", "a0") == number("suspect_want", "buy") < 1.1


def test_a_claim_that_is_not_made_commits_nobody() -> None:
    assert number("neg_not_say", "rise") == number("neg_not_say", "rise", "a0") == 0.0


def test_cues_are_the_words_that_decided() -> None:
    record = RECORDS["suspected_want"]
    _, predicates, _ = read(record)
    bought = next(p for p in predicates if p.span.of(record.article.text) == "buy")
    assert [cue.of(record.article.text) for cue in bought.cues] == ["suspected", "wanting"]
    assert bought.by == "certainty:suspect/verb/of"


def test_without_attributions_only_the_author_holds() -> None:
    _, _, factualities = read(RECORDS["would"], sources=False)
    assert {f.holder for f in factualities} == {AUTHOR}


def test_an_empty_record_has_no_predicates() -> None:
    empty = msgspec.structs.replace(RECORDS["past"], tokens=(), sentences=())
    assert read(empty)[1:] == ((), ())
