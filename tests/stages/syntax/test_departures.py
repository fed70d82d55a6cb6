"""Universal Dependencies in, the records' trees out (dateline.stages.syntax.departures)."""

from __future__ import annotations

import pytest

from dateline.stages.syntax.departures import depart, tag_of
from dateline.stages.syntax.universal import Arrays


def departed(text: str) -> dict[str, str]:
    """``word/lemma/upos/head/rel`` columns of a sentence in; for each word "head relation" out."""
    rows = [part.split("/") for part in text.split()]
    words = [row[0] for row in rows]
    heads = [k if row[3] == "0" else int(row[3]) - 1 for k, row in enumerate(rows)]
    rels = ["ROOT" if row[3] == "0" else row[4] for row in rows]
    arrays = Arrays(heads, rels, [r[2] for r in rows], [r[1] for r in rows], [w.lower() for w in words])
    depart(arrays)
    return {
        word: f"{'-' if arrays.head[k] == k else words[arrays.head[k]]} {arrays.rel[k]}" for k, word in enumerate(words)
    }


def test_the_last_word_heads_a_name() -> None:
    found = departed("Mr./mr./PROPN/4/nsubj Ivan/Ivan/PROPN/1/flat Petrov/Petrov/PROPN/1/flat left/leave/VERB/0/root")
    assert found == {"Mr.": "Petrov compound", "Ivan": "Petrov compound", "Petrov": "left nsubj", "left": "- root"}


def test_be_stays_over_a_place() -> None:
    found = departed("He/he/PRON/4/nsubj is/be/AUX/4/cop in/in/ADP/4/case Oslo/Oslo/PROPN/0/root ././PUNCT/4/punct")
    assert found == {"He": "is nsubj", "is": "- root", "in": "Oslo case", "Oslo": "is obl:in", ".": "is punct"}


def test_be_stays_under_a_predicate() -> None:
    found = departed("He/he/PRON/4/nsubj is/be/AUX/4/cop a/a/DET/4/det chief/chief/NOUN/0/root")
    assert found["is"] == "chief cop"


OVER = "It/it/PRON/3/nsubj is/be/AUX/3/cop over/over/ADJ/0/root ,/,/PUNCT/6/punct he/he/PRON/6/nsubj "


@pytest.mark.parametrize(
    ("verb", "root"), [("said/say/VERB/3/parataxis", "said"), ("left/leave/VERB/3/parataxis", "over")]
)
def test_a_verb_of_saying_stands_over_what_is_said(verb: str, root: str) -> None:
    found = departed(OVER + verb)
    assert found[root] == "- root"
    assert found["over"] == ("said ccomp" if root == "said" else "- root")


def test_who_is_asked_is_the_object_unless_something_is_given() -> None:
    asked = departed("Kyiv/Kyiv/PROPN/2/nsubj asked/ask/VERB/0/root Berlin/Berlin/PROPN/2/iobj")
    assert asked["Berlin"] == "asked obj"
    sent = departed("Kyiv/Kyiv/PROPN/2/nsubj sent/send/VERB/0/root Berlin/Berlin/PROPN/2/iobj notes/note/NOUN/2/obj")
    assert sent["Berlin"] == "sent iobj"


@pytest.mark.parametrize(
    ("act", "seen", "told"),
    [
        ("leave/leave/VERB", "leave nsubj", "saw ccomp"),
        ("leaving/leave/VERB", "leaving nsubj", "saw ccomp"),
        ("arrested/arrest/VERB", "saw obj", "saw xcomp"),
    ],
)
def test_who_is_seen_acting_is_the_subject_of_the_act(act: str, seen: str, told: str) -> None:
    found = departed(f"We/we/PRON/2/nsubj saw/see/VERB/0/root them/they/PRON/2/obj {act}/2/xcomp")
    assert (found["them"], found[act.split("/")[0]]) == (seen, told)


def test_a_word_of_a_name_is_a_proper_noun_and_hangs_on_others_as_one() -> None:
    assert (tag_of("ADJ", "NNP"), tag_of("ADJ", "JJ")) == ("PROPN", "ADJ")
    assert departed("Foreign/foreign/PROPN/2/amod Ministry/Ministry/PROPN/0/root")["Foreign"] == "Ministry compound"
    assert departed("foreign/foreign/ADJ/2/amod ministry/ministry/NOUN/0/root")["foreign"] == "ministry amod"
