"""The parser that ships: one encoder, read once for all stages, under heads for tags, sentence starts, trees, names."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from dateline.learned.heads import LEAST, Bonds, Matrix
from dateline.learned.reader import Encoded, LearnedReader, encode, load_reader
from dateline.learned.windows import stretches
from dateline.stages.syntax.departures import depart, tag_of
from dateline.stages.syntax.lemmas import lemma_of
from dateline.stages.syntax.parsing import Piece, Row
from dateline.stages.syntax.repairs import after_article, infinitives, repair, singular
from dateline.stages.syntax.tokens import abbreviations, tokens_of
from dateline.stages.syntax.trees import ONCE, heads_of, one_subject, single
from dateline.stages.syntax.universal import Arrays

WORD_TAGS = ("upos", "xpos", "feats")
"""What a word is: of the three only those together that the treebanks know (the label ``classes``)."""
_CLOSED = frozenset("\"”’'")
TO_INFINITIVE = [("PART", "TO", "_"), ("VERB", "VB", "VerbForm=Inf")]
"""The tags of "to" and of the verb behind it."""
NOUN = ("NOUN", "NN", "Number=Sing")
Place = tuple[int, int, int, str]
"""Where a word stands: start, end, number of the block, and its form."""
STARTS = 0.75
"""Share from which a word begins a sentence; never behind a comma, whatever the treebanks say of verbs of saying, or a
title."""
STARTS_AFTER_STOP = 0.1
"""The same where a full stop and a capital already say so."""


class Layout(NamedTuple):
    """The words of a report with their places, the stretches that sentences do not go beyond, and for some words the
    share from which they begin a sentence (:func:`least_shares`)."""

    places: list[Place]
    words: list[str]
    apart: list[tuple[int, int]]
    least: dict[int, float]


def laid_out(pieces: Sequence[Piece]) -> Layout:
    """The layout of a report's pieces."""
    places = [(p.start + a, p.start + b, p.block, p.text[a:b]) for p in pieces for a, b in tokens_of(p.text)]
    words = [place[3] for place in places]
    breaks = {k for k in range(1, len(places)) if places[k][2] != places[k - 1][2]}
    apart = stretches(words, breaks)
    return Layout(places, words, apart, least_shares(words, apart, breaks))


class Labels:
    """A reader's labels of grammar: the relations; the rows of tags that go together (``classes``), as they are and as
    numbers in each head (``allowed``); the numbers of the relations of each group of :data:`ONCE` (``once``)."""

    def __init__(self, labels: Mapping[str, list[str]]) -> None:
        self.rels = labels["rels"]
        number = [{tag: n for n, tag in enumerate(labels[name])} for name in WORD_TAGS]
        self.classes = [tuple(row.split(" ")) for row in labels["classes"]]
        self.allowed = np.array([[of[tag] for of, tag in zip(number, row, strict=True)] for row in self.classes])
        self.once = [[k for k, rel in enumerate(self.rels) if rel in group] for group in ONCE]


