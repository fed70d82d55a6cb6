"""The first bytes of an input in, its kind out; what no reader here can read is refused with the reason."""

from __future__ import annotations

import codecs
import re

from dateline.errors import InputError
from dateline.intake.found import Kind

START = 65_536
"""Bytes that are looked at."""
GZIP = b"\x1f\x8b"
PARQUET = b"PAR1"
_SIGNATURES = (
    (b"%PDF-", "a PDF file"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"PK\x03\x04", "a ZIP archive or Office document"),
    (GZIP, "a gzip file"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard file"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ", "an xz file"),
    (b"\x7fELF", "a program"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"SQLite format 3", "a database"),
)
_WIDE = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ARC = re.compile(rb"filedesc://|https?://\S{1,2000} \d{1,3}(?:\.\d{1,3}){3} \d{14} \S{1,100} \d{1,12}\n")
"""The first line of an ARC file, and that of one that was cut out of it."""
_SAMPLE, _FEW = 4096, 16
"""Bytes by which an encoding without a mark is told, and fewer than which tell nothing."""
_ZEROS = {"utf-32-le": "0111", "utf-32-be": "1110", "utf-16-le": "0101", "utf-16-be": "1010"}
"""Which of four bytes are nearly always zero in texts of Latin letters."""
_MANY, _RARE = 0.7, 0.02
_FEED = re.compile(r"<(?:rss|rdf:rdf|(?:atom:)?feed)[\s>]")
_PAGE = re.compile(r"<(?:!doctype html|html|head|body|article|div|section|main|p|h1|meta|table|title)\b[^<>]{0,2000}>")
_XML = re.compile(r"\s*<(?:\?xml|!doctype|!--)")
_ROW = re.compile(r'\s*\{\s*"[^"\\]{1,40}"\s*:')
_TEXT_COLUMNS = frozenset({"text", "body", "content"})


def refuse_binary(start: bytes) -> None:
    """Raises :class:`InputError` that names the format of a file that holds no text."""
    kind = next((name for signature, name in _SIGNATURES if start.startswith(signature)), None)
    if kind:
        raise InputError(f"this is {kind}, not text; save the report as plain text (UTF-8) or as a page")


def kind_of(start: bytes) -> Kind:
    """The kind of an input by its first :data:`START` bytes (decompressed), whatever its name. Raises
    :class:`InputError` for a known format that is not read."""
    refuse_binary(start)
    if start.startswith(PARQUET):
        return "columns"
    if start.lstrip(b"\r\n").startswith(b"WARC/"):
        return "warc"
    if _ARC.match(start):
        raise InputError("this is an ARC file, the older form of web archives; convert it (warcio recompress) to WARC")
    text = _readable(start[:START])
    if _ROW.match(text):
        return "rows"
    lower = text[:8000].lower()
    if _XML.match(lower) or lower.lstrip().startswith("<"):
        if _FEED.search(lower):
            return "feed"
        return "page" if _PAGE.search(text.lower()) else "text"
    return "table" if header_of(text) else "text"


def header_of(text: str) -> tuple[str, list[str]] | None:
    """(separator, column names in lower case) where the first line is the header of a table with a text column."""
    line = text.partition("\n")[0].strip("\r\ufeff ")
    if len(line) > 2000:
        return None
    for separator in ("\t", ",", ";"):
        names = [name.strip().strip('"').strip().lower() for name in line.split(separator)]
        if len(names) > 1 and _TEXT_COLUMNS & set(names) and all(re.fullmatch(r"[\w .-]{1,40}", n) for n in names):
            return separator, names
    return None


def wide_encoding(start: bytes) -> str | None:
    """UTF-16 or UTF-32 by its mark, or without one by its zero bytes, which other texts do not hold; else None."""
    for mark, encoding in _WIDE:
        if start.startswith(mark):
            return encoding
    sample = start[: min(_SAMPLE, len(start) // 4 * 4)]
    if len(sample) < _FEW or b"\0" not in sample:
        return None
    shares = [sample[n::4].count(0) / (len(sample) / 4) for n in range(4)]
    for encoding, zeros in _ZEROS.items():
        if all(share > _MANY if zero == "1" else share < _RARE for zero, share in zip(zeros, shares, strict=True)):
            return encoding
    return None


def _readable(start: bytes) -> str:
    """The first bytes as text that is good enough to tell kinds apart."""
    encoding = wide_encoding(start)
    if encoding is not None:
        return start[: len(start) // 4 * 4].decode(encoding, errors="replace")
    return start.removeprefix(codecs.BOM_UTF8).decode("latin-1")
