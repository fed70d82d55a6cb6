"""Articles in, tokens and sentences out, by the real parser."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.errors import ModelError
from dateline.intake.text import article_from_text
from dateline.model import Article, Block, Record, Span
from dateline.stages.syntax import Syntax, pieces_of, prepared
from dateline.stages.syntax.parser import DEFAULT_MODEL, folder_hash, load_parser

SYNTAX = Syntax(DEFAULT_MODEL)
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
    assert relation["officers"] == "obl:agent"
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


def test_the_speed_setting_changes_no_output() -> None:
    """NumpyOps without BLIS must read exactly as thinc's default does."""
    import spacy
    from thinc.api import NumpyOps, get_current_ops, set_current_ops

    fast = load_parser(DEFAULT_MODEL)
    before = get_current_ops()
    try:
        set_current_ops(NumpyOps(use_blis=True))
        usual = spacy.load(DEFAULT_MODEL)
    finally:
        set_current_ops(before)
    texts = [TEXT, "Yesterday 3,000 people marched through Lima, police said.", "“We shall see,” she told Reuters."]
    for ours, default in zip(fast.nlp.pipe(texts), usual.pipe(texts), strict=True):
        assert [(t.tag_, t.dep_, t.head.i, t.lemma_, t.ent_type_) for t in ours] == [
            (t.tag_, t.dep_, t.head.i, t.lemma_, t.ent_type_) for t in default
        ]


def test_the_parser_runs_without_blis_and_on_one_thread() -> None:
    import os

    load_parser(DEFAULT_MODEL)
    from thinc.api import get_current_ops

    assert getattr(get_current_ops(), "use_blis", False) is False
    assert os.environ["OPENBLAS_NUM_THREADS"] == "1"


def test_a_missing_model_says_what_to_do() -> None:
    with pytest.raises(ModelError, match=r"could not be loaded.*dateline\.toml"):
        load_parser("no_such_model")


def test_a_changed_model_file_is_seen(tmp_path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "weights").write_bytes(b"abc")
    before = folder_hash(tmp_path)
    (tmp_path / "weights").write_bytes(b"abd")
    assert folder_hash(tmp_path) != before


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


def test_the_parser_loads_without_spacys_command_line_and_leaves_it_to_others() -> None:
    code = (
        "import sys; from dateline.stages.syntax.parser import load_parser; load_parser();"
        "print('weasel' in sys.modules, 'spacy.cli' in sys.modules);"
        "import spacy.cli; print(callable(spacy.cli.info))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.split() == ["False", "False", "True"]
