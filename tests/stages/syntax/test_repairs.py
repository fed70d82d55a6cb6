"""Trees that no English sentence has in, repaired ones out."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.stages.syntax import repairs
from dateline.stages.syntax.departures import depart
from dateline.stages.syntax.repairs import infinitives, repair, singular
from dateline.stages.syntax.universal import Arrays

LEMMAS = {"had": "have", "was": "be", "is": "be", "handed": "hand", "announced": "announce", "told": "tell"}


def tree(text: str) -> Arrays:
    """A tree written as ``word/TAG/relation>head``, heads counted from 0, a root with its own number."""
    rows = [row.split("/") for row in text.split()]
    rels, heads = zip(*(row[2].split(">") for row in rows), strict=True)
    words = [row[0].lower() for row in rows]
    tags = [row[1] for row in rows]
    return Arrays([int(h) for h in heads], list(rels), tags, [LEMMAS.get(w, w) for w in words], words)


CASES = [
    (
        "beside_nouns",
        "gave/VERB/ROOT>0 a/DET/det>2 rifle/NOUN/obj>0 ,/PUNCT/punct>4 gifts/NOUN/conj>0 seen/VERB/acl>4",
        "4:appos>2",
    ),
    (
        "beside_nouns",
        "told/VERB/ROOT>0 of/ADP/case>2 guns/NOUN/obl>0 ,/PUNCT/punct>4 nets/NOUN/conj>0 or/CCONJ/cc>6 men/NOUN/conj>4",
        "4:appos>2 6:conj>4",
    ),
    (
        "beside_nouns",
        "go/VERB/ROOT>0 to/ADP/case>2 Oslo/PROPN/obl>0 ,/PUNCT/punct>4 Lima/PROPN/conj>0 in/ADP/case>6 May/PROPN/obl>4",
        "4:conj>0",
    ),
    ("beside_nouns", "see/VERB/ROOT>0 men/NOUN/obj>0 and/CCONJ/cc>3 women/NOUN/conj>0", "3:conj>0"),
    ("with_case", "Ships/NOUN/nsubj>1 left/VERB/ROOT>1 ports/NOUN/obl>1", "2:obj>1"),
    (
        "with_case",
        "Ships/NOUN/nsubj>1 left/VERB/ROOT>1 ports/NOUN/obj>1 Monday/PROPN/obl>1",
        "3:obl:unmarked>1",
    ),
    ("with_case", "put/VERB/ROOT>0 him/PRON/obj>0 on/ADP/case>3 trial/NOUN/xcomp>0", "3:obl>0"),
    ("with_case", "left/VERB/ROOT>0 on/ADP/case>2 Monday/PROPN/obl:unmarked>0", "2:obl>0"),
    ("with_case", "blew/VERB/ROOT>0 himself/PRON/obl:unmarked>0 up/ADP/compound:prt>0", "1:obj>0"),
    ("absolute", "smiled/VERB/ROOT>0 ,/PUNCT/punct>0 Berg/PROPN/obl:unmarked>0 promising/VERB/advcl>0", "2:nsubj>3"),
    (
        "absolute",
        "smiled/VERB/ROOT>0 ,/PUNCT/punct>0 Monday/PROPN/obl:unmarked>0 rising/VERB/advcl>0",
        "2:obl:unmarked>0",
    ),
    ("active", "Seoul/PROPN/nsubj:pass>2 had/AUX/aux>2 warned/VERB/ROOT>2", "0:nsubj>2"),
    ("active", "Seoul/PROPN/nsubj:pass>2 was/AUX/aux:pass>2 warned/VERB/ROOT>2", "0:nsubj:pass>2"),
    (
        "finite",
        "The/DET/det>4 bank/NOUN/compound>2 fined/VERB/amod>4 three/NUM/nummod>4 firms/NOUN/ROOT>4 ./PUNCT/punct>4",
        "0:det>1 1:nsubj>2 2:ROOT>2 4:obj>2 5:punct>2",
    ),
    ("finite", "The/DET/det>2 fined/VERB/amod>2 firms/NOUN/ROOT>2", "1:amod>2"),
    (
        "particles",
        "Men/NOUN/nsubj>1 handed/VERB/ROOT>1 over/ADP/case>3 arms/NOUN/obl>1",
        "2:compound:prt>1 3:obj>1",
    ),
    ("particles", "Men/NOUN/nsubj>1 ran/VERB/ROOT>1 over/ADP/case>3 fields/NOUN/obl>1", "2:case>3 3:obl>1"),
    (
        "named",
        "boarded/VERB/ROOT>0 the/DET/det>2 ship/NOUN/obj>0 Berta/PROPN/obl:unmarked>0",
        "3:appos>2",
    ),
    (
        "named",
        "boarded/VERB/ROOT>0 the/DET/det>2 ship/NOUN/obj>0 Monday/PROPN/obl:unmarked>0",
        "3:obl:unmarked>0",
    ),
    (
        "named",
        "quoted/VERB/ROOT>0 by/ADP/case>3 the/DET/det>3 agency/NOUN/obl:by>0 Norna/PROPN/obl:agent>0",
        "4:appos>3",
    ),
    (
        "each_other",
        "gave/VERB/ROOT>0 each/DET/det>4 other/ADJ/amod>4 a/DET/det>4 sword/NOUN/obj>0",
        "1:det>2 2:iobj>0 4:obj>0",
    ),
    (
        "each_other",
        "gave/VERB/ROOT>0 one/NUM/iobj>0 another/DET/det>4 a/DET/det>4 sword/NOUN/obj>0",
        "1:det>2 2:iobj>0 4:obj>0",
    ),
    ("infinitive", "declined/VERB/ROOT>0 to/PART/case>2 comment/VERB/obl>0", "1:mark>2 2:xcomp>0"),
    (
        "adverbial",
        "suspect/VERB/ROOT>0 Oslo/PROPN/obj>0 of/ADP/mark>3 wanting/VERB/ccomp>0",
        "3:advcl>0",
    ),
    ("adverbial", "said/VERB/ROOT>0 that/SCONJ/mark>2 wanted/VERB/ccomp>0", "2:ccomp>0"),
    ("nominal", "call/NOUN/ROOT>0 for/ADP/case>3 a/DET/det>3 boycott/NOUN/acl>0", "3:nmod>0"),
    ("adverbial", "trouble/NOUN/ROOT>0 if/SCONJ/mark>2 continued/VERB/acl>0", "2:advcl>0"),
    (
        "called_on",
        "He/PROPN/nsubj>4 is/AUX/cop>2 free/ADJ/ccomp>4 Berg/PROPN/vocative>4 said/VERB/ROOT>4",
        "0:obj>4 3:nsubj>4",
    ),
    ("one_name", "Radu/PROPN/nsubj>2 Berg/PROPN/iobj>2 told/VERB/ROOT>2 them/PRON/obj>2", "0:nsubj>2 1:flat>0"),
    ("one_name", "Radu/PROPN/ccomp>2 Berg/PROPN/nsubj>2 spoke/VERB/ROOT>2", "0:nsubj>2 1:flat>0"),
    ("one_name", "Monday/PROPN/obl>2 Berg/PROPN/nsubj>2 spoke/VERB/ROOT>2", "0:obl>2 1:nsubj>2"),
    ("before_the_verb", "The/DET/det>1 general/ADJ/compound>2 left/VERB/ROOT>2", "1:nsubj>2"),
    (
        "before_the_verb",
        "The/DET/det>1 ferry/NOUN/obl:unmarked>3 Berta/PROPN/nsubj>3 left/VERB/ROOT>3",
        "1:nsubj>3 2:appos>1",
    ),
    (
        "before_the_verb",
        "The/DET/det>1 day/NOUN/obl:unmarked>3 Oslo/PROPN/nsubj>3 left/VERB/ROOT>3",
        "1:obl:unmarked>3",
    ),
    ("before_the_verb", "a/DET/det>1 step/NOUN/obj>3 experts/NOUN/nsubj>3 welcome/VERB/ROOT>3", "1:obj>3 2:nsubj>3"),
    ("before_the_verb", "Ship/NOUN/compound>1 building/VERB/ROOT>1", "0:compound>1"),
    (
        "before_the_verb",
        "the/DET/det>1 agency/NOUN/obj>3 Norna/PROPN/nsubj>3 said/VERB/ROOT>3",
        "1:nsubj>3 2:appos>1",
    ),
    (
        "before_the_verb",
        "Today/NOUN/obl>4 Berg/PROPN/obj>4 goes/VERB/ccomp>4 she/PRON/nsubj>4 said/VERB/ROOT>4",
        "0:obl>2 1:nsubj>2 3:nsubj>4",
    ),
    (
        "before_to",
        "promise/NOUN/ROOT>0 from/ADP/case>2 Oslo/PROPN/obl>4 to/PART/mark>4 pay/VERB/acl>0",
        "2:nmod>0",
    ),
    (
        "where_it_stands",
        (
            "came/VERB/ROOT>0 from/ADP/case>2 Bergen/PROPN/obl>0 ,/PUNCT/punct>6 where/ADV/advmod>6 he/PRON/nsubj>6 "
            "met/VERB/advcl>0"
        ),
        "2:obl>0 6:acl:relcl>2",
    ),
    (
        "where_it_stands",
        (
            "came/VERB/ROOT>0 from/ADP/case>2 Bergen/PROPN/obl>6 ,/PUNCT/punct>6 where/ADV/advmod>6 he/PRON/nsubj>6 "
            "met/VERB/advcl>0"
        ),
        "2:obl>0 6:acl:relcl>2",
    ),
    (
        "whole_clauses",
        (
            "left/VERB/ROOT>0 Oslo/PROPN/obj>0 ,/PUNCT/punct>5 where/ADV/advmod>5 he/PRON/nsubj>5 "
            "spoke/VERB/acl:relcl>1 on/ADP/case>7 Friday/PROPN/obl>0 ,/PUNCT/punct>0 on/ADP/case>10 Monday/PROPN/obl>0"
        ),
        "7:obl>5 10:obl>0",
    ),
    (
        "whole_clauses",
        (
            "firm/NOUN/nsubj>5 ,/PUNCT/punct>3 which/PRON/nsubj>3 grew/VERB/acl:relcl>0 and/CCONJ/cc>5 "
            "employs/VERB/conj>6 left/VERB/ROOT>6"
        ),
        "3:acl:relcl>0 5:conj>6",
    ),
    (
        "inverted",
        "It/PRON/nsubj>1 failed/VERB/ROOT>1 ,/PUNCT/punct>3 announced/VERB/advcl>1 the/DET/det>5 mayor/NOUN/obj>3",
        "3:parataxis>1 5:nsubj>3",
    ),
    (
        "inverted",
        "It/PRON/nsubj>1 failed/VERB/ROOT>1 ,/PUNCT/punct>3 told/VERB/advcl>1 the/DET/det>5 mayor/NOUN/obj>3",
        "3:advcl>1 5:obj>3",
    ),
]


@pytest.mark.parametrize(("name", "text", "expected"), CASES)
def test_a_tree_is_repaired(name: str, text: str, expected: str) -> None:
    arrays = tree(text)
    getattr(repairs, name)(arrays)
    for part in expected.split():
        number, _, told = part.partition(":")
        assert f"{arrays.rel[int(number)]}>{arrays.head[int(number)]}" == told, arrays.word[int(number)]


def test_every_repair_has_its_example() -> None:
    assert {name for name, _, _ in CASES} == {one.__name__ for one in repairs.REPAIRS}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("declined/VERB/VBD to/ADP/IN comment/NOUN/NN ./PUNCT/.", [2]),
        ("came/VERB/VBD to/ADP/IN power/NOUN/NN ./PUNCT/.", []),
        ("agreed/VERB/VBD to/ADP/IN trade/NOUN/NN deals/NOUN/NNS", []),
        ("agreed/VERB/VBD to/ADP/IN peace/NOUN/NN ./PUNCT/.", []),
        ("replies/NOUN/NNS to/ADP/IN comment/NOUN/NN ./PUNCT/.", []),
    ],
)
def test_an_infinitive_that_is_a_noun_too(text: str, found: list[int]) -> None:
    rows = [row.split("/") for row in text.split()]
    assert list(infinitives([row[0] for row in rows], [(row[1], row[2], "_") for row in rows])) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a/DET/DT Russian/ADJ/JJ bomber/NOUN/NNS", [2]),
        ("a/DET/DT Russian/ADJ/JJ bombers/NOUN/NNS", []),
        ("ten/NUM/CD sheep/NOUN/NNS", []),
    ],
)
def test_a_noun_with_a_is_singular(text: str, found: list[int]) -> None:
    rows = [row.split("/") for row in text.split()]
    assert list(singular([row[0] for row in rows], [(row[1], row[2], "_") for row in rows])) == found


RELATIONS = (
    "nsubj", "nsubj:pass", "obj", "iobj", "obl", "obl:unmarked", "xcomp", "ccomp", "advcl", "advcl:relcl", "acl:relcl",
    "acl", "advmod", "case", "mark", "cop", "flat", "parataxis", "compound", "amod", "nmod:desc", "nmod:poss", "conj",
    "vocative", "punct", "det",
)  # fmt: skip
WORDS = (
    "see",
    "be",
    "have",
    "said",
    "Bergen",
    "to",
    "each",
    "other",
    "announce",
    "hand",
    "over",
    "going",
    "the",
    "where",
)
STRETCHES = ((",", "where"), (",", "which"), ("each", "other", "the"), ("Norna", "Berg"), ("to", "go"))


def written(size: int, chance: random.Random) -> list[str]:
    """So many words, among them some that repairs look for side by side."""
    words: list[str] = []
    while len(words) < size:
        words += chance.choice(STRETCHES) if chance.random() < 0.3 else (chance.choice(WORDS),)
    return words[:size]


@settings(max_examples=4000, deadline=None)
@given(st.integers(2, 9), st.randoms(use_true_random=False))
def test_whatever_is_repaired_in_a_tree_it_stays_one(size: int, chance: random.Random) -> None:
    order = chance.sample(range(size), size)
    heads = {word: order[chance.randrange(k)] if k else word for k, word in enumerate(order)}
    rels = ["ROOT" if heads[k] == k else chance.choice(RELATIONS) for k in range(size)]
    words = written(size, chance)
    tags = [
        "PUNCT" if w == "," else chance.choice(["NOUN", "PROPN", "VERB", "AUX", "ADP", "PRON", "DET"]) for w in words
    ]
    arrays = Arrays([heads[k] for k in range(size)], rels, tags, words, words)
    repair(arrays)
    depart(arrays)
    assert sum(arrays.head[k] == k for k in range(size)) == 1
    for start in range(size):
        word, steps = start, 0
        while arrays.head[word] != word and steps <= size:
            word, steps = arrays.head[word], steps + 1
        assert steps <= size
