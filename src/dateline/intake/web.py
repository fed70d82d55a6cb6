"""A web address that the user gave in, the bytes behind it out: public hosts only, bounded in size, time, redirects."""

from __future__ import annotations

import contextlib
import http.client
import io
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from urllib.parse import SplitResult, urljoin, urlsplit

from msgspec import Struct

from dateline.errors import InputError
from dateline.intake.addresses import is_public

REDIRECTS = 5
TIMEOUT = 15.0
"""Seconds to connect, and that the host may be silent."""
_STEP = 65_536
_PORTS = frozenset({80, 443})
_MOVED = frozenset({301, 302, 303, 307, 308})
_FOR_GOOD = frozenset({301, 308})
_LONGEST_MARK = 1000
"""Characters of a mark that is kept; a server that sends a longer one is asked without."""
AGENT = "Dateline (reads one address that its user gave)"

Resolve = Callable[[str, int], list[str]]
Connect = Callable[[str, int], socket.socket]


class Marks(Struct, frozen=True):
    """By what a server knows the answer that it gave last (``ETag``, ``Last-Modified``), word for word."""

    etag: str | None = None
    modified: str | None = None


class Answer(Struct, frozen=True, kw_only=True):
    """What a server said: ``url`` after redirects, ``moved`` where all of them were for good; ``body`` (decoded) and
    ``charset`` of a 200 alone; ``retry_after`` is its header, word for word."""

    url: str
    status: int
    moved: bool = False
    marks: Marks = Marks()
    retry_after: str | None = None
    charset: str | None = None
    body: bytes = b""


class Fetched(Struct, frozen=True):
    """What came from an address: ``url`` after redirects, the charset of the header, the decoded body."""

    url: str
    charset: str | None
    body: bytes


def resolved(host: str, port: int) -> list[str]:
    """The addresses of a host. Raises :class:`InputError` for one that is not known."""
    try:
        return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError):
        raise InputError(f"the host {host!r} is not known; check the address and the connection") from None


def connected(address: str, port: int) -> socket.socket:
    """A connection to an address that was checked."""
    return socket.create_connection((address, port), TIMEOUT)


def fetch(
    url: str, max_bytes: int, max_seconds: float, resolve: Resolve = resolved, connect: Connect = connected
) -> Fetched:
    """Get a page: :func:`ask`, where every answer but a 200 is an error too."""
    answer = ask(url, max_bytes, max_seconds, resolve=resolve, connect=connect)
    if answer.status != 200:
        raise InputError(f"the server answered {answer.status}, not 200: no report")
    return Fetched(answer.url, answer.charset, answer.body)


def ask(
    url: str,
    max_bytes: int,
    max_seconds: float,
    *,
    marks: Marks = Marks(),  # noqa: B008 - immutable
    agent: str = AGENT,
    may: Callable[[str], None] = lambda _url: None,
    resolve: Resolve = resolved,
    connect: Connect = connected,
) -> Answer:
    """Ask a server. The host is looked up once and the connection goes to the address that was checked; each redirect
    is checked again and its body not read. With ``marks`` a server that has nothing new may answer 304; ``may`` hears
    of every address before it is asked, waits where there is need to (that time is not counted), and raises for one
    that may not be. Raises :class:`InputError` with the reason for everything that fails but a status."""
    ends = time.monotonic() + max_seconds
    headers, moved = _named(agent, marks), False
    for redirects in range(REDIRECTS + 1):
        parts = _parts(url)
        if redirects and parts.port not in {None, *_PORTS}:
            raise InputError(f"the address leads on to port {parts.port}, where no pages are; give the last address")
        began = time.monotonic()
        may(url)
        ends += time.monotonic() - began
        try:
            with contextlib.ExitStack() as opened, _ask(parts, headers, resolve, connect, opened, ends) as answer:
                said = None if answer.status in _MOVED else _said(url, answer, max_bytes, moved=moved)
                if time.monotonic() >= ends:
                    raise TimeoutError("cut off")
                if said is not None:
                    return said
                url = urljoin(url, answer.getheader("Location") or "")
                moved = answer.status in _FOR_GOOD and (moved or not redirects)
        except (OSError, http.client.HTTPException, ValueError) as error:
            reason = f"the host could not be read: {type(error).__name__}: {str(error)[:100]}"
            if time.monotonic() >= ends:
                reason = f"the host took longer than max_seconds = {max_seconds:g}; raise the limit, or save the page"
            raise InputError(reason) from None
    raise InputError(f"the address leads on more than {REDIRECTS} times; give the last one")


