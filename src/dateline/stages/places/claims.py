"""Reads distance and direction phrases: tokens and toponyms in, what each phrase claims of its toponym out.

"Nearly 8,000 km east of Moscow" tells where something else is: a claim that can be checked, and no scene in Moscow.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Callable, Sequence

import msgspec

from dateline.model import DistanceClaim, Place, Span, Token

Word = Callable[[int], str]
_UNITS = {
    "km": 1.0, "kms": 1.0, "kilometre": 1.0, "kilometres": 1.0, "kilometer": 1.0, "kilometers": 1.0,
    "mile": 1.609, "miles": 1.609, "mi": 1.609, "m": 0.001, "metres": 0.001, "meters": 0.001,
}  # fmt: skip
_FIGURE = re.compile(r"(\d{1,3}(?:,\d{3})+|\d{1,6})(?:\.(\d{1,3}))?(km|mi)?", re.IGNORECASE)
_POINTS = ("north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest")
_ARTICLES = frozenset({"the", "central", "downtown"})
_PLAIN = frozenset({"from", "outside", "off"})
_FAR_OFF = 0.3
"""Share of the told distance that a road, a rounding or a city's size may add or take."""
_SLACK_KM = 25.0
_QUARTER = 50.0
"""Degrees either side of a compass point that the word for it still covers."""


def with_claims(places: Sequence[Place], tokens: Sequence[Token]) -> tuple[Place, ...]:
    """The places, each with the claims of the phrase before it; a claim of a neighbour named there is checked."""
    first_at = {token.start: i for i, token in enumerate(tokens)}
    found = []
    for before, place in itertools.pairwise((None, *places)):
        assert place is not None
        phrase = phrase_before(first_at[place.span.start], tokens)
        if phrase is None:
            found.append(place)
            continue
        start, km, direction = phrase
        subject = before if before is not None and _stands_before(before, start, tokens) else None
        claim = DistanceClaim(
            span=Span(tokens[start].start, place.span.end),
            km=km,
            direction=direction,
            place=subject.id if subject else None,
            holds=_holds(subject, place, km, direction) if subject else None,
        )
        found.append(msgspec.structs.replace(place, claims=(claim,)))
    return tuple(found)


def phrase_before(first: int, tokens: Sequence[Token]) -> tuple[int, float | None, str | None] | None:
    """First token, kilometres and compass point of the phrase that ends at token ``first``; None where none does."""
    sentence, at = tokens[first].sentence, first - 1

    def word(i: int) -> str:
        return tokens[i].form.lower() if i >= 0 and tokens[i].sentence == sentence else ""

    while word(at) in _ARTICLES:
        at -= 1
    link = word(at)
    if link != "of" and link not in _PLAIN:
        return None
    at -= 1 + (word(at - 1) == "away")
    at, direction = _direction(at, word)
    if link == "of" and direction is None:
        return None
    if direction is not None and word(at) == "the" and word(at - 1) == "to":
        at -= 2
    start, km = _distance(at, word)
    if km is None and (direction is None or link != "of"):
        return None
    return start, (None if km is None else round(km, 3)), direction


def _direction(at: int, word: Word) -> tuple[int, str | None]:
    """The token before the compass point that ends at ``at``, and the point; hyphens may part it."""
    for size in (3, 2, 1):
        joined = "".join(word(i) for i in range(at - size + 1, at + 1)).replace("-", "")
        if joined in _POINTS and word(at - size + 1) not in {"", "-"}:
            return at - size, joined
    return at, None


def _distance(at: int, word: Word) -> tuple[int, float | None]:
    """First token of the figure with its unit that ends at ``at``, and its kilometres."""
    scale = _UNITS.get(word(at))
    if scale is not None:
        at -= 1
        if word(at) == "nautical":
            at, scale = at - 1, 1.852
        at -= word(at) == "-"
    match = _FIGURE.fullmatch(word(at))
    if match is None or (scale is None) == (match[3] is None):
        return at + 1 + (scale is not None), None
    figure = float(match[1].replace(",", "") + "." + (match[2] or "0"))
    return at, figure * (scale if scale is not None else _UNITS[match[3]])


def _stands_before(place: Place, start: int, tokens: Sequence[Token]) -> bool:
    """True where nothing but a comma, a verb of lying or a word of degree parts the place from the phrase."""
    for i in range(start - 1, -1, -1):
        if tokens[i].sentence != tokens[start].sentence or tokens[i].start < place.span.start:
            return False
        if tokens[i].end == place.span.end:
            return True
        if tokens[i].form.lower() not in _FILLERS:
            return False
    return False


_FILLERS = frozenset(
    (
        *(",", "(", "is", "was", "lies", "lay", "located", "situated", "some", "about", "around", "nearly", "almost"),
        *("roughly", "approximately", "just", "over", "more", "less", "than", "only", "up", "to", "which", "a", "city"),
        *("town", "village", "sits"),
    )
)


def _holds(subject: Place, place: Place, km: float | None, direction: str | None) -> bool | None:
    """True or false where both places are known by their points, None where the claim cannot be checked."""
    a, b = place.best, subject.best
    if a is None or b is None or a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    told = True
    if km is not None:
        slack = _SLACK_KM + place.radius_km + subject.radius_km + _FAR_OFF * km
        told = abs(_km(a.lat, a.lon, b.lat, b.lon) - km) <= slack
    if direction is not None:
        turn = abs(_bearing(a.lat, a.lon, b.lat, b.lon) - 45 * _POINTS.index(direction)) % 360
        told = told and min(turn, 360 - turn) <= _QUARTER
    return told


def _km(lat: float, lon: float, to_lat: float, to_lon: float) -> float:
    """Great-circle distance."""
    a, b, turn = math.radians(lat), math.radians(to_lat), math.radians(to_lon - lon)
    cosine = math.sin(a) * math.sin(b) + math.cos(a) * math.cos(b) * math.cos(turn)
    return 6371.0 * math.acos(max(-1.0, min(1.0, cosine)))


def _bearing(lat: float, lon: float, to_lat: float, to_lon: float) -> float:
    """Degrees clockwise from north on a flat map: that is what reporters mean by east, not the great circle."""
    turn = (to_lon - lon + 180) % 360 - 180
    east = turn * math.cos(math.radians((lat + to_lat) / 2))
    return math.degrees(math.atan2(east, to_lat - lat)) % 360
