from __future__ import annotations

from dateline.merge.shingles import SHINGLE, shingles_of


def test_five_words_in_a_row_are_one_shingle_whatever_their_case_and_points() -> None:
    assert shingles_of("The tanker left on Thursday.") == shingles_of("the tanker, left on thursday")
    assert len(shingles_of("the tanker left on thursday")) == 1


def test_fewer_words_than_a_run_have_none() -> None:
    assert shingles_of(" ".join(["word"] * (SHINGLE - 1))) == frozenset()
