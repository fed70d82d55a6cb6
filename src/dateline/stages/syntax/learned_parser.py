"""The parser that ships: one encoder, read once for all stages, under heads for tags, sentence starts, trees, names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from dateline.learned.heads import Matrix
from dateline.learned.reader import Encoded, LearnedReader, encode, load_reader
from dateline.learned.windows import stretches
from dateline.stages.syntax.departures import depart
from dateline.stages.syntax.lemmas import lemma_of
from dateline.stages.syntax.parsing import Piece, Row
from dateline.stages.syntax.tokens import tokens_of
from dateline.stages.syntax.trees import heads_of
from dateline.stages.syntax.universal import Arrays
from dateline.version import __version__

WORD_TAGS = ("upos", "xpos", "feats")
"""What a word is: of the three only those together that the treebanks know (the label ``classes``)."""
_CLOSED = frozenset("\"”’'")
_NOUNS = frozenset({"NOUN", "PROPN"})
_MARKERS = frozenset({"case", "mark"})
Place = tuple[int, int, int, str]
"""Where a word stands: start, end, number of the block, and its form."""
STARTS = 0.6
"""Share from which a word begins a sentence; never behind a comma, whatever the treebanks say of verbs of saying."""
STARTS_AFTER_STOP = 0.1
"""The same where a full stop and a capital already say so."""


class LearnedParser:
    """The shared encoder's own heads."""

    name = f"dateline {__version__}"

    def __init__(self) -> None:
        self.reader: LearnedReader = load_reader()
        self._last = Encoded([], [])
        labels = self.reader.labels
        number = [{tag: n for n, tag in enumerate(labels[name])} for name in WORD_TAGS]
        self._classes = [tuple(row.split(" ")) for row in labels["classes"]]
        self._allowed = np.array([[of[tag] for of, tag in zip(number, row, strict=True)] for row in self._classes])

    def taken(self) -> Encoded:
        """What the encoder gave for the report read last; given away once."""
        last, self._last = self._last, Encoded([], [])
        return last

    def read(self, pieces: Sequence[Piece]) -> list[Row]:
        """The rows of a report."""
        places = [(p.start + a, p.start + b, p.block, p.text[a:b]) for p in pieces for a, b in tokens_of(p.text)]
        words = [place[3] for place in places]
        breaks = {k for k in range(1, len(places)) if places[k][2] != places[k - 1][2]}
        apart = stretches(words, breaks)
        self._last = encode(words, apart, self.reader)
        least = _commas(words) | {first: STARTS_AFTER_STOP for first, _ in apart} | dict.fromkeys(breaks, 0.0)
        rows: list[Row] = []
        for window, states in zip(*self._last, strict=True):
            shares = self.reader.heads.starts(states)
            begins = [k for k, share in enumerate(shares) if not k or share >= least.get(window.first + k, STARTS)]
            rows += self._window(places[window.first : window.last], states, begins, window.first)
        return rows

    def _window(self, places: list[Place], states: Matrix, begins: list[int], base: int) -> Iterator[Row]:
        heads, labels = self.reader.heads, self.reader.labels
        classes = [self._classes[k] for k in heads.together(states, WORD_TAGS, self._allowed)]
        names = _repaired([labels["names"][k] for k in heads.tags(states, "names")], set(begins))
        for first, last in zip(begins, [*begins[1:], len(places)], strict=True):
            arrays = self._sentence([p[3] for p in places[first:last]], states[first:last], classes[first:last])
            for k, (start, end, block, form) in enumerate(places[first:last]):
                above, (upos, xpos, feats) = arrays.head[k], classes[first + k]
                yield Row(
                    start, end, form, arrays.lemma[k], upos, xpos, _feats(feats),
                    -1 if above == k else base + first + above, arrays.rel[k], names[first + k], k == 0, block,
                )  # fmt: skip

    def _sentence(self, words: list[str], states: Matrix, classes: list[tuple[str, ...]]) -> Arrays:
        """The tree of a sentence in the records' scheme, heads as indices in it, a root its own."""
        heads = heads_of(self.reader.heads.arcs(states))
        rels = [self.reader.labels["rels"][k] for k in self.reader.heads.relations(states, heads)]
        upos, xpos = [row[0] for row in classes], [row[1] for row in classes]
        arrays = Arrays(
            [k if h == 0 else h - 1 for k, h in enumerate(heads)],
            ["ROOT" if h == 0 else "dep" if rel == "root" else rel for h, rel in zip(heads, rels, strict=True)],
            upos,
            [lemma_of(*word) for word in zip(words, upos, xpos, strict=True)],
            [word.lower() for word in words],
        )
        with_case(arrays)
        depart(arrays)
        return arrays


def with_case(arrays: Arrays) -> None:
    """An oblique has a preposition: a noun without one is an object, or where there is one already, a bare oblique."""
    for k, rel in enumerate(arrays.rel):
        if rel == "obl" and arrays.upos[k] in _NOUNS and not any(arrays.rel[n] in _MARKERS for n in arrays.children[k]):
            taken = any(arrays.rel[n] == "obj" for n in arrays.children[arrays.head[k]])
            arrays.rel[k] = "obl:unmarked" if taken else "obj"


def _commas(words: list[str]) -> dict[int, float]:
    """The words behind a comma or semicolon, with the quotation mark that may close there, and a share out of reach."""
    found = {}
    for k in range(1, len(words)):
        last = words[k - 2] if words[k - 1] in _CLOSED and k > 1 else words[k - 1]
        if last in {",", ";"}:
            found[k] = 2.0
    return found


def _feats(feats: str) -> str:
    return "" if feats == "_" else feats


def _repaired(names: list[str], begins: set[int]) -> list[str]:
    """Tags of names in which every inside follows a word of the same name in the same sentence."""
    found: list[str] = []
    for k, name in enumerate(names):
        inside = found[-1][2:] == name[2:] if found and k not in begins else False
        found.append(f"B-{name[2:]}" if name[:1] == "I" and not inside else name)
    return found
