"""A report in, its page out: the text with its layers and the record beside it, its copies and editions, the events it
tells, the way back to the page that it is from."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from dateline.archive.keeping import Archive
from dateline.archive.prepared import Prepared
from dateline.errors import InputError
from dateline.export.html import parts_of
from dateline.export.marks import marked_text
from dateline.serve.house import House
from dateline.serve.wanted import wanted

AT_ONCE = 100


def routes(house: House) -> APIRouter:
    """The addresses of reports."""
    router = APIRouter(include_in_schema=False)

    @router.get("/reports")
    def reports(request: Request) -> Response:
        page, outlet = wanted(request.query_params).page, request.query_params.get("outlet", "")
        return house.page(request, "reports.html", lambda p: reports_of(p, outlet, page))

    @router.get("/report/{name}")
    def report(request: Request, name: str) -> Response:
        return house.page(request, "report_page.html", lambda p: report_of(house.archive, p, name))

    @router.get("/report/{name}/at/{start}")
    def words(name: str, start: int) -> Response:
        text = marked_text(house.archive.record(name))
        report = house.archive.report(name).id
        return RedirectResponse(f"/report/{report}#{text.piece_at(max(start, 0))}", status_code=303)

    return router


def report_of(archive: Archive, prepared: Prepared, name: str) -> dict[str, Any]:
    """What the page of a report shows. Raises :class:`StoreError` where there is none."""
    report = archive.report(name)
    record = archive.record(report.id)
    return parts_of(record) | {
        "report_row": report,
        "text_sentence": record.article.text[:200],
        "events": prepared.told_by(report.id),
        "copies": prepared.copies(report.id),
        "origin": prepared.reports.get(report.copy_of or ""),
        "editions": archive.editions(report.id),
        "reports": prepared.reports,
    }


def reports_of(prepared: Prepared, outlet: str, page: int) -> dict[str, Any]:
    """One page of all reports, the latest first, or of those of an outlet."""
    every = [r for r in prepared.reports.values() if not outlet or r.publisher == outlet]
    every.sort(key=lambda r: (r.published is None, -(r.published.toordinal() if r.published else 0), r.id))
    first = (page - 1) * AT_ONCE
    if page > 1 and first >= len(every):
        raise InputError(f"there is no page {page} of this; it has {-(-len(every) // AT_ONCE)}")
    return {
        "rows_here": every[first : first + AT_ONCE],
        "total": len(every),
        "first": first + 1,
        "outlet": outlet,
        "outlets": prepared.facets.counted("outlet", range(len(prepared.worlds)), 40),
        "page": page,
        "more": first + AT_ONCE < len(every),
    }
