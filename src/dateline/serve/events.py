"""An event of the world in, its page out: the merged account, who says which value, copies and sources, quotations, the
sentences themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from fastapi import APIRouter, Request
from msgspec import Struct
from starlette.responses import Response

from dateline.archive.keeping import Archive
from dateline.archive.prepared import Prepared
from dateline.export.quoted import Quotation, quotations_of
from dateline.knowledge.ontology import load_ontology, load_statuses
from dateline.merge.worlds import Told, World
from dateline.serve.house import House

RECORDS = 12
"""Reports whose records are opened for quotations."""
BESIDE = 12
"""Other events of the story that are shown."""


class Branch(Struct, frozen=True, kw_only=True):
    """A report that tells an event of its own, and the reports that reprint it; ``told`` are its sentences."""

    report: str
    told: tuple[Told, ...]
    copies: tuple[Branch, ...] = ()


def routes(house: House) -> APIRouter:
    """The addresses of events."""
    router = APIRouter(include_in_schema=False)

    @router.get("/event/{name}")
    def event(request: Request, name: str) -> Response:
        noted = request.query_params.get("noted", "")
        return house.page(request, "event.html", lambda p: event_of(house.archive, p, name, noted))

    return router


def event_of(archive: Archive, prepared: Prepared, name: str, noted: str = "") -> dict[str, Any]:
    """What the page of an event shows. The event is asked for anew where the archive was written to after it was laid
    out. Raises :class:`InputError` where there is none."""
    known = prepared.world(name)
    world = known if known is not None and archive.state() == prepared.state else archive.world(name)
    story = prepared.story(world)
    return {
        "world": world,
        "branch_list": branches_of(world),
        "quotations": quotations(archive, world),
        "reports": prepared.reports,
        "spot": prepared.spots.get(world.id),
        "beside": _beside(story, world, prepared),
        "story_count": len(story),
        "links": [(link, prepared.world(link.world)) for link in world.links],
        "types": [*load_ontology().types, *load_ontology().wider],
        "statuses": list(load_statuses()),
        "noted": int(noted) if noted.isascii() and noted.isdecimal() and len(noted) < 10 else 0,
    }


def branches_of(world: World) -> list[tuple[Any, list[Branch]]]:
    """The ultimate sources of an event, each with the reports that rest on it; copies stand under what they reprint."""
    told: defaultdict[str, list[Told]] = defaultdict(list)
    for one in world.tellings:
        told[one.report].append(one)
    under: defaultdict[str, list[str]] = defaultdict(list)
    for report, tellings in told.items():
        origin = tellings[0].copy_of
        if origin is not None and origin in told and origin != report:
            under[origin].append(report)
    copies = {report for reports in under.values() for report in reports}
    return [
        (source, _branches([r for r in source.reports if r not in copies], told, under)) for source in world.sources
    ]


def _branches(reports: Iterable[str], told: dict[str, list[Told]], under: dict[str, list[str]]) -> list[Branch]:
    return [
        Branch(
            report=report,
            told=tuple(told[report]),
            copies=tuple(Branch(report=copy, told=tuple(told[copy])) for copy in under.get(report, ())),
        )
        for report in reports
        if report in told
    ]


def quotations(archive: Archive, world: World) -> list[Quotation]:
    """What is quoted of an event, from the first reports that tell it and are no copies; each wording once."""
    starts: defaultdict[str, set[int]] = defaultdict(set)
    for told in world.tellings:
        if not told.copy_of and (told.report in starts or len(starts) < RECORDS):
            starts[told.report].add(int(told.anchor.rpartition("@")[2]))
    found: dict[str, Quotation] = {}
    for report, at in starts.items():
        for quotation in quotations_of(archive.record(report), report, frozenset(at)):
            found.setdefault(quotation.words.words, quotation)
    return list(found.values())


def _beside(story: list[World], world: World, prepared: Prepared) -> list[World]:
    """The events of the same story that stand nearest in the row, without those that are otherwise left out."""
    shown = [w for w in story if w.id == world.id or prepared.number.get(w.id) not in prepared.slight]
    at = next((n for n, other in enumerate(shown) if other.id == world.id), 0)
    low = max(min(at - BESIDE // 2, len(shown) - BESIDE - 1), 0)
    return [other for other in shown[low : low + BESIDE + 1] if other.id != world.id]
