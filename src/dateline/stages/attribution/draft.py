"""What the parts of the attribution stage hand to each other: one report under way, and its unfinished attributions."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from dateline.grammar import Tree
from dateline.knowledge.lexicons import Cue
from dateline.model import Span
from dateline.quotations import Quotation

EDGE = frozenset({",", ".", ";", ":", "—", "–", "-", "--", "...", "…", "(", ")", "/", "•", "*"})
_CLOSING, _OPENING = frozenset({"”", "''", "»"}), frozenset({"“", "``", "«"})
MARKS = frozenset({'"', "“", "”", "''", "``", "«", "»", "‘", "’", "'"})
RECEIVED = "received:"
"""What the frame of a noun that somebody receives begins with: its source is who gave it."""


@dataclass(slots=True)
class Draft:
    """An attribution in the making. Token positions, except ``content``, which is characters."""

    cue: Cue | None
    head: int
    frame: str
    group: list[int] = field(default_factory=list)
    source: list[int] = field(default_factory=list)
    speaker: int | None = None
    content: list[Span] = field(default_factory=list)
    quoted: bool = False

    def add(self, spans: Iterable[Span]) -> None:
        """Put stretches of content in, in text order, touching ones joined."""
        joined: list[Span] = []
        for span in sorted([*self.content, *spans]):
            if joined and span.start <= joined[-1].end + 1:
                joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
            else:
                joined.append(span)
        self.content = joined


class Stretches:
    """Numbered stretches of text, found again by a character inside without looking at all of them."""

    __slots__ = ("_shelves",)
    _WIDTH = 512

    def __init__(self) -> None:
        self._shelves: dict[int, list[tuple[Span, int]]] = {}

    def add(self, span: Span, number: int) -> None:
        """Put a stretch in."""
        for shelf in range(span.start // self._WIDTH, span.end // self._WIDTH + 1):
            self._shelves.setdefault(shelf, []).append((span, number))

    def around(self, span: Span) -> Iterator[tuple[Span, int]]:
        """The stretches that cover ``span``, in the order in which they were put in."""
        for stretch, number in self._shelves.get(span.start // self._WIDTH, ()):
            if stretch.start <= span.start and span.end <= stretch.end:
                yield stretch, number


class Reading:
    """One report under way: its trees, quotations, and the way from characters to tokens."""

    __slots__ = ("_first", "_last", "_quotation_ends", "quotations", "text", "tokens", "tree")

    def __init__(self, tree: Tree, quotations: Sequence[Quotation]) -> None:
        self.tree, self.tokens, self.text = tree, tree.tokens, tree.text
        self.quotations = quotations
        self._quotation_ends = [quotation.span.end for quotation in quotations]
        self._first, self._last = _extents(tree)

    def extent(self, i: int) -> tuple[int, int]:
        """First and last (exclusive) token below ``i``."""
        return self._first[i], self._last[i] + 1

    def passive(self, i: int) -> bool:
        """True for passives, "Asked whether ..." included, which the trees alone do not show."""
        token = self.tokens[i]
        if token.xpos == "VBN" and token.deprel.startswith("advcl") and self.tree.kid(i, "aux", "nsubj") is None:
            return not (i > 0 and self.tokens[i - 1].form in MARKS)
        return self.tree.passive(i)

    def token_at(self, character: int) -> int:
        """The token that begins at or after a character."""
        return self.tree.token_from(character)

    def inside(self, span: Span) -> range:
        """The tokens of a stretch of text."""
        return self.tree.inside(span)

    def quotations_in(self, span: Span) -> list[Quotation]:
        """The quotations that share a character with a stretch of text."""
        found = []
        for k in range(bisect_right(self._quotation_ends, span.start), len(self.quotations)):
            if self.quotations[k].span.start >= span.end:
                break
            found.append(self.quotations[k])
        return found

    def span(self, first: int, last: int) -> Span | None:
        """The words from token ``first`` to ``last`` (exclusive) less edge punctuation, quotation marks kept but for
        one that closes what stands before or opens what stands behind."""
        tokens = self.tokens
        while first < last and (tokens[first].form in EDGE or tokens[first].form in _CLOSING):
            first += 1
        while first < last and (
            tokens[last - 1].form in EDGE or tokens[last - 1].form in _OPENING or tokens[last - 1].deprel == "cc"
        ):
            last -= 1
        return Span(tokens[first].start, tokens[last - 1].end) if first < last else None


def _extents(tree: Tree) -> tuple[list[int], list[int]]:
    """For each token the first and last token of its subtree, from the leaves up: linear in any tree."""
    first, last = list(range(len(tree.tokens))), list(range(len(tree.tokens)))
    waiting = [len(children) for children in tree.children]
    ready = [i for i, count in enumerate(waiting) if not count]
    for i in ready:
        head = tree.tokens[i].head
        if head < 0:
            continue
        first[head], last[head] = min(first[head], first[i]), max(last[head], last[i])
        waiting[head] -= 1
        if not waiting[head]:
            ready.append(head)
    return first, last
