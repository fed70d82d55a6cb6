"""The events of a record in, the values that their words give and who vouches for them out: what is laid side by side
slot by slot."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from msgspec import Struct

from dateline.excerpts import Excerpts
from dateline.grammar import is_a
from dateline.knowledge.countries import load_countries
from dateline.knowledge.numbers import number_of
from dateline.model import Argument, Attribution, Entity, Event, Place, Record, Span

PRONOUNS = frozenset("he she it they we i you who him her them us that this which".split())  # noqa: SIM905
"""Words that name nobody outside their sentence."""
_SMALL = frozenset({"the", "a", "an", "of", "for", "and", "&"})
_BROAD = frozenset({"country", "continent", "region"})


class Said(Struct, frozen=True, kw_only=True, gc=False):
    """One value that a report gives: ``key`` compares (an id, a day, a number), ``name`` is shown, ``words`` are the
    report's own from ``start`` on. ``country`` is whose it is, ``broad`` a value that holds narrower ones."""

    slot: str
    key: str
    name: str
    words: str
    start: int
    country: str | None = None
    broad: bool = False


class Voice(Struct, frozen=True, kw_only=True, gc=False):
    """Somebody who says so, and how surely (-3 to 3). ``key`` is the same in every report; None for somebody who is
    only described ("an official")."""

    name: str
    key: str | None
    factuality: float
    country: str | None = None
    sector: str | None = None


class Sayings:
    """What one record says of its events; its annotations are looked up by id, which is made ready once."""

    def __init__(self, record: Record) -> None:
        self.record, self.text = record, record.article.text
        self.entities = {entity.id: entity for entity in record.entities}
        self.places = {place.id: place for place in record.places}
        self._attributions = {attribution.id: attribution for attribution in record.attributions}
        self._numbers = {(f.predicate, f.holder): f.number for f in record.factualities}
        self._names = {mention.id for mention in record.mentions if mention.kind == "NAM"}
        self._tokens = [token.start for token in record.tokens]
        self._excerpts = Excerpts(record)

    def of(self, events: Sequence[Event]) -> Iterator[Said]:
        """The values of every slot that the mentions of one event give, in text order, each once."""
        found: dict[tuple[str, str, int], Said] = {}
        for event in events:
            for said in self._given(event):
                found.setdefault((said.slot, said.key, said.start), said)
        yield from found.values()

    def voices(self, event: Event) -> tuple[Voice, ...]:
        """Who vouches for an event, outermost first; nobody where the outlet itself does."""
        found = (self._attributions.get(number) for number in event.attributions)
        return tuple(self._voice(event, a) for a in found if a is not None and a.stance != "attitude")

    def factuality(self, event: Event, holder: str, otherwise: float) -> float:
        """How sure a holder is of an event."""
        return self._numbers.get((event.predicate, holder), otherwise)

    def sentence(self, span: Span) -> str:
        """The sentence that holds some words."""
        return self._excerpts.around(span)

    def _voice(self, event: Event, attribution: Attribution) -> Voice:
        entity = self.entities.get(attribution.entity or "")
        name = attribution.name or (entity.name if entity else "")
        if not name or name.lower() in PRONOUNS:
            name = "a source that is not named"
        return Voice(
            name=name,
            key=self._key(entity),
            factuality=self.factuality(event, attribution.id, 3.0),
            country=entity.country if entity else None,
            sector=entity.sector if entity else None,
        )

    def _key(self, entity: Entity | None) -> str | None:
        """What names an entity in every report: its link, or its own name in small letters; None for a description."""
        if entity is None:
            return None
        if entity.links:
            return entity.links[0].id
        if not self._names.isdisjoint(entity.mentions):
            return f"name:{_last(entity.name) if entity.type == 'PER' else plain_name(entity.name)}"
        if entity.sector and entity.type == "ORG":
            return f"office:{entity.country or ''}:{entity.sector}:{plain_name(entity.name)}"
        return None

    def _given(self, event: Event) -> Iterator[Said]:
        for argument in event.arguments:
            if argument.role not in {"place", "time"}:
                yield self._party(argument)
                yield from self._counts(argument)
        if event.earliest and event.latest:
            yield _day(event, self.text)
        place = self.places.get(event.place or "")
        if place is not None:
            yield _place(place, self.text)
        words, start = event.span.of(self.text), event.span.start
        yield Said(slot="status", key=event.status, name=event.status, words=words, start=start)

    def _party(self, argument: Argument) -> Said:
        entity, words = self.entities.get(argument.ref or ""), argument.span.of(self.text)
        name = (entity.links[0].name if entity and entity.links else None) or argument.name or words
        return Said(
            slot=argument.role,
            key=self._key(entity) or f"words:{_last(name)}",
            name=name,
            words=words,
            start=argument.span.start,
            country=entity.country if entity else None,
        )

    def _counts(self, argument: Argument) -> Iterator[Said]:
        """ "Eleven fishermen", "13 crew": how many of what."""
        tokens, span = self.record.tokens, argument.span
        for k in range(bisect_left(self._tokens, span.start), bisect_right(self._tokens, span.end - 1)):
            token = tokens[k]
            number = number_of(token.form) if is_a(token.deprel, "nummod") and token.head >= 0 else None
            if number is None:
                continue
            noun, many = tokens[token.head], str(number)
            words = Span(min(token.start, noun.start), max(token.end, noun.end)).of(self.text)
            yield Said(slot=f"number of {noun.lemma.lower()}", key=many, name=many, words=words, start=token.start)


def plain_name(name: str) -> str:
    """The words that tell a body from others, sorted: "the Danish Fisheries Ministry" is "Ministry of Fisheries"."""
    words = [w for w in name.lower().replace("'s", "").split() if w not in _SMALL]
    told = [w for w in words if len(words) < 2 or load_countries().find(w) is None]
    return " ".join(sorted(told or words))


def _last(name: str) -> str:
    return name.lower().split()[-1]


def _day(event: Event, text: str) -> Said:
    first, last = str(event.earliest), str(event.latest)
    spans = [a.span for a in event.arguments if a.role == "time"]
    return Said(
        slot="day",
        key=f"{first}/{last}",
        name=first if first == last else f"{first} to {last}",
        words=spans[0].of(text) if spans else "",
        start=(spans[0] if spans else event.span).start,
        broad=first != last or not spans,
    )


def _place(place: Place, text: str) -> Said:
    best = place.best
    return Said(
        slot="place",
        key=best.id if best else f"words:{place.name.lower()}",
        name=best.name if best else place.name,
        words=place.span.of(text),
        start=place.span.start,
        country=best.country if best else None,
        broad=best is not None and best.kind in _BROAD,
    )
