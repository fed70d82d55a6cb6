"""The text in pieces: cut at every edge, nothing lost, every piece under its marks."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dateline.export.marks import marked_text, marks_of
from dateline.export.visible import visible
from dateline.model import Article, Block, Record, Span, Timex
from tests.export.sample import sample_record

TEXT = "one two 🚢 three\u202e four five"
spans = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(lambda p: Span(min(p), max(p)))


def record_of(found: list[Span], blocks: tuple[Block, ...] = ()) -> Record:
    timexes = tuple(Timex(id=f"t{n}", span=span, type="DATE", value="X") for n, span in enumerate(found))
    return Record(article=Article(id="r", text=TEXT, blocks=blocks), timexes=timexes)


@given(st.lists(spans, max_size=8))
def test_pieces_put_together_are_the_text_and_marks_lie_on_their_words(found: list[Span]) -> None:
    (paragraph,) = marked_text(record_of(found)).paragraphs
    assert "".join(piece.text for piece in paragraph.pieces) == visible(TEXT)
    for number, span in enumerate(found):
        on = [piece for piece in paragraph.pieces if f"times-t{number}" in piece.marks]
        assert "".join(piece.text for piece in on) == visible(TEXT)[span.start : span.end]


def test_a_mark_over_two_paragraphs_is_drawn_in_both() -> None:
    blocks = (Block(Span(0, 7)), Block(Span(8, len(TEXT))))
    marked = marked_text(record_of([Span(4, 12)], blocks))
    on = [piece.text for paragraph in marked.paragraphs for piece in paragraph.pieces if piece.marks]
    assert on == ["two", "🚢 th"]


def test_the_shortest_mark_is_the_one_that_is_followed() -> None:
    (paragraph,) = marked_text(record_of([Span(0, 13), Span(4, 7)])).paragraphs
    assert [(p.text, p.row) for p in paragraph.pieces][:2] == [("one ", "r-times-t0"), ("two", "r-times-t1")]


def test_an_offset_finds_its_piece() -> None:
    marked = marked_text(record_of([Span(4, 7)]))
    assert [marked.piece_at(offset) for offset in (0, 4, 6, 7)] == ["s0", "s1", "s1", "s2"]


def test_words_that_a_source_says_are_no_link_by_themselves() -> None:
    marked = marked_text(sample_record())
    pieces = [p for paragraph in marked.paragraphs for p in paragraph.pieces]
    assert any(p.classes == ("k-attributions", "attributions-content") and not p.row for p in pieces)


def test_a_telling_leads_to_the_line_of_its_event() -> None:
    rows = {mark.id: mark.row for mark in marks_of(sample_record())}
    assert (rows["events-e0"], rows["events-e1"], rows["events-e4"]) == ("l-e0", "l-e0", "l-e4")
