"""How likely two acts are one event, and who fills a role over all tellings: shares in, their weights out."""

from __future__ import annotations

import numpy as np
import pytest

from dateline.learned.heads import Perceptron
from dateline.learned.windows import RELATIONS
from dateline.model import Token
from dateline.stages.events import filling
from dateline.stages.events.filling import About, Candidate, Filler
from dateline.stages.events.likely import odds_of
from dateline.stages.events.tellings import FEATURES, Telling, Tellings, kin, pairs


def telling(
    token: int, act: str, lemma: str, sentence: int, state: tuple[float, float] = (1, 0), **actor: float
) -> Telling:
    return Telling(token, act, lemma, sentence, "", False, "happened", np.array(state, dtype=np.float32), (actor, {}))


def named(features: list[float]) -> dict[str, float]:
    return dict(zip(FEATURES, features, strict=True))


def test_acts_of_one_sentence_are_two_events() -> None:
    assert not list(pairs([telling(1, "ASSAULT", "attack", 0), telling(4, "ASSAULT", "attack", 0)]))


def test_acts_of_other_kind_word_and_state_are_not_compared() -> None:
    assert not list(pairs([telling(1, "ASSAULT", "attack", 0), telling(9, "trial", "hearing", 1, (0, 1))]))


def test_a_pair_is_weighed_by_what_it_shares() -> None:
    earlier, later = telling(1, "ASSAULT", "attack", 0, e1=0.8, e2=0.1), telling(9, "ASSAULT", "attacking", 2, e1=0.6)
    [(second, first, features)] = pairs([earlier, later])
    found = named(features)
    assert (second, first) == (later, earlier)
    assert (found["same act"], found["kin"], found["same word"], found["headline"]) == (1.0, 1.0, 0.0, 1.0)
    assert (found["cosine"], found["actor shared"], found["actors differ"]) == (1.0, 0.6, 0.0)


def test_actors_that_differ_speak_against_one_event() -> None:
    [(_, _, features)] = pairs([telling(1, "ASSAULT", "raid", 0, e1=0.8), telling(9, "ASSAULT", "raid", 1, e2=0.7)])
    assert named(features)["actors differ"] == pytest.approx(0.7)


def test_tellings_that_may_be_one_event_know_each_other() -> None:
    two = [telling(1, "ASSAULT", "raid", 0), telling(9, "ASSAULT", "raid", 1)]
    weights = dict.fromkeys(FEATURES, 0.0) | {"same word": 4.0, "bias": -2.0}
    found = Tellings(two, weights)
    assert found.same(9)[1] == found.same(1)[9] == pytest.approx(0.88, abs=0.01)
    assert not Tellings(two, dict.fromkeys(FEATURES, 0.0) | {"bias": -2.0}).same(9)
    assert not Tellings(two, {}).same(9)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("hijack", "hijacking", True), ("kill", "killing", True), ("bomb", "bombard", True), ("ban", "bank", False),
     ("raid", "rail", False), ("sign", "sign", True)],
)  # fmt: skip
def test_words_of_one_family(one: str, other: str, same: bool) -> None:
    assert kin(one, other) is same


def test_a_candidate_is_weighed_beside_its_rivals_and_other_tellings() -> None:
    two = [Candidate("e1", 3, {"actor": 0.6, "recipient": 0.2}, 0.0), Candidate("e2", 8, {"actor": 0.1}, 0.5)]
    subject = RELATIONS.index("nsubj")
    about = [About(4, "PROPN", True, True, 0, 3, True, -2, 1, subject, "nmod:of"), About(2, "NOUN", False, False, 2, 1)]
    act = Token(0, 6, "struck", "strike", "VERB", "VBD", "", -1, "root", 4, "")
    rows = filling.features_of("actor", two, about, act, 0.9)
    first, second = (dict(zip(filling.FEATURES, row, strict=True)) for row in rows)
    assert first["share"] == pytest.approx(odds_of(0.6))
    assert first["rival"] == pytest.approx(odds_of(0.1))
    assert first["other side"] == pytest.approx(odds_of(0.2))
    assert (first["same sentence"], first["party"], first["headline"], first["nobody known"]) == (1.0, 1.0, 1.0, 0.0)
    assert (first["holder"], first["before"], first["grammar agent"], first["relation nsubj"]) == (1.0, 1.0, 1.0, 1.0)
    assert (first["under of"], second["under of"], first["act root"]) == (1.0, 0.0, 1.0)
    assert (second["holder"], second["grammar agent"], second["relation nsubj"]) == (0.0, 0.0, 0.0)
    assert second["told elsewhere"] == pytest.approx(odds_of(0.5))
    assert (second["anybody elsewhere"], first["anybody elsewhere"]) == (1.0, 1.0)


def test_a_network_says_how_likely_each_candidate_is() -> None:
    size = len(filling.FEATURES) + 2
    within = np.zeros((size, 1))
    within[0, 0] = 1.0
    parts = {"mean": np.zeros(size), "spread": np.ones(size), "in": within, "bias": [0.0], "out": [2.0], "end": -1.0}
    filler = Filler({"actor": Perceptron(parts)}, ["none", "ASSAULT"])
    rows = [[1.0] + [0.0] * (size - 3), [-1.0] + [0.0] * (size - 3)]
    likely = filler.likely("actor", "ASSAULT", rows)
    assert likely.tolist() == pytest.approx([1 / (1 + np.exp(-1)), 1 / (1 + np.exp(1))])
    assert filler.knows("actor")
    assert not filler.knows("recipient")
