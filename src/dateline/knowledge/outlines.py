"""The map file in, country outlines out: rings of degrees to fill, borders, and disputed stretches apart."""

from __future__ import annotations

import functools
import itertools
import json
import math

from msgspec import Struct

from dateline.knowledge.files import path

Chain = tuple[tuple[float, float], ...]
"""Longitude and latitude in degrees, in order."""


class Ring(Struct, frozen=True):
    """A closed line and the degrees it lies within."""

    points: Chain
    west: float
    south: float
    east: float
    north: float


class Country(Struct, frozen=True):
    """A country's rings; ``label`` is empty where a name on the map would take a side."""

    label: str
    rings: tuple[Ring, ...]


class Outlines(Struct, frozen=True):
    """What a map is drawn from. ``disputed`` are the border stretches of ``data/map/disputed.csv``."""

    countries: tuple[Country, ...]
    borders: tuple[Chain, ...]
    disputed: tuple[Chain, ...]


def decoded(text: str) -> Chain:
    """One arc of polyline text: differences of hundredths of a degree, zigzag, five bits a character."""
    numbers: list[int] = []
    value = shift = 0
    for character in text:
        code = ord(character) - 63
        value |= (code & 31) << shift
        shift += 5
        if code < 32:
            numbers.append(~(value >> 1) if value & 1 else value >> 1)
            value = shift = 0
    points, lon, lat = [], 0, 0
    for step_lon, step_lat in zip(numbers[::2], numbers[1::2], strict=True):
        lon, lat = lon + step_lon, lat + step_lat
        points.append((lon / 100, lat / 100))
    return tuple(points)


def unwrapped(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """A closed line whose longitudes go on beyond the 180th meridian, where it crosses that, and do not jump. One that
    goes round the pole is closed along it."""
    found, turn = [points[0]], 0.0
    for (before, _), (lon, lat) in itertools.pairwise(points):
        turn += 360.0 * ((lon - before < -180) - (lon - before > 180))
        found.append((lon + turn, lat))
    if turn:
        pole = math.copysign(90.0, points[0][1])
        found += [(found[-1][0], pole), (found[0][0], pole), found[0]]
    return found


def _ring(arcs: list[int], chains: list[Chain]) -> Ring:
    points: list[tuple[float, float]] = []
    for arc in arcs:
        chain = chains[arc] if arc >= 0 else chains[~arc][::-1]
        points.extend(chain[1:] if points else chain)
    points = unwrapped(points)
    lons, lats = zip(*points, strict=True)
    return Ring(tuple(points), min(lons), min(lats), max(lons), max(lats))


@functools.cache
def load_outlines() -> Outlines:
    """The outlines, decoded once (about 60 ms)."""
    found = json.loads(path("map", "outlines.json").read_text(encoding="utf-8"))
    chains = [decoded(arc) for arc in found["arcs"]]
    countries = tuple(
        Country(c["label"], tuple(_ring(ring, chains) for ring in c["rings"])) for c in found["countries"]
    )
    return Outlines(countries, *(tuple(chains[arc] for arc in found[kind]) for kind in ("borders", "disputed")))
