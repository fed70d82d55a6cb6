"""Points and words in, places for the words out, so that no label lies on another or outside the drawing."""

from __future__ import annotations

import unicodedata

from msgspec import Struct


class Box(Struct, frozen=True):
    """A rectangle of the drawing."""

    left: float
    top: float
    right: float
    bottom: float

    @staticmethod
    def around(x: float, y: float, width: float, height: float) -> Box:
        """The box with this middle."""
        return Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)

    def meets(self, other: Box) -> bool:
        """True where the two share room."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom


class Placed(Struct, frozen=True):
    """Where a label stands: its baseline point, its anchor, and how far from its point it had to go."""

    x: float
    y: float
    anchor: str
    distance: float


def text_width(words: str, size: float) -> float:
    """About how wide words are in a sans-serif face: wide letters (Chinese, Japanese, Korean) count a full square."""
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in words)
    return size * (0.56 * (len(words) - wide) + wide)


class Labels:
    """What is taken already on one drawing."""

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self._all = Box(2, 2, width - 2, height - 2)
        self._taken: list[Box] = []

    def free(self, box: Box) -> bool:
        """True where nothing is in the way and the box lies on the drawing."""
        inside = box.left >= self._all.left and box.right <= self._all.right
        inside = inside and box.top >= self._all.top and box.bottom <= self._all.bottom
        return inside and not any(box.meets(other) for other in self._taken)

    def block(self, box: Box) -> None:
        """Take a box."""
        self._taken.append(box)

    def beside(self, x: float, y: float, words: str, size: float) -> Placed | None:
        """Room for a label near a point: right, left, above, below, then further out. None where all is full."""
        width, height = text_width(words, size), size * 1.25
        for distance in (9.0, 20.0, 34.0, 50.0, 70.0):
            for dx, dy in ((1, 0), (-1, 0), (1, -1), (1, 1), (-1, -1), (-1, 1), (0, -1), (0, 1)):
                left = x + dx * distance - (width if dx < 0 else width / 2 if dx == 0 else 0)
                middle = y + dy * (distance + (2 if dx == 0 else 0))
                box = Box(left, middle - height / 2, left + width, middle + height / 2)
                if self.free(box):
                    self.block(box)
                    anchor = "start" if dx > 0 else "end" if dx < 0 else "middle"
                    baseline = round(middle + size * 0.35, 1)
                    return Placed(round(x + dx * distance, 1), baseline, anchor, distance)
        return None
