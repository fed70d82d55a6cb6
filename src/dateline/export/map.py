"""Places of events in, a map to draw out: outlines cut to the region, points with their uncertainty, labels apart.

Plane: degrees of longitude shrunk by the cosine of the middle latitude. All countries are drawn alike; disputed border
stretches come apart from the others, to be dashed.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence

from msgspec import Struct

from dateline.export.labels import Box, Labels, text_width
from dateline.export.view import Line, Spot
from dateline.knowledge.outlines import Chain, Outlines, Ring

Shape = list[tuple[float, float]]
"""A closed line on the drawing."""
KM_PER_DEGREE = 111.2
SMALLEST_KM = 500.0
"""A map shows at least this much, so that a reader recognises the region."""
SMALLEST_RING = 1.0
"""An island smaller than this on the drawing is not seen."""
WIDE_KM = 400.0
"""A place with a greater radius (a country) does not widen the map."""


class Point(Struct, frozen=True, kw_only=True):
    """One place of one or more events: ``rx``, ``ry``: its uncertainty on the drawing, 0 = not drawn.
    ``whole``: somewhere in this country, which is only named at its middle."""

    x: float
    y: float
    rx: float
    ry: float
    name: str
    numbers: tuple[int, ...]
    target: str
    label: str
    detail: str = ""
    whole: bool = False


class Text(Struct, frozen=True):
    """A label; ``lx``, ``ly`` is its point where it had to move away from it: a leader line ties the two."""

    x: float
    y: float
    words: str
    anchor: str = "start"
    target: str = ""
    lx: float | None = None
    ly: float | None = None


class Drawn(Struct, frozen=True, kw_only=True):
    """A map, ready to draw: paths in SVG's own notation, points, labels, and a bar of ``bar_km`` kilometres."""

    width: int
    height: int
    land: str
    borders: str
    disputed: str
    points: tuple[Point, ...]
    also: tuple[Point, ...]
    labels: tuple[Text, ...]
    countries: tuple[Text, ...]
    bar: float
    bar_km: int


class Frame(Struct, frozen=True):
    """The region shown and the way from degrees to the drawing."""

    lon: float
    lat: float
    scale: float
    squeeze: float
    width: int
    height: int

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        """A point of the drawing; longitudes count the short way round from the middle."""
        away = (lon - self.lon + 180) % 360 - 180
        return self.width / 2 + away * self.squeeze * self.scale, self.height / 2 - (lat - self.lat) * self.scale


class Marked(Struct, frozen=True):
    """A place to draw: where, the numbers of its lines, what stands beside it, where it leads."""

    spot: Spot
    numbers: tuple[int, ...]
    label: str
    target: str


def places_of(lines: Iterable[Line]) -> list[tuple[Spot, tuple[int, ...]]]:
    """Every resolved place of an event with the numbers of its lines."""
    found: dict[tuple[float, float], tuple[Spot, list[int]]] = {}
    for line in lines:
        spot = line.place
        if spot is not None and spot.lat is not None and spot.lon is not None:
            found.setdefault((round(spot.lat, 2), round(spot.lon, 2)), (spot, []))[1].append(line.number)
    return [(spot, tuple(numbers)) for spot, numbers in found.values()]


def drawn_map(lines: Sequence[Line], also: Sequence[Spot], outlines: Outlines, width: int, height: int) -> Drawn | None:
    """The map of a chronology; ``also`` are places that are named without an event. None where no place is known."""
    places = places_of(lines)
    if not places:
        return None
    targets = {line.number: f"#l-{line.id}" for line in lines}
    marks = [
        Marked(spot, numbers, f"{', '.join(map(str, numbers))} {spot.name}", targets[numbers[0]])
        for spot, numbers in places
    ]
    extra = [Marked(spot, (), spot.name, f"#r-places-{spot.id}") for spot in also if spot.lat is not None]
    return drawn_places(marks, extra, outlines, width, height)


