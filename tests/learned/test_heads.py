"""States in, shares out."""

from __future__ import annotations

import numpy as np

from dateline.learned.heads import CHUNK, Seen, sigmoid, softmax
from dateline.learned.reader import load_reader
from dateline.learned.windows import DISTANCES, GRAMMAR, KINDS, RELATIONS


def rows(words: int, grammar: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Distances, relations and grammar, a row an act."""
    numbers = np.tile(np.arange(words) % len(RELATIONS), (len(grammar), 1))
    return np.minimum(numbers, 2 * len(DISTANCES)), numbers, grammar


def test_shares_sum_to_one_even_of_large_scores() -> None:
    shares = softmax(np.array([[1e4, 0.0, -1e4], [1.0, 1.0, 1.0]], dtype=np.float32))
    assert np.allclose(shares.sum(axis=1), 1.0)
    assert np.isfinite(shares).all()


def test_tags_are_told_together_and_only_as_the_treebanks_know_them() -> None:
    reader, heads = load_reader(), ("upos", "xpos")
    states = np.random.default_rng(7).normal(size=(40, 384)).astype(np.float32)
    apart = np.stack([reader.heads.tags(states, head).argmax(axis=1) for head in heads], axis=1)
    whole = [[u, x] for u in range(len(reader.labels["upos"])) for x in range(len(reader.labels["xpos"]))]
    assert (np.array(whole)[reader.heads.together(states, heads, np.array(whole))] == apart).all()
    known = [row.split(" ") for row in reader.labels["classes"]]
    allowed = np.array([[reader.labels[h].index(tag) for h, tag in zip(heads, row, strict=False)] for row in known])
    told = allowed[reader.heads.together(states, heads, allowed)]
    assert {tuple(row) for row in told} <= {tuple(row) for row in allowed}
    assert (told != apart).any()


def test_pairs_give_a_row_a_word_and_depend_on_the_anchor() -> None:
    reader = load_reader()
    states = np.random.default_rng(7).normal(size=(5, 384)).astype(np.float32)
    words, far = reader.heads.projected("attribution", states), np.arange(5)
    one = reader.heads.pairs("attribution", words, states[0], far, np.arange(5), 0)
    other = reader.heads.pairs("attribution", words, states[4], far, np.arange(5), 0)
    assert one.shape == (5, len(reader.labels["attribution"]))
    assert not np.allclose(one, other)


def test_roles_are_shares_each_by_itself_and_depend_on_act_and_grammar() -> None:
    reader = load_reader()
    states = np.random.default_rng(7).normal(size=(4, 384)).astype(np.float32)
    words = reader.heads.projected("event", states)
    convention = reader.conventions.index("records")

    def roles(act: int, grammar: list[int]) -> np.ndarray:
        seen = Seen(*rows(4, np.array([grammar])), np.array([0, 4, 5, 6]), np.array([act]), np.arange(4))
        found: np.ndarray = reader.heads.roles(words, [states[0]], seen, convention)[0]
        return found

    one = roles(1, [0, 0, 0, 0])
    assert one.shape == (4, len(reader.labels["roles"]))
    assert ((one >= 0) & (one <= 1)).all()
    assert not np.allclose(one.sum(axis=1), 1.0)
    assert not np.allclose(one, roles(16, [0, 0, 0, 0]))
    assert not np.allclose(one[1], roles(1, [0, 1, 0, 0])[1])


def test_acts_of_a_window_are_judged_as_each_alone_and_only_at_the_words_asked_about() -> None:
    reader = load_reader()
    states = np.random.default_rng(11).normal(size=(30, 384)).astype(np.float32)
    words, size = reader.heads.projected("event", states), CHUNK + 2
    grammar = np.random.default_rng(12).integers(0, len(GRAMMAR), (size, 30))
    kinds, acts, asked = np.arange(30) % len(KINDS), np.arange(size), np.arange(0, 30, 3)
    far, how, _ = rows(30, grammar)
    together = reader.heads.roles(words, list(states[:size]), Seen(far, how, grammar, kinds, acts, asked), 0)
    for n in range(size):
        part = slice(n, n + 1)
        seen = Seen(far[part], how[part], grammar[part], kinds, acts[part], np.arange(30))
        alone = reader.heads.roles(words, [states[n]], seen, 0)[0]
        assert np.allclose(together[n, asked], alone[asked], atol=1e-6)
        assert not together[n, np.setdiff1d(np.arange(30), asked)].any()


def test_nothing_asked_about_has_no_share() -> None:
    reader = load_reader()
    states = np.ones((3, 384), dtype=np.float32)
    seen = Seen(*rows(3, np.zeros((1, 3), dtype=int)), np.zeros(3, dtype=int), np.array([1]), np.array([], dtype=int))
    assert not reader.heads.roles(reader.heads.projected("event", states), [states[0]], seen, 0).any()


def test_a_share_of_nothing_known_is_a_half() -> None:
    assert sigmoid(np.zeros(3, dtype=np.float32)).tolist() == [0.5, 0.5, 0.5]
