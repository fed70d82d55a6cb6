"""The words that a person reads instead of codes."""

from __future__ import annotations

from typing import get_args

from dateline.knowledge.files import path, rows
from dateline.knowledge.wording import load_wording, words
from dateline.model import FactValue, MentionType, QuoteKind, Stance, Status


def test_every_code_of_the_model_has_words() -> None:
    kinds = (("status", Status), ("sure", FactValue), ("entity", MentionType), ("kind", QuoteKind), ("stance", Stance))
    missing = [(kind, code) for kind, codes in kinds for code in get_args(codes) if (kind, code) not in load_wording()]
    assert missing == []


def test_every_mode_belongs_to_a_type_and_every_type_of_plover_has_a_colour() -> None:
    table = load_wording()
    types = {code for kind, code in table if kind == "type"}
    assert {code.split("/")[0] for kind, code in table if kind == "mode"} <= types
    assert len([code for kind, code in table if kind == "quad"]) == 16


def test_the_table_is_sorted_and_says_each_thing_once() -> None:
    keys = [(row["kind"], row["code"]) for row in rows(path("show", "words.csv"))]
    assert keys == sorted(set(keys))


def test_a_code_without_words_is_made_readable() -> None:
    assert words("type", "SOME_NEW-type") == "SOME NEW type"
    assert words("type", "X", "fallback") == "fallback"
    assert words("type", None) == ""
