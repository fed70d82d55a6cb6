"""What every parser of the syntax stage takes and gives: pieces of a report's text in, rows of tokens out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol


class Piece(NamedTuple):
    """A stretch of text to parse: its offset in the report, the number of its block, and the text."""

    start: int
    block: int
    text: str


class Row(NamedTuple):
    """One token of a parsed report: offsets in the report, head as an index of rows (-1 for a root); ``starts`` marks a
    sentence's first."""

    start: int
    end: int
    form: str
    lemma: str
    upos: str
    xpos: str
    feats: str
    head: int
    deprel: str
    entity: str
    starts: bool
    block: int


class Parser(Protocol):
    """A parser that speaks Universal Dependencies. ``name`` goes into every record."""

    name: str

    def read(self, pieces: Sequence[Piece]) -> list[Row]: ...
