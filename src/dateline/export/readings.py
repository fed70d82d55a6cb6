"""A record in, plain rows of its single layers out: what each time, place, name and predicate was read as."""

from __future__ import annotations

from msgspec import Struct

from dateline.export.lines import Index, spot_of
from dateline.export.marks import row_of
from dateline.export.moments import anchor_words, span_label
from dateline.export.view import Quote, Spot
from dateline.export.visible import in_words, one_line
from dateline.model import AUTHOR, Factuality, Predicate, Record, Timex


class Reading(Struct, frozen=True, kw_only=True):
    """One row; ``id`` is its element on the page."""

    id: str
    quote: Quote
    cells: tuple[str, ...]


class Layer(Struct, frozen=True):
    """One layer's table."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[Reading, ...]


def readings_of(record: Record, index: Index, known: frozenset[str]) -> tuple[Layer, ...]:
    """The tables that the chronology does not hold; ``known`` are entities with a row in who is who."""
    return (
        Layer("Times", ("read as", "days", "counted from"), tuple(_time(t, index) for t in record.timexes)),
        Layer("Places", ("read as", "what it is", "where"), _places(index)),
        Layer("Certainty", ("status", "by the report", "by its sources", "because of"), _predicates(index)),
        Layer("Others mentioned", ("kind", "times"), _others(index, known)),
    )


def _time(timex: Timex, index: Index) -> Reading:
    label, precision = span_label(timex.earliest, timex.latest)
    days = f"{label} ({precision})" if timex.earliest or timex.latest else "no day"
    value = f"{timex.value} ({timex.mod.lower()})" if timex.mod else timex.value
    anchor = anchor_words(timex, index.record, index.timexes) or "said in full"
    return Reading(id=row_of("times", timex.id), quote=index.quote(timex.span), cells=(one_line(value), days, anchor))


def _places(index: Index) -> tuple[Reading, ...]:
    found = []
    for place in index.record.places:
        spot = spot_of(place, index)
        what = "stands for its government" if place.acts else spot.detail or spot.note
        found.append(
            Reading(
                id=row_of("places", place.id),
                quote=index.quote(place.span),
                cells=(spot.name, what, _where(spot)),
            )
        )
    return tuple(found)


def _where(spot: Spot) -> str:
    if spot.lat is None or spot.whole:
        return "somewhere in it" if spot.whole else spot.note
    return f"{spot.lat:.2f}, {spot.lon:.2f}, within {spot.radius_km:.0f} km"


def _predicates(index: Index) -> tuple[Reading, ...]:
    holders: dict[str, list[Factuality]] = {}
    for fact in index.record.factualities:
        if fact.holder != AUTHOR:
            holders.setdefault(fact.predicate, []).append(fact)
    return tuple(_predicate(p, holders.get(p.id, []), index) for p in index.record.predicates)


def _predicate(predicate: Predicate, facts: list[Factuality], index: Index) -> Reading:
    author = index.facts.get((predicate.id, AUTHOR))
    by_source = (
        f"{index.source_name(index.attributions[fact.holder])}: {in_words('sure', fact.value)}"
        for fact in facts
        if fact.holder in index.attributions
    )
    cues = ", ".join(f"“{index.quote(span).words}”" for span in predicate.cues)
    sure = in_words("sure", author.value) if author else ""
    cells = (in_words("status", predicate.status), sure, "; ".join(dict.fromkeys(by_source)), cues)
    return Reading(id=row_of("certainty", predicate.id), quote=index.quote(predicate.span), cells=cells)


def _others(index: Index, known: frozenset[str]) -> tuple[Reading, ...]:
    mentions = {mention.id: mention for mention in index.record.mentions}
    found = []
    for entity in index.record.entities:
        own = [mentions[key] for key in entity.mentions if key in mentions]
        if own and entity.id not in known:
            cells = (in_words("entity", entity.type), str(len(own)))
            found.append(Reading(id=row_of("entities", entity.id), quote=index.quote(own[0].span), cells=cells))
    return tuple(found)
