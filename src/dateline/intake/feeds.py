"""An RSS or Atom feed in, its entries out, each read by itself so that none spoils the others."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec

from dateline.errors import InputError
from dateline.intake.days import day_of_address, own_day, readable_day, stamped_day
from dateline.intake.decoding import decode
from dateline.intake.found import Found, Piece, doubt
from dateline.intake.page_facts import host_of
from dateline.intake.pages import plain_text
from dateline.intake.text import article_from_text
from dateline.model import Fault
from dateline.settings import Settings

_MARK = re.compile(r"<!\[CDATA\[|<!--|<(/?)((?:[\w-]{1,20}:)?(?:item|entry))(?=[\s>])", re.I)
_NEXT = re.compile(r"</(?:[\w-]{1,20}:)?(?:item|entry)>\s{0,20}<(?:[\w-]{1,20}:)?(?:item|entry)[\s>]", re.I)
"""Where one entry ends and another begins inside CDATA, the CDATA was never closed."""
_CLOSERS = {"<![CDATA[": "]]>", "<!--": "-->"}
_DECLARATION = re.compile(r"^\s*<\?xml[^<>]*\?>")
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[<>]*(?:\[.*?\]\s*)?>", re.S | re.I)
_REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,40})|([0-9]{1,40}));?")
_GEO = re.compile(r"<(/?)(georss|gml|geo):", re.I)
_ROOT = re.compile(r"<((?:[\w-]{1,20}:)?(?:rss|rdf|feed))(?=[\s>])", re.I)
_ENCODED = 4
"""How often a value is taken for HTML: so often was some that was seen encoded, and once more."""
_ELEMENTS = "p|a|b|i|em|strong|span|div|ul|ol|li|h[1-6]|blockquote|figure|figcaption|table|tr|td|font|small|u"
_MARKUP = re.compile(
    rf"</(?:{_ELEMENTS})\s*>|<(?:br|hr|img|p)(?:\s[^<>]{{0,2000}})?/?>|&(?:[a-z]{{2,8}}|#x?[0-9a-f]{{2,6}});", re.I
)
"""What is left in words that were HTML encoded twice: a whole tag, or an entity. A report on HTML may name a tag."""
_HEAD = 20_000
"""Characters before the first entry that are kept for its name spaces, base address and title."""


def entries_of(raw: bytes, whole: Piece, charset: str | None = None) -> Iterator[Piece]:
    """The entries of a feed in order, cut out but not parsed, each a small feed of its own. Raises
    :class:`InputError` for bytes that are no text; a feed without entries gives one refused piece."""
    text, faults = decode(raw, charset)
    text = _harmless(text)
    number, head = 0, ""
    for start, end in _entries(text):
        if not number:
            head = text[: min(start, _HEAD)]
        number += 1
        yield msgspec.structs.replace(
            whole,
            id=f"{whole.id}#{number}",
            kind="entry",
            number=number,
            content=(head + text[start:end] + _ending(head)).encode("utf-8", "replace"),
            faults=(*whole.faults, *faults),
        )
    if not number:
        yield msgspec.structs.replace(whole, refused="the feed holds no entries")


def found_in_entry(piece: Piece, configured: Settings) -> Found:
    """The article of one entry: its full content where the feed carries it, else its summary, marked. Raises
    :class:`InputError` for an entry without words."""
    feed = _parsed(piece.content)
    if not feed.entries:
        raise InputError("the entry could not be read")
    entry, about = feed.entries[0], piece.about
    text, faults = _text(entry)
    url = _link(entry.get("link"))
    published, unclear = readable_day(about.published) if about.published else _day(entry, url)
    article = article_from_text(
        text,
        id=piece.id,
        title=about.title or _plain(entry.get("title")),
        published=published,
        published_words=unclear,
        publisher=about.publisher or _plain(feed.feed.get("title")) or host_of(url),
        url=url,
        byline=_plain(entry.get("author")),
        origin=piece.origin,
        max_characters=configured.max_characters,
    )
    return Found(article, faults)


def _harmless(text: str) -> str:
    """The feed without document type (entities, files) and without character references that no character has; name
    spaces of geography are renamed, since broken coordinates end the parser."""
    text = _DECLARATION.sub("", text.lstrip("\ufeff"), count=1)
    if "<!doctype" in text[:_HEAD].lower():
        text = _DOCTYPE.sub("", text, count=1)
    return _GEO.sub(r"<\1x-\2-", _REFERENCE.sub(_reference, text))


def _reference(match: re.Match[str]) -> str:
    number = int(match[1], 16) if match[1] else int(match[2])
    sound = number < 0x110000 and not 0xD800 <= number < 0xE000 and number != 0
    return match[0] if sound else "\ufffd"


def _entries(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of every entry; what stands in CDATA and comments is passed over. One walk over the text."""
    at, start, unclosed = 0, -1, set[str]()
    while mark := _MARK.search(text, at):
        at = mark.end()
        closer = _CLOSERS.get(mark[0].upper())
        if closer is not None:
            end = -1 if closer in unclosed else text.find(closer, at)
            if end < 0:
                unclosed.add(closer)
            elif not _NEXT.search(text, at, end):
                at = end + len(closer)
        elif not mark[1]:
            if start >= 0:  # the one before was never closed
                yield start, mark.start()
            start = mark.start()
        elif start >= 0:
            at = text.find(">", at) + 1 or len(text)
            yield start, at
            start = -1
    if start >= 0:
        yield start, len(text)