def drawn_places(marks: Sequence[Marked], also: Sequence[Marked], outlines: Outlines, width: int, height: int) -> Drawn:
    """The map of some places, one or more; ``also`` are drawn apart where they are in view, and widen nothing."""
    frame = framed([mark.spot for mark in marks], width, height)
    points = tuple(_point(mark, frame) for mark in marks)
    taken = {(point.name, round(point.x), round(point.y)) for point in points}
    extra = [_point(mark, frame) for mark in also]
    others = tuple(p for p in extra if _in_view(p, frame) and (p.name, round(p.x), round(p.y)) not in taken)
    labels = Labels(width, height)
    labels.block(Box(8, height - 24, width / 4 + 70, height))
    for point in (*points, *others):
        labels.block(Box(point.x - 6, point.y - 6, point.x + 6, point.y + 6))
    named = (*_labelled(points, labels, 12.5), *_labelled(others, labels, 11))
    seen = _seen(outlines, frame)
    bar_km = _bar(frame, width)
    return Drawn(
        width=width,
        height=height,
        land="".join(_path(points, closed=True) for _, shapes in seen for points in shapes),
        borders="".join(_paths(outlines.borders, frame)),
        disputed="".join(_paths(outlines.disputed, frame)),
        points=points,
        also=others,
        labels=tuple(named),
        countries=tuple(_countries(seen, frame, labels)),
        bar=round(bar_km / KM_PER_DEGREE * frame.scale, 1),
        bar_km=bar_km,
    )


def framed(spots: Sequence[Spot], width: int, height: int) -> Frame:
    """A frame around the places with room on every side."""
    near = [spot for spot in spots if spot.radius_km <= WIDE_KM and not spot.whole] or list(spots)
    lats = [spot.lat or 0.0 for spot in near]
    middle = _middle_longitude([spot.lon or 0.0 for spot in near])
    away = [((spot.lon or 0.0) - middle + 180) % 360 - 180 for spot in near]
    lat = (min(lats) + max(lats)) / 2
    squeeze = max(math.cos(math.radians(max(-75.0, min(75.0, lat)))), 0.2)
    lon = middle + (min(away) + max(away)) / 2
    tall = max((max(lats) - min(lats)) * 1.5, SMALLEST_KM / KM_PER_DEGREE * 0.6)
    broad = max((max(away) - min(away)) * squeeze * 1.6, SMALLEST_KM / KM_PER_DEGREE)
    scale = max(min(width / broad, height / tall), width / (360 * squeeze), height / 180)
    half = height / 2 / scale
    return Frame(lon, max(-90 + half, min(90 - half, lat)), scale, squeeze, width, height)


def _middle_longitude(longitudes: Sequence[float]) -> float:
    """The side of the globe where the points lie: opposite the widest gap between them."""
    order = sorted(lon % 360 for lon in longitudes)
    gaps = [(b - a, a) for a, b in zip(order, [*order[1:], order[0] + 360], strict=True)]
    gap, start = max(gaps)
    return (start + gap + (360 - gap) / 2 + 180) % 360 - 180


def _point(mark: Marked, frame: Frame) -> Point:
    spot = mark.spot
    x, y = frame.at(spot.lon or 0.0, spot.lat or 0.0)
    degrees = spot.radius_km / KM_PER_DEGREE
    ry = degrees * frame.scale
    rx = ry * frame.squeeze / max(math.cos(math.radians(spot.lat or 0.0)), 0.1)
    shown = 8 < ry < frame.width and not spot.whole
    return Point(
        x=round(x, 1),
        y=round(y, 1),
        rx=round(rx, 1) if shown else 0.0,
        ry=round(ry, 1) if shown else 0.0,
        name=spot.name,
        numbers=mark.numbers,
        target=mark.target,
        label=mark.label,
        detail=spot.detail,
        whole=spot.whole,
    )


def _in_view(point: Point, frame: Frame | Labels) -> bool:
    return 4 < point.x < frame.width - 4 and 4 < point.y < frame.height - 4


def _labelled(points: Sequence[Point], labels: Labels, size: float) -> list[Text]:
    """A label beside each point where there is room; the list under the map has them all."""
    found = []
    for point in (point for point in points if _in_view(point, labels)):
        place = labels.beside(point.x, point.y, point.label, size)
        if place is not None:
            lead = (point.x, point.y) if place.distance > 12 else (None, None)
            found.append(Text(place.x, place.y, point.label, place.anchor, point.target, *lead))
    return found


def _bar(frame: Frame, width: int) -> int:
    """A round number of kilometres that takes at most a quarter of the width."""
    room = width / 4 / frame.scale * KM_PER_DEGREE
    power = 10 ** math.floor(math.log10(room))
    return int(max(step * power for step in (1, 2, 5) if step * power <= room))


def _seen(outlines: Outlines, frame: Frame) -> list[tuple[str, list[Shape]]]:
    """What is seen of each country, with its label."""
    found = ((c.label, [shape for ring in c.rings for shape in _clipped(ring, frame)]) for c in outlines.countries)
    return [(label, shapes) for label, shapes in found if shapes]


