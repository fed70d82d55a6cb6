"""Place names in, the things they may stand for out: a memory-mapped file of about 300,000 places.

The file is made by :mod:`dateline.knowledge.gazetteer_build` from installed packages and our own tables, on first
use where it is missing. It is mapped, never parsed: opening it costs milliseconds and workers share its pages.
"""

from __future__ import annotations

import functools
import json
import mmap
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import marisa_trie

from dateline.errors import KnowledgeError
from dateline.knowledge.gazetteer_build import ready
from dateline.knowledge.gazetteer_file import FOOTER, KINDS, MAGIC, RECORD, NameKind, fold


class Sense(NamedTuple):
    """One thing a name may stand for. ``ref`` is unique in the file; ``id`` is a GeoNames id or one of our tables."""

    ref: int
    id: str
    name: str
    kind: str
    lat: float
    lon: float
    country: str
    admin1: str
    population: int
    radius: int
    named: NameKind


class Gazetteer:
    """The mapped file. Threads may share it; it holds no state but a cache of what was looked up."""

    def __init__(self, file: Path) -> None:
        self.file = file
        with file.open("rb") as opened:
            self._bytes = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
        magic, *places = FOOTER.unpack_from(self._bytes, len(self._bytes) - FOOTER.size)
        if magic != MAGIC:
            raise KnowledgeError(f"{file}: not a gazetteer of this version; delete it and read again to rebuild it")
        self._records, self._starts, self._postings, self._pool, self._lists = places
        self.countries: list[str]
        self.admin1: list[str]
        lists = self._bytes[self._lists : len(self._bytes) - FOOTER.size]
        self.countries, self.admin1 = json.loads(lists)
        self._trie = marisa_trie.Trie()
        self._trie.mmap(str(file))
        self._cached: dict[int, tuple[Sense, ...]] = {}

    def __len__(self) -> int:
        return int(self._starts - self._records) // RECORD.size

    def prefixes(self, folded: str) -> Iterator[tuple[str, int]]:
        """Every name that ``folded`` begins with, shortest first, each with its number for :meth:`senses`."""
        found: Iterator[tuple[str, int]] = self._trie.iter_prefixes_with_ids(folded)
        return found

    def number(self, name: str) -> int | None:
        """The number of a name, or None where the gazetteer does not have it."""
        folded = fold(name)
        found: int | None = self._trie.get(folded, None)
        return found

    def find(self, name: str) -> tuple[Sense, ...]:
        """What ``name`` may stand for, best known first; nothing where it is unknown."""
        number = self.number(name)
        return () if number is None else self.senses(number)

    def senses(self, number: int) -> tuple[Sense, ...]:
        """What the name with this number may stand for, best known first."""
        found = self._cached.get(number)
        if found is None:
            first, last = struct.unpack_from("<II", self._bytes, self._starts + 4 * number)
            packed = struct.unpack_from(f"<{last - first}I", self._bytes, self._postings + 4 * first)
            found = tuple(self._sense(p >> 3, NameKind(p & 7)) for p in packed)
            if len(self._cached) > 50_000:
                self._cached.clear()
            self._cached[number] = found
        return found

    def _sense(self, ref: int, named: NameKind) -> Sense:
        offset = self._records + ref * RECORD.size
        lat, lon, population, geonameid, words, country, admin1, radius, kind = RECORD.unpack_from(self._bytes, offset)
        at = self._pool + words
        size = self._bytes[at] | self._bytes[at + 1] << 8
        name, _, own = self._bytes[at + 2 : at + 2 + size].decode().partition("\t")
        return Sense(
            ref,
            str(geonameid) if geonameid else own,
            name,
            KINDS[kind],
            lat / 1e5,
            lon / 1e5,
            self.countries[country],
            self.admin1[admin1],
            population,
            radius,
            named,
        )


@functools.cache
def load_gazetteer() -> Gazetteer:
    """The gazetteer of this installation, built first where its file is missing (about half a minute, once)."""
    return Gazetteer(ready())
