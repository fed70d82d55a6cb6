"""Chooses what a toponym stands for: toponyms with their senses in, a share of belief for each sense out.

Each sense is judged by what is known of it (kind, population, how the name stands for it), by the words that contain
it ("Paris, Texas"), and by the company it keeps: the countries, regions and neighbourhoods of the report's other
names. One name has one sense in a report.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from dateline.knowledge.gazetteer import NameKind, Sense
from dateline.knowledge.place_weights import SENSE_FEATURES, PlaceWeights
from dateline.model import Token
from dateline.stages.places.toponyms import CITIES, Toponym, contains, near

_REGION_WORDS = frozenset("region oblast province governorate state krai kray prefecture district county territory".split())
_CITY_WORDS = frozenset("city town village downtown suburb port".split())
_CELL = 1.5
"""Degrees of a neighbourhood's side; the eight cells around count too."""
ROUNDS = 2


class Group:
    """All toponyms of one name in a report."""

    __slots__ = ("acting", "belief", "hints", "members", "senses", "weight")

    def __init__(self, members: list[Toponym], tokens: Sequence[Token]) -> None:
        self.members, self.senses = members, members[0].senses
        self.weight = 1.0 + math.log(len(members))
        self.hints = {hint for m in members for hint in _hints(m, tokens)}
        self.acting = sum(m.acting for m in members) / len(members)
        self.belief = [1.0 / len(self.senses)] * len(self.senses)

    def contained(self, sense: Sense) -> float:
        """1 where the words around some member say that this sense is meant, -1 where they say another one, else 0."""
        said = 0.0
        for member in self.members:
            outer = member.container
            if outer is not None:
                if any(contains(o, sense) for o in outer.senses):
                    return 1.0
                said = -1.0
        return said


def groups_of(toponyms: list[Toponym], tokens: Sequence[Token]) -> list[Group]:
    """The toponyms by name and allowed senses, in order of first use."""
    found: dict[tuple[str, int], list[Toponym]] = {}
    for toponym in toponyms:
        found.setdefault((toponym.key, len(toponym.senses)), []).append(toponym)
    return [Group(members, tokens) for members in found.values()]


def rank(toponyms: list[Toponym], tokens: Sequence[Token], weights: PlaceWeights) -> list[Group]:
    """Groups with ``belief`` in each of their senses, summing to one."""
    groups = groups_of(toponyms, tokens)
    for round_number in range(ROUNDS + 1):
        company = Company(groups) if round_number else None
        for group in groups:
            rows = features(group, company)
            group.belief = softmax([weights.sense_score(row, company is not None) for row in rows])
    return groups


def features(group: Group, company: Company | None) -> list[tuple[float, ...]]:
    """One row of :data:`SENSE_FEATURES` for each sense of the group."""
    rows = []
    top = group.senses[0]
    for number, sense in enumerate(group.senses):
        own = group.weight * group.belief[number]
        shares = company.shares(group, sense, own) if company is not None else (0.0, 0.0, 0.0)
        rows.append(
            (
                math.log10(sense.population + 10),
                float(number == 0),
                float(sense.kind == "country"),
                float(sense.kind == "region"),
                float(sense.kind == "county"),
                float(sense.kind in {"area", "natural"}),
                float(sense.kind == "facility"),
                float(sense.kind == "airport"),
                float(sense.named is NameKind.OTHER),
                group.contained(sense),
                float("region" in group.hints and sense.kind in {"region", "county", "area"}),
                float("city" in group.hints and sense.kind in CITIES),
                *shares,
                float(sense.kind == "capital"),
                float(sense.kind == "capital") * group.acting,
                float(sense.ref != top.ref and near(sense, top, 100)),
            )
        )
    assert not rows or len(rows[0]) == len(SENSE_FEATURES)
    return rows


class Company:
    """How much of the report's other names lies in each country, region and neighbourhood."""

    def __init__(self, groups: list[Group]) -> None:
        self.country: dict[str, float] = {}
        self.admin1: dict[str, float] = {}
        self.cells: dict[tuple[int, int], float] = {}
        self._own: dict[int, tuple[dict[str, float], dict[str, float], dict[tuple[int, int], float]]] = {}
        for group in groups:
            mine: tuple[dict[str, float], dict[str, float], dict[tuple[int, int], float]] = ({}, {}, {})
            for sense, belief in zip(group.senses, group.belief, strict=True):
                if belief > 0.01:
                    self._add(mine, sense, belief * group.weight)
            for total, own in zip((self.country, self.admin1, self.cells), mine, strict=True):
                for place, mass in own.items():  # type: ignore[attr-defined]
                    total[place] = total.get(place, 0.0) + mass  # type: ignore[attr-defined]
            self._own[id(group)] = mine

    @staticmethod
    def _add(
        mine: tuple[dict[str, float], dict[str, float], dict[tuple[int, int], float]], sense: Sense, mass: float
    ) -> None:
        country, admin1, cells = mine
        if sense.country:
            country[sense.country] = country.get(sense.country, 0.0) + mass
        if sense.admin1:
            admin1[sense.admin1] = admin1.get(sense.admin1, 0.0) + mass
        if sense.kind not in {"country", "region", "area"}:
            cell = cell_of(sense)
            cells[cell] = cells.get(cell, 0.0) + mass

    def shares(self, group: Group, sense: Sense, own: float) -> tuple[float, float, float]:
        """Logarithms of the mass that other names put in the sense's country, region and neighbourhood."""
        country, admin1, cells = self._own[id(group)]
        in_country = self.country.get(sense.country, 0.0) - country.get(sense.country, 0.0)
        in_admin1 = self.admin1.get(sense.admin1, 0.0) - admin1.get(sense.admin1, 0.0) if sense.admin1 else 0.0
        around = 0.0
        if sense.kind not in {"country", "region", "area"}:
            x, y = cell_of(sense)
            for dx in (-1, 0, 1):
                for dy in (-1, 0, 1):
                    cell = (x + dx, y + dy)
                    around += self.cells.get(cell, 0.0) - cells.get(cell, 0.0)
        return math.log1p(max(0.0, in_country)), math.log1p(max(0.0, in_admin1)), math.log1p(max(0.0, around))


def cell_of(sense: Sense) -> tuple[int, int]:
    """The neighbourhood of a sense: a square of latitude and (narrowing) longitude."""
    lat = math.floor(sense.lat / _CELL)
    width = _CELL / max(0.2, math.cos(math.radians(lat * _CELL)))
    return lat, math.floor(sense.lon / width)


def softmax(scores: list[float]) -> list[float]:
    """Shares that sum to one, in proportion to the exponentials."""
    if not scores:
        return []
    top = max(scores)
    parts = [math.exp(s - top) for s in scores]
    total = sum(parts)
    return [p / total for p in parts]


def _hints(toponym: Toponym, tokens: Sequence[Token]) -> list[str]:
    """What a neighbouring word says about the kind: "Kherson region", "city of Kherson"."""
    found = []
    after = tokens[toponym.last].form.lower() if toponym.last < len(tokens) else ""
    before = [t.form.lower() for t in tokens[max(0, toponym.first - 2) : toponym.first]]
    if after in _REGION_WORDS or (before[-1:] == ["of"] and before[0] in _REGION_WORDS):
        found.append("region")
    if after == "city" or (before and (before[-1] in _CITY_WORDS or (before[-1] == "of" and before[0] in _CITY_WORDS))):
        found.append("city")
    return found
