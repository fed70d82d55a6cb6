"""A record in, the report's text cut where any mark begins or ends out: each piece knows every mark that lies on it.

Marks of all layers overlap freely, so the text is flattened: a piece carries the ids of its marks, and the page needs
no offsets at all (Python counts code points, a browser UTF-16 units: here only pieces of text are handed over).
"""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from dateline.export.visible import visible
from dateline.knowledge.ontology import act_of
from dateline.model import Block, Record, Span

LAYERS = (
    ("events", "Events"),
    ("attributions", "Who says so"),
    ("times", "Times"),
    ("places", "Places"),
    ("entities", "People and bodies"),
    ("equipment", "Equipment"),
    ("certainty", "Certainty"),
)
"""The switches of the page: layer and what it is called."""
SHOWN_FIRST = frozenset({"events", "attributions", "times", "places", "equipment"})
"""Layers that are on when the page opens: all at once hide the text."""
_EQUIPMENT = frozenset({"VEH", "WEA"})


class Mark(Struct, frozen=True):
    """One stretch of text of one layer. ``row`` is the element of the page that tells about it; ``form`` its look."""

    id: str
    layer: str
    span: Span
    row: str
    form: str = ""


class Piece(Struct, frozen=True):
    """A stretch with the same marks from end to end. ``row`` is that of the shortest mark, empty without one."""

    id: str
    start: int
    text: str
    marks: tuple[str, ...]
    classes: tuple[str, ...]
    row: str


class Paragraph(Struct, frozen=True):
    """One block of the article in pieces."""

    role: str
    pieces: tuple[Piece, ...]


class MarkedText(Struct, frozen=True):
    """The whole text in pieces, and the way from an offset back to its piece."""

    paragraphs: tuple[Paragraph, ...]
    starts: tuple[int, ...]
    ids: tuple[str, ...]

    def piece_at(self, offset: int) -> str:
        """The id of the piece that holds a code point of the article's text."""
        place = bisect.bisect_right(self.starts, offset) - 1
        return self.ids[max(place, 0)] if self.ids else ""


def row_of(layer: str, key: str) -> str:
    """The id of the element that tells about something: a line of the chronology or a row of a layer's table."""
    return f"l-{key}" if layer == "events" else f"r-{layer}-{key}"


def marks_of(record: Record) -> tuple[Mark, ...]:
    """Every mark of every layer; each says which row of the page tells about it."""
    first = {event.id: event.same_as or event.id for event in record.events}
    found = [
        _mark("events", e.id, e.span, row_of("events", first[e.id]), e.status)
        for e in record.events
        if not act_of(e.type).hidden_in_report
    ]
    for a in record.attributions:
        parts = (("source", a.source), ("cue", a.cue), ("content", a.content))
        row = row_of("attributions", a.id)
        found.extend(_mark("attributions", a.id, span, row, form) for form, spans in parts for span in spans)
    found.extend(_mark("times", t.id, t.span, row_of("times", t.id)) for t in record.timexes)
    found.extend(_mark("places", p.id, p.span, row_of("places", p.id)) for p in record.places)
    found.extend(_mentions(record))
    for p in record.predicates:
        row = row_of("certainty", p.id)
        found.append(_mark("certainty", p.id, p.span, row, p.status))
        found.extend(_mark("certainty", p.id, span, row, "cue") for span in p.cues)
    return tuple(mark for mark in found if mark.span.start < mark.span.end)


def _mark(layer: str, key: str, span: Span, row: str, form: str = "") -> Mark:
    """Ids of two layers may be equal: a mark carries its layer in front."""
    return Mark(f"{layer}-{key}", layer, span, row, form)


def _mentions(record: Record) -> Iterator[Mark]:
    entity_of = {mention: entity.id for entity in record.entities for mention in entity.mentions}
    for mention in record.mentions:
        if mention.id in entity_of:
            layer = "equipment" if mention.type in _EQUIPMENT else "entities"
            yield _mark(layer, mention.id, mention.span, row_of("entities", entity_of[mention.id]))


def marks_by_row(record: Record) -> dict[str, str]:
    """The marks that each row of the page stands for, divided by spaces."""
    found: dict[str, dict[str, None]] = {}
    for mark in marks_of(record):
        found.setdefault(mark.row, {})[mark.id] = None
    return {row: " ".join(marks) for row, marks in found.items()}


def marked_text(record: Record) -> MarkedText:
    """The article's text by paragraphs, cut at every edge of every mark."""
    text = record.article.text
    blocks = record.article.blocks or (Block(Span(0, len(text))),)
    marks = sorted(marks_of(record), key=lambda mark: (mark.span, mark.id))
    shown, count = visible(text), 0
    paragraphs: list[Paragraph] = []
    for block, inside in _by_block(blocks, marks):
        pieces = tuple(_pieces(block.span, inside, shown, count))
        count += len(pieces)
        paragraphs.append(Paragraph(block.role, pieces))
    every = [piece for paragraph in paragraphs for piece in paragraph.pieces]
    return MarkedText(tuple(paragraphs), tuple(p.start for p in every), tuple(p.id for p in every))


def _by_block(blocks: Iterable[Block], marks: Sequence[Mark]) -> Iterator[tuple[Block, list[Mark]]]:
    """Each block with the marks that touch it; both in text order, marks may reach over several blocks."""
    waiting: list[Mark] = []
    next_mark = 0
    for block in blocks:
        while next_mark < len(marks) and marks[next_mark].span.start < block.span.end:
            waiting.append(marks[next_mark])
            next_mark += 1
        waiting = [mark for mark in waiting if mark.span.end > block.span.start]
        yield block, [mark for mark in waiting if mark.span.overlaps(block.span)]


def _pieces(block: Span, marks: Sequence[Mark], shown: str, count: int) -> Iterator[Piece]:
    edges = {block.start, block.end}
    for mark in marks:
        edges.update((max(mark.span.start, block.start), min(mark.span.end, block.end)))
    cuts, active, next_mark = sorted(edges), list[Mark](), 0
    for number, (start, end) in enumerate(itertools.pairwise(cuts), start=count):
        active = [mark for mark in active if mark.span.end > start]
        while next_mark < len(marks) and marks[next_mark].span.start <= start:
            active.append(marks[next_mark])
            next_mark += 1
        yield _piece(f"s{number}", start, shown[start:end], active)


def _piece(key: str, start: int, text: str, active: Sequence[Mark]) -> Piece:
    """The piece under its marks, the shortest first: that is what a reader points at."""
    inner = sorted(active, key=lambda m: (m.span.end - m.span.start, _RANK[m.layer], m.id))
    classes = [name for m in inner for name in (f"k-{m.layer}", f"{m.layer}-{m.form}" if m.form else "") if name]
    row = next((m.row for m in inner if m.form != "content"), "")
    marks = dict.fromkeys(m.id for m in inner)
    return Piece(key, start, text, tuple(marks), tuple(dict.fromkeys(classes)), row)


_RANK = {layer: rank for rank, (layer, _) in enumerate(LAYERS)}
