"""Place names in, the things they may stand for out: a memory-mapped file of about 300,000 places.

The file is made by :mod:`dateline.knowledge.gazetteer_build` from installed packages and our own tables, on first
use where it is missing. It is mapped, never parsed: opening it costs milliseconds and workers share its pages.
Layout: a marisa trie of folded names; 32-byte records; for each name the records it may stand for; a pool of words.
"""

from __future__ import annotations

import contextlib
import functools
import json
import mmap
import struct
import time
import unicodedata
from collections.abc import Iterator
from enum import IntEnum
from pathlib import Path
from typing import NamedTuple

import marisa_trie

from dateline.errors import KnowledgeError

MAGIC = b"DLGAZ003"
RECORD = struct.Struct("<iiIIIHHHBx4x")
"""latitude and longitude in 1e-5 degrees, population, GeoNames id, pool offset, country, admin1, radius, kind."""
FOOTER = struct.Struct("<8s5Q")
KINDS = ("country", "region", "county", "city", "capital", "facility", "airport", "natural", "area", "district")
"""``capital`` is the seat of a country's government, a city otherwise."""


KEPT_DAYS = 30


class NameKind(IntEnum):
    """How a name stands for its place."""

    MAIN = 0
    OTHER = 1
    ADJECTIVE = 2
    ABBREVIATION = 3
    AFTER_PLACE = 4
    """Read only behind another place name and a comma: ``Ind.``, ``OH``."""
    SEAT = 5
    """A palace or office that stands for a government: ``Kremlin``."""


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


@functools.cache
def _plain(character: str) -> str:
    """One character for one: without accent, lower case, one kind of dash, quote and space."""
    if character.isspace():
        return " "
    if unicodedata.category(character) == "Pd":
        return " "
    if character in "’‘ʼʻ`´ʹ′":
        return "'"
    base = unicodedata.normalize("NFD", character)[0].lower()
    return _LETTERS.get(base, base if len(base) == 1 else character)


_LETTERS = {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "e", "þ": "t", "ß": "s"}


class _Folding(dict[int, str]):
    def __missing__(self, code: int) -> str:
        self[code] = found = _plain(chr(code))
        return found


_FOLDING = _Folding()


def fold(text: str) -> str:
    """``text`` as the gazetteer spells names; the same length, so that offsets stay."""
    return text.translate(_FOLDING)


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
    from dateline.knowledge import gazetteer_build

    return Gazetteer(gazetteer_build.ready())


def remove_old(built: Path) -> None:
    """Remove gazetteers of other fingerprints that are older than :data:`KEPT_DAYS` days: each is 17 MB."""
    limit = time.time() - KEPT_DAYS * 86_400
    for file in sorted(built.parent.glob("gazetteer-*.bin")):
        if file != built:
            with contextlib.suppress(OSError):
                if file.stat().st_mtime < limit:
                    file.unlink()
