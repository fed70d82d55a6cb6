"""An open archive in, the explorer over it out, as an ASGI application that any server can run."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from dateline.errors import DamageError, DatelineError, Missing, StoreError
from dateline.serve import api, assets, correcting, dossiers, drawing, entering, events, looking, reports
from dateline.serve.guard import Guard
from dateline.serve.house import House
from dateline.serve.refusals import Refusal, refused
from dateline.serve.shelf import LayingOutError

log = logging.getLogger("dateline.serve")
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


def explorer(house: House, *, hosts: Iterable[str], token: str | None = None) -> Guard:
    """The explorer of a house. ``hosts`` are the names (with port) under which it may be called. With ``token`` whoever
    asks must give it."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False)
    for rooms in (looking, events, reports, dossiers, drawing, correcting, api, assets):
        app.include_router(rooms.routes(house))
    app.include_router(entering.routes(token))
    _answer_errors(app)
    return Guard(app, hosts, token)


def names_of(host: str, port: int, more: Iterable[str] = ()) -> tuple[str, ...]:
    """The names under which a server on a host and port is called: those of this machine for a loopback host, its own
    for another, and ``more`` (with or without port)."""
    own = LOOPBACK if is_loopback(host) else () if host in {"0.0.0.0", "::"} else (host,)  # noqa: S104 - only compared
    given = (name if name.rpartition("]")[2].count(":") or name.count(":") == 1 else f"{name}:{port}" for name in more)
    names = [f"{name}:{port}" for name in own]
    return (*names, *given, *(own if port == 80 else ()))


def is_loopback(host: str) -> bool:
    """Whether a host is this machine alone."""
    import ipaddress

    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def _answer_errors(app: FastAPI) -> None:
    @app.exception_handler(DatelineError)
    def of_the_house(request: Request, error: DatelineError) -> Response:
        return refused(request.scope, Refusal(_status(error), str(error)))

    @app.exception_handler(LayingOutError)
    def not_yet(request: Request, _: LayingOutError) -> Response:
        detail = "The archive is being laid out; this takes about a second for a thousand reports."
        return refused(request.scope, Refusal(503, detail, again=True))

    @app.exception_handler(HTTPException)
    def of_the_web(request: Request, error: HTTPException) -> Response:
        detail = "There is no such page." if error.status_code == 404 else str(error.detail)
        return refused(request.scope, Refusal(error.status_code, detail))

    @app.exception_handler(RequestValidationError)
    def of_what_was_asked(request: Request, error: RequestValidationError) -> Response:
        wrong = "; ".join(f"{'.'.join(str(p) for p in one['loc'][1:])}: {one['msg']}" for one in error.errors()[:5])
        return refused(request.scope, Refusal(422, wrong))

    @app.exception_handler(Exception)
    def of_our_own(request: Request, error: Exception) -> Response:
        log.error(
            "%s: %r", request.url.path[:200].encode("unicode_escape").decode(), type(error).__name__, exc_info=error
        )
        return refused(request.scope, Refusal(500, "Something failed here; the terminal of the explorer says what."))


def _status(error: DatelineError) -> int:
    if isinstance(error, Missing):
        return 404
    if isinstance(error, DamageError):
        return 500
    return 503 if isinstance(error, StoreError) else 400
