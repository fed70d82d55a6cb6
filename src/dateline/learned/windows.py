"""A parsed report in, stretches of sentences that fit the encoder out; and how one word stands to another."""

from __future__ import annotations

import functools
from bisect import bisect_right
from collections.abc import Container, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dateline.learned.wordpiece import Vocabulary

LENGTH = 160
"""Word pieces of a window. Longer ones cost more than they tell: most sources stand within two sentences."""
LONGEST = 400
"""Word pieces of a window that one sentence fills alone."""
MOST = 40
"""Word pieces of a word; those behind are not read."""
RELATIONS = (
    "self", "nsubj", "nsubj:pass", "obj", "iobj", "ccomp", "xcomp", "advcl", "obl", "agent", "acl", "nmod", "amod",
    "appos", "conj", "aux", "parataxis", "mark", "punct", "below",
    "above", "above:nsubj", "above:ccomp", "above:acl", "above:advcl", "above:parataxis", "above:conj", "above:obj",
    "sister", "sister:nsubj", "elsewhere", "other sentence",
)  # fmt: skip
"""How a word stands to an anchor in the tree: through which child of the anchor it hangs, or how it stands above."""
_RELATION = {name: number for number, name in enumerate(RELATIONS)}
SHAPES = ("lower", "first capital", "capitals", "mixed")
"""How a word is written, which the word pieces do not tell."""
KINDS = (
    "none", "other", "time", "place",
    *(f"{what}.{kind}" for what in ("PER", "ORG", "GPE", "LOC", "FAC", "NORP", "VEH", "WEA")
      for kind in ("NAM", "NOM", "PRO")),
)  # fmt: skip
"""What may stand at a word: a time, a place that is no mention, the head of a mention by its type and kind."""
STANDINGS = (
    "none", "happened", "ongoing", "planned", "possible", "suspected", "denied", "hypothetical", "unknown",
)  # fmt: skip
"""How the rules of certainty hold the act of a word; "none" where it tells none."""
GRAMMAR = ("none", "agent", "object", "carrier's agent", "carrier's object")
"""What a word is to an act by the grammar, beyond what the tree ties together."""
DISTANCES = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64)


class Tree(NamedTuple):
    """What the windows need of a parsed report, a list a column, an entry a word."""

    words: Sequence[str]
    heads: Sequence[int]
    rels: Sequence[str]
    sentences: Sequence[tuple[int, int]]
    quoted: Sequence[int]


class Window(NamedTuple):
    """Words ``first`` to ``last`` (exclusive); ``pieces`` with their two end marks; ``places`` of each word's first
    piece among them; ``shapes`` of the pieces' words (:data:`SHAPES`)."""

    first: int
    last: int
    pieces: list[int]
    places: list[int]
    shapes: list[int]


@functools.lru_cache(maxsize=10_000)
def shape_of(word: str) -> int:
    """How a word is written (:data:`SHAPES`)."""
    if word.islower() or not any(letter.isupper() for letter in word):
        return 0
    if word.isupper() and len(word) > 1:
        return 2
    return 1 if word[0].isupper() and word[1:] == word[1:].lower() else 3


def cut(words: Sequence[str], stretches: Sequence[tuple[int, int]], vocabulary: Vocabulary) -> list[Window]:
    """Whole stretches (sentences, as far as one can tell) together as long as they fit; one that alone is longer than
    :data:`LONGEST` is cut."""
    found: list[Window] = []
    first, pieces, places, shapes = 0, [vocabulary.first], list[int](), [0]

    def close(last: int) -> None:
        nonlocal first, pieces, places, shapes
        if places:
            found.append(Window(first, last, [*pieces, vocabulary.last], places, [*shapes, 0]))
        first, pieces, places, shapes = last, [vocabulary.first], [], [0]

    for start, end in stretches:
        cut_up = [vocabulary.pieces(word) for word in words[start:end]]
        if len(pieces) + sum(map(len, cut_up)) >= LENGTH:
            close(start)
        for k, parts in enumerate(cut_up, start):
            if len(pieces) + len(parts) >= LONGEST:
                close(k)
            places.append(len(pieces))
            pieces.extend(parts[:MOST])
            shapes.extend([shape_of(words[k])] * len(parts[:MOST]))
    close(len(words))
    return found


_ENDS = frozenset(".!?…")
_CLOSERS = frozenset("\"'”’»)]")


