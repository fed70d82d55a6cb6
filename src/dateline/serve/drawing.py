"""A choice in, the pages that draw it out: on a map, along the days, who with whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec
from fastapi import APIRouter, Request
from starlette.responses import Response

from dateline.archive.facets import SIDES, is_somebody, pair_of
from dateline.archive.prepared import Prepared, Spot
from dateline.export import view
from dateline.export.archive_text import headline_of
from dateline.export.html import NARROW
from dateline.export.long_timeline import Item, LongTimeline, long_timeline
from dateline.export.map import Drawn, Marked, drawn_places
from dateline.export.network import Tie, network_of, ties_of
from dateline.export.view import Line, Party
from dateline.export.visible import one_line
from dateline.export.world_lines import line_of, party_of
from dateline.knowledge.outlines import load_outlines
from dateline.merge.worlds import World
from dateline.serve import showing
from dateline.serve.house import House
from dateline.serve.looking import selection
from dateline.serve.wanted import Wanted, wanted

WIDE = 920
PLACES = 40
"""Places of the map that is drawn without a script; the list under it has all."""
POINTS = 5_000
"""Events of the map that a script draws."""
LISTED = 300
LANES = 16
MARKS = 3_000
DRAWN = 22
"""Actors of the picture of who with whom."""
TIES = 200
MOST_OF = 75
"""Of a hundred events so many lie on the days that a timeline begins with."""


def routes(house: House) -> APIRouter:
    """The addresses of drawings."""
    router = APIRouter(include_in_schema=False)

    @router.get("/map")
    def map_page(request: Request) -> Response:
        asked = wanted(request.query_params)
        return house.page(request, "map.html", lambda p: map_of(p, asked))

    @router.get("/map.json")
    def points(request: Request) -> Response:
        asked = wanted(request.query_params)
        return house.kept(request, "application/json", lambda p: points_of(p, asked))

    @router.get("/timeline")
    def timeline(request: Request) -> Response:
        asked = wanted(request.query_params)
        return house.page(request, "timeline.html", lambda p: timeline_of(p, asked))

    @router.get("/network")
    def network(request: Request) -> Response:
        asked = wanted(request.query_params)
        return house.page(request, "network.html", lambda p: network_shown(p, asked))

    return router


def map_of(prepared: Prepared, asked: Wanted) -> dict[str, Any]:
    """The map of a choice: drawn for who has no script, and the places as a list."""
    shown = selection(prepared, asked)
    places = places_of(prepared, shown["numbers"])
    return shown | {
        "maps": [
            (name, _drawn(places, w, h)) for name, w, h in (("wide", WIDE, 480), ("narrow", NARROW, 340)) if places
        ],
        "places": places[:LISTED],
        "place_count": len(places),
        "placed": sum(count for _, _, count in places),
        "data": asked.link("/map.json"),
    }


def places_of(prepared: Prepared, numbers: Sequence[int]) -> list[tuple[str, Spot, int]]:
    """The places of some events, those of the most events first: key, where, how many."""
    counts: defaultdict[str, int] = defaultdict(int)
    spots: dict[str, Spot] = {}
    for number in numbers:
        world = prepared.worlds[number]
        spot = prepared.spots.get(world.id)
        if spot is not None:
            key = _place_key(world)
            spots.setdefault(key, spot)
            counts[key] += 1
    return sorted(((key, spots[key], n) for key, n in counts.items()), key=lambda one: (-one[2], one[1].name, one[0]))


def _place_key(world: World) -> str:
    return next((slot.values[0].key for slot in world.slots if slot.name == "place"), "")


def _drawn(places: Sequence[tuple[str, Spot, int]], width: int, height: int) -> Drawn:
    marks = [
        Marked(
            view.Spot(
                id="",
                name=one_line(spot.name),
                detail=f"{count} event{'' if count == 1 else 's'}",
                lat=spot.lat,
                lon=spot.lon,
                radius_km=spot.radius_km,
                whole=spot.whole,
            ),
            (),
            f"{one_line(spot.name)} {count}" if count > 1 else one_line(spot.name),
            showing.link("/place", key=key),
        )
        for key, spot, count in places[:PLACES]
    ]
    return drawn_places(marks, [], load_outlines(), width, height)


def points_of(prepared: Prepared, asked: Wanted) -> bytes:
    """The events of a choice that have a place, the weightiest first, for the map's script."""
    numbers = prepared.ordered(prepared.chosen(asked.choice), "weight")
    placed = [n for n in numbers if prepared.worlds[n].id in prepared.spots]
    events = [_point(prepared, prepared.worlds[n]) for n in placed[:POINTS]]
    return msgspec.json.encode({"events": events, "left_out": len(placed) - len(events)})


