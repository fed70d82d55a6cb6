"""Fills ``places``: tokens and mentions in, toponyms with what they stand for out, best candidate first."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.grammar import Tree, tree_of
from dateline.knowledge.actors import load_actors
from dateline.knowledge.gazetteer import Gazetteer, Sense, load_gazetteer
from dateline.knowledge.gazetteer_file import NameKind
from dateline.knowledge.nominals import word_set
from dateline.knowledge.place_weights import PlaceWeights, load_place_weights
from dateline.model import Candidate, Mention, Place, Record, Span
from dateline.stages.places.acting import stands_for_government
from dateline.stages.places.claims import with_claims
from dateline.stages.places.ranking import Group, rank
from dateline.stages.places.statehood import is_of_a_state
from dateline.stages.places.toponyms import CITIES, Toponym, find_toponyms, near

SURE = 0.2
"""Least share of belief for a sense to count as told."""
KEPT = 5
"""Candidates that stay on the record."""
_ONE_SPOT_KM = 60.0
_REGIONS = frozenset({"region", "county"})


class Places:
    """Fill ``places``. The gazetteer is opened with the first record (and built, once, where it is missing)."""

    name = "places"
    needs = frozenset({"tokens", "mentions"})
    gives = frozenset({"places"})

    def __call__(self, record: Record) -> dict[str, tuple[Place, ...]]:
        groups = resolve(record, load_gazetteer(), load_place_weights())
        told = [(member, group) for group in groups for member in group.members if not member.silent]
        told.sort(key=lambda pair: pair[0].first)
        mentions = {(m.first, m.last): m.id for m in record.mentions}
        places = [
            _place(number, member, group, record, mentions.get((member.first, member.last)))
            for number, (member, group) in enumerate(told)
        ]
        return {"places": with_claims(places, record.tokens)}


def resolve(record: Record, gazetteer: Gazetteer, weights: PlaceWeights) -> list[Group]:
    """The record's toponyms in groups of one name, with the belief in each sense."""
    toponyms = without_vehicles(find_toponyms(record, gazetteer, weights), record)
    tree = tree_of(record)
    mark_acting(toponyms, tree)
    for toponym in toponyms:
        toponym.of_a_state = is_of_a_state(toponym, tree)
    return rank(toponyms, record.tokens, weights)


def without_vehicles(toponyms: list[Toponym], record: Record) -> list[Toponym]:
    """The toponyms that are not part of the name of a ship, an aircraft, a weapon, or (a longer name) of a person, a
    treaty or a newspaper."""
    taken: dict[int, int] = {}
    for mention in record.mentions:
        if mention.kind == "NAM" and _no_place(mention, record):
            for k in range(mention.first, mention.last):
                taken[k] = max(taken.get(k, 0), mention.last)
    return [t for t in toponyms if t.last > taken.get(t.first, 0) and not _names_treaty(t, record)]


def _names_treaty(toponym: Toponym, record: Record) -> bool:
    """True in "Warsaw Pact", "Camp David Accords": named after a place where nothing of it happens now."""
    after = record.tokens[toponym.last] if toponym.last < len(record.tokens) else None
    return after is not None and after.form[0].isupper() and after.form.lower() in word_set("treaty")


def _no_place(mention: Mention, record: Record) -> bool:
    longer = mention.last - mention.first > 1
    if mention.type == "PER":
        return longer
    if mention.type == "ORG" and longer:
        return any(a.kind == "outlet" for a in load_actors().find(mention.span.of(record.article.text)))
    return mention.type in {"VEH", "WEA"}


def mark_acting(toponyms: Sequence[Toponym], tree: Tree) -> None:
    """Note which capitals and seats of government stand for a government."""
    for toponym in toponyms:
        if any(s.kind == "capital" or s.named is NameKind.SEAT for s in toponym.senses):
            toponym.acting = stands_for_government(toponym, tree)


def _place(number: int, toponym: Toponym, group: Group, record: Record, mention: str | None) -> Place:
    order = sorted(range(len(group.senses)), key=lambda i: (-group.belief[i], i))
    order = _by_kind(order, group, toponym)
    best = group.senses[order[0]]
    share = sum(b for s, b in zip(group.senses, group.belief, strict=True) if s == best or _one_spot(s, best))
    span = Span(record.tokens[toponym.first].start, record.tokens[toponym.last - 1].end)
    seat = best.kind == "capital" or best.named is NameKind.SEAT
    return Place(
        id=f"p{number}",
        span=span,
        by=f"places/{best.named.name.lower()}",
        score=round(share, 3),
        name=best.name,
        candidates=tuple(_candidate(group, i, toponym) for i in order[:KEPT]),
        resolved=share >= SURE,
        radius_km=float(best.radius),
        acts=toponym.acting and seat,
        mention=mention,
    )


def _by_kind(order: list[int], group: Group, toponym: Toponym) -> list[int]:
    """Of a city and the region of its own name around it: the one that the words ask for, the city if none. Oklahoma
    City is not what "Oklahoma" calls: the city must bear the very name."""
    best = group.senses[order[0]]
    region = "region" in toponym.hints
    wanted = _REGIONS if region else CITIES
    if not best.id.isdigit() or best.kind in wanted:
        return order
    for i in order[1:]:
        sense = group.senses[i]
        named = region or sense.named is not NameKind.OTHER
        if sense.kind in wanted and named and best.kind in _REGIONS | CITIES and _one_spot(sense, best):
            return [i, *(k for k in order if k != i)]
    return order


def _one_spot(a: Sense, b: Sense) -> bool:
    return a.country == b.country and near(a, b, _ONE_SPOT_KM)


def _candidate(group: Group, i: int, toponym: Toponym) -> Candidate:
    sense = group.senses[i]
    return Candidate(
        id=sense.id,
        name=sense.name,
        kind="city" if sense.kind == "capital" else sense.kind,
        lat=sense.lat,
        lon=sense.lon,
        country=sense.country or None,
        admin1=sense.admin1 or None,
        population=sense.population,
        score=round(group.belief[i], 3),
        why=_why(group, i, sense, toponym),
    )


def _why(group: Group, i: int, sense: Sense, toponym: Toponym) -> str:
    reasons = []
    if sense.named is NameKind.ADJECTIVE:
        reasons.append("adjective or people of the country")
    elif sense.named is not NameKind.MAIN:
        reasons.append(f"as {sense.named.name.lower().replace('_', ' ')}")
    if group.contained(sense) > 0:
        reasons.append("named with the place it lies in")
    if i == 0:
        reasons.append("best known" if len(group.senses) > 1 else "only one of the name")
    if toponym.acting:
        reasons.append("stands for a government")
    return "; ".join(reasons) or "in the company of the report's other places"
