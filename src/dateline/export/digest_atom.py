"""What came of an archive in, an Atom feed out (RFC 4287): an entry a change, the same change under the same id."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from xml.etree import ElementTree

from msgspec import Struct

from dateline.export.archive_text import day_of, headline_of, support_of
from dateline.export.digest_text import HEADINGS, cited, lead_of, shift_in_words
from dateline.export.visible import one_line
from dateline.merge.comparing import Change, Digest

MOST = 200
"""Entries that a feed keeps."""
ATOM = "http://www.w3.org/2005/Atom"
_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML document may hold."""


class Entry(Struct, frozen=True, kw_only=True):
    """An entry: ``url`` is the address of the report that is quoted; ``updated`` a stamp (RFC 3339)."""

    id: str
    title: str
    updated: str
    text: str
    kind: str
    watches: tuple[str, ...] = ()
    author: str = ""
    url: str = ""


def entries_of(digest: Digest, at: datetime, links: Mapping[str, str]) -> list[Entry]:
    """The entries of a digest that was made at a time, in its order; ``links`` are the addresses of reports, by id."""
    return [_entry(change, at.isoformat(timespec="seconds"), links) for change in digest.changes]


def _entry(change: Change, at: str, links: Mapping[str, str]) -> Entry:
    world, told = change.world, lead_of(change)
    lines = [*map(shift_in_words, change.shifts), f"“{one_line(told.sentence)}” ({cited(told)})", support_of(world)]
    return Entry(
        id=_id(change),
        title=f"{HEADINGS[change.kind]}: {day_of(world)}: {headline_of(world)}",
        updated=at,
        text="\n".join(lines),
        kind=change.kind,
        watches=change.watches,
        author=one_line(told.publisher or ""),
        url=links.get(told.report, ""),
    )


def _id(change: Change) -> str:
    """The same for the same change, whenever and however often it is told of."""
    shifts = [f"{s.slot}={s.was}>{s.now}" for s in change.shifts]
    parts = (change.kind, change.world.tellings[0].anchor, *sorted(change.new), *shifts)
    return f"urn:sha256:{hashlib.sha256(chr(0).join(parts).encode('utf-8', 'surrogatepass')).hexdigest()}"


def joined(new: Iterable[Entry], old: Sequence[Entry]) -> tuple[Entry, ...]:
    """The entries of a feed, the latest first, each id once (as it was first told), :data:`MOST` at most."""
    first = {entry.id: entry for entry in old}
    fresh = [entry for entry in new if entry.id not in first]
    return (*fresh, *old)[:MOST]


def to_atom(entries: Sequence[Entry], title: str, at: datetime) -> bytes:
    """The feed of some entries, as UTF-8 with a declaration; ``at`` stands where there is no entry."""
    ElementTree.register_namespace("", ATOM)
    feed = ElementTree.Element(f"{{{ATOM}}}feed")
    name = hashlib.sha256(title.encode("utf-8", "replace")).hexdigest()
    _put(feed, "id", f"urn:sha256:{name}")
    _put(feed, "title", title)
    _put(feed, "updated", entries[0].updated if entries else at.isoformat(timespec="seconds"))
    _put(feed, "generator", "Dateline")
    _put(_put(feed, "author"), "name", "Dateline")
    for entry in entries:
        _add(feed, entry)
    return bytes(ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)) + b"\n"


def _add(feed: ElementTree.Element, entry: Entry) -> None:
    made = _put(feed, "entry")
    _put(made, "id", entry.id)
    _put(made, "title", entry.title)
    _put(made, "updated", entry.updated)
    for term in (entry.kind, *entry.watches):
        _put(made, "category").set("term", _fit(term))
    if entry.author:
        _put(_put(made, "author"), "name", entry.author)
    if entry.url:
        _put(made, "link").set("href", _fit(entry.url))
    _put(made, "content", entry.text).set("type", "text")


def _put(under: ElementTree.Element, name: str, text: str = "") -> ElementTree.Element:
    made = ElementTree.SubElement(under, f"{{{ATOM}}}{name}")
    made.text = _fit(text) or None
    return made


def _fit(text: str) -> str:
    return _UNFIT.sub("\ufffd", text)
