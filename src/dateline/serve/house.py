"""What every page is made with: the archive, laid out; the pages that were made of it; who may write."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from dateline.archive.keeping import Archive
from dateline.archive.prepared import Prepared
from dateline.serve.rendering import render
from dateline.serve.shelf import Kept, Shelf

SECTIONS = (
    ("/", "Today"),
    ("/chronicle", "Chronicle"),
    ("/map", "Map"),
    ("/timeline", "Timeline"),
    ("/network", "Network"),
    ("/differences", "Differences"),
    ("/actors", "Actors"),
    ("/places", "Places"),
    ("/things", "Equipment"),
    ("/reports", "Reports"),
    ("/corrections", "Corrections"),
)
"""The sections of the explorer: address and name."""


class House:
    """One explorer over one open archive. ``name`` is what its pages call the archive, ``person`` whom corrections are
    noted for; ``writes`` is false where nothing may be corrected."""

    def __init__(self, archive: Archive, name: str, person: str, *, writes: bool) -> None:
        self.archive, self.name, self.person, self.writes = archive, name, person, writes
        self.shelf = Shelf(archive)
        self.form_token = secrets.token_urlsafe(24)
        """Stands in every form of ours: a form of another page does not know it."""
        self._kept: Kept[bytes] = Kept()

    def page(self, request: Request, template: str, shown: Callable[[Prepared], dict[str, Any]]) -> Response:
        """The page of an address, made once for every state of the archive."""
        prepared, behind = self.shelf.current(), self.shelf.behind

        def make() -> bytes:
            return render(template, **self.around(request, prepared), **shown(prepared)).encode()

        name = f"{request.url.path}?{request.url.query}#{behind}"
        return answer(request, self._kept.get(prepared.state, name, make), "text/html; charset=utf-8")

    def kept(self, request: Request, media_type: str, make: Callable[[Prepared], bytes]) -> Response:
        """What programs of a page ask for, made once for every state of the archive."""
        prepared = self.shelf.current()
        name = f"{request.url.path}?{request.url.query}"
        return answer(request, self._kept.get(prepared.state, name, lambda: make(prepared)), media_type)

    def around(self, request: Request, prepared: Prepared) -> dict[str, Any]:
        """What every page shows around its own."""
        return {
            "bare": False,
            "archive": self.name,
            "behind": self.shelf.behind,
            "form_token": self.form_token,
            "here": request.url.path,
            "person": self.person,
            "prepared": prepared,
            "sections": SECTIONS,
            "writes": self.writes,
        }


def answer(request: Request, body: bytes, media_type: str, **headers: str) -> Response:
    """A body with its mark; nothing but the mark for who has it already."""
    mark = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
    named = {"etag": mark, "cache-control": "no-cache"} | headers
    known = {part.strip().removeprefix("W/") for part in request.headers.get("if-none-match", "").split(",")}
    if mark in known or "*" in known:
        return Response(status_code=304, headers=named)
    return Response(body, media_type=media_type, headers=named)
