"""Tokens, sentences and Universal Dependencies: an article's blocks in, ``tokens`` and ``sentences`` out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from dateline.model import Article, Block, Record, Sentence, Span, Token
from dateline.stages.syntax.sentences import bounded

_SPACES = re.compile(r"[\s\u00a0\u1680\u2000-\u200b\u202f\u205f\u2060\u3000\ufeff]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u061c\u200c-\u200f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\ufffd]")


class Syntax:
    """Fill ``tokens`` and ``sentences``. The parser is loaded when the first text comes."""

    name = "syntax"
    needs: frozenset[str] = frozenset()
    gives = frozenset({"tokens", "sentences"})

    def __init__(self, model: str, max_paragraph: int = 20_000) -> None:
        self.model, self.max_paragraph = model, max_paragraph

    @property
    def made_by(self) -> str:
        """Name and version of the parser pipeline."""
        from dateline.stages.syntax.parser import load_parser

        return load_parser(self.model).name

    def __call__(self, record: Record) -> dict[str, tuple[Any, ...]]:
        return next(self.many([record.article]))

    def many(self, articles: Iterable[Article]) -> Iterator[dict[str, tuple[Any, ...]]]:
        """The layers of each article in order; paragraphs of several articles are parsed together."""
        from dateline.stages.syntax.parser import load_parser

        held = list(articles)
        pieces = [list(pieces_of(article, self.max_paragraph)) for article in held]
        parsed = load_parser(self.model).parse([text for each in pieces for _, _, text in each])
        for each in pieces:
            yield _assemble([(start, block, bounded(next(parsed))) for start, block, _ in each])


def prepared(text: str) -> str:
    """The text as the parser sees it, of the same length: every space plain, control and bidi marks blank."""
    return _CONTROLS.sub(" ", _SPACES.sub(" ", text))


def pieces_of(article: Article, longest: int) -> Iterator[tuple[int, int, str]]:
    """(offset, block number, prepared text) of every stretch to parse; long paragraphs are cut at a space."""
    blocks = article.blocks or (Block(Span(0, len(article.text))),)
    for number, block in enumerate(blocks):
        start, end = block.span.start, block.span.end
        while end - start > longest:
            cut = _cut(article.text, start, start + longest)
            yield start, number, prepared(article.text[start:cut])
            start = cut
        if start < end:
            yield start, number, prepared(article.text[start:end])


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


def _assemble(parsed: list[tuple[int, int, list[Any]]]) -> dict[str, tuple[Any, ...]]:
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    for offset, block, rows in parsed:
        base = first = len(tokens)
        for row in rows:
            if row.starts and len(tokens) > first:
                sentences.append(Sentence(first, len(tokens), block))
                first = len(tokens)
            tokens.append(
                Token(
                    row.start + offset,
                    row.end + offset,
                    row.form,
                    row.lemma,
                    row.upos,
                    row.xpos,
                    row.feats,
                    row.head + base if row.head >= 0 else -1,
                    row.deprel,
                    len(sentences),
                    row.entity,
                )
            )
        if len(tokens) > first:
            sentences.append(Sentence(first, len(tokens), block))
    return {"tokens": tuple(tokens), "sentences": tuple(sentences)}
