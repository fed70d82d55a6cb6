"""What programs ask in, JSON out: the queries of the command line, a page of rows at a time, each answer with a mark by
which it need not be sent twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Any
from urllib.parse import urlencode

import msgspec
from fastapi import APIRouter, Path, Query, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from dateline.archive.prepared import Prepared
from dateline.desk import Desk
from dateline.serve.asking import Asked, Asking, AskingTogether, Day, Page, Paging, asked_pairs, day
from dateline.serve.describing import ANSWERS, described
from dateline.serve.house import House, answer
from dateline.serve.rendering import render
from dateline.wire import json_line

JSON = "application/json"
EventName = Annotated[str, Path(max_length=60, description="`e` and ten hex digits, as `/api/chronicle` names them.")]
ReportName = Annotated[str, Path(max_length=60, description="`r` and 20 hex digits, or a beginning of it.")]


def routes(house: House) -> APIRouter:
    """The addresses for programs."""
    router = APIRouter(prefix="/api")
    _counts(router, house)
    _finding(router, house)
    _single(router, house)
    _describing(router, house)
    return router


def _counts(router: APIRouter, house: House) -> None:
    @router.get("/status", summary="Counts, size and versions of the archive", responses=ANSWERS["Status"])
    def status(request: Request) -> Response:
        return answer(request, json_line(house.archive.status()), JSON)

    @router.get("/corrections", summary="What persons decided", responses=ANSWERS["Corrections"])
    def corrections(request: Request, asked: Paging) -> Response:
        return rows(request, asked, list(house.archive.corrections(withdrawn=True)))


def _finding(router: APIRouter, house: House) -> None:
    @router.get("/search", summary="Events as single reports tell them, by day", responses=ANSWERS["Hits"])
    def search(request: Request, asked: Asking) -> Response:
        query = msgspec.structs.replace(asked.query(), limit=asked.limit + 1, offset=asked.offset)
        return house.kept(request, JSON, lambda _: _some(request, asked, house.archive.search(query)))

    @router.get("/reports", summary="Reports in which something is found, by day", responses=ANSWERS["Reports"])
    def reports(request: Request, asked: Asking) -> Response:
        query = msgspec.structs.replace(asked.query(), limit=asked.limit + 1, offset=asked.offset)
        return house.kept(request, JSON, lambda _: _some(request, asked, list(house.archive.reports(query))))

    @router.get("/chronicle", summary="What the reports say together, by day", responses=ANSWERS["Worlds"])
    def chronicle(request: Request, asked: AskingTogether) -> Response:
        since = day(asked.changed_since, "changed_since")
        query = asked.query()

        def made(prepared: Prepared) -> bytes:
            return _rows(request, asked, prepared.found(query, since=since, every=asked.every))

        return house.kept(request, JSON, made)


def _single(router: APIRouter, house: House) -> None:
    @router.get("/events/{name}", summary="One event with every value and telling", responses=ANSWERS["World"])
    def event(request: Request, name: EventName) -> Response:
        return answer(request, json_line(house.archive.world(name)), JSON)

    @router.get("/reports/{name}", summary="One report: what was published, and where", responses=ANSWERS["Report"])
    def report(request: Request, name: ReportName) -> Response:
        return answer(request, json_line(house.archive.report(name)), JSON)

    @router.get("/reports/{name}/record", summary="The record of one report", responses=ANSWERS["Record"])
    def record(request: Request, name: ReportName) -> Response:
        return answer(request, json_line(house.archive.record(name)), JSON)

    @router.get("/who", summary="Everybody whom the tables know under a name", responses=ANSWERS["Bearers"])
    def who(
        request: Request,
        name: Annotated[str, Query(min_length=1, max_length=200)],
        on: Annotated[Day, Query()] = None,
    ) -> Response:
        return answer(request, json_line({"items": Desk.who(name, day(on, "on"))}), JSON)


def _describing(router: APIRouter, house: House) -> None:
    @router.get("/openapi.json", include_in_schema=False)
    def openapi(request: Request) -> Response:
        return answer(request, described(router), JSON)

    @router.get("", include_in_schema=False)
    def guide(request: Request) -> Response:
        prepared = house.shelf.current()
        paths = msgspec.json.decode(described(router))["paths"]
        shown = render("api.html", **house.around(request, prepared), paths=paths)
        return answer(request, shown.encode(), "text/html; charset=utf-8")

    @router.get("/{rest:path}", include_in_schema=False)
    def nothing(rest: str) -> Response:  # noqa: ARG001 - answered as a problem, not as a page
        raise HTTPException(404)


def _some(request: Request, asked: Asked, found: Sequence[Any]) -> bytes:
    """Rows of which one more was asked for than is shown."""
    return _page(request, asked, found[: asked.limit], len(found) > asked.limit)


def rows(request: Request, asked: Page, found: Sequence[Any]) -> Response:
    """The asked-for rows of all."""
    return answer(request, _rows(request, asked, found), JSON)


def _rows(request: Request, asked: Page, found: Sequence[Any]) -> bytes:
    end = asked.offset + asked.limit
    return _page(request, asked, found[asked.offset : end], end < len(found), total=len(found))


def _page(request: Request, asked: Page, items: Sequence[Any], more: bool, total: int | None = None) -> bytes:
    counted = {} if total is None else {"total": total}
    return json_line({"items": list(items), "next": _next(request, asked) if more else None} | counted)


def _next(request: Request, asked: Page) -> str:
    pairs: Iterator[tuple[str, Any]] = (pair for pair in asked_pairs(asked) if pair[0] != "offset")
    return f"{request.url.path}?{urlencode([*pairs, ('offset', asked.offset + asked.limit)])}"
