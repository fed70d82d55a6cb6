"""Requests in, those that may not be answered refused before anything else sees them; rules for the browser on every
answer.

A web page elsewhere must not be able to use the explorer of whoever visits it: by a name that it points at this machine
(``Host``), by scripts (``Origin``, ``Sec-Fetch-Site``), or by forms (a token of our own, see ``correcting``).
"""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dateline.serve.refusals import Refusal, refused

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "connect-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
RULES = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), interest-cohort=()",
}
POSTED = frozenset({"/corrections", "/corrections/undo", "/enter"})
"""What takes a form; everything else is only looked at."""
MOST_ADDRESS, MOST_BODY = 8_192, 65_536
"""Bytes of an address with its question, and of a body."""
BODY_SECONDS = 10.0
COOKIE = "dateline"
OPEN_PATHS = frozenset({"/enter", "/static/explorer.css", "/static/record.css", "/static/icon.svg"})
"""What is answered without the token: where it is given, and what that page looks like."""


class Guard:
    """Stands before an application. ``hosts`` are the names (with port) under which it may be called; with a ``token``
    every request must carry it, as ``Authorization: Bearer`` or as the cookie of the entrance."""

    def __init__(self, app: ASGIApp, hosts: Iterable[str], token: str | None = None) -> None:
        self.app = app
        self.hosts = frozenset(host.lower() for host in hosts)
        self.token = token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        ruled = _with_rules(send)
        refusal = self._refusal(scope) if scope["type"] == "http" else Refusal(404, "Only pages are served here.")
        if refusal is not None:
            if scope["type"] == "http":
                await refused(scope, refusal)(scope, receive, ruled)
            else:
                await send({"type": "websocket.close", "code": 1008})
            return
        await self.app(scope, _bounded(receive), ruled)

    def _refusal(self, scope: Scope) -> Refusal | None:
        headers = Headers(scope=scope)
        size = len(scope["raw_path"] or b"") + len(scope["query_string"])
        length = headers.get("content-length", "0")
        if size > MOST_ADDRESS:
            return Refusal(414, "The address is too long; choose less at once.")
        if scope["method"] != "GET" and not (scope["method"] == "POST" and scope["path"] in POSTED):
            return Refusal(405, "Only looking (GET) and noting corrections (POST) are possible here.")
        if not length.isdecimal() or int(length) > MOST_BODY:
            return Refusal(413, f"More than {MOST_BODY:,} bytes were sent; a correction needs a few words.")
        return self._foreign(scope, headers) or self._unknown(scope, headers)

    def _foreign(self, scope: Scope, headers: Headers) -> Refusal | None:
        hosts = headers.getlist("host")
        if len(hosts) != 1 or hosts[0].lower() not in self.hosts:
            return Refusal(421, "This explorer does not go by that name; --allow-host gives it one.")
        origins = headers.getlist("origin")
        if any(origin.lower() not in self._origins(scope) for origin in origins):
            return Refusal(403, "A page elsewhere may not ask here.")
        site = headers.get("sec-fetch-site", "none")
        if site not in {"same-origin", "none"} and not _followed_link(scope, headers):
            return Refusal(403, "A page elsewhere may not ask here.")
        if scope["method"] == "POST" and not origins and site != "same-origin":
            return Refusal(403, "It is not told which page this comes from; note corrections on the explorer's pages.")
        return None

    def _origins(self, scope: Scope) -> set[str]:
        return {f"{scope['scheme']}://{host}" for host in self.hosts}

    def _unknown(self, scope: Scope, headers: Headers) -> Refusal | None:
        if self.token is None or scope["path"] in OPEN_PATHS:
            return None
        scheme, _, given = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and same_secret(given.strip(), self.token):
            return None
        cookies = [part.strip().partition("=") for part in headers.get("cookie", "").split(";")]
        if any(name == COOKIE and same_secret(value, self.token) for name, _, value in cookies):
            return None
        return Refusal(401, "This explorer wants its token; give it at /enter.", enter=True)


def same_secret(given: str, token: str) -> bool:
    """Whether a token is the right one, in a time that says nothing of it."""
    return hmac.compare_digest(given.encode(), token.encode())


def _followed_link(scope: Scope, headers: Headers) -> bool:
    """Somebody followed a link to a page of ours: looking alone, and no other page sees the answer."""
    looked = scope["method"] == "GET" and not scope["path"].startswith("/api")
    return looked and headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"


def _with_rules(send: Send) -> Send:
    async def ruled(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in RULES.items():
                headers[name] = value
            headers.setdefault("cache-control", "no-cache")
        await send(message)

    return ruled


def _bounded(receive: Receive) -> Receive:
    """A body that comes in time and is no longer than it may be; what goes beyond is taken for a caller who left."""
    seen = 0

    async def bounded() -> Message:
        nonlocal seen
        try:
            message = await asyncio.wait_for(receive(), BODY_SECONDS if seen >= 0 else None)
        except TimeoutError:
            return {"type": "http.disconnect"}
        if message["type"] == "http.request":
            seen = seen + len(message.get("body", b"")) if message.get("more_body") else -1
            if seen > MOST_BODY:
                return {"type": "http.disconnect"}
        return message

    return bounded