def _named(agent: str, marks: Marks) -> dict[str, str]:
    """The headers of a request."""
    named = {"User-Agent": agent, "Accept-Encoding": "gzip", "Connection": "close"}
    asked = {"If-None-Match": marks.etag, "If-Modified-Since": marks.modified}
    return named | {name: value for name, value in asked.items() if value}


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError as error:
        raise InputError(f"this is no web address: {error}") from None
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise InputError("only http:// and https:// addresses with a host are read")
    if parts.username is not None or parts.password is not None or port == 0:
        raise InputError("an address with a user name, password or port 0 is not read")
    return parts


def _ask(
    parts: SplitResult,
    headers: dict[str, str],
    resolve: Resolve,
    connect: Connect,
    opened: contextlib.ExitStack,
    ends: float,
) -> http.client.HTTPResponse:
    """The answer of a host, its body not yet read. What is opened for it is closed with ``opened``, and cut at
    ``ends``, so that no host keeps us by sending a little now and then."""
    host, secure = parts.hostname or "", parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    addresses = resolve(host, port)
    closed = next((a for a in addresses if not is_public(a)), None)
    if closed is not None or not addresses:
        raise InputError(f"the host {host!r} is {closed or 'nowhere'}, which is not a public address: not read")
    channel = opened.enter_context(connect(addresses[0], port))
    channel.settimeout(TIMEOUT)
    cutting = threading.Timer(max(0.0, ends - time.monotonic()), _cut, [channel])
    cutting.daemon = True
    cutting.start()
    opened.callback(cutting.cancel)
    if secure:
        channel = opened.enter_context(ssl.create_default_context().wrap_socket(channel, server_hostname=host))
    asking = opened.enter_context(contextlib.closing(http.client.HTTPConnection(host, port)))
    asking.sock = channel
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    path = "".join(c if "!" <= c <= "~" else "".join(f"%{b:02X}" for b in c.encode("utf-8", "replace")) for c in path)
    asking.request("GET", path, headers=headers)
    return asking.getresponse()


def _cut(channel: socket.socket) -> None:
    """Ends a connection that another thread is waiting on."""
    with contextlib.suppress(OSError):
        channel.shutdown(socket.SHUT_RDWR)


def _said(url: str, answer: http.client.HTTPResponse, max_bytes: int, *, moved: bool) -> Answer:
    whole = answer.status == 200
    return Answer(
        url=url,
        status=answer.status,
        moved=moved,
        marks=Marks(_mark(answer, "ETag"), _mark(answer, "Last-Modified")),
        retry_after=answer.getheader("Retry-After"),
        charset=answer.headers.get_content_charset() if whole else None,
        body=_taken(answer, max_bytes) if whole else b"",
    )


def _mark(answer: http.client.HTTPResponse, name: str) -> str | None:
    value = answer.getheader(name)
    return value if value and len(value) <= _LONGEST_MARK else None


def _taken(answer: http.client.HTTPResponse, max_bytes: int) -> bytes:
    packed = (answer.getheader("Content-Encoding") or "").lower() in {"gzip", "x-gzip"}
    body = io.BytesIO()
    try:
        for part in _unpacked(answer, max_bytes) if packed else _parts_of(answer):
            body.write(part)
            if body.tell() > max_bytes:
                limit = f"max_bytes = {max_bytes:,}"
                raise InputError(f"the answer has more than {limit} bytes, decompressed; raise the limit")
    except zlib.error as error:
        raise InputError(f"the answer is not the gzip that it claims to be: {error}") from None
    return body.getvalue()


def _parts_of(answer: http.client.HTTPResponse) -> Iterator[bytes]:
    """The body as it comes. Raises :class:`OSError` for one that ends before its time."""
    while part := answer.read1(_STEP):
        yield part
    if answer.length:
        raise OSError(f"the answer ends {answer.length:,} bytes before its Content-Length")


def _unpacked(answer: http.client.HTTPResponse, max_bytes: int) -> Iterator[bytes]:
    """The body of any number of gzip members, at most a byte more than ``max_bytes`` of it at once."""
    member = zlib.decompressobj(47)
    started = False
    for part in _parts_of(answer):
        left = part
        while left:
            yield member.decompress(left, max_bytes + 1)
            started = not member.eof
            left = member.unconsumed_tail
            if member.eof:
                left = member.unused_data.lstrip(b"\0")
                member = zlib.decompressobj(47)
    if started:
        raise OSError("the answer ends in the middle of its gzip")
