"""What intake hands on: pieces of raw input, and what became of each, an article with its doubts or a rejection."""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

from dateline.model import Article, Fault, Rejection

Kind = Literal["text", "page", "feed", "entry", "warc", "rows", "row", "table", "columns"]


class About(Struct, frozen=True, kw_only=True):
    """What is known of a report from outside its text; what a caller says wins over what the input says."""

    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    url: str | None = None
    retrieved: date | None = None


class Piece(Struct, frozen=True, kw_only=True):
    """The raw bytes of one report, cut from its input but not yet looked into. ``number`` is its place in an input
    that holds several (from 1), None for an input of its own; ``charset`` is what a header claims. Where ``refused``
    is set, the piece could not even be cut out, and it says why."""

    id: str
    kind: Kind
    content: bytes = b""
    origin: str | None = None
    number: int | None = None
    charset: str | None = None
    about: About = About()
    refused: str | None = None
    hint: str | None = None
    faults: tuple[Fault, ...] = ()


class Found(Struct, frozen=True):
    """An article and what was doubtful about taking it in."""

    article: Article
    faults: tuple[Fault, ...] = ()


Outcome = Found | Rejection


def rejected(piece: Piece, reason: str, hint: str | None = None, stage: str = "intake") -> Rejection:
    """The rejection of a piece."""
    return Rejection(id=piece.id, stage=stage, reason=reason, hint=hint, origin=piece.origin, offset=piece.number)


def doubt(reason: str) -> Fault:
    """A warning of intake."""
    return Fault(stage="intake", reason=reason, kind="warning")