def _ending(head: str) -> str:
    """The closing tags that make a head and one entry a whole feed."""
    root = _ROOT.search(head)
    if root is None:
        return ""
    lower = head.lower()
    return ("</channel>" if "<channel" in lower and "</channel" not in lower else "") + f"</{root[1]}>"


def _parsed(raw: bytes) -> Any:
    import feedparser

    try:
        return feedparser.parse(
            io.BytesIO(raw), response_headers={"content-type": "application/xml; charset=utf-8"}, sanitize_html=False
        )
    except Exception as error:  # noqa: BLE001 - the parser is known to raise whatever comes on broken values
        raise InputError(f"the entry could not be read ({type(error).__name__}: {str(error)[:100]})") from None


def _text(entry: Any) -> tuple[str, tuple[Fault, ...]]:
    """(text, doubts) of an entry: the longest content, else the summary, else the headline alone."""
    bodies = [_plain(part.get("value")) for part in entry.get("content", ()) if isinstance(part, dict)]
    body = max((b for b in bodies if b), key=len, default=None)
    summary = _plain(entry.get("summary"))
    if body and (not summary or len(body) >= len(summary)):
        return body, ()
    if summary:
        return summary, (doubt("the feed carries a summary of the report, not the whole of it"),)
    title = _plain(entry.get("title"))
    if title:
        return title, (doubt("the feed carries the headline of the report alone"),)
    raise InputError("the entry holds no words")


def _plain(value: Any) -> str | None:
    """The words of a value that may be HTML, one line a block; HTML that was encoded twice or more is undone."""
    if not isinstance(value, str) or not value.strip():
        return None
    for again in range(_ENCODED):
        if ("<" not in value and "&" not in value) or (again and not _MARKUP.search(value)):
            break
        value = plain_text(f"<html><body>{value}</body></html>", main=False)
    return value.replace("\0", " ").strip() or None


def _day(entry: Any, url: str | None) -> tuple[date | None, str | None]:
    """The outlet's own day of an entry, or its words where they are no date. The parser's own reading is not asked: it
    gives UTC's day, and fills what it cannot read with today's."""
    stamps = [str(words) for name in ("published", "created", "updated") if (words := dict.get(entry, name))]
    in_address = day_of_address(url)
    for stamp in stamps:
        if stamped_day(stamp)[0] is not None:
            return own_day(stamp, stamps, [in_address] if in_address else []), None
    return None, stamped_day(stamps[0])[1] if stamps else None


def _link(value: Any) -> str | None:
    return value if isinstance(value, str) and value.lower().startswith(("http://", "https://")) else None
