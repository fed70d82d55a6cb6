"""Chooses what a toponym stands for: toponyms with their senses in, a share of belief for each sense out.

Each sense is judged by what is known of it (kind, population, how the name stands for it), by the words that contain
it ("Paris, Texas"), and by the company it keeps: the countries, regions and neighbourhoods of the report's other
names. One name has one sense in a report.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence

from dateline.knowledge.gazetteer import Sense
from dateline.knowledge.gazetteer_file import NameKind
from dateline.knowledge.place_weights import SENSE_FEATURES, PlaceWeights
from dateline.model import Token
from dateline.stages.places.toponyms import CITIES, Toponym, contains, near

_REGION_WORDS = frozenset(
    ("region", "oblast", "province", "governorate", "state", "krai", "kray", "prefecture", "district", "territory")
)
_CITY_WORDS = frozenset(("city", "town", "village", "downtown", "suburb", "port"))
_CELL = 1.5
"""Degrees of a neighbourhood's side; the eight cells around count too."""
_LISTED = ([","], ["and"], ["or"], [",", "and"], [",", "or"])
ROUNDS = 2
_DATELINE_WEIGHT = 1.0
"""What the place that a report is sent from counts more as company."""
_SMALL = 200_000
"""Below it a capital is less known than its namesakes, and meant where its country is named (Hamilton, Georgetown)."""
_FAINT = 0.01
"""Belief below which a sense is no company for others."""
_WIDE = frozenset({"country", "region", "area"})
_AS_COUNTRY = "="
"""Mark of a country named as itself. Beside "the United States" a name that is a country's and a state's may be either:
only what lies inside the United States speaks for the state."""
_CONTAINER_WEIGHT = 0.4
"""A region named only to say where a town lies is no second witness beside the town."""


class Group:
    """All toponyms of one name in a report."""

    __slots__ = ("acting", "among_countries", "belief", "hints", "members", "said", "senses", "weight")

    def __init__(self, members: list[Toponym], tokens: Sequence[Token]) -> None:
        self.members, self.senses = members, members[0].senses
        alone = sum(m.inner is None for m in members)
        self.weight = 1.0 + math.log(alone) if alone else _CONTAINER_WEIGHT
        if any(m.dateline for m in members):
            self.weight += _DATELINE_WEIGHT
        for member in members:
            regional = member.among_regions or member.of_a_state
            member.hints = frozenset([*_hints(member, tokens), *(["region"] if regional else [])])
        self.hints = {hint for m in members for hint in m.hints}
        acting = [m.acting and m.container is None and "region" not in m.hints for m in members]
        self.acting = sum(acting) / len(members)
        self.among_countries = any(s.kind == "country" for s in self.senses)
        self.belief = [1.0 / len(self.senses)] * len(self.senses)
        self.said: dict[Sense, float] = {}

    def contained(self, sense: Sense) -> float:
        """2 where the words around some member say that this sense is meant, -2 where they say another one, else 0."""
        if sense not in self.said:
            self.said[sense] = self._contained(sense)
        return self.said[sense]

    def _contained(self, sense: Sense) -> float:
        said = 0.0
        for member in self.members:
            outer, inner = member.container, member.inner
            if outer is not None:
                if any(contains(o, sense) for o in outer.senses):
                    return 2.0
                said = -2.0
            elif inner is not None:
                if any(contains(sense, i) for i in inner.senses):
                    return 2.0
                said = -2.0
        return said


def groups_of(toponyms: list[Toponym], tokens: Sequence[Token]) -> list[Group]:
    """The toponyms by name and allowed senses, in order of first use. "Paris, Kentucky" and "Paris, France" are two
    groups; a bare name goes with the one that was told where, as long as there is only one."""
    found: dict[tuple[str, int], list[Toponym]] = {}
    for toponym in toponyms:
        found.setdefault((toponym.key, len(toponym.senses)), []).append(toponym)
    return [Group(members, tokens) for same in found.values() for members in _by_container(same)]


def _by_container(members: list[Toponym]) -> list[list[Toponym]]:
    told: dict[str, list[Toponym]] = {}
    for member in members:
        if member.container is not None:
            told.setdefault(member.container.key, []).append(member)
    if len(told) < 2:
        return [members]
    bare = [m for m in members if m.container is None]
    return [*told.values(), *([bare] if bare else [])]


