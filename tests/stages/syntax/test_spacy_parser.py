"""The way up a tree over white space: a token in, the word above it out."""

from __future__ import annotations

import subprocess
import sys
from types import SimpleNamespace

import pytest

from dateline.errors import ModelError
from dateline.intake.text import article_from_text
from dateline.stages.syntax import Syntax
from dateline.stages.syntax.spacy_parser import SMALL, folder_hash, load_spacy, word_above


class Blank:
    """White space that is its own head, a new object each time it is asked for, as the parser's tokens may be."""

    i, is_space = 3, True

    @property
    def head(self) -> Blank:
        return Blank()


def test_white_space_that_hangs_on_itself_ends_the_way_up() -> None:
    word = SimpleNamespace(i=4, is_space=False, head=Blank())
    assert word_above(word) is word


def test_white_space_in_a_circle_ends_the_way_up() -> None:
    one, other = SimpleNamespace(i=1, is_space=True), SimpleNamespace(i=2, is_space=True)
    one.head, other.head = other, one
    word = SimpleNamespace(i=4, is_space=False, head=one)
    assert word_above(word) is word


def test_without_spacy_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise ImportError("No module named 'spacy'")

    monkeypatch.setattr("dateline.stages.syntax.spacy_parser._spacy", missing)
    with pytest.raises(ModelError, match=r"pip install 'dateline\[spacy\]'"):
        load_spacy("en_core_web_none")


def test_the_speed_setting_changes_no_output() -> None:
    """NumpyOps without BLIS must read exactly as thinc's default does."""
    import spacy
    from thinc.api import NumpyOps, get_current_ops, set_current_ops

    fast = load_spacy(SMALL)
    before = get_current_ops()
    try:
        set_current_ops(NumpyOps(use_blis=True))
        usual = spacy.load(SMALL)
    finally:
        set_current_ops(before)
    texts = [
        "Two frigates left Bergen on Monday.",
        "Yesterday 3,000 people marched through Lima, police said.",
        "“We shall see,” she told Reuters.",
    ]
    for ours, default in zip(fast.nlp.pipe(texts), usual.pipe(texts), strict=True):
        assert [(t.tag_, t.dep_, t.head.i, t.lemma_, t.ent_type_) for t in ours] == [
            (t.tag_, t.dep_, t.head.i, t.lemma_, t.ent_type_) for t in default
        ]


def test_the_parser_runs_without_blis_and_on_one_thread() -> None:
    import os

    load_spacy(SMALL)
    from thinc.api import get_current_ops

    assert getattr(get_current_ops(), "use_blis", False) is False
    assert os.environ["OPENBLAS_NUM_THREADS"] == "1"


def test_a_missing_model_says_what_to_do() -> None:
    with pytest.raises(ModelError, match=r"could not be loaded.*dateline\.toml"):
        load_spacy("no_such_model")


def test_a_changed_model_file_is_seen(tmp_path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "weights").write_bytes(b"abc")
    before = folder_hash(tmp_path)
    (tmp_path / "weights").write_bytes(b"abd")
    assert folder_hash(tmp_path) != before


def test_the_parser_loads_without_spacys_command_line_and_leaves_it_to_others() -> None:
    code = (
        "import sys; from dateline.stages.syntax.spacy_parser import load_spacy; load_spacy();"
        "print('weasel' in sys.modules, 'spacy.cli' in sys.modules);"
        "import spacy.cli; print(callable(spacy.cli.info))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.split() == ["False", "False", "True"]


def test_relations_of_the_default_pipeline_are_universal_dependencies() -> None:
    text = "Two frigates left Bergen on Monday. The minister, who had promised help, was greeted by officers."
    tokens = Syntax(SMALL).read(article_from_text(text))["tokens"]
    clear_only = {"dobj", "pobj", "prep", "nsubjpass", "auxpass", "attr", "acomp", "relcl", "npadvmod", "ROOT", "pcomp"}
    assert not clear_only & {t.deprel.split(":")[0] for t in tokens}
    relation = {t.form: t.deprel for t in tokens}
    assert (relation["Monday"], relation["officers"], relation["promised"]) == ("obl:on", "obl:agent", "acl:relcl")