class LearnedParser:
    """The shared encoder's own heads. ``name`` tells the weights by the beginning of their hash."""

    def __init__(self) -> None:
        self.reader: LearnedReader = load_reader()
        self.name = f"reader {self.reader.about['sha256']['encoder.onnx'][:12]}"
        self._last = Encoded([], [], [])
        self._labels, self._names = Labels(self.reader.labels), Names(self.reader.labels["names"])
        self._classes = [(tag_of(upos, xpos), xpos, feats) for upos, xpos, feats in self._labels.classes]

    def taken(self) -> Encoded:
        """What the encoder gave for the report read last; given away once."""
        last, self._last = self._last, Encoded([], [], [])
        return last

    def read(self, pieces: Sequence[Piece]) -> list[Row]:
        """The rows of a report."""
        report = laid_out(pieces)
        self._last = encode(report.words, report.apart, self.reader)
        rows: list[Row] = []
        for window, states in zip(self._last.windows, self._last.grammar, strict=True):
            begins = begins_of(self.reader.heads.starts(states), window.first, report.least)
            rows += self._window(report.places[window.first : window.last], states, begins, window.first)
        return rows

    def _window(self, places: list[Place], states: Matrix, begins: list[int], base: int) -> Iterator[Row]:
        heads = self.reader.heads
        classes = [self._classes[k] for k in heads.together(states, WORD_TAGS, self._labels.allowed)]
        words = [p[3] for p in places]
        for k in infinitives(words, classes):
            classes[k - 1 : k + 1] = TO_INFINITIVE
        for k in (*after_article(words, classes), *singular(words, classes)):
            classes[k] = NOUN
        names = self._names.read(heads.tags(states, "names"), set(begins))
        bonds = heads.bonds(states)
        for first, last in zip(begins, [*begins[1:], len(places)], strict=True):
            arrays = self._sentence(words[first:last], bonds, first, classes[first:last])
            for k, (start, end, block, form) in enumerate(places[first:last]):
                above, (upos, xpos, feats) = arrays.head[k], classes[first + k]
                yield Row(
                    start, end, form, arrays.lemma[k], upos, xpos, _feats(feats),
                    -1 if above == k else base + first + above, arrays.rel[k], names[first + k], k == 0, block,
                )  # fmt: skip

    def _sentence(self, words: list[str], bonds: Bonds, first: int, classes: list[tuple[str, ...]]) -> Arrays:
        """The tree of a sentence in the records' scheme, heads as indices in it, a root its own."""
        last = first + len(words)
        names, heads = self._labels.rels, heads_of(bonds.arcs(first, last))
        scores = bonds.relations(first, last, heads)
        if one_subject(heads, [names[k] for k in scores.argmax(axis=1)]):
            scores = bonds.relations(first, last, heads)
        rels = [names[k] for k in single(scores, heads, self._labels.once)]
        upos, xpos = [row[0] for row in classes], [row[1] for row in classes]
        arrays = Arrays(
            [k if h == 0 else h - 1 for k, h in enumerate(heads)],
            ["ROOT" if h == 0 else "dep" if rel == "root" else rel for h, rel in zip(heads, rels, strict=True)],
            upos,
            [lemma_of(*word) for word in zip(words, upos, xpos, strict=True)],
            [word.lower() for word in words],
        )
        repair(arrays)
        depart(arrays)
        return arrays


def begins_of(shares: Matrix, first: int, least: Mapping[int, float]) -> list[int]:
    """The words of a window (counted in it; ``first`` its place in the report) that begin a sentence."""
    return [k for k, share in enumerate(shares) if not k or share >= least.get(first + k, STARTS)]


def least_shares(words: Sequence[str], apart: Iterable[tuple[int, int]], breaks: Iterable[int]) -> dict[int, float]:
    """For words the share from which they begin a sentence where it is not ``STARTS``: those that a full stop and a
    capital set apart and those that begin a block need less; those behind a comma or semicolon, with the quotation mark
    that may close there, or behind a title begin none."""
    found, short = dict[int, float](), abbreviations()
    for k in range(1, len(words)):
        last = words[k - 2] if words[k - 1] in _CLOSED and k > 1 else words[k - 1]
        if last in {",", ";"} or short.get(words[k - 1]) == "title":
            found[k] = 2.0
    return found | {first: STARTS_AFTER_STOP for first, _ in apart} | dict.fromkeys(breaks, 0.0)


def _feats(feats: str) -> str:
    return "" if feats == "_" else feats


class Names:
    """The tags of names (``B-PERSON``, ``I-PERSON``, none outside): shares in, one kind a name out."""

    def __init__(self, tags: Sequence[str]) -> None:
        self._kinds = sorted({tag[2:] for tag in tags if tag})
        at = {tag: k for k, tag in enumerate(tags)}
        self._outside = at[""]
        self._first, self._inner = ([at[f"{side}-{kind}"] for kind in self._kinds] for side in "BI")

    def read(self, shares: Matrix, begins: Container[int]) -> list[str]:
        """For each word its tag. A word is of a name where the shares of all kinds together say so, and of that of the
        word before unless it rather begins one or a sentence; then all words of a name say together what kind it is."""
        first, inner = shares[:, self._first], shares[:, self._inner]
        new, on, kinds = first.sum(axis=1), inner.sum(axis=1), np.log(first + inner + LEAST)
        inside = new + on > shares[:, self._outside]
        found = [""] * len(shares)
        start = 0
        for k in range(len(shares)):
            if not inside[k]:
                continue
            if k == 0 or not inside[k - 1] or new[k] > on[k] or k in begins:
                start = k
            if k + 1 == len(shares) or not inside[k + 1] or new[k + 1] > on[k + 1] or k + 1 in begins:
                kind = self._kinds[int(kinds[start : k + 1].sum(axis=0).argmax())]
                found[start : k + 1] = [f"B-{kind}", *[f"I-{kind}"] * (k - start)]
        return found
