"""What is decided of a candidate, and how likely it is: shares in, decisions and scores out."""

from __future__ import annotations

from typing import Any

import pytest

from dateline.knowledge.patterns import load_patterns
from dateline.learned.boosted import Boosted
from dateline.stages.events.arguments import Cast, Found
from dateline.stages.events.candidates import Candidate
from dateline.stages.events.deciding import Decision, by_shares, by_table
from dateline.stages.events.likely import Calibration, Likely, features, odds_of, share_of
from dateline.stages.events.senses import NONE, Senses

RULES = {rule.id: rule for rule in load_patterns().rules}
KILL, SAY = RULES["assault.kill"], RULES["statement.say"]
ABOUT: dict[str, Any] = {
    "roles": {"actor": [2.0, -1.0]},
    "least": {"actor": 0.5},
    "further": {"actor": 0.8},
    "same": {},
    "shown": 0.6,
}
SURE = {"happened": 0.9, "planned": 0.1}


def candidate(acts: dict[str, float], *rules: Any) -> Candidate:
    senses = Senses(tuple(rules), frozenset(r.act for r in rules)) if rules else NONE
    return Candidate(3, senses, acts, SURE, "none", 0.7)


def test_the_likeliest_act_is_taken_with_the_row_that_tells_it_and_the_others_are_kept() -> None:
    decision = by_shares(candidate({"none": 0.2, "ASSAULT": 0.5, "death": 0.3}, KILL))
    assert decision is not None
    assert (decision.act, decision.rule, decision.status, decision.weight) == ("ASSAULT", KILL, "happened", 0.7)
    assert decision.event == pytest.approx(0.8)
    assert decision.act_share == pytest.approx(0.5 / 0.8)
    assert decision.others == (("death", 0.3),)


def test_a_word_that_no_row_knows_is_decided_by_the_reader_alone_and_says_so() -> None:
    decision = by_shares(candidate({"none": 0.4, "ASSAULT": 0.1, "decision": 0.5}))
    assert decision is not None
    assert (decision.act, decision.rule, decision.by) == ("decision", None, "learned:decision")


def test_what_two_offer_each_other_is_what_the_lexicon_makes_of_it() -> None:
    offer, gift = RULES["agree.offer"], RULES["gift.present"]
    one = candidate({"none": 0.1, "AGREE": 0.8, "gift": 0.1}, gift, offer)
    bare = candidate({"none": 0.1, "AGREE": 0.9})._replace(mutual=True)
    found = [by_shares(c) for c in (one, one._replace(mutual=True), bare)]
    assert [d.act for d in found if d is not None] == ["AGREE", "gift", "AGREE"]
    mutual = found[1]
    assert mutual is not None
    assert mutual.rule == gift
    assert mutual.act_share == pytest.approx(1.0)
    assert "AGREE" not in dict(mutual.others)


def test_what_is_no_event_is_none_whatever_the_lexicon_can_make_of_it() -> None:
    assert by_shares(candidate({"none": 0.95, "ASSAULT": 0.05}, KILL)) is None


def test_saying_stays_a_statement_unless_an_act_is_likelier() -> None:
    said = by_shares(candidate({"none": 0.9, "ACCUSE": 0.1}, SAY))
    accused = by_shares(candidate({"none": 0.3, "ACCUSE": 0.7}, SAY))
    assert said is not None
    assert accused is not None
    assert (said.act, accused.act) == ("statement", "ACCUSE")


def test_the_table_takes_the_most_demanding_row() -> None:
    decision = by_table(Candidate(1, Senses((KILL, SAY), frozenset())))
    assert decision is not None
    assert (decision.act, decision.by, decision.status) == ("ASSAULT", "assault.kill", None)


def scored(*decisions: Decision, trees: Boosted | None = None) -> list[Likely]:
    told = [features(d, Cast([], []), {}) for d in decisions]
    return Calibration(ABOUT, trees).of(decisions, told)


def test_without_trees_a_line_is_as_likely_as_its_event_act_and_certainty_together() -> None:
    sure = Decision(1, "ASSAULT", KILL, "happened", 0.9)
    worse = sure._replace(act_share=0.5), sure._replace(status_share=0.5), sure._replace(event=0.6)
    assert [line.score for line in scored(sure, *worse)] == pytest.approx([0.9, 0.45, 0.45, 0.6])


def test_trees_weigh_a_line_by_its_features_in_the_order_of_their_names() -> None:
    names = sorted(features(Decision(1, "ASSAULT", KILL, "happened", 0.9), Cast([], []), {}))
    parts = {
        "feature": [[names.index("event"), 0, 0]], "threshold": [[odds_of(0.7), 0, 0]],
        "left": [[1, 1, 2]], "right": [[2, 1, 2]], "value": [[0, -2.0, 2.0]], "base": 0.0, "depth": 1,
    }  # fmt: skip
    low, high = (Decision(1, "ASSAULT", KILL, "happened", event) for event in (0.6, 0.8))
    found = scored(low, high, trees=Boosted(parts))
    assert [line.score for line in found] == pytest.approx([share_of(-2.0), share_of(2.0)], abs=1e-4)
    assert [line.shown for line in found] == [False, True]


def test_only_what_passes_the_threshold_is_shown() -> None:
    lines = scored(*(Decision(1, "ASSAULT", None, "happened", event) for event in (0.7, 0.5)))
    assert [line.shown for line in lines] == [True, False]


def test_a_statement_is_told_by_its_attribution_and_has_no_score() -> None:
    assert scored(Decision(1, "statement", SAY, None, 1.0)) == [(None, True)]


def test_an_arguments_share_is_weighed_by_its_role() -> None:
    calibration = Calibration(ABOUT)
    assert calibration.argument("actor", 0.5) == pytest.approx(share_of(-1.0), abs=1e-3)
    assert calibration.argument("actor", 0.9) == pytest.approx(share_of(2 * odds_of(0.9) - 1), abs=1e-3)
    assert calibration.fills("actor", 0.5)
    assert not calibration.fills("actor", 0.49)
    assert not calibration.fills("actor", 0.79, further=True)
    assert calibration.fills("actor", 0.8, further=True)


def test_features_name_who_is_told_and_who_may_be() -> None:
    cast = Cast([Found("recipient", 2, "learned", 0.8)], [Found("actor", 4, "learned", 0.6)])
    found = features(Decision(1, "ASSAULT", KILL, "happened", 0.9), cast, {"first": 1.0})
    assert (found["actor told"], found["actor open"], found["first"]) == (0.0, 0.6, 1.0)
    assert (found["recipient told"], found["recipient least"], found["recipient open"]) == (1.0, 0.8, 0.0)


def test_a_certainty_that_the_rules_hold_as_well_is_likelier() -> None:
    acts, status = {"none": 0.1, "AGREE": 0.9}, {"happened": 0.6, "denied": 0.4}
    plain = by_shares(Candidate(1, NONE, acts, status))
    denied = by_shares(Candidate(1, NONE, acts, status, "denied"))
    assert plain is not None
    assert denied is not None
    assert (plain.status, denied.status) == ("happened", "denied")
