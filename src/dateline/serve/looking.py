"""A choice in, the pages that show it as lists out: today, the chronicle, what the reports differ on."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from dateline.archive.facets import FACETS
from dateline.archive.prepared import ORDERS, Prepared
from dateline.errors import InputError
from dateline.serve.bars import bars_of
from dateline.serve.house import House
from dateline.serve.rendering import render
from dateline.serve.wanted import Wanted, day_of, wanted

AT_ONCE = 50
"""Events a page."""
OFFERED = 8
"""Keys of a facet that are offered at first; the rest stands behind "more"."""
MORE = 60
SHORT = 12
"""Events of a part of the first page."""
SUGGESTED = 10


def routes(house: House) -> APIRouter:
    """The addresses of lists."""
    router = APIRouter(include_in_schema=False)

    @router.get("/")
    def today(request: Request) -> Response:
        return house.page(request, "today.html", lambda p: today_of(p, request.query_params.get("day")))

    @router.get("/chronicle")
    def chronicle(request: Request) -> Response:
        asked = wanted(request.query_params)
        return house.page(request, "chronicle.html", lambda p: chronicle_of(p, asked))

    @router.get("/differences")
    def differences(request: Request) -> Response:
        page = wanted(request.query_params).page
        return house.page(request, "differences.html", lambda p: differences_of(p, page))

    @router.get("/suggest")
    def suggest(request: Request) -> Response:
        letters = request.query_params.get("q", "")[:100]
        return house.kept(request, "text/html; charset=utf-8", lambda p: suggestions(p, letters))

    return router


def today_of(prepared: Prepared, asked: str | None) -> dict[str, Any]:
    """The first page: what the latest day of reports tells that was not told before, what is ahead, what differs."""
    days = sorted({r.published for r in prepared.reports.values() if r.published})
    day = day_of(asked) if asked else prepared.today
    fresh = [n for n in prepared.since(day) if prepared.worlds[n].first == day] if day else []
    changed = [n for n in prepared.differing() if day and _told_on(prepared, n, day)]
    return {
        "day": day,
        "before": max((d for d in days if day and d < day), default=None),
        "after": min((d for d in days if day and d > day), default=None),
        "fresh": [prepared.worlds[n] for n in fresh[:SHORT]],
        "fresh_count": len(fresh),
        "ahead": _ahead(prepared, day),
        "ahead_count": len(prepared.ahead - prepared.slight),
        "differing": [prepared.worlds[n] for n in changed[:SHORT]],
        "differing_count": len(prepared.differing()),
        "told_today": sum(1 for r in prepared.reports.values() if day and r.published == day),
        "people": prepared.facets.counted("actor", fresh, OFFERED),
        "lands": prepared.facets.counted("country", fresh, OFFERED),
        "wanted": Wanted(),
    }


def _ahead(prepared: Prepared, day: date | None) -> list[Any]:
    """The next plans, those with a day first, by day."""
    coming = [prepared.worlds[n] for n in sorted(prepared.ahead - prepared.slight)]
    low = day or date.min
    dated = [w for w in coming if w.latest is not None and w.latest >= low]
    return [*sorted(dated, key=lambda w: (w.earliest or date.max, -w.independent)), *_undated(coming)][:SHORT]


def _undated(coming: list[Any]) -> list[Any]:
    return sorted((w for w in coming if w.latest is None), key=lambda w: (-w.first.toordinal(), -w.independent))


def _told_on(prepared: Prepared, number: int, day: date) -> bool:
    low = day - timedelta(days=6)
    return any(t.published and low <= t.published <= day for t in prepared.worlds[number].tellings)


def selection(prepared: Prepared, asked: Wanted) -> dict[str, Any]:
    """What every way to look at a choice shows beside it: the keys chosen and offered, the days."""
    numbers = prepared.chosen(asked.choice)
    days = (prepared.worlds[n].earliest for n in numbers)
    return {
        "wanted": asked,
        "numbers": numbers,
        "total": len(numbers),
        "offers_of": {facet: _offers(prepared, facet, numbers, asked) for facet in FACETS},
        "offered": OFFERED,
        "chosen": [(facet, key, prepared.facets.name(facet, key)) for facet, key in asked.choice.keys],
        "bars": bars_of(day for day in days if day),
        "orders": ORDERS,
    }


def _offers(prepared: Prepared, facet: str, numbers: list[int], asked: Wanted) -> list[Any]:
    taken = set(asked.choice.of(facet))
    return [offer for offer in prepared.facets.counted(facet, numbers, MORE) if offer.key not in taken]


def chronicle_of(prepared: Prepared, asked: Wanted) -> dict[str, Any]:
    """One page of the events of a choice."""
    shown = selection(prepared, asked)
    ordered = prepared.ordered(shown["numbers"], asked.order)
    first = (asked.page - 1) * AT_ONCE
    if asked.page > 1 and first >= len(ordered):
        raise InputError(f"there is no page {asked.page} of this; it has {-(-len(ordered) // AT_ONCE)}")
    return shown | {
        "rows_here": [prepared.worlds[n] for n in ordered[first : first + AT_ONCE]],
        "first": first + 1,
        "next": asked.at(asked.page + 1).link("/chronicle") if first + AT_ONCE < len(ordered) else "",
        "previous": asked.at(asked.page - 1).link("/chronicle") if asked.page > 1 else "",
        "left_out": 0 if asked.choice.every else _left_out(prepared, asked),
    }


def _left_out(prepared: Prepared, asked: Wanted) -> int:
    every = asked.with_every(True).choice
    return len(prepared.chosen(every)) - len(prepared.chosen(asked.choice))


def differences_of(prepared: Prepared, page: int) -> dict[str, Any]:
    """One page of the events that reports differ on, the worst first."""
    numbers = prepared.differing()
    first = (page - 1) * AT_ONCE
    return {
        "rows_here": [prepared.worlds[n] for n in numbers[first : first + AT_ONCE]],
        "total": len(numbers),
        "first": first + 1,
        "next": f"/differences?page={page + 1}" if first + AT_ONCE < len(numbers) else "",
        "wanted": Wanted(),
    }


def suggestions(prepared: Prepared, letters: str) -> bytes:
    """Keys to choose for letters that were typed, as a piece of a page."""
    offers = prepared.facets.beginning(letters, SUGGESTED)
    return render("suggestions.html", offers=offers, wanted=Wanted()).encode()