def _point(prepared: Prepared, world: World) -> dict[str, Any]:
    spot = prepared.spots[world.id]
    return {
        "id": world.id,
        "at": [round(spot.lon, 4), round(spot.lat, 4)],
        "km": round(spot.radius_km, 1),
        "whole": spot.whole,
        "key": _place_key(world),
        "place": one_line(spot.name),
        "first": world.earliest,
        "last": world.latest,
        "quad": showing.quad(world),
        "status": world.status,
        "words": headline_of(world),
    }


def timeline_of(prepared: Prepared, asked: Wanted) -> dict[str, Any]:
    """The timeline of a choice, from ``since`` to ``until``, or over most of its days."""
    shown = selection(prepared, asked)
    numbers = prepared.ordered(shown["numbers"], "weight")
    items = [_item(prepared, n) for n in numbers if prepared.worlds[n].earliest]
    since, until = _window(items, asked)
    drawn = [
        (name, _timeline(items, since, until, width, prepared.today))
        for name, width in (("wide", WIDE), ("narrow", NARROW))
        if items
    ]
    half = max((until - since).days // 2, 1)
    return shown | {
        "timelines": drawn,
        "days": (since, until),
        "undated": len(numbers) - len(items),
        "steps": _steps(asked, since, until, half) if items else [],
    }


def _item(prepared: Prepared, number: int) -> Item:
    world = prepared.worlds[number]
    first, last = world.earliest or date.min, world.latest or world.earliest or date.min
    return Item(
        first=first,
        last=max(first, last),
        words=_label(world),
        href=f"/event/{world.id}",
        status=world.status,
        quad=showing.quad(world),
        weight=world.independent,
        ahead=number in prepared.ahead,
    )


def _label(world: World) -> str:
    who, whom = (", ".join(name.name for name in showing.side(world, side)[:1]) for side in ("actor", "recipient"))
    return f"{showing.what(world)}{': ' if who or whom else ''}{who}{f' → {whom}' if whom else ''}"


def _timeline(items: list[Item], since: date, until: date, width: int, today: date | None) -> LongTimeline:
    return long_timeline(items[:MARKS], since, until, width, LANES, today)


def _window(items: Sequence[Item], asked: Wanted) -> tuple[date, date]:
    """The days that are drawn: those asked for, or the shortest stretch on which most events lie, and a little room."""
    first, last = _dense(sorted(item.first for item in items) or [date.min])
    until = asked.choice.until
    low = asked.choice.since or (min(first, until) if until else first)
    room = max((last - low).days // 8, 1)
    high = until or date.fromordinal(min(date.max.toordinal(), max(last, low).toordinal() + room))
    return low, max(high, low)


def _dense(days: Sequence[date]) -> tuple[date, date]:
    many = max(-(-len(days) * MOST_OF // 100), 1)
    start = min(range(len(days) - many + 1), key=lambda n: (days[n + many - 1] - days[n], -n))
    return days[start], days[start + many - 1]


def _steps(asked: Wanted, since: date, until: date, half: int) -> list[tuple[str, str, str]]:
    """Ways to other stretches of days: what it is called, its sign, its address."""
    moves = (
        ("Earlier", "‹", -half, -half),
        ("Later", "›", half, half),
        ("Closer", "+", half // 2, -(half // 2)),
        ("Wider", "−", -half, half),
    )
    return [
        (name, sign, asked.between(*_moved(since, until, left, right)).link("/timeline"))
        for name, sign, left, right in moves
    ]


def _moved(since: date, until: date, left: int, right: int) -> tuple[date, date]:
    low = min(max(since.toordinal() + left, 1), date.max.toordinal())
    high = min(max(until.toordinal() + right, low), date.max.toordinal())
    return date.fromordinal(low), date.fromordinal(high)


def network_shown(prepared: Prepared, asked: Wanted) -> dict[str, Any]:
    """Who does what with whom in a choice; an arc is as thick as there are independent sources behind it."""
    shown = selection(prepared, asked)
    lines = [_line(prepared.worlds[n]) for n in prepared.ordered(shown["numbers"], "weight")]
    ties = sorted(ties_of(lines), key=lambda tie: (-sum(line.weight for line in tie.lines), tie.one.name))
    drawn = [
        (name, network_of(ties, (), width, most, lambda tie: _pair(asked, tie)))
        for name, width, most in (("wide", WIDE, DRAWN), ("narrow", NARROW, DRAWN // 2))
        if ties
    ]
    return shown | {
        "networks": [(name, network) for name, network in drawn if network is not None],
        "ties": [(tie, _pair(asked, tie)) for tie in ties[:TIES]],
        "tie_count": len(ties),
    }


def _pair(asked: Wanted, tie: Tie) -> str:
    return asked.on("between", pair_of(tie.one.ref or "", tie.other.ref or "")).link("/chronicle")


def _line(world: World) -> Line:
    sides: dict[str, list[Party]] = {
        slot.name: [
            party_of(value, showing.link("/actor", key=value.key))
            for value in slot.values
            if is_somebody(value.key, value.name)
        ][:2]
        for slot in world.slots
        if slot.name in SIDES
    }
    return line_of(world, sides)
