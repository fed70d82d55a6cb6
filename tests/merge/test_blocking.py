from __future__ import annotations

from dateline.merge.blocking import sharing_pairs


def test_a_pair_that_shares_several_keys_comes_once() -> None:
    assert sharing_pairs([["a", "b"], ["b", "a"], ["c"]], 5) == [(0, 1)]


def test_a_key_of_a_crowd_is_passed_over() -> None:
    assert sharing_pairs([["say"], ["say"], ["say", "x"], ["x"]], 2) == [(2, 3)]