def stretches(words: Sequence[str], breaks: Container[int]) -> list[tuple[int, int]]:
    """(first, last) of stretches that a sentence does not go beyond: ``breaks`` are the words that begin a block; in it
    a stretch ends behind a full stop or the like, with the marks that close, before a word that is not in small
    letters. A straight quotation mark closes where one was opened in the block."""
    found, first, ended, quoted = [], 0, False, False
    for k, word in enumerate(words):
        closes = word in _CLOSERS and (quoted or word != '"')
        if k > first and (k in breaks or (ended and not closes and not word[:1].islower())):
            found.append((first, k))
            first, ended = k, False
        quoted = (quoted and k not in breaks) != (word == '"')
        ended = (word[-1] in _ENDS and word.strip(word[-1]) == "") or (ended and closes)
    if first < len(words):
        found.append((first, len(words)))
    return found


def head_of(tree: Tree, group: Sequence[int]) -> int:
    """The word of a group that hangs on a word outside it."""
    inside = set(group)
    return next((k for k in group if tree.heads[k] not in inside), group[0])


def distance(words: int) -> int:
    """The number of a signed distance in words: 0 for the same word, then growing steps, before and behind apart."""
    size = abs(words)
    step = sum(size >= bound for bound in DISTANCES)
    return step if words >= 0 else len(DISTANCES) + step


_FAR = DISTANCES[-1]
_REACH = 2 * LENGTH
_STEPS = np.array([distance(k) for k in range(-_REACH, _REACH + 1)])


def distances(anchor: int, first: int, last: int) -> NDArray[np.int_]:
    """The numbers of the distances from an anchor to the words ``first`` to ``last`` (exclusive)."""
    if first - anchor >= -_REACH and last - anchor <= _REACH:
        return _STEPS[first - anchor + _REACH : last - anchor + _REACH]
    return np.asarray(_STEPS[np.clip(np.arange(first - anchor, last - anchor), -_FAR, _FAR) + _REACH])


def relation_to(tree: Tree, anchor: int, first: int, last: int) -> list[int]:
    """For each word of a window the number of its relation (:data:`RELATIONS`) to the anchor word."""
    found = [_RELATION["other sentence"]] * (last - first)
    start, end = _sentence_of(tree, anchor)
    near = range(max(start, first), min(end, last))
    if near:
        ups = _ups(tree, anchor)
        found[near.start - first : near.stop - first] = [_relation(tree, anchor, k, ups) for k in near]
    return found


def _sentence_of(tree: Tree, word: int) -> tuple[int, int]:
    """First and last (exclusive) word of the sentence around a word."""
    number = bisect_right(tree.sentences, (word, len(tree.words))) - 1
    if number >= 0 and word < tree.sentences[number][1]:
        return tree.sentences[number]
    return word, word + 1


def _ups(tree: Tree, word: int) -> dict[int, int]:
    """The words above, each with the child through which it was reached."""
    found, below = dict[int, int](), word
    while (above := tree.heads[below]) >= 0 and above not in found and above != word:
        found[above] = below
        below = above
    return found


def _relation(tree: Tree, anchor: int, word: int, ups: dict[int, int]) -> int:
    if word == anchor:
        return _RELATION["self"]
    if word in ups:
        return _above(tree.rels[ups[word]])
    heads = tree.heads
    below, above, seen = word, heads[word], 0
    while above >= 0 and seen < 60:
        if above == anchor:
            return _child(tree.rels[below])
        if above in ups:
            return _sister(tree.rels[below], below == word)
        below, above, seen = above, heads[above], seen + 1
    return _RELATION["elsewhere"]


@functools.lru_cache(maxsize=2000)
def _above(rel: str) -> int:
    """The number of a word above the anchor, which is reached through a child in this relation."""
    return _RELATION.get("above:" + rel.split(":", maxsplit=1)[0], _RELATION["above"])


@functools.lru_cache(maxsize=2000)
def _sister(rel: str, itself: bool) -> int:
    """The number of a word beside the anchor, or (not ``itself``) of one below such a word, in this relation."""
    return _RELATION.get("sister:" + rel.split(":", maxsplit=1)[0], _RELATION["sister" if itself else "elsewhere"])


@functools.lru_cache(maxsize=2000)
def _child(rel: str) -> int:
    """The number of a word that hangs on the anchor through a child in this relation."""
    if rel in {"nsubj:pass", "nsubj"}:
        return _RELATION[rel]
    if rel in {"obl:agent", "obl:by"}:
        return _RELATION["agent"]
    return _RELATION.get(rel.split(":", maxsplit=1)[0], _RELATION["below"])
