"""Words in, word-piece numbers out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dateline.learned.reader import load_reader
from dateline.learned.wordpiece import Vocabulary

SMALL = Vocabulary(["[UNK]", "[CLS]", "[SEP]", "ship", "##s", "##yard", ".", "u"])


def test_the_longest_piece_wins_and_the_rest_goes_on() -> None:
    assert SMALL.pieces("Shipyards") == (3, 5, 4)


def test_punctuation_stands_alone_and_accents_fall() -> None:
    assert SMALL.pieces("u.") == (7, 6)
    assert SMALL.pieces("shíp") == (3,)


def test_what_cannot_be_cut_is_one_unknown_piece() -> None:
    assert SMALL.pieces("harbour") == (0,)
    assert SMALL.pieces("") == (0,)
    assert SMALL.pieces("s" * 60) == (0,)
    assert SMALL.pieces("." * 60) == (0,)
    assert SMALL.pieces("." * 20) == (6,) * 20


@given(st.text(max_size=30))
def test_any_word_has_pieces_of_the_shipped_vocabulary(word: str) -> None:
    pieces = load_reader().vocabulary.pieces(word)
    assert pieces
    assert all(0 <= piece < 30_522 for piece in pieces)
