"""The gazetteer's file: its layout and how it spells names, for whoever makes it and whoever reads it.

A marisa trie of folded names; 32-byte records; for each name the records it may stand for; a pool of words.
"""

from __future__ import annotations

import contextlib
import functools
import struct
import time
import unicodedata
from enum import IntEnum
from pathlib import Path

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


def remove_old(built: Path) -> None:
    """Remove gazetteers of other fingerprints that are older than :data:`KEPT_DAYS` days: each is 17 MB."""
    limit = time.time() - KEPT_DAYS * 86_400
    for file in sorted(built.parent.glob("gazetteer-*.bin")):
        if file != built:
            with contextlib.suppress(OSError):
                if file.stat().st_mtime < limit:
                    file.unlink()