def _clipped(ring: Ring, frame: Frame) -> Iterable[Shape]:
    """The ring on the drawing, once for every turn of the globe in which it is seen, cut to the frame."""
    tall, broad = frame.height / 2 / frame.scale, frame.width / 2 / frame.scale / frame.squeeze
    if ring.south > frame.lat + tall or ring.north < frame.lat - tall:
        return
    if max((ring.east - ring.west) * frame.squeeze, ring.north - ring.south) * frame.scale < SMALLEST_RING:
        return
    for turn in (-360, 0, 360):
        if ring.west + turn <= frame.lon + broad and ring.east + turn >= frame.lon - broad:
            inside = _cut([_plain(lon + turn, lat, frame) for lon, lat in ring.points], frame)
            if len(inside) > 2:
                yield inside


def _plain(lon: float, lat: float, frame: Frame) -> tuple[float, float]:
    x = frame.width / 2 + (lon - frame.lon) * frame.squeeze * frame.scale
    return x, frame.height / 2 - (lat - frame.lat) * frame.scale


def _cut(points: list[tuple[float, float]], frame: Frame) -> list[tuple[float, float]]:
    """Sutherland and Hodgman's clipping against the frame, a little outside of it."""
    edges = ((0, -5.0, 1), (0, frame.width + 5.0, -1), (1, -5.0, 1), (1, frame.height + 5.0, -1))
    for axis, edge, side in edges:
        kept: list[tuple[float, float]] = []
        before = points[-1] if points else (0.0, 0.0)
        for point in points:
            inside, was = (point[axis] - edge) * side >= 0, (before[axis] - edge) * side >= 0
            if inside != was:
                share = (edge - before[axis]) / (point[axis] - before[axis])
                kept.append((before[0] + share * (point[0] - before[0]), before[1] + share * (point[1] - before[1])))
            if inside:
                kept.append(point)
            before = point
        points = kept
    return points


def _path(points: Sequence[tuple[float, float]], closed: bool) -> str:
    """SVG path text; points nearer than half a unit to the last one are left out."""
    parts: list[str] = []
    last = (math.inf, math.inf)
    for number, (x, y) in enumerate(points):
        if abs(x - last[0]) + abs(y - last[1]) > 0.6 or number == len(points) - 1:
            parts.append(f"{'L' if parts else 'M'}{x:.1f} {y:.1f}")
            last = (x, y)
    return "".join(parts) + ("Z" if closed else "")


def _paths(chains: Iterable[Chain], frame: Frame) -> Iterable[str]:
    """Lines on the drawing: the runs of each chain that come near the frame."""
    for chain in chains:
        turns = {round((frame.lon - lon) / 360) * 360 for lon, _ in (chain[0], chain[-1])}
        for turn in sorted(turns):
            yield from _runs([_plain(lon + turn, lat, frame) for lon, lat in chain], frame)


def _runs(points: Sequence[tuple[float, float]], frame: Frame) -> Iterable[str]:
    run: list[tuple[float, float]] = []
    for a, b in itertools.pairwise(points):
        seen = max(a[0], b[0]) > -5 and min(a[0], b[0]) < frame.width + 5
        seen = seen and max(a[1], b[1]) > -5 and min(a[1], b[1]) < frame.height + 5
        if seen:
            run = run or [a]
            run.append(b)
        elif run:
            yield _path(run, closed=False)
            run = []
    if run:
        yield _path(run, closed=False)


def _countries(seen: Iterable[tuple[str, list[Shape]]], frame: Frame, labels: Labels) -> Iterable[Text]:
    """The name of every country that has room for it in what is seen of it."""
    for label, shapes in seen:
        width, x, y = max(_widest(points, frame) for points in shapes)
        need = text_width(label, 11.5) + 8
        if label and width >= need and labels.free(Box.around(x, y, need, 14)):
            labels.block(Box.around(x, y, need, 14))
            yield Text(round(x, 1), round(y + 4, 1), label, "middle")


def _widest(points: Sequence[tuple[float, float]], frame: Frame) -> tuple[float, float, float]:
    """The longest level line inside a shape, and its middle; the middle of the shape is preferred."""
    low, high = max(min(y for _, y in points), 12), min(max(y for _, y in points), frame.height - 12)
    best = (0.0, 0.0, 0.0)
    for step in (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8):
        y = low + (high - low) * step
        crossings = []
        for (ax, ay), (bx, by) in zip(points, [*points[1:], points[0]], strict=True):
            if (ay > y) != (by > y):
                crossings.append(min(max(ax + (y - ay) / (by - ay) * (bx - ax), 0.0), float(frame.width)))
        crossings.sort()
        for left, right in zip(crossings[::2], crossings[1::2], strict=False):
            if right - left > best[0] * 1.15:
                best = (right - left, (left + right) / 2, y)
    return best
