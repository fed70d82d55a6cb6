"""Records and rejections in, the flat standoff objects of the measuring contract out (docs/reference/standoff.md)."""

from __future__ import annotations

from datetime import date
from typing import Any

from dateline.knowledge.ontology import CERTAIN, unheard
from dateline.model import AUTHOR, Argument, Attribution, DistanceClaim, Event, Mention, Place, Record, Span

KINDS = {"NAM": "name", "NOM": "nominal", "PRO": "pronoun"}


def to_standoff(record: Record) -> dict[str, Any]:
    """One document. A layer that was not read is absent; an empty list means that nothing was found."""
    published = record.article.published or (record.reference.day if record.reference else None)
    found: dict[str, Any] = {"id": record.article.id, "published": _day(published)}
    writers = {
        "timexes": ("times", _times),
        "places": ("places", _places),
        "mentions": ("entities", _entities),
        "attributions": ("attributions", _attributions),
        "predicates": ("predicates", _predicates),
        "events": ("events", _events),
    }
    for layer, (key, write) in writers.items():
        if layer in record.layers:
            found[key] = write(record)
    errors = [fault for fault in record.faults if fault.kind == "error"]
    if errors and not record.layers:
        return to_error(record.article.id, errors[0].stage, errors[0].reason)
    return found


def to_error(id: str, stage: str, reason: str) -> dict[str, Any]:
    """The row of an input that could not be read."""
    return {"id": id, "error": {"stage": stage, "reason": reason}}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _words(record: Record, span: Span) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "text": span.of(record.article.text)}


def _times(record: Record) -> list[dict[str, Any]]:
    return [
        {
            **_words(record, t.span),
            "type": t.type,
            "value": t.value,
            **({"mod": t.mod} if t.mod else {}),
            "anchor": t.anchor,
            "from": _day(t.earliest),
            "to": _day(t.latest),
        }
        for t in record.timexes
    ]


def _places(record: Record) -> list[dict[str, Any]]:
    return [_place(record, p) for p in record.places]


def _place(record: Record, place: Place) -> dict[str, Any]:
    best = place.best
    return {
        **_words(record, place.span),
        "name": best.name if best else place.name,
        "geonameid": best.id if best and best.id.isdigit() else None,
        "lat": best.lat if best else None,
        "lon": best.lon if best else None,
        "country": best.country if best else None,
        "kind": best.kind if best else None,
        "radius_km": place.radius_km if best else None,
        "acts": place.acts,
        "candidates": [c.id for c in place.candidates],
        "claims": [_claim(record, c) for c in place.claims],
    }


def _claim(record: Record, claim: DistanceClaim) -> dict[str, Any]:
    return {
        **_words(record, claim.span),
        "km": claim.km,
        "direction": claim.direction,
        "place": next((i for i, p in enumerate(record.places) if p.id == claim.place), None),
        "holds": claim.holds,
    }


def _entities(record: Record) -> list[dict[str, Any]]:
    owner = {mention: entity for entity in record.entities for mention in entity.mentions}

    def row(mention: Mention) -> dict[str, Any]:
        entity = owner.get(mention.id)
        return {
            **_words(record, mention.span),
            "type": mention.type,
            "kind": KINDS[mention.kind],
            "cluster": entity.id if entity else None,
            "name": entity.name if entity else mention.span.of(record.article.text),
            "link": entity.links[0].id if entity and entity.links else None,
        }

    return [row(mention) for mention in record.mentions]


def _attributions(record: Record) -> list[dict[str, Any]]:
    place = {a.id: i for i, a in enumerate(record.attributions)}
    return [
        {
            "source": _pairs(a.source),
            "cue": _pairs(a.cue),
            "content": _pairs(a.content),
            "entity": a.name,
            "kind": a.kind,
            "stance": a.stance,
            "within": place.get(a.within) if a.within else None,
        }
        for a in record.attributions
    ]


def _pairs(spans: tuple[Span, ...]) -> list[list[int]]:
    return [[s.start, s.end] for s in spans]


def _predicates(record: Record) -> list[dict[str, Any]]:
    author = {f.predicate: f.number for f in record.factualities if f.holder == AUTHOR}
    return [
        {**_words(record, p.span), "factuality": author.get(p.id, CERTAIN), "status": p.status}
        for p in record.predicates
    ]


def _events(record: Record) -> list[dict[str, Any]]:
    places = {p.id: p for p in record.places}
    attributions = {a.id: a for a in record.attributions}
    numbers = {(f.predicate, f.holder): f.number for f in record.factualities}
    return [_event(record, e, places, attributions, numbers) for e in record.events]


def _event(
    record: Record,
    event: Event,
    places: dict[str, Place],
    attributions: dict[str, Attribution],
    numbers: dict[tuple[str, str], float],
) -> dict[str, Any]:
    place = places.get(event.place) if event.place else None
    best = place.best if place else None
    return {
        **_words(record, event.span),
        "plover": event.type if event.ontology == "plover" else None,
        "type": event.type,
        "act": event.act,
        "score": event.score,
        "weight": event.weight,
        "others": [{"act": act, "share": share} for act, share in event.others],
        "mode": event.mode,
        "contexts": list(event.contexts),
        "cameo": event.cameo,
        "actor_code": event.actor_code,
        "recipient_code": event.recipient_code,
        "arguments": [_argument(record, a) for a in event.arguments],
        "candidates": [_argument(record, a) for a in event.open],
        "from": _day(event.earliest),
        "to": _day(event.latest),
        "lat": best.lat if best else None,
        "lon": best.lon if best else None,
        "status": event.status,
        "factuality": numbers.get((event.predicate, AUTHOR), unheard(event)),
        "holders": _holders(event, attributions, numbers),
        "event": event.same_as or event.id,
    }


def _argument(record: Record, a: Argument) -> dict[str, Any]:
    return {**_words(record, a.span), "role": a.role, "name": a.name, "code": a.code, "score": a.score}


def _holders(
    event: Event, attributions: dict[str, Attribution], numbers: dict[tuple[str, str], float]
) -> list[dict[str, Any]]:
    """Who says so, outermost first; a source that stands in no attribution has no cue."""
    found = [_holder(attributions[a], event, numbers) for a in event.attributions if a in attributions]
    told = [a for a in event.arguments if a.role == "source"]
    return found or [{"name": a.name, "cue": None, "factuality": unheard(event)} for a in told]


def _holder(a: Attribution, event: Event, numbers: dict[tuple[str, str], float]) -> dict[str, Any]:
    cue = a.cue[0] if a.cue else None
    return {
        "name": a.name,
        "cue": [cue.start, cue.end] if cue else None,
        "factuality": numbers.get((event.predicate, a.id), unheard(event)),
    }
