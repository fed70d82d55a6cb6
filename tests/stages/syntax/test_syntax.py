"""Articles in, tokens and sentences out, by the real parser."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.intake.text import article_from_text
from dateline.learned.reader import sight_of
from dateline.model import Article, Block, Record, Span
from dateline.pipeline import pipeline
from dateline.settings import Settings
from dateline.stages.syntax import OWN, Syntax, pieces_of, prepared
from dateline.stages.syntax.departures import depart
from dateline.stages.syntax.learned_parser import Names, active, single, where_it_stands, with_case
from dateline.stages.syntax.universal import Arrays

SYNTAX = Syntax(OWN)
TEXT = "Two frigates left Bergen on Monday. The minister, who had promised help, was greeted by officers."


def layers_of(text: str) -> tuple[tuple, tuple]:  # type: ignore[type-arg]
    layers = SYNTAX(Record(article=article_from_text(text)))
    return layers["tokens"], layers["sentences"]


def test_every_token_slices_to_its_form() -> None:
    tokens, _ = layers_of(TEXT)
    assert [TEXT[t.start : t.end] for t in tokens] == [t.form for t in tokens]


def test_relations_are_universal_dependencies() -> None:
    tokens, _ = layers_of(TEXT)
    clear_only = {"dobj", "pobj", "prep", "nsubjpass", "auxpass", "attr", "acomp", "relcl", "npadvmod", "ROOT", "pcomp"}
    assert not clear_only & {t.deprel.split(":")[0] for t in tokens}
    relation = {t.form: t.deprel for t in tokens}
    assert relation["Monday"] == "obl:on"
    assert relation["officers"] in {"obl:agent", "obl:by"}
    assert relation["promised"] == "acl:relcl"


def test_sentences_do_not_cross_paragraphs() -> None:
    text = "The frigate sailed to the\n\nharbour of Bergen on Monday."
    tokens, sentences = layers_of(text)
    assert len({tokens[s.first].start > 25 for s in sentences}) == 2
    assert all(s.block == tokens[s.first].start // 27 for s in sentences)


def test_heads_stay_inside_the_sentence_and_every_sentence_has_a_root() -> None:
    tokens, sentences = layers_of(TEXT + "\n\n" + TEXT)
    for s in sentences:
        inside = range(s.first, s.last)
        assert any(tokens[i].head == -1 for i in inside)
        assert all(tokens[i].head in inside for i in inside if tokens[i].head >= 0)


def test_long_paragraphs_are_cut_at_a_space_and_nothing_is_lost() -> None:
    text = "word " * 30
    pieces = list(pieces_of(Article(id="a", text=text, blocks=(Block(Span(0, len(text))),)), longest=40))
    assert "".join(p for _, _, p in pieces) == text
    assert all(len(p) <= 40 and p.endswith(" ") for _, _, p in pieces)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_the_prepared_text_keeps_its_length(text: str) -> None:
    assert len(prepared(text)) == len(text)


@settings(max_examples=25, deadline=None)
@given(st.text(min_size=1, max_size=80))
def test_any_text_parses_to_tokens_that_slice(text: str) -> None:
    if not text.strip():
        return
    tokens, sentences = layers_of(text)
    for t in tokens:
        assert 0 <= t.start < t.end <= len(text)
    assert sum(s.last - s.first for s in sentences) == len(tokens)


def test_a_parsed_report_is_not_encoded_again_for_the_stages_that_follow(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    article = article_from_text(TEXT)
    layers = SYNTAX.read(article)
    record = Record(article=article, tokens=layers["tokens"], sentences=layers["sentences"])
    monkeypatch.setattr("dateline.learned.encoder.Encoder.states", lambda *_: iter(()))
    kept = sight_of(record).words()
    assert kept.shape == (len(record.tokens), 384)


def test_many_reports_are_each_encoded_once(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    def again(*_: object) -> None:
        raise AssertionError("encoded again")

    reading = pipeline(Settings(model=OWN))
    monkeypatch.setattr("dateline.learned.encoder.Encoder.states", again)
    for record in reading.read_all([article_from_text(TEXT, id=str(k)) for k in range(3)]):
        assert all(fault.kind == "warning" for fault in record.faults)


def test_states_are_the_same_whether_kept_or_worked_out_again() -> None:
    article = article_from_text(TEXT + "\n\n" + "The U.S. Navy said so. “We left,” it added. " * 20)
    layers = SYNTAX.read(article)
    record = Record(article=article, tokens=layers["tokens"], sentences=layers["sentences"])
    kept = sight_of(record).words()
    SYNTAX.read(article_from_text("Another report."))
    assert (sight_of(record).words() == kept).all()


def test_a_bare_oblique_is_an_object_where_there_is_none() -> None:
    words = ["Ships", "left", "ports"]
    arrays = Arrays([1, 1, 1], ["nsubj", "ROOT", "obl"], ["NOUN", "VERB", "NOUN"], words, words)
    with_case(arrays)
    assert arrays.rel == ["nsubj", "ROOT", "obj"]


def test_a_bare_oblique_beside_an_object_stays_bare() -> None:
    words = ["Ships", "left", "ports", "Monday"]
    arrays = Arrays([1, 1, 1, 1], ["nsubj", "ROOT", "obj", "obl"], ["NOUN", "VERB", "NOUN", "PROPN"], words, words)
    with_case(arrays)
    assert arrays.rel == ["nsubj", "ROOT", "obj", "obl:unmarked"]


def test_what_has_a_preposition_is_no_predicate_of_what_stands_above() -> None:
    words = ["put", "him", "on", "trial"]
    arrays = Arrays([0, 0, 3, 0], ["ROOT", "obj", "case", "xcomp"], ["VERB", "PRON", "ADP", "NOUN"], words, words)
    with_case(arrays)
    assert arrays.rel == ["ROOT", "obj", "case", "obl"]


def test_of_two_subjects_the_likelier_stays_and_the_other_is_what_it_is_next() -> None:
    scores = np.array([[5.0, 1.0, 0.0], [4.0, 3.0, 0.0], [0.0, 0.0, 9.0], [6.0, 5.5, 0.0]], dtype=np.float32)
    assert list(single(scores, [3, 3, 0, 1], [[0]])) == [0, 1, 2, 0]
    assert list(single(scores, [3, 3, 0, 1], [])) == [0, 0, 2, 0]


def test_all_words_of_a_name_say_together_what_kind_it_is() -> None:
    names = Names(["", "B-GPE", "I-GPE", "B-FAC", "I-FAC"])
    shares = np.array(
        [[0.1, 0.5, 0.0, 0.4, 0.0], [0.2, 0.1, 0.2, 0.0, 0.5], [0.9, 0.0, 0.0, 0.1, 0.0], [0.1, 0.0, 0.5, 0.0, 0.4]],
        dtype=np.float32,
    )
    assert names.read(shares, set()) == ["B-FAC", "I-FAC", "", "B-GPE"]
    assert names.read(shares, {1}) == ["B-GPE", "B-FAC", "", "B-GPE"]


@pytest.mark.parametrize(("helper", "rel", "kept"), [("had", "aux", "nsubj"), ("was", "aux:pass", "nsubj:pass")])
def test_a_verb_behind_had_alone_is_no_passive(helper: str, rel: str, kept: str) -> None:
    lemmas = ["Seoul", "have" if helper == "had" else "be", "warn"]
    arrays = Arrays(
        [2, 2, 2], ["nsubj:pass", rel, "ROOT"], ["PROPN", "AUX", "VERB"], lemmas, ["seoul", helper, "warned"]
    )
    active(arrays)
    assert arrays.rel[0] == kept


WHERE = ["came", "from", "Bergen", ",", "where", "he", "met"]


@pytest.mark.parametrize(("bergen", "met"), [(0, 2), (6, 0)])
def test_a_clause_with_where_tells_of_the_noun_before_it_and_never_goes_round(bergen: int, met: int) -> None:
    rels = ["ROOT", "case", "obl", "punct", "advmod", "nsubj", "advcl"]
    tags = ["VERB", "ADP", "PROPN", "PUNCT", "ADV", "PRON", "VERB"]
    arrays = Arrays([0, 2, bergen, 6, 6, 6, 0], rels, tags, WHERE, WHERE)
    where_it_stands(arrays)
    assert arrays.head[6] == met


@settings(max_examples=300, deadline=None)
@given(st.integers(2, 9), st.randoms(use_true_random=False))
def test_whatever_is_mended_in_a_tree_it_stays_one(size: int, chance: random.Random) -> None:
    order = chance.sample(range(size), size)
    heads = {word: order[chance.randrange(k)] if k else word for k, word in enumerate(order)}
    rels = ["ROOT" if heads[k] == k else chance.choice(MENDED) for k in range(size)]
    words = [chance.choice(["where", "see", "be", "have", "said", "Bergen", ","]) for _ in range(size)]
    tags = [chance.choice(["NOUN", "PROPN", "VERB", "AUX", "ADP"]) for _ in range(size)]
    arrays = Arrays([heads[k] for k in range(size)], rels, tags, words, words)
    for mend in (with_case, active, where_it_stands, depart):
        mend(arrays)
    for start in range(size):
        word, steps = start, 0
        while arrays.head[word] != word and steps <= size:
            word, steps = arrays.head[word], steps + 1
        assert steps <= size


MENDED = (
    "nsubj",
    "nsubj:pass",
    "obj",
    "obl",
    "xcomp",
    "advcl",
    "advcl:relcl",
    "advmod",
    "case",
    "cop",
    "flat",
    "parataxis",
)
