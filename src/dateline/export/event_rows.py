"""A record in, one row an event out: what frames and files for other programs are made of.

A row holds an event with all that tells it. Every string in it has passed
:func:`dateline.export.visible.one_line`: it has no control characters and no lone surrogates, so that no format can
be broken by one; an address is one of the web or absent.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from dateline.export.html import safe_link
from dateline.export.lines import Index, days_of
from dateline.export.view import Line, Party
from dateline.export.visible import one_line
from dateline.knowledge.ontology import unheard
from dateline.model import AUTHOR, Argument, Event, Record

ITSELF = "the report itself"
"""The source of what rests on nobody but an outlet without a name."""


class Side(Struct, frozen=True, kw_only=True):
    """Somebody or something in an event. ``code`` is a PLOVER code (country, then sectors), ``link`` a knowledge id
    (``country:RUS``), ``kind`` a mention type (``PER``, ``ORG`` …); each is None where it is not known."""

    name: str
    code: str | None = None
    link: str | None = None
    kind: str | None = None


class Where(Struct, frozen=True, kw_only=True):
    """A place. ``id`` is a GeoNames id (digits) or one of ours, ``country`` ISO 3166-1 alpha-3, ``lat`` and ``lon``
    degrees (WGS 84), None where the report does not tell which place of that name it is; ``radius_km`` how far from
    there it may be."""

    name: str
    id: str | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None


class TellingRow(Struct, frozen=True, kw_only=True):
    """One report's telling: ``words`` stand at ``start`` to ``end`` (code points, end exclusive) of its text, in
    ``sentence``; ``chain`` is who says so, the outlet first; ``certainty`` the author's own, from -3 to +3."""

    report: str
    words: str
    sentence: str
    start: int
    end: int
    status: str
    certainty: float
    chain: tuple[str, ...]
    title: str | None = None
    outlet: str | None = None
    published: date | None = None
    url: str | None = None
    copy_of: str | None = None


class Related(Struct, frozen=True, kw_only=True):
    """What another event is to this one: ``plan``, ``happened``, ``moved``, ``cancelled``, ``instead``."""

    kind: str
    event: str


class EventRow(Struct, frozen=True, kw_only=True):
    """One event. ``event`` names it: ``report@start`` in a record, ``e`` and ten hex digits in an archive. Days are
    both inclusive, None = open. ``certainty`` is the author's, from -3 (certainly not) to +3; ``score`` how likely the
    machine holds it to be right, 0 to 1. ``tellings`` stand by publication, the first one first; ``sources`` are the
    ultimate ones; ``differs`` the slots on which reports do not agree."""

    event: str
    type: str
    ontology: str
    status: str
    certainty: float
    tellings: tuple[TellingRow, ...]
    mode: str | None = None
    act: str | None = None
    what: str = ""
    cameo: str | None = None
    contexts: tuple[str, ...] = ()
    score: float | None = None
    earliest: date | None = None
    latest: date | None = None
    actors: tuple[Side, ...] = ()
    recipients: tuple[Side, ...] = ()
    equipment: tuple[Side, ...] = ()
    place: Where | None = None
    sources: tuple[str, ...] = ()
    reports: int = 1
    outlets: int = 1
    independent: int = 1
    differs: tuple[str, ...] = ()
    related: tuple[Related, ...] = ()

    @property
    def first(self) -> TellingRow:
        """The telling that was published first."""
        return self.tellings[0]

    @property
    def chains(self) -> tuple[tuple[str, ...], ...]:
        """The chains of sources of all tellings, each once."""
        return tuple(dict.fromkeys(telling.chain for telling in self.tellings))


def rows_of(record: Record) -> tuple[EventRow, ...]:
    """The events of a record's chronology, in its order: tellings of one event are one row."""
    index = Index(record)
    events = {event.id: event for event in record.events}
    lines = (line for day in days_of(index) for line in day.lines)
    return tuple(_row(line, [events[one] for one in line.tellings], index) for line in lines)


