"""A web archive (WARC) in, its pages and texts out; what was read before the file breaks off is kept."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from typing import IO, TYPE_CHECKING, Any

import msgspec

from dateline.intake.found import About, Piece

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

_PAGES = ("text/html", "application/xhtml+xml")
_TEXTS = ("text/plain",)
_TOO_LARGE = "raise the limit in dateline.toml or DATELINE_MAX_BYTES to read it"


def records_of(stream: IO[bytes], whole: Piece, max_bytes: int) -> Iterator[Piece | None]:
    """The pages and texts of an archive, in order, None for a record that is neither (requests, metadata, revisits,
    pictures); at most ``max_bytes`` of each, decoded. A page that the server answered with an error is a refused
    piece, as is the place where the archive breaks off."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    wanted = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion | WarcRecordType.unknown
    number, at, watched = 0, 0, _Watched(stream)
    try:
        for record in ArchiveIterator(watched, record_types=wanted, parse_http=False):
            number, at = number + 1, record.stream_pos
            yield _piece(record, number, whole, max_bytes)
        if not watched.tail.endswith(b"\n"):
            raise EOFError("its last record has no end")
    except (OSError, ValueError, EOFError) as error:
        reason = f"the archive is damaged or cut off after byte {at:,} ({str(error)[:100]}); what stood before was read"
        yield _refused(whole, number + 1, reason, f"{whole.id}#{number + 1}")


class _Watched:
    """A stream that remembers its last bytes: the library says nothing of an archive that ends in a record's head."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream, self._at, self.tail = stream, 0, b""

    def read(self, size: int = 65_536) -> bytes:
        part = self._stream.read(size)
        self._at, self.tail = self._at + len(part), part[-4:] or self.tail
        return part

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = 0) -> int:
        raise OSError(f"an archive is read from front to back, never to {offset} from {whence}")

    def close(self) -> None:
        self._stream.close()


def _piece(record: WarcRecord, number: int, whole: Piece, max_bytes: int) -> Piece | None:
    """The piece of one record, None for one that holds no report."""
    from fastwarc.warc import WarcRecordType

    url = (record.headers.get("WARC-Target-URI") or "").strip("<>") or None
    name = f"{whole.id}#{(record.headers.get('WARC-Record-ID') or '').strip('<>') or number}"
    at, size = record.stream_pos, record.content_length
    if record.record_type == WarcRecordType.unknown:
        return _refused(whole, number, f"the archive is damaged or cut off at byte {at:,}", name)
    block = record.reader.read(min(size, max_bytes) + 1)
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
    return msgspec.structs.replace(
        whole,
        id=name,
        kind=kind,
        number=number,
        content=block[:size],
        about=_about(record, url, whole.about),
        charset=_charset(content_type),
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
