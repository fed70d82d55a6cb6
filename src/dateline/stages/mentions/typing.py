"""Gives each name of a report one type: chunks and their evidence in, a type a chunk out (None: not a name).

One name has one sense in one report, so the evidence of all its occurrences is added up. Long names are judged first;
a single word that is part of one ("Bos" after "Nick Bos") inherits as evidence what the long one was found to be.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Sequence
from math import sqrt

from dateline.knowledge.files import path, rows
from dateline.stages.mentions.chunks import Chunk
from dateline.stages.mentions.evidence import Evidence

CLASSES = ("PER", "ORG", "LOC", "NORP", "MISC", "NONE")
_MOST = 1.5
"""What all occurrences of a name weigh at most together, one occurrence being 1."""
_KNOWN = 2.0
"""What the tables of actors weigh beside one occurrence."""
Weights = dict[str, tuple[float, ...]]
Pieces = dict[str, float]


@functools.cache
def load_weights() -> Weights:
    """What each piece of evidence adds to each class."""
    table = rows(path("lexicons", "name_evidence.csv"), ("evidence", *CLASSES))
    return {row["evidence"]: tuple(float(row[c]) for c in CLASSES) for row in table}


class Names:
    """The names of one report by their words: ``groups`` maps a name to its chunks, in text order."""

    def __init__(self, evidence: Evidence, chunks: Sequence[Chunk]) -> None:
        self.evidence = evidence
        self.groups: dict[tuple[str, ...], list[Chunk]] = {}
        for chunk in chunks:
            self.groups.setdefault(self.key(chunk), []).append(chunk)

    def key(self, chunk: Chunk) -> tuple[str, ...]:
        """The words of a chunk without their case: ``TASS`` and ``Tass`` are one name."""
        return tuple(t.form.casefold() for t in self.evidence.tokens[chunk.first : chunk.last])

    def judge(self, classify: Callable[[tuple[str, ...], Pieces], str]) -> dict[tuple[str, ...], str]:
        """A class for every name, the longest first."""
        judged: dict[tuple[str, ...], str] = {}
        parts: dict[str, set[str]] = {}
        for key in sorted(self.groups, key=len, reverse=True):
            pieces = self.pieces(key)
            if len(key) == 1:
                for piece in sorted(parts.get(key[0], ())):
                    pieces[piece] = 1.0
            judged[key] = found = classify(key, pieces)
            if len(key) > 1:
                _note_parts(parts, key, self.written(self.groups[key]), found)
        return judged

    def written(self, chunks: Sequence[Chunk]) -> tuple[str, ...]:
        """The words as first written with small letters, or as they stand where no occurrence has any."""
        forms = [tuple(t.form for t in self.evidence.tokens[c.first : c.last]) for c in chunks]
        return next((f for f in forms if not "".join(f).isupper()), forms[0])

    def pieces(self, key: tuple[str, ...]) -> Pieces:
        """The evidence for a name: of its words once, of its places damped by their number."""
        chunks = self.groups[key]
        written = self.written(chunks)
        pieces: Pieces = {p: _KNOWN if p.startswith("known=") else 1.0 for p in self.evidence.of_words(written)}
        share = min(sqrt(len(chunks)), _MOST) / len(chunks)
        for chunk in chunks:
            for piece in self.evidence.of_place(chunk):
                pieces[piece] = pieces.get(piece, 0.0) + share
        return pieces


def _note_parts(parts: dict[str, set[str]], key: tuple[str, ...], written: tuple[str, ...], found: str) -> None:
    """The words of a long name, and its initials, as evidence for the short names of the report."""
    parts.setdefault(key[-1], set()).add(f"ends={found}")
    parts.setdefault(key[0], set()).add(f"begins={found}")
    initials = "".join(word[0] for word in written if word[0].isupper())
    if len(initials) > 1:
        parts.setdefault(initials.casefold(), set()).add(f"initials={found}")


def best_class(weights: Weights, pieces: Iterable[tuple[str, float]]) -> tuple[str, float]:
    """The class with the highest sum, and its lead over the second."""
    per = org = loc = norp = misc = none = 0.0
    for piece, amount in pieces:
        row = weights.get(piece)
        if row is not None:  # written out: the inner loop of the stage, twice as fast as a list
            per += amount * row[0]
            org += amount * row[1]
            loc += amount * row[2]
            norp += amount * row[3]
            misc += amount * row[4]
            none += amount * row[5]
    total = (per, org, loc, norp, misc, none)
    order = sorted(range(len(CLASSES)), key=total.__getitem__, reverse=True)
    return CLASSES[order[0]], total[order[0]] - total[order[1]]