def _row(line: Line, events: Sequence[Event], index: Index) -> EventRow:
    chief = events[0]
    scores = [event.score for event in events if event.score is not None]
    tellings = _tellings(line, chief, index)
    open_end, open_start = line.moment.precision == "open end", line.moment.precision == "open start"
    return EventRow(
        event=f"{tellings[0].report}@{tellings[0].start}",
        type=one_line(chief.type),
        ontology=chief.ontology,
        mode=maybe(chief.mode),
        act=maybe(chief.act),
        what=line.what,
        cameo=maybe(chief.cameo),
        contexts=tuple(dict.fromkeys(one_line(context) for event in events for context in event.contexts)),
        status=line.status,
        certainty=tellings[0].certainty,
        score=max(scores, default=None),
        earliest=None if open_start else _day(line.moment.earliest),
        latest=None if open_end else _day(line.moment.latest),
        actors=_sides(line.who, events, index),
        recipients=_sides(line.whom, events, index),
        equipment=_equipment(line, events, index),
        place=_where(line, index),
        sources=tuple(dict.fromkeys(telling.chain[-1] for telling in tellings)),
        tellings=tellings,
        independent=len({telling.chain[-1] for telling in tellings}),
    )


def maybe(words: str | None) -> str | None:
    """Words on one line, or None for none."""
    return one_line(words) or None if words else None


def _day(words: str) -> date | None:
    return date.fromisoformat(words) if words else None


def _tellings(line: Line, chief: Event, index: Index) -> tuple[TellingRow, ...]:
    """One telling for every chain of sources behind the line."""
    article = index.record.article
    fact = index.facts.get((chief.predicate, AUTHOR))
    outlet = maybe(article.publisher)
    return tuple(
        TellingRow(
            report=one_line(article.id),
            words=line.quotes[0].words,
            sentence=line.around,
            start=line.quotes[0].start,
            end=line.quotes[0].end,
            status=line.status,
            certainty=fact.number if fact else unheard(chief),
            chain=chain_of(outlet, [step.name for step in steps]),
            title=maybe(article.title),
            outlet=outlet,
            published=article.published,
            url=safe_link(article.url) or None,
        )
        for steps in line.chains
    )


def chain_of(outlet: str | None, names: Sequence[str]) -> tuple[str, ...]:
    """A chain of sources: the outlet, then who is quoted, outermost first; never empty."""
    return tuple(name for name in (outlet, *names) if name) or (ITSELF,)


def _sides(parties: Sequence[Party], events: Sequence[Event], index: Index) -> tuple[Side, ...]:
    codes = {a.ref: a for event in events for a in event.arguments if a.ref and a.code}
    return tuple(_side(party, codes.get(party.ref or ""), index) for party in parties)


def _side(party: Party, argument: Argument | None, index: Index) -> Side:
    entity = index.entities.get(party.ref or "")
    return Side(
        name=party.name,
        code=party.code or (maybe(argument.code) if argument else None),
        link=one_line(entity.links[0].id) if entity and entity.links else None,
        kind=entity.type if entity else None,
    )


def _equipment(line: Line, events: Sequence[Event], index: Index) -> tuple[Side, ...]:
    """What it was done with, and weapons and vehicles in any other part of it but the two sides."""
    others = _sides([party for detail in line.details for party in detail.parties], events, index)
    found = (*_sides(line.equipment, events, index), *(side for side in others if is_equipment(side)))
    return tuple(dict.fromkeys(found))


def is_equipment(side: Side) -> bool:
    """Whether somebody or something is a weapon or a vehicle."""
    return side.kind in {"WEA", "VEH"} or (side.link or "").startswith("equipment:")


def _where(line: Line, index: Index) -> Where | None:
    if line.place is None:
        return None
    place = index.places.get(line.place.id)
    best = place.best if place else None
    return Where(
        name=line.place.name,
        id=maybe(best.id) if best else None,
        country=maybe(best.country) if best else None,
        lat=line.place.lat,
        lon=line.place.lon,
        radius_km=line.place.radius_km if best else None,
    )
