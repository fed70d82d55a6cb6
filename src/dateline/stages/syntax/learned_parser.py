"""The parser that ships: one encoder, read once for all stages, under heads for tags, sentence starts, trees, names."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from dateline.learned.heads import LEAST, Bonds, Matrix
from dateline.learned.reader import Encoded, LearnedReader, encode, load_reader
from dateline.learned.windows import stretches
from dateline.stages.syntax.departures import depart, tag_of
from dateline.stages.syntax.lemmas import lemma_of
from dateline.stages.syntax.parsing import Piece, Row
from dateline.stages.syntax.tokens import abbreviations, tokens_of
from dateline.stages.syntax.trees import heads_of
from dateline.stages.syntax.universal import Arrays

WORD_TAGS = ("upos", "xpos", "feats")
"""What a word is: of the three only those together that the treebanks know (the label ``classes``)."""
_CLOSED = frozenset("\"”’'")
_NOUNS = frozenset({"NOUN", "PROPN"})
_CLAUSES = frozenset({"advcl", "advcl:relcl"})
_MARKERS = frozenset({"case", "mark"})
ONCE = (frozenset({"nsubj", "nsubj:pass", "csubj", "csubj:pass"}), frozenset({"obj"}))
"""Relations of which a word has one below it at most, as Universal Dependencies are checked for."""
Place = tuple[int, int, int, str]
"""Where a word stands: start, end, number of the block, and its form."""
STARTS = 0.75
"""Share from which a word begins a sentence; never behind a comma, whatever the treebanks say of verbs of saying, or a
title."""
STARTS_AFTER_STOP = 0.1
"""The same where a full stop and a capital already say so."""


class LearnedParser:
    """The shared encoder's own heads. ``name`` tells the weights by the beginning of their hash."""

    def __init__(self) -> None:
        self.reader: LearnedReader = load_reader()
        self.name = f"reader {self.reader.about['sha256']['encoder.onnx'][:12]}"
        self._last = Encoded([], [], [])
        labels = self.reader.labels
        self._once = [[k for k, rel in enumerate(labels["rels"]) if rel in group] for group in ONCE]
        self._names = Names(labels["names"])
        number = [{tag: n for n, tag in enumerate(labels[name])} for name in WORD_TAGS]
        classes = [row.split(" ") for row in labels["classes"]]
        self._allowed = np.array([[of[tag] for of, tag in zip(number, row, strict=True)] for row in classes])
        self._classes = [(tag_of(upos, xpos), xpos, feats) for upos, xpos, feats in classes]

    def taken(self) -> Encoded:
        """What the encoder gave for the report read last; given away once."""
        last, self._last = self._last, Encoded([], [], [])
        return last

    def read(self, pieces: Sequence[Piece]) -> list[Row]:
        """The rows of a report."""
        places = [(p.start + a, p.start + b, p.block, p.text[a:b]) for p in pieces for a, b in tokens_of(p.text)]
        words = [place[3] for place in places]
        breaks = {k for k in range(1, len(places)) if places[k][2] != places[k - 1][2]}
        apart = stretches(words, breaks)
        self._last = encode(words, apart, self.reader)
        least = _within(words) | {first: STARTS_AFTER_STOP for first, _ in apart} | dict.fromkeys(breaks, 0.0)
        rows: list[Row] = []
        for window, states in zip(self._last.windows, self._last.grammar, strict=True):
            shares = self.reader.heads.starts(states)
            begins = [k for k, share in enumerate(shares) if not k or share >= least.get(window.first + k, STARTS)]
            rows += self._window(places[window.first : window.last], states, begins, window.first)
        return rows

    def _window(self, places: list[Place], states: Matrix, begins: list[int], base: int) -> Iterator[Row]:
        heads = self.reader.heads
        classes = [self._classes[k] for k in heads.together(states, WORD_TAGS, self._allowed)]
        names = self._names.read(heads.tags(states, "names"), set(begins))
        bonds = heads.bonds(states)
        for first, last in zip(begins, [*begins[1:], len(places)], strict=True):
            arrays = self._sentence([p[3] for p in places[first:last]], bonds, first, classes[first:last])
            for k, (start, end, block, form) in enumerate(places[first:last]):
                above, (upos, xpos, feats) = arrays.head[k], classes[first + k]
                yield Row(
                    start, end, form, arrays.lemma[k], upos, xpos, _feats(feats),
                    -1 if above == k else base + first + above, arrays.rel[k], names[first + k], k == 0, block,
                )  # fmt: skip

    def _sentence(self, words: list[str], bonds: Bonds, first: int, classes: list[tuple[str, ...]]) -> Arrays:
        """The tree of a sentence in the records' scheme, heads as indices in it, a root its own."""
        last = first + len(words)
        heads = heads_of(bonds.arcs(first, last))
        rels = [self.reader.labels["rels"][k] for k in single(bonds.relations(first, last, heads), heads, self._once)]
        upos, xpos = [row[0] for row in classes], [row[1] for row in classes]
        arrays = Arrays(
            [k if h == 0 else h - 1 for k, h in enumerate(heads)],
            ["ROOT" if h == 0 else "dep" if rel == "root" else rel for h, rel in zip(heads, rels, strict=True)],
            upos,
            [lemma_of(*word) for word in zip(words, upos, xpos, strict=True)],
            [word.lower() for word in words],
        )
        with_case(arrays)
        active(arrays)
        where_it_stands(arrays)
        depart(arrays)
        return arrays


