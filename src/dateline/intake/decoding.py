"""Bytes in, text out, with a warning for every guess; what is no text is refused with the reason."""

from __future__ import annotations

import codecs

from dateline.errors import InputError
from dateline.model import Fault

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES = (
    (b"%PDF-", "a PDF file"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"PK\x03\x04", "a ZIP archive or Office document"),
    (b"\x1f\x8b", "a gzip file"),
    (b"\x7fELF", "a program"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"SQLite format 3", "a database"),
)
_CONTROL_BYTES = bytes({*range(32), 127} - {9, 10, 12, 13})
_FEW_CONTROLS = 4
"""So many control bytes may stand in a text that is otherwise sound (terminal colours, a stray zero)."""
_MARKUP = (b"<!doctype html", b"<html", b"<?xml", b"<rss", b"<feed", b"warc/")


def decode(raw: bytes) -> tuple[str, tuple[Fault, ...]]:
    """The text of some bytes and what was doubtful. Raises :class:`InputError` for what is no text."""
    if not raw.strip():
        raise InputError("the file is empty")
    kind = next((name for signature, name in _SIGNATURES if raw.startswith(signature)), None)
    if kind:
        raise InputError(f"this is {kind}, not text; save the report as plain text (UTF-8)")
    for bom, encoding in _BOMS:
        if raw.startswith(bom):
            return _with_bom(raw, encoding), ()
    start = raw[:400].lstrip().lower()
    if start.startswith(_MARKUP):
        raise InputError("this is a page, feed or archive; only plain text is read yet, so save its text as UTF-8")
    control = len(raw) - len(raw.translate(None, _CONTROL_BYTES))
    if control > max(_FEW_CONTROLS, 0.02 * len(raw)):
        raise InputError("this is binary data, not text (it holds many control bytes)")
    try:
        return raw.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        return _guessed(raw, error)


def _with_bom(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(f"the file claims to be {encoding} by its first bytes, but is not: {error}") from None


def _guessed(raw: bytes, error: UnicodeDecodeError) -> tuple[str, tuple[Fault, ...]]:
    """The likeliest single encoding, marked; refused where none gives readable text."""
    from charset_normalizer import from_bytes

    best = from_bytes(raw[:200_000], cp_exclusion=["utf_7"]).best()
    encoding = best.encoding if best is not None else "cp1252"
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        encoding, text = "cp1252", raw.decode("cp1252", errors="replace")
    letters = sum(character.isprintable() or character.isspace() for character in text[:20_000])
    if letters < 0.9 * len(text[:20_000]):
        raise InputError(f"this is not text in any encoding known here (not UTF-8 from byte {error.start} on)")
    reason = f"the file is not UTF-8 (byte {error.start}); it was read as {encoding}, a guess: check names with accents"
    return text, (Fault(stage="intake", reason=reason, kind="warning"),)
