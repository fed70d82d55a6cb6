"""Stretches that fit the encoder, and how words stand to one another."""

from __future__ import annotations

from dateline.learned.windows import (
    DISTANCES,
    LONGEST,
    RELATIONS,
    Tree,
    cut,
    distance,
    distances,
    head_of,
    relation_to,
    shape_of,
    stretches,
)
from dateline.learned.wordpiece import Vocabulary

VOCABULARY = Vocabulary(["[UNK]", "[CLS]", "[SEP]", "word"])
# "The mayor said that ships left ." with "said" as its root
TREE = Tree(
    ["The", "mayor", "said", "that", "ships", "left", "."],
    [1, 2, -1, 5, 5, 2, 2],
    ["det", "nsubj", "root", "mark", "nsubj", "ccomp", "punct"],
    [(0, 7)],
    [0] * 7,
)


def tree_of(lengths: list[int]) -> Tree:
    sentences, at = [], 0
    for length in lengths:
        sentences.append((at, at + length))
        at += length
    return Tree(["word"] * at, [-1] * at, ["root"] * at, sentences, [0] * at)


def test_windows_hold_every_word_once_in_order() -> None:
    for lengths in ([5], [70, 70, 70], [400], [1, 158, 1, 159, 500, 3], []):
        tree = tree_of(lengths)
        windows = cut(tree.words, tree.sentences, VOCABULARY)
        assert [k for w in windows for k in range(w.first, w.last)] == list(range(len(tree.words)))
        for window in windows:
            assert len(window.pieces) <= LONGEST + 1
            assert len(window.shapes) == len(window.pieces)
            assert len(window.places) == window.last - window.first
            assert all(window.pieces[place] == 3 for place in window.places)


def test_sentences_stay_whole_where_they_fit() -> None:
    tree = tree_of([70, 70, 70])
    windows = cut(tree.words, tree.sentences, VOCABULARY)
    assert [(w.first, w.last) for w in windows] == [(0, 140), (140, 210)]


def test_distances_grow_in_steps_and_know_their_side() -> None:
    assert distance(0) == 0
    assert distance(3) != distance(-3)
    assert distance(1000) == distance(64) == len(DISTANCES)
    assert distances(5, 0, 12).tolist() == [distance(k - 5) for k in range(12)]
    assert distances(500, 0, 3).tolist() == [distance(-500)] * 3
    assert len({distance(k) for k in range(-100, 100)}) == 2 * len(DISTANCES) + 1


def test_words_are_told_apart_by_the_branch_on_which_they_hang() -> None:
    found = [RELATIONS[k] for k in relation_to(TREE, 2, 0, 7)]
    assert found == ["nsubj", "nsubj", "self", "ccomp", "ccomp", "ccomp", "punct"]
    found = [RELATIONS[k] for k in relation_to(TREE, 5, 0, 7)]
    assert found == ["sister:nsubj", "sister:nsubj", "above:ccomp", "mark", "nsubj", "self", "sister"]


def test_the_head_of_a_group_hangs_outside_it() -> None:
    assert head_of(TREE, [0, 1]) == 1
    assert head_of(TREE, [3, 4, 5]) == 5


def test_another_sentence_is_elsewhere_and_a_broken_tree_ends() -> None:
    tree = Tree(["a", "b", "c"], [1, 0, -1], ["dep", "dep", "root"], [(0, 2), (2, 3)], [0, 0, 0])
    assert RELATIONS[relation_to(tree, 0, 0, 3)[2]] == "other sentence"


def test_a_sentence_of_its_own_may_fill_a_longer_window() -> None:
    tree = tree_of([70, 250, 70])
    found = cut(tree.words, tree.sentences, VOCABULARY)
    assert [(w.first, w.last) for w in found] == [(0, 70), (70, 320), (320, 390)]


def test_stretches_end_behind_a_stop_with_its_marks_and_at_blocks() -> None:
    words = ["The", "ship", "left", ".", "”", "He", "said", "so", ",", "ok", "?", "yes", ".", "News", "Next", "block"]
    found = [" ".join(words[a:b]) for a, b in stretches(words, {words.index("Next")})]
    assert found == ["The ship left . ”", "He said so , ok ? yes .", "News", "Next block"]


def test_shapes_tell_how_a_word_is_written() -> None:
    assert [shape_of(word) for word in ("ship", "2024", "Ship", "NATO", "iPhone", "A", "McCain")] == [
        0,
        0,
        1,
        2,
        3,
        1,
        3,
    ]


def test_a_straight_mark_behind_a_stop_opens_or_closes_by_those_before() -> None:
    words = ["He", "left", ".", '"', "We", "saw", ".", '"', "It", "went", "."]
    assert [" ".join(words[a:b]) for a, b in stretches(words, ())] == ["He left .", '" We saw . "', "It went ."]
