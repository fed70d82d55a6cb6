"""Finds quotations: the text of a report and its blocks in, stretches between quotation marks out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from dateline.model import Block, Span

_MARK = re.compile(r"[“”\"«»„‟]|''|``|(?<![^\s(\[—–-])‘(?=\w)|(?<=[.,?!…\w])’(?=[\s.,;:?!)]|$)")
_OPENS = frozenset({"“", "«", "„", "``", "‘", "‟"})
_CLOSES = {"“": frozenset('”"“'), "«": frozenset("»"), "„": frozenset("“”"), "‘": frozenset("’"), "‟": frozenset("”")}
_SPACED = frozenset(" \n\t\r\u00a0([—–-/")
_WORD = re.compile(r"\w+")
SCARE = 3
"""Quotations of fewer words are names, titles or single borrowed words, unless they are sentences of their own."""


class Quotation(NamedTuple):
    """``span`` holds the marks too. ``speech`` is false for one or two borrowed words (scare quotes); ``closed`` is
    false where the closing mark is missing; ``continues`` where the quotation before it was left open on purpose."""

    span: Span
    inner: Span
    block: int
    speech: bool
    closed: bool
    continues: bool


def find_quotations(text: str, blocks: Sequence[Block]) -> list[Quotation]:
    """All quotations in text order, none inside another; one that spans paragraphs comes as one piece a paragraph."""
    found: list[Quotation] = []
    open_before = False
    for number, span in enumerate(_paragraphs(text, blocks)):
        pieces = list(_pieces(text, span))
        for k, (start, opened, close, end) in enumerate(pieces):
            words = _WORD.findall(text, opened, close)
            closed = end > close
            last = k == len(pieces) - 1
            if not closed and not (last and len(words) >= SCARE):
                continue
            continues = open_before and k == 0 and not text[span.start : start].strip()
            speech = len(words) > SCARE or bool(words and _is_sentence(text, opened, close))
            found.append(Quotation(Span(start, end), Span(opened, close), number, speech, closed, continues))
        open_before = bool(found) and found[-1].block == number and not found[-1].closed
    return found


def _is_sentence(text: str, start: int, end: int) -> bool:
    words = text[start:end].strip()
    return words[-1:] in {".", ",", "?", "!"} and words[:1].isupper() and " " in words


def _paragraphs(text: str, blocks: Sequence[Block]) -> Iterable[Span]:
    return [block.span for block in blocks] if blocks else [Span(0, len(text))]


def _pieces(text: str, span: Span) -> Iterator[tuple[int, int, int, int]]:
    """(start, after the opening mark, before the closing mark, end) of each quotation of a paragraph. A missing
    closing mark is taken to stand at the end of the paragraph."""
    mark, at, after = "", -1, -1
    for found in _MARK.finditer(text, span.start, span.end):
        sign = found.group()
        if not mark:
            if _opens(text, found.start(), found.end(), sign, span):
                mark, at, after = sign, found.start(), found.end()
        elif _closes(sign, mark):
            yield at, after, found.start(), found.end()
            mark = ""
    if mark:
        end = span.end
        while end > after and text[end - 1].isspace():
            end -= 1
        if end > after:
            yield at, after, end, end


def _opens(text: str, start: int, end: int, sign: str, span: Span) -> bool:
    if sign in _OPENS:
        return True
    if sign in {"”", "»", "’"}:
        return False
    return (
        end < span.end
        and not text[end].isspace()
        and (start == span.start or text[start - 1] in _SPACED or not text[start - 1].isalnum())
    )


def _closes(sign: str, mark: str) -> bool:
    if mark in _CLOSES:
        return sign in _CLOSES[mark]
    return sign in {mark, "”"} or (mark == "``" and sign == "''")
