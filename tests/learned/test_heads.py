"""States in, shares out."""

from __future__ import annotations

import numpy as np

from dateline.learned.heads import Seen, sigmoid, softmax
from dateline.learned.reader import load_reader


def test_shares_sum_to_one_even_of_large_scores() -> None:
    shares = softmax(np.array([[1e4, 0.0, -1e4], [1.0, 1.0, 1.0]], dtype=np.float32))
    assert np.allclose(shares.sum(axis=1), 1.0)
    assert np.isfinite(shares).all()


def test_pairs_give_a_row_a_word_and_depend_on_the_anchor() -> None:
    reader = load_reader()
    states = np.random.default_rng(7).normal(size=(5, 384)).astype(np.float32)
    words, far = reader.heads.projected("attribution", states), np.arange(5)
    one = reader.heads.pairs("attribution", words, states[0], far, [0, 1, 2, 3, 4], 0)
    other = reader.heads.pairs("attribution", words, states[4], far, [0, 1, 2, 3, 4], 0)
    assert one.shape == (5, len(reader.labels["attribution"]))
    assert not np.allclose(one, other)


def test_roles_are_shares_each_by_itself_and_depend_on_act_and_grammar() -> None:
    reader = load_reader()
    states = np.random.default_rng(7).normal(size=(4, 384)).astype(np.float32)
    words = reader.heads.projected("event", states)
    acts = np.eye(len(reader.labels["acts"]), dtype=np.float32)
    convention = reader.conventions.index("records")

    def roles(act: int, grammar: list[int]) -> np.ndarray:
        seen = Seen(np.arange(4), [0, 1, 2, 3], [0, 4, 5, 6], grammar, acts[act])
        return reader.heads.roles(words, states[0], seen, convention)

    one = roles(1, [0, 0, 0, 0])
    assert one.shape == (4, len(reader.labels["roles"]))
    assert ((one >= 0) & (one <= 1)).all()
    assert not np.allclose(one.sum(axis=1), 1.0)
    assert not np.allclose(one, roles(16, [0, 0, 0, 0]))
    assert not np.allclose(one[1], roles(1, [0, 1, 0, 0])[1])


def test_a_share_of_nothing_known_is_a_half() -> None:
    assert sigmoid(np.zeros(3, dtype=np.float32)).tolist() == [0.5, 0.5, 0.5]
