"""A record in, what it tells of each event out: its mentions of one event taken together, in values that compare."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from msgspec import Struct

from dateline.model import Argument, Entity, Event, Place, Record, Status

STANDINGS: dict[Status, str] = {
    "happened": "done",
    "ongoing": "done",
    "unknown": "done",
    "planned": "open",
    "possible": "open",
    "suspected": "open",
    "hypothetical": "open",
    "denied": "denied",
}
"""A plan, its fulfilment and its denial are different tellings."""
SIDES = ("actor", "recipient")
_SMALL = frozenset({"the", "a", "an", "of", "and", "for", "in", "'s", "’s"})


class Telling(Struct, frozen=True, kw_only=True):
    """What one report tells of one event. ``event`` is the id of its first mention there; tuples are sorted."""

    article: str
    event: str
    published: date | None
    acts: tuple[str, ...]
    modes: tuple[str, ...]
    triggers: tuple[str, ...]
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    things: tuple[str, ...]
    places: tuple[str, ...]
    days: tuple[date, date] | None
    standings: tuple[str, ...]

    @property
    def parties(self) -> tuple[str, ...]:
        """Actors and recipients together."""
        return tuple(sorted({*self.actors, *self.recipients}))


def tellings_of(record: Record) -> Iterator[Telling]:
    """The events of a report, one telling for each ``same_as``, in text order."""
    groups: dict[str, list[Event]] = {}
    for event in record.events:
        groups.setdefault(event.same_as or event.id, []).append(event)
    tokens = {p.id: record.tokens[p.token].lemma.lower() for p in record.predicates if p.token < len(record.tokens)}
    entities = {entity.id: entity for entity in record.entities}
    places = {place.id: place for place in record.places}
    for first, events in groups.items():
        arguments = [a for event in events for a in event.arguments]
        yield Telling(
            article=record.article.id,
            event=first,
            published=record.article.published,
            acts=_sorted(event.act or event.type for event in events),
            modes=_sorted(event.mode for event in events if event.mode),
            triggers=_sorted(tokens.get(e.predicate) or e.span.of(record.article.text).lower() for e in events),
            actors=_sorted(_party(a, entities) for a in arguments if a.role == "actor"),
            recipients=_sorted(_party(a, entities) for a in arguments if a.role == "recipient"),
            things=_sorted(_party(a, entities) for a in arguments if a.role not in {*SIDES, "place", "time"}),
            places=_sorted(_place(places[event.place]) for event in events if event.place in places),
            days=_days(events),
            standings=_sorted(STANDINGS[event.status] for event in events),
        )


def _sorted(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({value for value in values if value}))


def _party(argument: Argument, entities: dict[str, Entity]) -> str:
    """Who or what an argument is, the same in every report: its link, else the last word of its name."""
    entity = entities.get(argument.ref or "")
    if entity is not None and entity.links:
        return entity.links[0].id
    words = [w for w in (entity.name if entity else argument.name or "").lower().split() if w not in _SMALL]
    return words[-1] if words else ""


def _place(place: Place) -> str:
    return place.best.id if place.best else place.name.lower()


def _days(events: list[Event]) -> tuple[date, date] | None:
    """The narrowest days that a mention gives; of equally narrow ones the earliest."""
    known = [(e.latest - e.earliest, e.earliest, e.latest) for e in events if e.earliest and e.latest]
    return min(known)[1:] if known else None
