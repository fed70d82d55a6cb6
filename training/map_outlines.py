"""Makes ``src/dateline/data/map/outlines.json`` from the npm package ``world-atlas`` (Natural Earth, public domain).

Run: ``npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz``, then
``python training/map_outlines.py package/countries-50m.json``.
Arcs are cut where a disputed stretch begins or ends, thinned (Visvalingam), rounded to 0.01 degree (1 km) and written
as polyline text (differences, five bits a character).
"""

from __future__ import annotations

import argparse
import csv
import heapq
import itertools
import json
from pathlib import Path
from typing import Any

Point = tuple[float, float]
Chain = list[Point]
DATA = Path(__file__).resolve().parent.parent / "src" / "dateline" / "data" / "map"
THIN = 0.0012
"""Square degrees: a point whose triangle with its neighbours is smaller than this is left out."""


def table(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def decoded(topology: dict[str, Any]) -> list[Chain]:
    """The arcs in degrees."""
    (kx, ky), (dx, dy) = topology["transform"]["scale"], topology["transform"]["translate"]
    found = []
    for arc in topology["arcs"]:
        x = y = 0
        points: Chain = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((x * kx + dx, y * ky + dy))
        found.append(points)
    return found


def polygons(geometry: dict[str, Any]) -> list[list[list[int]]]:
    return geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]


def owners(geometries: list[dict[str, Any]]) -> dict[int, set[str]]:
    """Which countries run along each arc."""
    found: dict[int, set[str]] = {}
    for geometry in geometries:
        for ring in (ring for polygon in polygons(geometry) for ring in polygon):
            for arc in ring:
                found.setdefault(arc if arc >= 0 else ~arc, set()).add(geometry["properties"]["name"])
    return found


def disputed_boxes(rows: list[dict[str, str]], names: set[str]) -> list[tuple[float, ...]]:
    return [
        tuple(float(row[side]) for side in ("west", "south", "east", "north"))
        for row in rows
        if {row["one"], row["other"]} == names
    ]


def pieces(points: Chain, boxes: list[tuple[float, ...]]) -> list[tuple[Chain, bool]]:
    """The arc cut at the edges of the boxes; each piece with whether it lies in one."""

    def inside(a: Point, b: Point) -> bool:
        x, y = (a[0] + b[0]) / 2, (a[1] + b[1]) / 2
        return any(west <= x <= east and south <= y <= north for west, south, east, north in boxes)

    found: list[tuple[Chain, bool]] = []
    for a, b in itertools.pairwise(points):
        where = inside(a, b)
        if found and found[-1][1] == where:
            found[-1][0].append(b)
        else:
            found.append(([a, b], where))
    return found


def thinned(points: Chain, limit: float) -> Chain:
    """Visvalingam's thinning; the ends, where arcs meet, stay."""
    before = list(range(-1, len(points) - 1))
    after = list(range(1, len(points) + 1))

    def area(i: int) -> float:
        (ax, ay), (bx, by), (cx, cy) = points[before[i]], points[i], points[after[i]]
        return abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2

    gone = [False] * len(points)
    now = {i: area(i) for i in range(1, len(points) - 1)}
    heap = [(size, i) for i, size in now.items()]
    heapq.heapify(heap)
    while heap and heap[0][0] < limit:
        size, i = heapq.heappop(heap)
        if gone[i] or size != now[i]:
            continue
        gone[i] = True
        after[before[i]], before[after[i]] = after[i], before[i]
        for j in (before[i], after[i]):
            if 0 < j < len(points) - 1:
                now[j] = max(area(j), size)
                heapq.heappush(heap, (now[j], j))
    return [point for point, out in zip(points, gone, strict=True) if not out]


def encoded(points: Chain) -> str:
    """Polyline text: differences of hundredths of a degree, zigzag, five bits a character from ``?`` on."""
    out, last = [], (0, 0)
    for lon, lat in points:
        here = (round(lon * 100), round(lat * 100))
        for now, was in zip(here, last, strict=True):
            value = (now - was) << 1 if now >= was else ~((now - was) << 1)
            while value >= 32:
                out.append(chr((32 | value & 31) + 63))
                value >>= 5
            out.append(chr(value + 63))
        last = here
    return "".join(out)


def compact(topology: dict[str, Any]) -> dict[str, Any]:
    """Arcs, the rings of each country by arc, and which arcs are borders or disputed stretches."""
    geometries = sorted(topology["objects"]["countries"]["geometries"], key=lambda g: g["properties"]["name"])
    along, rows, labels = (
        owners(geometries),
        table("disputed.csv"),
        {r["country"]: r["label"] for r in table("labels.csv")},
    )
    arcs: list[str] = []
    new: dict[int, list[int]] = {}
    borders: list[int] = []
    disputed: list[int] = []
    for number, points in enumerate(decoded(topology)):
        names = along.get(number, set())
        shared = len(names) == 2
        limit = THIN if shared or len(points) > 12 else THIN / 8
        for piece, contested in pieces(points, disputed_boxes(rows, names) if shared else []):
            if shared:
                (disputed if contested else borders).append(len(arcs))
            new.setdefault(number, []).append(len(arcs))
            arcs.append(encoded(thinned(piece, limit)))
    countries = [
        {
            "label": labels.get(g["properties"]["name"], g["properties"]["name"]),
            "rings": [_ring(r, new) for p in polygons(g) for r in p],
        }
        for g in geometries
    ]
    return {"arcs": arcs, "countries": countries, "borders": borders, "disputed": disputed}


def _ring(arcs: list[int], new: dict[int, list[int]]) -> list[int]:
    found: list[int] = []
    for arc in arcs:
        found.extend(new[arc] if arc >= 0 else [~piece for piece in reversed(new[~arc])])
    return found


def main() -> None:
    """Write the outlines; the input is a TopoJSON file of ``world-atlas``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("topology", type=Path)
    found = compact(json.loads(parser.parse_args().topology.read_text(encoding="utf-8")))
    lines = [
        f" {json.dumps(key)}: {json.dumps(found[key], ensure_ascii=False, separators=(',', ':'))}" for key in found
    ]
    (DATA / "outlines.json").write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
