"""Tokens, sentences and Universal Dependencies: an article's blocks in, ``tokens`` and ``sentences`` out."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from typing import Any

from dateline.learned.reader import keep
from dateline.model import Article, Block, Record, Sentence, Span, Token
from dateline.stages.syntax.learned_parser import LearnedParser
from dateline.stages.syntax.parsing import Parser, Piece, Row
from dateline.stages.syntax.sentences import bounded

_SPACES = re.compile(r"[\s\u00a0\u1680\u2000-\u200b\u202f\u205f\u2060\u3000\ufeff]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u061c\u200c-\u200f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\ufffd]")


OWN = "dateline"
"""The name of the parser that ships; any other names a spaCy pipeline."""


class Syntax:
    """Fill ``tokens`` and ``sentences``. The parser is loaded when the first text comes."""

    name = "syntax"
    needs: frozenset[str] = frozenset()
    gives = frozenset({"tokens", "sentences"})

    def __init__(self, model: str, max_paragraph: int = 20_000) -> None:
        self.model, self.max_paragraph = model, max_paragraph
        if model != OWN:
            self.many = self._many

    @property
    def made_by(self) -> str:
        """Name and version of the parser."""
        return load_parser(self.model).name

    def __call__(self, record: Record) -> dict[str, tuple[Any, ...]]:
        return self.read(record.article)

    def _many(self, articles: Iterable[Article]) -> Iterator[dict[str, tuple[Any, ...]]]:
        """The layers of each article in order; paragraphs of several articles are parsed together."""
        from dateline.stages.syntax.spacy_parser import load_spacy

        pieces = [list(pieces_of(article, self.max_paragraph)) for article in articles]
        return map(_assembled, load_spacy(self.model).read_many(pieces))

    def read(self, article: Article) -> dict[str, tuple[Any, ...]]:
        """The layers of an article."""
        parser = load_parser(self.model)
        layers = _assembled(parser.read(list(pieces_of(article, self.max_paragraph))))
        if isinstance(parser, LearnedParser):
            keep(layers["tokens"], parser.taken())
        return layers


@functools.cache
def load_parser(model: str) -> Parser:
    """The parser of a name, loaded once a process. Raises :class:`ModelError` with what to do."""
    if model == OWN:
        return LearnedParser()
    from dateline.stages.syntax.spacy_parser import load_spacy

    return load_spacy(model)


def prepared(text: str) -> str:
    """The text as the parser sees it, of the same length: every space plain, control and bidi marks blank."""
    return _CONTROLS.sub(" ", _SPACES.sub(" ", text))


def pieces_of(article: Article, longest: int) -> Iterator[Piece]:
    """Every stretch to parse, its text prepared; long paragraphs are cut at a space."""
    blocks = article.blocks or (Block(Span(0, len(article.text))),)
    for number, block in enumerate(blocks):
        start, end = block.span.start, block.span.end
        while end - start > longest:
            cut = _cut(article.text, start, start + longest)
            yield Piece(start, number, prepared(article.text[start:cut]))
            start = cut
        if start < end:
            yield Piece(start, number, prepared(article.text[start:end]))


def _cut(text: str, start: int, end: int) -> int:
    """Where to end a piece: after the last sentence end in its second half, else the last space, else ``end``."""
    half = (start + end) // 2
    best = end
    for sign in (". ", " ", "\n"):
        at = text.rfind(sign, half, end)
        if at > 0:
            best = at + len(sign)
            break
    return best


def _assembled(read: list[Row]) -> dict[str, tuple[Any, ...]]:
    rows = bounded(read)
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    first = 0
    for k, row in enumerate(rows):
        if row.starts and k > first:
            sentences.append(Sentence(first, k, rows[first].block))
            first = k
        tokens.append(
            Token(
                row.start,
                row.end,
                row.form,
                row.lemma,
                row.upos,
                row.xpos,
                row.feats,
                row.head,
                row.deprel,
                len(sentences),
                row.entity,
            )
        )
    if rows:
        sentences.append(Sentence(first, len(rows), rows[first].block))
    return {"tokens": tuple(tokens), "sentences": tuple(sentences)}
