"""Bytes in, text out, with a warning for every guess; what is no text is refused with the reason."""

from __future__ import annotations

import codecs
import re

from dateline.errors import InputError
from dateline.intake.found import doubt
from dateline.intake.sniffing import refuse_binary, wide_encoding
from dateline.model import Fault

_CONTROL_BYTES = bytes({*range(32), 127} - {9, 10, 12, 13})
_FEW_CONTROLS = 4
"""So many control bytes may stand in a text that is otherwise sound (terminal colours, a stray zero)."""
_DECLARED = re.compile(
    rb"""<\?xml[^<>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})"""
    rb"""|<meta[^<>]{0,400}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""",
    re.I,
)
_LATIN = frozenset(
    {"cp1250", "cp1252", "cp1254", "cp1257", "latin_1", "iso8859-1", "iso8859-2", "iso8859-9", "mac_roman"}
)
_DECLARED_WITHIN = 4096
_MARKED = frozenset({"utf-16", "utf-32"})
_WEB_NAMES = {
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "iso-8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "sjis": "cp932",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "x-cp1251": "cp1251",
    "unicode": "utf-8",
    "utf8": "utf-8",
    "utf-16": "utf-8",  # a page that says so in single bytes is not
    "utf-16le": "utf-8",
    "utf-16be": "utf-8",
}
"""What the web's names stand for in practice (WHATWG Encoding), where Python's own meaning differs."""


def decode(raw: bytes, charset: str | None = None) -> tuple[str, tuple[Fault, ...]]:
    """The text of some bytes and what was doubtful. A byte order mark wins, then UTF-8 where the bytes are UTF-8, then
    ``charset`` (what a header claims), then what the text itself declares, then a guess that is marked. Raises
    :class:`InputError` for what is no text."""
    if not raw.strip():
        raise InputError("the file is empty")
    refuse_binary(raw)
    if raw.startswith(codecs.BOM_UTF8):
        return _with_bom(raw, "utf-8-sig"), ()
    wide = wide_encoding(raw)
    if wide is not None:
        return _wide(raw, wide)
    control = len(raw) - len(raw.translate(None, _CONTROL_BYTES))
    claimed = _codec(charset) or _codec(_declared(raw))
    if control > max(_FEW_CONTROLS, 0.02 * len(raw)) and not (claimed or "").startswith("iso2022"):
        raise InputError("this is binary data, not text (it holds many control bytes)")
    if claimed is not None and claimed.startswith(("iso2022", "hz")):
        return _claimed(raw, claimed)
    try:
        return raw.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        return _claimed(raw, claimed) if claimed not in {None, "utf-8"} else _guessed(raw, error)


def _declared(raw: bytes) -> str | None:
    found = _DECLARED.search(raw[:_DECLARED_WITHIN])
    return (found[1] or found[2]).decode("ascii", "replace") if found else None


def _codec(name: str | None) -> str | None:
    """Python's name of a text encoding, or None for a name that stands for none."""
    if not name:
        return None
    name = name.strip("\"' ").lower()
    try:
        found = codecs.lookup(_WEB_NAMES.get(name, name))
    except (LookupError, ValueError):
        return None
    return found.name if found._is_text_encoding and found.name not in {"utf-7", "idna", "punycode"} else None


def _with_bom(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(f"the file claims to be {encoding} by its first bytes, but is not: {error}") from None


def _wide(raw: bytes, encoding: str) -> tuple[str, tuple[Fault, ...]]:
    if encoding in _MARKED:
        return _with_bom(raw, encoding), ()
    text = raw.decode(encoding, errors="replace")
    return text, (doubt(f"the file has no mark of its encoding; it was read as {encoding}, by its zero bytes"),)


def _claimed(raw: bytes, encoding: str | None) -> tuple[str, tuple[Fault, ...]]:
    assert encoding is not None
    text = raw.decode(encoding, errors="replace")
    lost = text.count("\ufffd")
    if not lost:
        return text, ()
    return text, (doubt(f"{lost} character(s) are not {encoding}, as the text claims to be; they stand as \ufffd"),)


def _guessed(raw: bytes, error: UnicodeDecodeError) -> tuple[str, tuple[Fault, ...]]:
    """The likeliest single encoding, marked; refused where none gives readable text."""
    nearly = raw.decode("utf-8", errors="replace")
    broken = nearly.count("\ufffd")
    if broken <= 0.02 * sum(character > "\x7f" for character in nearly):
        return nearly, (
            doubt(f"{broken} character(s) are not UTF-8 (from byte {error.start} on); they stand as \ufffd"),
        )
    encoding = _likeliest(raw[:200_000])
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        encoding, text = "cp1252", raw.decode("cp1252", errors="replace")
    letters = sum(character.isprintable() or character.isspace() for character in text[:20_000])
    if letters < 0.9 * len(text[:20_000]):
        raise InputError(f"this is not text in any encoding known here (not UTF-8 from byte {error.start} on)")
    reason = f"the file is not UTF-8 (byte {error.start}); it was read as {encoding}, a guess: check names with accents"
    return text, (doubt(reason),)


def _likeliest(raw: bytes) -> str:
    """The name of the likeliest single-byte or Asian encoding. Two detectors are asked: charset-normalizer is right for
    other scripts, but takes one Latin code page for the other (French and Turkish samples), where uchardet is right."""
    from charset_normalizer import from_bytes
    from resiliparse.parse.encoding import detect_encoding

    best = from_bytes(raw, cp_exclusion=["utf_7"]).best()
    encoding = best.encoding if best is not None else "cp1252"
    if encoding in _LATIN:
        other = _codec(detect_encoding(raw))
        return other if other in _LATIN else encoding
    return encoding
