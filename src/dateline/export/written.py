"""What an export gives: bytes, and a sentence for everything that its format could not hold."""

from __future__ import annotations

from collections import Counter

from msgspec import Struct


class Written(Struct, frozen=True):
    """A file's bytes. ``left_out`` says what of these very events is not in it, a sentence each; what a format can
    never hold stands in its module's ``CANNOT`` and in the reference."""

    data: bytes
    left_out: tuple[str, ...] = ()


class LeftOut:
    """What an export meets and cannot hold, counted as it goes."""

    def __init__(self) -> None:
        self._found: Counter[tuple[str, str]] = Counter()

    def note(self, one: str, many: str, number: int = 1) -> None:
        """Counts something: what is said of one, and what of several."""
        if number:
            self._found[one, many] += number

    def out(self, noun: str, rest: str = "", number: int = 1) -> None:
        """Counts something that is left out: a noun that takes an s, and what is said of it."""
        words = f" {rest}" if rest else ""
        self.note(f"{noun}{words} is left out", f"{noun}s{words} are left out", number)

    def told(self) -> tuple[str, ...]:
        """A sentence for each kind of thing, in the order in which they were met."""
        return tuple(f"{n:,} {one if n == 1 else many}" for (one, many), n in self._found.items())
