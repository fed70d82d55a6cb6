"""A record in, what it tells of each event out: its mentions of one event taken together, in values that compare, and
who vouches for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from msgspec import Struct

from dateline.knowledge.ontology import act_of, status_of
from dateline.merge.saying import Said, Sayings, Voice
from dateline.merge.words import CONTENT
from dateline.model import AUTHOR, Argument, Entity, Event, Place, Record, Status, Token

NO_THINGS = frozenset({"actor", "recipient", "place", "time"})
"""Roles that are compared by themselves; the other roles name things."""
_SMALL = frozenset({"the", "a", "an", "of", "and", "for", "in", "'s", "’s"})


class Telling(Struct, frozen=True, kw_only=True, gc=False):
    """What one report tells of one event. ``event`` is the id of its first mention there (``mentions`` are all),
    ``start`` where that stands, ``starts`` where all of them do; tuples are sorted. ``words`` are the content words of
    the sentences that tell it, without the triggers. ``voices`` are who says so, outermost first, ``factuality`` how
    sure the author is; ``said`` are the values it gives, slot by slot, in its own words; ``sentence`` the one that
    tells it first; ``score`` is how likely its surest mention is right (0 to 1), None where nothing was scored;
    ``leads`` marks the one that the report's headline is about."""

    article: str
    event: str
    mentions: tuple[str, ...]
    start: int
    starts: tuple[int, ...]
    published: date | None
    type: str
    ontology: str
    status: Status
    factuality: float
    voices: tuple[Voice, ...]
    said: tuple[Said, ...]
    trigger: str
    sentence: str
    acts: tuple[str, ...]
    modes: tuple[str, ...]
    triggers: tuple[str, ...]
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    things: tuple[str, ...]
    words: tuple[str, ...]
    places: tuple[str, ...]
    days: tuple[date, date] | None
    standings: tuple[str, ...]
    score: float | None = None
    leads: bool = False

    @property
    def anchor(self) -> str:
        """The name of this telling that a new reading of the report does not change."""
        return f"{self.article}@{self.start}"

    @property
    def anchors(self) -> tuple[str, ...]:
        """Every name under which a person may have meant this telling: one for each mention."""
        return tuple(f"{self.article}@{start}" for start in self.starts)

    @property
    def parties(self) -> tuple[str, ...]:
        """Actors and recipients together."""
        return tuple(sorted({*self.actors, *self.recipients}))


def tellings_of(record: Record, article: str | None = None) -> Iterator[Telling]:
    """The events of a report, one telling for each ``same_as``, in text order; under its article's id or another."""
    groups: dict[str, list[Event]] = {}
    for event in record.events:
        groups.setdefault(event.same_as or event.id, []).append(event)
    tokens = {p.id: record.tokens[p.token] for p in record.predicates if p.token < len(record.tokens)}
    sayings = Sayings(record)
    leading = _leading(record, groups)
    for first, events in groups.items():
        arguments = [a for event in events for a in event.arguments]
        told = [tokens[event.predicate] for event in events if event.predicate in tokens]
        chief = _chief(events)
        yield Telling(
            article=article or record.article.id,
            event=first,
            mentions=tuple(event.id for event in events),
            start=events[0].span.start,
            starts=tuple(sorted({event.span.start for event in events})),
            published=record.article.published,
            type=chief.type,
            ontology=chief.ontology,
            status=chief.status,
            factuality=sayings.factuality(chief, AUTHOR, 0.0),
            voices=sayings.voices(chief),
            said=tuple(sayings.of(events)),
            trigger=chief.span.of(record.article.text),
            sentence=sayings.sentence(chief.span),
            acts=_sorted(event.act or event.type for event in events),
            modes=_sorted(event.mode for event in events if event.mode),
            triggers=_sorted(token.lemma.lower() for token in told),
            actors=_parties((a for a in arguments if a.role == "actor"), sayings.entities),
            recipients=_parties((a for a in arguments if a.role == "recipient"), sayings.entities),
            things=_parties((a for a in arguments if a.role not in NO_THINGS), sayings.entities),
            words=_words(record, told),
            places=_sorted(_place(sayings.places[e.place]) for e in events if e.place in sayings.places),
            days=_days(events),
            standings=_sorted(status_of(event.status).family for event in events),
            score=max((event.score for event in events if event.score is not None), default=None),
            leads=first == leading,
        )


def _leading(record: Record, groups: Mapping[str, list[Event]]) -> str | None:
    """Of the events that the headline tells (without one, the first sentence), the first that has a type, else the
    first; one that the chronicle hides where there is no other."""
    heads = [block.span for block in record.article.blocks if block.role == "headline"]
    end = heads[0].end if heads else len(record.article.title or "")
    if not end and record.sentences and record.tokens:
        end = record.tokens[record.sentences[0].last - 1].end
    told = [(_rank(events), n, first) for n, (first, events) in enumerate(groups.items()) if events[0].span.start < end]
    return min(told)[2] if told else None


def _rank(events: list[Event]) -> int:
    act = act_of(_chief(events).type)
    return 1 if act.untyped else 2 if act.hidden_in_archive else 0


def _chief(events: list[Event]) -> Event:
    """The mention that stands for all: the one with the most parties, of equals the first."""
    return max(events, key=lambda event: sum(a.role in {"actor", "recipient"} for a in event.arguments))


def _sorted(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({value for value in values if value}))


def _words(record: Record, told: list[Token]) -> tuple[str, ...]:
    sentences = [record.sentences[number] for number in sorted({token.sentence for token in told})]
    around = [token for s in sentences for token in record.tokens[s.first : s.last] if token not in told]
    return _sorted(token.lemma.lower() for token in around if token.upos in CONTENT)


def _parties(arguments: Iterable[Argument], entities: dict[str, Entity]) -> tuple[str, ...]:
    """Who or what arguments are, the same in every report: the link where there is one, and the name's last word,
    since the next report may not be linked."""
    found: list[str] = []
    for argument in arguments:
        entity = entities.get(argument.ref or "")
        found += [entity.links[0].id] if entity and entity.links else []
        words = [w for w in (entity.name if entity else argument.name or "").lower().split() if w not in _SMALL]
        found += words[-1:]
    return _sorted(found)


def _place(place: Place) -> str:
    return place.best.id if place.best else place.name.lower()


def _days(events: list[Event]) -> tuple[date, date] | None:
    """The narrowest days that a mention gives; of equally narrow ones the earliest."""
    known = [(e.latest - e.earliest, e.earliest, e.latest) for e in events if e.earliest and e.latest]
    return min(known)[1:] if known else None
