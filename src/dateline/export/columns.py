"""Words in, lines of a fixed width out, for a terminal: wrapped by display width, coloured only where asked."""

from __future__ import annotations

import unicodedata

CODES = {"": "", "bold": "1", "dim": "2", "italic": "3", "heading": "1;4", "green": "32", "red": "31", "yellow": "33",
         "cyan": "36", "magenta": "35", "alarm": "1;31"}  # fmt: skip


def display_width(words: str) -> int:
    """Columns that words take: wide letters (Chinese, Japanese, Korean, pictures) two, combining marks none."""
    if words.isascii():
        return len(words)
    return sum(_columns(letter) for letter in words)


def _columns(letter: str) -> int:
    if unicodedata.combining(letter) or letter in "\u200c\u200d\u00ad\ufe0f":
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def wrapped(words: str, width: int) -> list[str]:
    """Lines of at most ``width`` columns, broken at spaces; a word that is wider than that is cut."""
    lines: list[str] = []
    line, used = "", 0
    for word in words.split(" "):
        size = display_width(word)
        if line and used + 1 + size > width:
            lines.append(line)
            line, used = "", 0
        if line:
            line, used = f"{line} {word}", used + 1 + size
            continue
        *heads, word = _cut(word, width) if size > width else [word]
        lines.extend(heads)
        line, used = word, display_width(word)
    return [*lines, line]


def _cut(word: str, width: int) -> list[str]:
    """A word in pieces that fit; a letter wider than the width stands alone."""
    pieces, start, used = [], 0, 0
    for place, letter in enumerate(word):
        size = _columns(letter)
        if used + size > width and place > start:
            pieces.append(word[start:place])
            start, used = place, 0
        used += size
    return [*pieces, word[start:]]


class Sheet:
    """Lines as they are written, each in one style or in a label and a value."""

    def __init__(self, width: int, colour: bool) -> None:
        self.width, self.colour = width, colour
        self._lines: list[str] = []

    def style(self, words: str, style: str) -> str:
        """Words in a style, where there is colour."""
        code = CODES[style]
        return f"\x1b[{code}m{words}\x1b[0m" if self.colour and code and words else words

    def blank(self) -> None:
        """An empty line."""
        self._lines.append("")

    def line(self, words: str, style: str = "", indent: int = 0, hang: int = 0) -> None:
        """Words from a column on, wrapped; further lines ``hang`` columns deeper."""
        first, *rest = wrapped(words, self.width - indent - hang)
        self._lines.append(" " * indent + self.style(first, style))
        self._lines.extend(" " * (indent + hang) + self.style(more, style) for more in rest)

    def row(self, label: str, value: str, style: str = "", indent: int = 0, column: int = 14) -> None:
        """A label, and the value hanging in the next column; nothing where the value is empty."""
        if not value:
            return
        room = max(self.width - indent - column, 20)
        first, *rest = wrapped(value, room)
        head = self.style(label, "dim") + " " * max(column - display_width(label), 1)
        self._lines.append(" " * indent + head + self.style(first, style))
        self._lines.extend(" " * (indent + column) + self.style(more, style) for more in rest)

    def text(self) -> str:
        """Everything written, with a line end after every line."""
        return "".join(f"{line}\n" for line in self._lines)
