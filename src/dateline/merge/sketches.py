"""A record in, all that laying it beside others needs out: its words, its shingles, what it tells."""

from __future__ import annotations

import re
import zlib
from datetime import date

import msgspec
from msgspec import Struct

from dateline.errors import InputError
from dateline.knowledge.actors import load_actors
from dateline.learned import likeness
from dateline.merge.shingles import shingles_of
from dateline.merge.tellings import Telling, tellings_of
from dateline.merge.words import counts_of, top_words, vector_of
from dateline.model import Record
from dateline.settings import settings

VERSION = 8
"""Of the form of a sketch: one that is kept in another form is made again from the record."""
BUCKET_DAYS = 5
"""Days that reports are filed under, to be found by: those of one stretch and of the two before it are looked through.
A day that is only derived from the words files nothing: it may be that of what is told."""
CELL = "#"
"""What stands before the number of a cell among the words by which a report is found; no word begins with it."""
_EDGE = 200
"""Characters at both ends of a text among which a credit line is looked for."""
_CREDIT = re.compile(r"[(\[—–-]\s*([A-Z][\w .]{1,30}?)\s*[)\]]|(?:[—–-]|\bby)\s*([A-Z][\w .]{1,30}?)\s*(?:$|\n|/)")


class Outline(Struct, frozen=True, kw_only=True, gc=False):
    """By what a report is found among others: ``id`` is unique among those laid side by side; ``day`` the one it
    speaks from; ``words`` a unit vector; ``vector`` what its first words are about, of about length 1 in signed bytes
    (none where nothing learned was asked); ``top`` its heaviest words, and the cells in which its vector lies."""

    id: str
    published: date | None
    day: date | None
    words: dict[str, float]
    top: tuple[str, ...]
    vector: bytes = b""

    @property
    def bucket(self) -> int | None:
        """The stretch of days in which it was published."""
        return self.published.toordinal() // BUCKET_DAYS if self.published else None


class Sketch(Outline, frozen=True, kw_only=True):
    """What is kept of a report to compare it; ``credits`` are ids of agencies in its credit line."""

    title: str | None
    publisher: str | None
    url: str | None
    credits: tuple[str, ...]
    shingles: tuple[int, ...]
    tellings: tuple[Telling, ...]


def sketch_of(record: Record, id: str | None = None) -> Sketch:
    """The sketch of a record, under its article's id or another one."""
    article = record.article
    words = vector_of(counts_of(record))
    vector, cells = _learned(record)
    name = id or article.id
    return Sketch(
        id=name,
        title=article.title,
        publisher=article.publisher,
        url=article.url,
        published=article.published,
        day=article.published or (record.reference.day if record.reference else None),
        credits=_credits(article.text),
        words=words,
        top=tuple(sorted((*top_words(words), *(f"{CELL}{cell}" for cell in cells)))),
        vector=vector,
        shingles=tuple(sorted(shingles_of(article.text))),
        tellings=tuple(tellings_of(record, name)),
    )


def _learned(record: Record) -> tuple[bytes, tuple[int, ...]]:
    """The vector of a report and the cells in which it lies; nothing where the settings ask for nothing learned."""
    head = likeness.load_likeness() if settings().learned else None
    if head is None:
        return b"", ()
    vector = likeness.vector_of(record)
    return vector, head.cells(vector)


def _credits(text: str) -> tuple[str, ...]:
    """The agencies named in a credit line at the beginning or the end."""
    actors = load_actors()
    found = []
    for piece in (text[:_EDGE], text[-_EDGE:]):
        for match in _CREDIT.finditer(piece):
            name = (match[1] or match[2]).strip()
            found += [a.id for a in actors.find(name) if a.kind == "agency"][:1]
    return tuple(dict.fromkeys(found))


_encoder = msgspec.msgpack.Encoder(order="deterministic")
_outline = msgspec.msgpack.Decoder(tuple[int, Outline])
_sketch = msgspec.msgpack.Decoder(Sketch)
_LENGTH = 4


def packed(sketch: Sketch) -> bytes:
    """The bytes under which a sketch is kept: its outline first, so that looking for neighbours need not unpack the
    rest, which is ten times as much."""
    outline = Outline(**{name: getattr(sketch, name) for name in Outline.__struct_fields__})
    head = zlib.compress(_encoder.encode((VERSION, outline)), 6)
    rest = zlib.compress(_encoder.encode(msgspec.structs.replace(sketch, words={})), 6)
    return len(head).to_bytes(_LENGTH, "big") + head + rest


def outlined(raw: bytes) -> Outline:
    """The outline of a sketch's bytes. Raises :class:`InputError` for bytes of another form or version."""
    try:
        version, outline = _outline.decode(zlib.decompress(raw[_LENGTH : _rest(raw)]))
    except (zlib.error, msgspec.DecodeError) as error:
        raise InputError(f"not a sketch of this version: {error}") from None
    if version != VERSION:
        raise InputError(f"a sketch of version {version}, not {VERSION}")
    return outline


def unpacked(raw: bytes) -> Sketch:
    """The sketch of some bytes. Raises :class:`InputError` for bytes of another form or version."""
    outline = outlined(raw)
    try:
        sketch = _sketch.decode(zlib.decompress(raw[_rest(raw) :]))
    except (zlib.error, msgspec.DecodeError) as error:
        raise InputError(f"not a sketch of this version: {error}") from None
    return msgspec.structs.replace(sketch, words=outline.words)


def _rest(raw: bytes) -> int:
    """Where the rest begins."""
    return _LENGTH + int.from_bytes(raw[:_LENGTH], "big")