def rank(toponyms: list[Toponym], tokens: Sequence[Token], weights: PlaceWeights) -> list[Group]:
    """Groups with ``belief`` in each of their senses, summing to one."""
    _mark_neighbours(toponyms, tokens)
    groups = groups_of(toponyms, tokens)
    for round_number in range(ROUNDS + 1):
        company = Company(groups) if round_number else None
        for group in groups:
            rows = features(group, company)
            group.belief = softmax([weights.sense_score(row, company is not None) for row in rows])
    return groups


def _mark_neighbours(toponyms: list[Toponym], tokens: Sequence[Token]) -> None:
    """In "Washington and Oregon" the name that can only be a region says that its neighbour is one too."""
    for left, right in itertools.pairwise(toponyms):
        gap = [t.form for t in tokens[left.last : right.first]]
        if gap not in _LISTED or left.container is right:
            continue
        for known, other in ((left, right), (right, left)):
            if not any(s.kind in CITIES for s in known.senses if s.population > known.senses[0].population / 50):
                other.among_regions |= known.senses[0].kind == "region"


def features(group: Group, company: Company | None) -> list[tuple[float, ...]]:
    """One row of :data:`SENSE_FEATURES` for each sense of the group."""
    rows: list[tuple[float, ...]] = []
    top = group.senses[0]
    rivals = [s.population for s in group.senses[1:] if not near(s, top, 100)]
    ahead = min(3.0, math.log10((top.population + 10) / (max(rivals, default=0) + 10)))
    seats = {s.country for s in group.senses if s.kind == "capital" and "region" not in group.hints}
    for number, sense in enumerate(group.senses):
        shares = company.shares(group, sense) if company is not None else (0.0, 0.0, 0.0)
        rows.append(
            (
                math.log10(sense.population + 10),
                ahead * (number == 0),
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
                float(sense.kind == "capital" and bool(shares[0]) and sense.population < _SMALL),
                float(sense.kind == "region" and sense.country in seats and not shares[1]),
            )
        )
    assert not rows or len(rows[0]) == len(SENSE_FEATURES)
    return rows


class Company:
    """How much of the report's other names lies in each country, region and neighbourhood."""

    def __init__(self, groups: list[Group]) -> None:
        self._all: dict[str, float] = {}
        self._own: dict[int, dict[str, float]] = {}
        for group in groups:
            own: dict[str, float] = {}
            for sense, belief in zip(group.senses, group.belief, strict=True):
                if belief > _FAINT:
                    for area in _areas(sense, group.acting > 0):
                        own[area] = own.get(area, 0.0) + belief * group.weight
            for area, mass in own.items():
                self._all[area] = self._all.get(area, 0.0) + mass
            self._own[id(group)] = own

    def shares(self, group: Group, sense: Sense) -> tuple[float, float, float]:
        """Logarithms of the mass that other names put in the sense's country, region and neighbourhood."""
        own = self._own[id(group)]
        around = 0.0
        if sense.kind not in _WIDE:
            x, y = cell_of(sense)
            around = sum(self._mass(f"{i} {j}", own) for i in (x - 1, x, x + 1) for j in (y - 1, y, y + 1))
        in_country, in_region = self._mass(sense.country, own), self._mass(sense.admin1, own)
        if sense.kind == "region" and group.among_countries:
            in_country -= self._mass(_AS_COUNTRY + sense.country, own)
        return math.log1p(in_country), math.log1p(in_region), math.log1p(around)

    def _mass(self, area: str, own: dict[str, float]) -> float:
        total = self._all.get(area)
        return 0.0 if total is None else max(0.0, total - own.get(area, 0.0))


def _areas(sense: Sense, acting: bool) -> Iterator[str]:
    """The country (``RUS``), the region (``RU.59``) and the neighbourhood (``28 88``) that a sense lies in; a country
    named as itself, or by the seat of its government, is told apart (``=RUS``)."""
    if sense.country:
        yield sense.country
        if sense.kind == "country" or (acting and (sense.kind == "capital" or sense.named is NameKind.SEAT)):
            yield _AS_COUNTRY + sense.country
    if sense.admin1:
        yield sense.admin1
    if sense.kind not in _WIDE:
        x, y = cell_of(sense)
        yield f"{x} {y}"


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
