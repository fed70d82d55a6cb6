"""What the learned scorer decides, what it may not decide, and what the rules do without it."""

from __future__ import annotations

import json
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from dateline.knowledge import files
from dateline.learned.antecedents import load_antecedents
from dateline.learned.heads import Matrix
from dateline.learned.reader import load_reader
from dateline.model import Record
from dateline.pipeline import LEARNED, run
from dateline.settings import settings
from dateline.stages.coreference import Coreference
from dateline.stages.coreference.evidence import WINDOW, Evidence, Ints
from dateline.stages.coreference.learned import _ranked, join_learned
from dateline.stages.coreference.sieves import Sieves
from tests.stages.entity_reports import read_report, reports


class Wish:
    """A scorer that likes pairs of given words, (later, earlier), and else takes every mention for a new one."""

    def __init__(self, record: Record, *pairs: tuple[str, str]) -> None:
        self.words = [m.span.of(record.article.text) for m in record.mentions]
        self.pairs = pairs

    def __call__(
        self, states: Matrix, alone: Matrix, later: Ints, earlier: Ints, figures: Matrix
    ) -> tuple[Matrix, Matrix]:
        liked = [(self.words[i], self.words[j]) in self.pairs for i, j in zip(later, earlier, strict=True)]
        return np.where(liked, 9.0, -9.0).astype(np.float32), np.zeros(len(alone), dtype=np.float32)


def blank(record: Record) -> Matrix:
    """States that tell nothing."""
    return np.zeros((len(record.tokens), 4), dtype=np.float32)


def chains(name: str, *wishes: tuple[str, str]) -> dict[str, list[str]]:
    record = read_report(name)
    again = run(Coreference(learned=True, scorer=Wish(record, *wishes), words=blank), record)
    assert not again.faults
    words = {m.id: m.span.of(record.article.text) for m in record.mentions}
    return {e.name: [words[i] for i in e.mentions] for e in again.entities}


def evidence(name: str) -> Evidence:
    sieves = Sieves(read_report(name))
    return Evidence(sieves.clusters, sieves.tree, sieves.verdict())


def test_names_titles_and_roles_stay_joined_whatever_the_scorer_says() -> None:
    assert chains("titles")["Ingrid Solheim"] == ["Ingrid Solheim", "Solheim", "The Norwegian minister"]
    assert chains("titles")["Lars Dahl"] == ["the mayor", "Lars Dahl"]


def test_a_pronoun_goes_where_the_scorer_sends_it() -> None:
    assert chains("titles", ("she", "Solheim"))["Ingrid Solheim"][2] == "she"
    assert not any("she" in words for words in chains("titles").values())


def test_genders_are_not_for_the_scorer_to_mix() -> None:
    found = chains("titles", ("she", "Bergen"))
    assert "she" not in found["Bergen"]


def test_who_made_a_link_is_told() -> None:
    record = read_report("titles")
    again = run(Coreference(learned=True, scorer=Wish(record, ("she", "Solheim")), words=blank), record)
    assert {e.name: e.by for e in again.entities}["Ingrid Solheim"] == "coreference:name,learned,role"


def test_a_plural_pronoun_that_means_both_is_left_to_the_rules() -> None:
    record = read_report("both")
    sieves = Sieves(record)
    several = sieves.verdict().several
    assert several
    assert not several & set(Evidence(sieves.clusters, sieves.tree, sieves.verdict()).open())


def test_without_the_scorer_the_rules_decide() -> None:
    record = read_report("titles")
    assert Coreference(learned=False)(record)["entities"] == record.entities
    assert "coreference" in LEARNED


@pytest.mark.parametrize("name", sorted(reports()))
def test_pairs_look_back_and_never_into_the_phrase(name: str) -> None:
    found = evidence(name)
    pairs = found.pairs()
    assert len(pairs.later) == len(pairs.earlier) == len(pairs.figures)
    assert np.isfinite(pairs.figures).all()
    assert (pairs.earlier < pairs.later).all()
    assert set(pairs.later.tolist()) <= set(found.open())
    for i, j in zip(pairs.later, pairs.earlier, strict=True):
        assert found.items[j].mention.last <= found.items[i].mention.first
    within = np.diff(pairs.later) == 0
    assert (np.diff(pairs.earlier)[within] < 0).all(), "the nearest first"