def single(scores: Matrix, heads: Sequence[int], groups: Sequence[Sequence[int]]) -> NDArray[np.int_]:
    """For each word of a sentence the number of its relation by their ``scores`` (words, relations). Of the words under
    one head only the one that would lose most by another keeps a relation of a group; the others take their next."""
    found = scores.argmax(axis=1)
    for group in groups:
        other = scores.copy()
        other[:, group] = -np.inf
        margin, second = scores.max(axis=1) - other.max(axis=1), other.argmax(axis=1)
        kept: dict[int, int] = {}
        for k in (int(k) for k in np.flatnonzero(np.isin(found, group))):
            best = kept.setdefault(heads[k], k)
            if best != k:
                loser = best if margin[k] > margin[best] else k
                kept[heads[k]], found[loser] = (k if loser == best else best), second[loser]
    return np.asarray(found)


def with_case(arrays: Arrays) -> None:
    """An oblique has a preposition: a noun without one is an object, or where there is one already, a bare oblique; and
    what has one is no predicate of what stands above ("put him on trial")."""
    for k, rel in enumerate(arrays.rel):
        if rel not in {"xcomp", "obl"} or arrays.upos[k] not in _NOUNS:
            continue
        below = {arrays.rel[n] for n in arrays.children[k]}
        if rel == "xcomp" and "case" in below:
            arrays.rel[k] = "obl"
        elif rel == "obl" and not below & _MARKERS:
            taken = any(arrays.rel[n] == "obj" for n in arrays.children[arrays.head[k]])
            arrays.rel[k] = "obl:unmarked" if taken else "obj"


def active(arrays: Arrays) -> None:
    """A verb behind ``had`` alone is no passive: its subject acts."""
    for k, rel in enumerate(arrays.rel):
        if rel == "nsubj:pass":
            helpers = [n for n in arrays.children[arrays.head[k]] if arrays.rel[n].startswith("aux")]
            if helpers and all(arrays.rel[n] == "aux" and arrays.lemma[n] == "have" for n in helpers):
                arrays.rel[k] = "nsubj"


def where_it_stands(arrays: Arrays) -> None:
    """A clause with ``where`` behind a noun tells of that noun, not of the verb above ("from Bergen, where he ...")."""
    for k, rel in enumerate(arrays.rel):
        where = next((n for n in arrays.children[k] if arrays.word[n] == "where"), None) if rel in _CLAUSES else None
        if where is None or where > k:
            continue
        before = where - 2 if arrays.word[where - 1] == "," else where - 1
        if before > arrays.head[k] and arrays.upos[before] in _NOUNS and not arrays.below(before, k):
            arrays.move(k, before, "acl:relcl")


def _within(words: list[str]) -> dict[int, float]:
    """The words behind a comma or semicolon, with the quotation mark that may close there, or behind a title, and a
    share out of reach: they begin no sentence."""
    found, short = {}, abbreviations()
    for k in range(1, len(words)):
        last = words[k - 2] if words[k - 1] in _CLOSED and k > 1 else words[k - 1]
        if last in {",", ";"} or short.get(words[k - 1]) == "title":
            found[k] = 2.0
    return found


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
