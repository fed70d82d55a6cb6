"""Somebody, a place or a piece of equipment in, its page out: its events by role and over time, how it is called, whom
it deals with."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from dateline.archive.dossiers import dossier
from dateline.archive.facets import Choice
from dateline.archive.prepared import Prepared
from dateline.desk import Desk
from dateline.errors import InputError
from dateline.serve.bars import bars_of
from dateline.serve.house import House
from dateline.serve.wanted import Wanted, wanted

AT_ONCE = 30
"""Events of each role that a page shows; the chronicle has the rest."""
LISTED = 200
PAGES = {"actor": "/actor", "place": "/place", "equipment": "/thing"}
TITLES = {"actor": "Actors", "place": "Places", "equipment": "Equipment"}


def routes(house: House) -> APIRouter:
    """The addresses of actors, places and equipment, and of the lists of them."""
    router = APIRouter(include_in_schema=False)

    @router.get("/actor")
    def actor(request: Request, key: str) -> Response:
        return house.page(request, "dossier.html", lambda p: dossier_of(p, "actor", key))

    @router.get("/place")
    def place(request: Request, key: str) -> Response:
        return house.page(request, "dossier.html", lambda p: dossier_of(p, "place", key))

    @router.get("/thing")
    def thing(request: Request, key: str) -> Response:
        return house.page(request, "dossier.html", lambda p: dossier_of(p, "equipment", key))

    @router.get("/actors")
    def actors(request: Request) -> Response:
        return house.page(request, "listed.html", lambda p: listed(p, "actor", request))

    @router.get("/places")
    def places(request: Request) -> Response:
        return house.page(request, "listed.html", lambda p: listed(p, "place", request))

    @router.get("/things")
    def things(request: Request) -> Response:
        return house.page(request, "listed.html", lambda p: listed(p, "equipment", request))

    return router


def dossier_of(prepared: Prepared, facet: str, key: str) -> dict[str, Any]:
    """What the page of a key shows. Raises :class:`InputError` where no event knows it."""
    found = dossier(prepared, facet, key)
    if found is None:
        raise InputError(f"nobody and nothing here is known as {key!r}; the lists of actors and places have all names")
    newest = {role: prepared.ordered(numbers, "newest") for role, numbers in found.roles.items()}
    spots = [prepared.spots[w.id] for n in found.numbers if (w := prepared.worlds[n]).id in prepared.spots]
    return {
        "found": found,
        "facet": facet,
        "title": TITLES[facet],
        "roles": {role: [prepared.worlds[n] for n in some[:AT_ONCE]] for role, some in newest.items()},
        "vouched": [prepared.worlds[n] for n in prepared.ordered(found.vouched, "newest")[:AT_ONCE]],
        "kinds": prepared.facets.counted("type", found.numbers, 12),
        "who": prepared.facets.counted("actor", found.numbers, 20) if facet != "actor" else [],
        "where": prepared.facets.counted("place", found.numbers, 12) if facet != "place" else [],
        "things": prepared.facets.counted("equipment", found.numbers, 12) if facet != "equipment" else [],
        "bars": bars_of(day for n in found.numbers if (day := prepared.worlds[n].earliest)),
        "spot": spots[0] if spots and facet == "place" else None,
        "bearers": Desk.who(found.name, prepared.today) if facet == "actor" else (),
        "wanted": Wanted(choice=Choice(keys=((facet, key),), every=True)),
        "sourced": Wanted(choice=Choice(keys=(("source", key),), every=True)),
    }


def listed(prepared: Prepared, facet: str, request: Request) -> dict[str, Any]:
    """Keys of a facet, those of the most events first, a page at a time; ``q`` finds them by a part of the name."""
    asked = wanted(request.query_params)
    words = asked.choice.words.lower()
    numbers = [n for n in range(len(prepared.worlds)) if n not in prepared.slight]
    every = [o for o in prepared.facets.counted(facet, numbers) if words in o.name.lower()]
    first = (asked.page - 1) * LISTED
    return {
        "rows_here": every[first : first + LISTED],
        "total": len(every),
        "facet": facet,
        "title": TITLES[facet],
        "page": PAGES[facet],
        "asked": asked,
        "more": first + LISTED < len(every),
    }
