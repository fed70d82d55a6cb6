"""Articles in, tokens and sentences out, by the real parser."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.intake.text import article_from_text
from dateline.learned.reader import sight_of
from dateline.model import Article, Block, Record, Span
from dateline.pipeline import pipeline
from dateline.settings import Settings
from dateline.stages.syntax import OWN, Syntax, pieces_of, prepared
from dateline.stages.syntax.learned_parser import Names

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


def test_all_words_of_a_name_say_together_what_kind_it_is() -> None:
    names = Names(["", "B-GPE", "I-GPE", "B-FAC", "I-FAC"])
    shares = np.array(
        [[0.1, 0.5, 0.0, 0.4, 0.0], [0.2, 0.1, 0.2, 0.0, 0.5], [0.9, 0.0, 0.0, 0.1, 0.0], [0.1, 0.0, 0.5, 0.0, 0.4]],
        dtype=np.float32,
    )
    assert names.read(shares, set()) == ["B-FAC", "I-FAC", "", "B-GPE"]
    assert names.read(shares, {1}) == ["B-GPE", "B-FAC", "", "B-GPE"]
