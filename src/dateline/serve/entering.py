"""The token in, a cookie out, where an explorer listens wider than its own machine."""

from __future__ import annotations

from urllib.parse import parse_qs

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from dateline.serve.guard import COOKIE, same_secret
from dateline.serve.refusals import Refusal, refused


def routes(token: str | None) -> APIRouter:
    """The entrance. The token never stands in an address."""
    router = APIRouter(include_in_schema=False)

    @router.get("/enter")
    def entrance(request: Request) -> Response:
        if token is None:
            return RedirectResponse("/", status_code=303)
        return refused(request.scope, Refusal(401, "Give the token of this explorer.", enter=True))

    @router.post("/enter")
    async def enter(request: Request) -> Response:
        given = parse_qs((await request.body()).decode("utf-8", "replace")).get("token", [""])[0]
        if token is None or not same_secret(given.strip(), token):
            return refused(request.scope, Refusal(401, "That is not the token of this explorer.", enter=True))
        entered = RedirectResponse("/", status_code=303)
        entered.set_cookie(COOKIE, token, httponly=True, samesite="strict", secure=request.url.scheme == "https")
        return entered

    return router
