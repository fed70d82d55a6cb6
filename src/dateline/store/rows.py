"""A record in, the rows out that an archive files for it: columns, events, parties, holders, words; pure."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from dateline.errors import DamageError, InputError, StoreError
from dateline.excerpts import Excerpts
from dateline.knowledge.ontology import unheard
from dateline.model import AUTHOR, Argument, Attribution, Entity, Event, MadeBy, Place, Record
from dateline.store import seals
from dateline.store.folding import name_key, plain, spelling_key, words_of
from dateline.store.identity import edition_keys, report_id
from dateline.wire import from_json, to_json

Row = dict[str, Any]
LEVEL = 6
"""zlib's level: 9 takes twice the time for 2% fewer bytes of a record."""


class Filed(Struct, frozen=True, kw_only=True):
    """Everything of one report that goes into tables. ``events`` hold their parties, holders and the one sentence
    that tells each by position."""

    id: str
    sha256: str
    body: bytes
    columns: Row
    edition_keys: tuple[str, ...]
    events: list[Row]
    parties: list[list[Row]]
    holders: list[list[Row]]
    sentences: list[list[Row]]
    words: list[str]


def filed(record: Record) -> Filed:
    """The rows of a record. Raises :class:`StoreError` for one that has no JSON."""
    try:
        raw = to_json(record)
    except UnicodeEncodeError as error:
        raise StoreError(f"the record of {record.article.id!r} has no JSON ({error.reason}); clean its text") from None
    readings = _Readings(record)
    article = record.article
    events = [readings.event(event) for event in record.events]
    parties = [[readings.party(argument) for argument in event.arguments] for event in record.events]
    holders = [readings.holders(event) for event in record.events]
    for row, sides, sources in zip(events, parties, holders, strict=True):
        row["seal"] = seals.of_event(row, sides, sources)
    name, columns = report_id(article), _columns(record)
    return Filed(
        id=name,
        sha256=hashlib.sha256(raw).hexdigest(),
        body=zlib.compress(raw, LEVEL),
        columns={**columns, "seal": seals.of_report({"id": name, **columns})},
        edition_keys=edition_keys(article),
        events=events,
        parties=parties,
        holders=holders,
        sentences=sentences_of(record, events, parties, holders),
        words=words_of(f"{article.title or ''}\n{article.text}"),
    )


def sentences_of(
    record: Record, events: Sequence[Row], parties: Sequence[Sequence[Row]], holders: Sequence[Sequence[Row]]
) -> list[list[Row]]:
    """The sentence of each event of a record, and the words of its telling, beside the other rows of the event."""
    excerpts = Excerpts(record)
    found = []
    for event, row, sides, sources in zip(record.events, events, parties, holders, strict=True):
        sentence = plain(excerpts.around(event.span)) or ""
        names = (row["place"], *(one["name"] for one in (*sides, *sources)))
        key = name_key(sentence, row["words"], *names)
        found.append([{"sentence": sentence, "words_key": key, "seal": seals.of_sentence(sentence)}])
    return found


def unpacked(report: str, sha256: str, body: bytes) -> Record:
    """The record of what was filed. Raises :class:`DamageError` where it is not what was written."""
    try:
        raw = zlib.decompress(body)
        if hashlib.sha256(raw).hexdigest() == sha256:
            return from_json(raw)
        reason = "it does not have the hash that was taken when it was written"
    except (zlib.error, TypeError) as error:
        reason = f"it cannot be unpacked ({error})"
    except InputError as error:
        reason = str(error)
    raise DamageError(f"the record of report {report} is damaged: {reason}; restore it from a backup") from None


def _found_by(*names: str | None) -> str:
    """What somebody or some place is found by: the words of its names, and these by their spelling."""
    return name_key(*names) + spelling_key(*names)


def made_words(made: MadeBy) -> str | None:
    """What made a record, as its report tells it."""
    return plain(" ".join(part for part in (made.dateline, made.model, made.knowledge) if part))


def _columns(record: Record) -> Row:
    article = record.article
    return {
        "article": plain(article.id),
        "title": plain(article.title),
        "publisher": plain(article.publisher),
        "publisher_key": name_key(article.publisher),
        "published": article.published.isoformat() if article.published else None,
        "url": plain(article.url),
        "language": plain(article.language),
        "origin": plain(article.origin),
        "made_by": made_words(record.made_by),
        "faults": sum(fault.kind == "error" for fault in record.faults),
    }


class _Readings:
    """The layers of a record by id."""

    def __init__(self, record: Record) -> None:
        self.text = record.article.text
        self.places: dict[str, Place] = {place.id: place for place in record.places}
        self.entities: dict[str, Entity] = {entity.id: entity for entity in record.entities}
        self.attributions: dict[str, Attribution] = {one.id: one for one in record.attributions}
        self.numbers = {(one.predicate, one.holder): one.number for one in record.factualities}

    def event(self, event: Event) -> Row:
        place = self.places.get(event.place) if event.place else None
        best = place.best if place else None
        name = best.name if best else place.name if place else None
        return {
            "id": plain(event.id),
            "type": plain(event.type),
            "ontology": event.ontology,
            "mode": plain(event.mode),
            "status": event.status,
            "factuality": self.numbers.get((event.predicate, AUTHOR), unheard(event)),
            "earliest": event.earliest.isoformat() if event.earliest else None,
            "latest": event.latest.isoformat() if event.latest else None,
            "place": plain(name),
            "place_key": _found_by(name, place.name if place else None),
            "country": plain(best.country) if best else None,
            "lat": best.lat if best else None,
            "lon": best.lon if best else None,
            "radius_km": place.radius_km if place and best else None,
            "actor_code": plain(event.actor_code),
            "recipient_code": plain(event.recipient_code),
            "words": plain(event.span.of(self.text)),
            "start": event.span.start,
            "end": event.span.end,
            "same_as": plain(event.same_as or event.id),
        }

    def party(self, argument: Argument) -> Row:
        words = argument.span.of(self.text)
        name = argument.name or words
        return {
            "role": plain(argument.role),
            "name": plain(name),
            "name_key": _found_by(name, words),
            "code": plain(argument.code),
            "link": self._link(argument.ref),
        }

    def holders(self, event: Event) -> list[Row]:
        known = [self.attributions[one] for one in event.attributions if one in self.attributions]
        return [self._holder(event, attribution) for attribution in known]

    def _holder(self, event: Event, attribution: Attribution) -> Row:
        name = attribution.name or " ".join(span.of(self.text) for span in attribution.source)
        return {
            "name": plain(name),
            "name_key": _found_by(name),
            "link": self._link(attribution.entity),
            "factuality": self.numbers.get((event.predicate, attribution.id), unheard(event)),
        }

    def _link(self, ref: str | None) -> str | None:
        entity = self.entities.get(ref) if ref else None
        if entity and entity.links:
            return plain(entity.links[0].id)
        place = self.places.get(ref) if ref else None
        return plain(place.best.id) if place and place.best else None
