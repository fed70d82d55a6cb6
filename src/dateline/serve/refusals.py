"""What is wrong with a request in, the answer out: a page for a person, ``application/problem+json`` for a program."""

from __future__ import annotations

import http
import json
from typing import NamedTuple

from starlette.responses import Response
from starlette.types import Scope

from dateline.serve.rendering import render

HEADERS = {401: {"www-authenticate": "Bearer"}, 405: {"allow": "GET"}}
"""What an answer must say beside its status."""


class Refusal(NamedTuple):
    """A status and what to do about it. ``enter`` shows where the token is given, ``again`` asks again by itself."""

    status: int
    detail: str
    enter: bool = False
    again: bool = False


def refused(scope: Scope, refusal: Refusal) -> Response:
    """The answer to a request that is refused or failed, in the form that the caller reads."""
    status, detail, enter, again = refusal
    title = "One moment" if again else http.HTTPStatus(status).phrase
    headers = HEADERS.get(status, {}) | ({"retry-after": "1"} if again else {})
    if scope["path"].startswith("/api"):
        return problem(status, title, detail, headers)
    body = render("refused.html", title=title, detail=detail, status=status, enter=enter, again=again, bare=True)
    return Response(body, status_code=status, media_type="text/html", headers=headers)


def problem(status: int, title: str, detail: str, headers: dict[str, str]) -> Response:
    """An error as RFC 9457 writes it."""
    body = json.dumps({"type": "about:blank", "title": title, "status": status, "detail": detail}, ensure_ascii=True)
    return Response(body, status_code=status, media_type="application/problem+json", headers=headers)
