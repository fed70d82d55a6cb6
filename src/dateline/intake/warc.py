"""A web archive (WARC) in, its pages and texts out; what stands before and behind a damaged place is read."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from datetime import date
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import urlsplit

import msgspec

from dateline.intake.found import About, Piece
from dateline.intake.watching import RECORD, Watched

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

_PAGES = ("text/html", "application/xhtml+xml")
_TEXTS = ("text/plain",)
_REPORTS = frozenset({"http", "https", "ftp", "file"})
"""Schemes of addresses where reports are; others (``metadata:``, ``dns:``) are a crawler's own notes."""
_HEAD = 1_048_576
"""Bytes of a record beside its content that are kept for finding the next one."""
_TOO_LARGE = "raise the limit in dateline.toml or DATELINE_MAX_BYTES to read it"


def records_of(stream: IO[bytes], whole: Piece, max_bytes: int) -> Iterator[Piece | None]:
    """The pages and texts of an archive, in order, None for a record that is neither (requests, metadata, revisits,
    pictures); at most ``max_bytes`` of each, decoded. A page that the server answered with an error is a refused
    piece, as is the place where the archive is damaged or breaks off; what stands behind damage is read."""
    number, watched = 0, Watched(stream, max_bytes + _HEAD)
    while True:
        try:
            for record in _records(watched):
                number += 1
                yield _piece(record, number, whole, max_bytes)
            if watched.ended:
                return
            raise EOFError("its last record has no end")
        except (OSError, ValueError, EOFError, zlib.error) as error:
            number += 1
            reason = f"the archive is damaged or cut off after byte {watched.begun:,} ({str(error)[:100]})"
            yield _refused(whole, number, f"{reason}; what stands on both sides was read", f"{whole.id}#{number}")
        if not watched.resume():
            return


def _records(watched: Watched) -> Iterator[WarcRecord]:
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    for record in ArchiveIterator(watched, record_types=WarcRecordType.any_type, parse_http=False):
        watched.began(record.stream_pos)
        yield record


def _piece(record: WarcRecord, number: int, whole: Piece, max_bytes: int) -> Piece | None:
    """The piece of one record, None for one that holds no report. Raises :class:`ValueError` for a record that runs
    into the next one."""
    from fastwarc.warc import WarcRecordType

    url = (record.headers.get("WARC-Target-URI") or "").strip("<>") or None
    name = f"{whole.id}#{(record.headers.get('WARC-Record-ID') or '').strip('<>') or number}"
    at, size = record.stream_pos, record.content_length
    block = record.reader.read(min(size, max_bytes) + 1)
    if RECORD.search(block):
        raise ValueError("a record runs into the next one")
    if record.record_type == WarcRecordType.unknown:
        return _refused(whole, number, f"the archive is damaged or cut off at byte {at:,}", name)
    wanted = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    if not record.record_type & wanted or (url and urlsplit(url).scheme.lower() not in _REPORTS):
        return None
    if len(block) < min(size, max_bytes):
        return _refused(whole, number, f"the archive is cut off in the record at byte {at:,}", name)
    if size > max_bytes:
        reason = f"the record at byte {at:,} has {size:,} bytes, more than max_bytes = {max_bytes:,}"
        return _refused(whole, number, reason, name, _TOO_LARGE)
    record.set_bytes_content(block[:size])
    content_type = (record.headers.get("Content-Type") or "").lower()
    if record.is_http or content_type.startswith("application/http"):
        record.parse_http(auto_decode="none")
        return _answer(record, number, whole, max_bytes, name, _about(record, url, whole.about))
    kind = _kind(content_type)
    if kind is None:
        return None
    about, charset = _about(record, url, whole.about), _charset(content_type)
    return msgspec.structs.replace(
        whole, id=name, kind=kind, number=number, content=block[:size], about=about, charset=charset
    )


def _answer(record: WarcRecord, number: int, whole: Piece, max_bytes: int, name: str, about: About) -> Piece | None:
    """The piece of a server's answer."""
    headers = record.http_headers
    content_type = ((headers.get("Content-Type") if headers else None) or "").lower()
    kind = _kind(content_type or "text/html")
    if headers is None or kind is None:
        return None
    if headers.status_code != 200:
        return _refused(whole, number, f"the server answered {headers.status_code}, not 200: no report", name)
    body = _decoded(record, headers, max_bytes)
    if len(body) > max_bytes:
        reason = f"the page has more than max_bytes = {max_bytes:,} bytes when it is decompressed"
        return _refused(whole, number, reason, name, _TOO_LARGE)
    return msgspec.structs.replace(
        whole, id=name, kind=kind, number=number, content=body, about=about, charset=_charset(content_type)
    )


def _decoded(record: WarcRecord, headers: Any, max_bytes: int) -> bytes:
    """The body, unchunked and decompressed, never more than one byte over the limit. A body that is not what its
    headers say is taken as it stands."""
    from fastwarc.stream_io import BrotliReader, ChunkedReader, GzipReader

    body = record.reader.read(max_bytes + 1)
    readers = {"gzip": GzipReader, "x-gzip": GzipReader, "deflate": GzipReader, "br": BrotliReader}
    steps: list[Any] = [ChunkedReader] if "chunked" in (headers.get("Transfer-Encoding") or "").lower() else []
    codings = (headers.get("Content-Encoding") or "").lower().split(",")
    steps += [readers[c.strip()] for c in reversed(codings) if c.strip() in readers]
    for step in steps:
        try:
            with step(io.BytesIO(body)) as reader:
                body = _read(reader, max_bytes + 1) or body
        except (OSError, ValueError, EOFError):
            continue
    return body


def _read(reader: Any, limit: int) -> bytes:
    """At most ``limit`` bytes of a reader that may give fewer than asked for; what came before it fails."""
    parts, left = [], limit
    try:
        while left > 0 and (part := reader.read(min(left, 65_536))):
            parts.append(part)
            left -= len(part)
    except (OSError, ValueError, EOFError):
        if not parts:
            raise
    return b"".join(parts)


def _kind(content_type: str) -> Any:
    if content_type.startswith(_PAGES):
        return "page"
    return "text" if content_type.startswith(_TEXTS) else None


def _charset(content_type: str) -> str | None:
    _, found, rest = content_type.partition("charset=")
    return rest.split(";")[0].strip("\"' ") if found else None


def _about(record: WarcRecord, url: str | None, about: About) -> About:
    """What the record says beside the text: its address and the day it was fetched."""
    moment = record.headers.get("WARC-Date") or ""
    try:
        retrieved = date.fromisoformat(moment[:10])
    except ValueError:
        retrieved = None
    return msgspec.structs.replace(about, url=about.url or url, retrieved=retrieved)


def _refused(whole: Piece, number: int, reason: str, name: str, hint: str | None = None) -> Piece:
    return msgspec.structs.replace(whole, id=name, number=number, refused=reason, hint=hint)
