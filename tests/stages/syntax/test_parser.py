"""The way up a tree over white space: a token in, the word above it out."""

from __future__ import annotations

from types import SimpleNamespace

from dateline.stages.syntax.parser import word_above


class Blank:
    """White space that is its own head, a new object each time it is asked for, as the parser's tokens may be."""

    i, is_space = 3, True

    @property
    def head(self) -> Blank:
        return Blank()


def test_white_space_that_hangs_on_itself_ends_the_way_up() -> None:
    word = SimpleNamespace(i=4, is_space=False, head=Blank())
    assert word_above(word) is word


def test_white_space_in_a_circle_ends_the_way_up() -> None:
    one, other = SimpleNamespace(i=1, is_space=True), SimpleNamespace(i=2, is_space=True)
    one.head, other.head = other, one
    word = SimpleNamespace(i=4, is_space=False, head=one)
    assert word_above(word) is word