def test_hearing_the_rules_leaves_no_trace() -> None:
    sieves = Sieves(read_report("titles"))
    members = dict(sieves.clusters.members)
    heard = sieves.verdict().clusters
    assert len(heard.members) < len(sieves.clusters.members) <= len(members)
    assert all(len(sieves.clusters.members[root]) >= len(members[root]) for root in sieves.clusters.members)


def test_candidates_are_bounded_in_a_long_report(reader: Callable[..., Record]) -> None:
    record = reader(" ".join(f"The mayor of town {n} met a driver and his friend." for n in range(60)))
    sieves = Sieves(record)
    pairs = Evidence(sieves.clusters, sieves.tree, sieves.verdict()).pairs()
    assert np.bincount(pairs.later).max() <= WINDOW + 12


def test_words_that_nothing_ties_are_not_judged(reader: Callable[..., Record]) -> None:
    sieves = Sieves(reader("Rain fell on a road in April. Snow lay on the path, and it was deep."))
    pairs = Evidence(sieves.clusters, sieves.tree, sieves.verdict()).pairs()
    items = [item.lemma for item in sieves.clusters.items]
    judged = {(items[i], items[j]) for i, j in zip(pairs.later, pairs.earlier, strict=True)}
    assert {("path", "road"), ("path", "rain")} <= judged
    assert not {("snow", "rain"), ("road", "rain"), ("snow", "road")} & judged


def test_a_report_without_mentions_has_no_pairs() -> None:
    record = run(Coreference(learned=True, words=blank), read_report("titles"))
    empty = Sieves(Record(article=record.article))
    scorer = load_antecedents()
    assert scorer is not None
    join_learned(empty.clusters, empty.tree, empty.verdict(), np.zeros((0, 4), dtype=np.float32), scorer)
    assert empty.clusters.members == {}


def test_the_scorer_was_trained_on_the_encoder_that_ships() -> None:
    about = json.loads(files.path("learned", "coreference.json").read_text(encoding="utf-8"))
    if not settings().reader:
        assert about["encoder"] == load_reader().about["sha256"]["encoder.onnx"], "run training/coreference/make.py"


def test_the_shipped_scorer_knows_who_she_and_the_vessel_are(reader: Callable[..., Record]) -> None:
    text = (
        "The ferry Halmia left Port Elsin on Monday. The vessel sank an hour later, said Paula Brandt. She had seen it."
    )
    record = run(Coreference(learned=True), reader(text))
    words = {m.id: m.span.of(text) for m in record.mentions}
    found = [[words[i] for i in e.mentions] for e in record.entities if "learned" in e.by]
    assert ["Paula Brandt", "She"] in found
    assert any("The vessel" in chain and "Halmia" in chain for chain in found)


def test_in_a_clause_with_where_the_pronoun_goes_on_with_the_subject_above(reader: Callable[..., Record]) -> None:
    text = "Karim Berg met the envoy Paul Holm on Monday in Lima, where he inspected two frigates."
    record = run(Coreference(learned=True), reader(text))
    words = {m.id: m.span.of(text) for m in record.mentions}
    chains = [[words[i] for i in e.mentions] for e in record.entities]
    assert any("he" in chain and "Karim Berg" in chain for chain in chains), chains


def test_who_a_clause_goes_on_with_comes_before_one_that_scores_a_little_better() -> None:
    clusters = cast("Any", SimpleNamespace(roots=list))
    assert [root for _, root in _ranked(clusters, [1, 6, 8], [1.8, 0.9, 3.1])] == [8, 1, 6]
    assert [root for _, root in _ranked(clusters, [1, 6, 8], [1.8, 0.9, 3.1], goes_on=6)] == [6, 8, 1]
    assert [root for _, root in _ranked(clusters, [1, 8], [1.8, 3.1], goes_on=6)] == [8, 1]


def test_somebody_is_no_place(reader: Callable[..., Record]) -> None:
    text = "Russia held talks. The talks in Russia went on, assured the regional Russian governor."
    record = run(Coreference(learned=True), reader(text))
    mentions = {m.id: m for m in record.mentions}
    for entity in record.entities:
        kinds = {mentions[i].type for i in entity.mentions if mentions[i].kind != "PRO"}
        assert not {"PER", "GPE"} <= kinds, entity.name
