"""The question part of an address in, what a reader wants to see out, and the way back: every state has an address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Protocol
from urllib.parse import urlencode

import msgspec
from msgspec import Struct

from dateline.archive.facets import FACETS, Choice
from dateline.archive.prepared import ORDERS
from dateline.errors import InputError

MOST_KEYS = 40
"""Keys that may be chosen at once."""
LONGEST = 400
"""Letters of a search, or of a key."""


class Given(Protocol):
    """The question part of an address: each name with its values."""

    def multi_items(self) -> list[tuple[str, str]]: ...


class Wanted(Struct, frozen=True, kw_only=True):
    """What is chosen, in which order, and which page of it (from 1); the same for every way to look at it."""

    choice: Choice = Choice()
    order: str = ORDERS[0]
    page: int = 1

    def pairs(self) -> list[tuple[str, str]]:
        """Names and values of the address, in a fixed order."""
        choice = self.choice
        found = [("q", choice.words)] if choice.words else []
        found += [("whole", "1")] if choice.words and choice.whole else []
        found += sorted(choice.keys)
        found += [(name, day.isoformat()) for name, day in (("since", choice.since), ("until", choice.until)) if day]
        found += [("every", "1")] if choice.every else []
        found += [("order", self.order)] if self.order != ORDERS[0] else []
        return found + ([("page", str(self.page))] if self.page > 1 else [])

    def link(self, path: str = "") -> str:
        """The address of a way to look at it."""
        pairs = self.pairs()
        return f"{path}?{urlencode(pairs)}" if pairs else path or "?"

    def on(self, facet: str, key: str) -> Wanted:
        """The same with one more key."""
        keys = self.choice.keys if (facet, key) in self.choice.keys else (*self.choice.keys, (facet, key))
        return self._choosing(keys=keys)

    def off(self, facet: str, key: str) -> Wanted:
        """The same without a key."""
        return self._choosing(keys=tuple(one for one in self.choice.keys if one != (facet, key)))

    def between(self, since: date | None, until: date | None) -> Wanted:
        """The same on other days."""
        return self._choosing(since=since, until=until)

    def with_every(self, every: bool) -> Wanted:
        """The same with all events, or without those that are otherwise left out."""
        return self._choosing(every=every)

    def without_words(self) -> Wanted:
        """The same whatever the words."""
        return self._choosing(words="", whole=False)

    def with_whole(self, whole: bool) -> Wanted:
        """The same with the words looked for in whole reports, or in what tells an event."""
        return self._choosing(whole=whole)

    def by(self, order: str) -> Wanted:
        """The same in another order."""
        return msgspec.structs.replace(self, order=order, page=1)

    def at(self, page: int) -> Wanted:
        """Another page of the same."""
        return msgspec.structs.replace(self, page=page)

    def _choosing(self, **changes: object) -> Wanted:
        return msgspec.structs.replace(self, choice=msgspec.structs.replace(self.choice, **changes), page=1)


def wanted(given: Given) -> Wanted:
    """What an address asks for. Names that mean nothing here are passed over. Raises :class:`InputError` for a day, an
    order or a page that is none."""
    pairs = [(name, value.strip()[:LONGEST]) for name, value in given.multi_items()]
    one = {name: value for name, value in pairs if value}
    keys = tuple(dict.fromkeys((name, value) for name, value in pairs if name in FACETS and value))
    if len(keys) > MOST_KEYS:
        raise InputError(f"more than {MOST_KEYS} things are chosen at once; choose fewer")
    choice = Choice(
        words=one.get("q", ""),
        whole=one.get("whole", "") not in {"", "0"},
        keys=keys,
        since=_day(one, "since"),
        until=_day(one, "until"),
        every=one.get("every", "") not in {"", "0"},
    )
    return Wanted(choice=choice, order=_order(one.get("order")), page=_page(one.get("page")))


def _order(given: str | None) -> str:
    return given if given in ORDERS else ORDERS[0]


def _page(given: str | None) -> int:
    return min(int(given), 100_000) if given and given.isascii() and given.isdecimal() and len(given) < 9 else 1


def _day(given: Mapping[str, str], name: str) -> date | None:
    words = given.get(name)
    return day_of(words) if words else None


def day_of(words: str) -> date:
    """A day as 2023-09-16. Raises :class:`InputError` for what is none."""
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise InputError(f"{words!r} is no day; write it as 2023-09-16") from None


def links_of(pairs: Iterable[tuple[str, str]], path: str) -> str:
    """An address of names and values."""
    return f"{path}?{urlencode(list(pairs))}"
