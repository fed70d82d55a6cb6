"""States in, shares out."""

from __future__ import annotations

import numpy as np

from dateline.learned.heads import softmax
from dateline.learned.reader import load_reader


def test_shares_sum_to_one_even_of_large_scores() -> None:
    shares = softmax(np.array([[1e4, 0.0, -1e4], [1.0, 1.0, 1.0]], dtype=np.float32))
    assert np.allclose(shares.sum(axis=1), 1.0)
    assert np.isfinite(shares).all()


def test_pairs_give_a_row_a_word_and_depend_on_the_anchor() -> None:
    reader = load_reader()
    words = np.random.default_rng(7).normal(size=(5, 384)).astype(np.float32)
    far = np.arange(5)
    one = reader.heads.pairs("attribution", words, words[0], far, [0, 1, 2, 3, 4], 0)
    other = reader.heads.pairs("attribution", words, words[4], far, [0, 1, 2, 3, 4], 0)
    assert one.shape == (5, len(reader.labels["attribution"]))
    assert not np.allclose(one, other)
