"""Mentions (``dateline.stages.mentions``): which words are names, descriptions and pronouns, and of what."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest

from dateline.model import Record
from dateline.stages.mentions import Mentions
from dateline.stages.mentions.chunks import Chunker
from dateline.stages.mentions.typing import CLASSES, Weights, best_class, load_weights
from tests.conllu import record_from_conllu
from tests.invariants import broken
from tests.stages.entity_reports import mentions, read_report, reports, types


@pytest.mark.parametrize("name", sorted(reports()))
def test_every_mention_lies_on_its_words(name: str) -> None:
    record = read_report(name)
    assert [b for b in broken(record) if "mention" in b or "entit" in b] == []
    for m in record.mentions:
        assert record.tokens[m.first].start == m.span.start
        assert record.tokens[m.last - 1].end == m.span.end
        assert m.first <= m.head < m.last
        assert m.by


@pytest.mark.parametrize("name", sorted(reports()))
def test_reading_twice_gives_the_same(name: str) -> None:
    record = record_from_conllu(reports()[name])
    assert Mentions()(record) == Mentions()(record)


def test_titles_are_no_part_of_a_name() -> None:
    found = types("titles")
    assert found["Ingrid Solheim"] == "PER"
    assert found["Norwegian"] == "NORP"
    assert not any("Minister" in words for words in found)


def test_one_name_has_one_type_in_a_report() -> None:
    assert types("sense")["Tamsin Okoro"] == "PER"
    assert types("sense")["Okoro"] == "PER"


def test_an_acronym_in_brackets_is_the_body() -> None:
    assert types("initials")["HWU"] == "ORG"
    assert types("initials")["Harbour Workers Union"] == "ORG"


def test_small_words_stay_inside_the_name_of_a_body() -> None:
    found = types("ministry")
    assert found["Ministry of Trade and Industry of Ghana"] == "ORG"


def test_and_parts_two_persons() -> None:
    found = types("ministry")
    assert found["Laila"] == found["Omar Aziz"] == "PER"
    assert "Laila and Omar Aziz" not in found


def test_a_place_before_the_noun_of_a_facility_makes_its_name() -> None:
    assert types("facility")["Kavumu airport"] == "FAC"


def test_hyphens_tie_towns_and_posts() -> None:
    assert types("hyphens")["Rostov-on-Don"] == "GPE"
    assert types("hyphens", "NOM")["The Commander-in-Chief"] == "PER"


def test_a_noun_that_opens_a_sentence_is_no_name() -> None:
    assert "Rebels" not in types("facility")
    assert types("facility", "NOM")["Rebels"] == "PER"


def test_states_of_the_past_are_places_with_a_government() -> None:
    assert types("historical")["Soviet Union"] == "GPE"


def test_a_machine_is_not_its_pilot() -> None:
    found = types("weapon", "NOM")
    assert found["A MiG-31 fighter"] == "VEH"
    assert found["two 122 mm rockets"] == "WEA"
    assert mentions("weapon")["MiG-31"].by == "equipment:mig-31"


def test_a_fixed_complement_belongs_to_the_description() -> None:
    assert "The head of state" in types("fixed", "NOM")


def test_words_that_refer_to_nothing_make_no_mention() -> None:
    words = {*types("fixed", "NOM"), *types("expletive", "PRO")}
    assert not words & {"board", "exchange", "It"}


def test_pronouns_are_found() -> None:
    assert set(types("reflexive", "PRO")) == {"herself", "her"}


def test_capitals_throughout_say_nothing_about_names() -> None:
    record = record_from_conllu(
        """
        1  STORM    storm    NOUN  NN   _  2  nsubj  _  _
        2  CLOSES   close    VERB  VBZ  _  0  root   _  _
        3  SCHOOLS  school   NOUN  NNS  _  2  obj    _  _
        4  TODAY    today    NOUN  NN   _  2  obl    _  _
        """
    )
    assert [m.kind for m in Mentions()(record)["mentions"]] == ["NOM"] * 3


def test_headline_case_makes_no_names_of_common_words() -> None:
    assert "Storm" not in types("headline")
    assert types("headline")["Varna"] == "GPE"


def test_an_acronym_may_open_a_sentence() -> None:
    assert types("acronym")["IAEA"] == "ORG"


def test_no_tokens_give_no_mentions() -> None:
    empty = read_report("titles")
    bare = Record(article=empty.article, layers=("sentences", "tokens"))
    assert Mentions()(bare) == {"mentions": ()}


def test_chunks_never_overlap() -> None:
    from dateline.knowledge.countries import load_countries
    from dateline.knowledge.nominals import load_nominals

    for name in sorted(reports()):
        record = record_from_conllu(reports()[name])
        chunks = Chunker(record.tokens, record.sentences, load_nominals(), load_countries()).chunks()
        for left, right in itertools.pairwise(chunks):
            assert left.last <= right.first


def test_the_class_with_the_highest_sum_wins() -> None:
    weights: Weights = {"a": (1.0, 0.0, 0.0, 0.0, 0.0, 0.0), "b": (0.0, 3.0, 0.0, 0.0, 0.0, 0.0)}
    assert best_class(weights, [("a", 1.0), ("b", 0.5), ("unknown", 9.0)]) == ("ORG", 0.5)
    assert best_class(weights, [("a", 2.0), ("b", 0.5)])[0] == "PER"


def test_every_weight_has_a_figure_for_every_class() -> None:
    weights = load_weights()
    assert len(weights) > 1000
    assert {len(row) for row in weights.values()} == {len(CLASSES)}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Nine people died in a car bomb blast in Odda.", "car bomb"),
        ("Rebels launched a mortar attack on the base.", "mortar"),
        ("The jets destroyed a VBIED near the river.", "VBIED"),
    ],
)
def test_a_weapon_before_the_noun_of_an_act_is_a_mention(reader: Callable[..., Record], text: str, words: str) -> None:
    found = {m.span.of(text): m for m in reader(text, published="2024-05-18").mentions}
    assert (found[words].kind, found[words].type) == ("NOM", "WEA")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("US Secretary of State Antony Blinken met the envoy on Monday.", "Antony Blinken"),
        ("The former Director of Intelligence Paul Holm left.", "Paul Holm"),
    ],
)
def test_the_last_word_of_an_office_is_none_of_its_holder(reader: Callable[..., Record], text: str, name: str) -> None:
    names = [m.span.of(text) for m in reader(text, published="2024-05-18").mentions if m.kind == "NAM"]
    assert [found for found in names if name in found] == [name]
