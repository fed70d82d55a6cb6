from __future__ import annotations

import pytest

from dateline.merge.blocking import sharing_pairs, similar_pairs


def test_cosines_are_exact_and_small_ones_are_left_out() -> None:
    vectors = [{"tanker": 0.6, "port": 0.8}, {"tanker": 1.0}, {"port": 0.1, "chess": 0.9}]
    found = similar_pairs(vectors, 0.2)
    assert found == {(0, 1): pytest.approx(0.6)}


def test_a_pair_that_shares_several_keys_comes_once() -> None:
    assert sharing_pairs([["a", "b"], ["b", "a"], ["c"]], 5) == [(0, 1)]


def test_a_key_of_a_crowd_is_passed_over() -> None:
    assert sharing_pairs([["say"], ["say"], ["say", "x"], ["x"]], 2) == [(2, 3)]
