"""The events of a record in, the values that their words give and who vouches for them out: what is laid side by side
slot by slot."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from msgspec import Struct

from dateline.grammar import is_a
from dateline.knowledge.countries import load_countries
from dateline.knowledge.numbers import number_of
from dateline.model import Argument, Entity, Event, Place, Record, Span

PRONOUNS = frozenset("he she it they we i you who him her them us that this which".split())  # noqa: SIM905
"""Words that name nobody outside their sentence."""
_SMALL = frozenset({"the", "a", "an", "of", "for", "and", "&"})
_BROAD = frozenset({"country", "continent", "region"})
_SENTENCE = 300
"""Characters kept of the sentence that tells an event."""


class Said(Struct, frozen=True, kw_only=True):
    """One value that a report gives: ``key`` compares (an id, a day, a number), ``name`` is shown, ``words`` are the
    report's own from ``start`` on. ``country`` is whose it is, ``broad`` a value that holds narrower ones."""

    slot: str
    key: str
    name: str
    words: str
    start: int
    country: str | None = None
    broad: bool = False


class Voice(Struct, frozen=True, kw_only=True):
    """Somebody who says so, and how surely (-3 to 3). ``key`` is the same in every report; None for somebody who is
    only described ("an official")."""

    name: str
    key: str | None
    factuality: float
    country: str | None = None
    sector: str | None = None


def voices_of(record: Record, event: Event) -> tuple[Voice, ...]:
    """Who vouches for an event, outermost first; nobody where the outlet itself does."""
    attributions = {a.id: a for a in record.attributions}
    entities = {e.id: e for e in record.entities}
    numbers = {f.holder: f.number for f in record.factualities if f.predicate == event.predicate}
    found = []
    for number in event.attributions:
        attribution = attributions.get(number)
        if attribution is None or attribution.stance == "attitude":
            continue
        entity = entities.get(attribution.entity or "")
        name = attribution.name or (entity.name if entity else "")
        if not name or name.lower() in PRONOUNS:
            name = "a source that is not named"
        found.append(
            Voice(
                name=name,
                key=party_key(record, entity),
                factuality=numbers.get(number, 3.0),
                country=entity.country if entity else None,
                sector=entity.sector if entity else None,
            )
        )
    return tuple(found)


def party_key(record: Record, entity: Entity | None) -> str | None:
    """What names an entity in every report: its link, or its own name in small letters; None for a description."""
    if entity is None:
        return None
    if entity.links:
        return entity.links[0].id
    names = {m.id for m in record.mentions if m.kind == "NAM"}
    if not names.isdisjoint(entity.mentions):
        return f"name:{_last(entity.name) if entity.type == 'PER' else plain_name(entity.name)}"
    if entity.sector and entity.type == "ORG":
        return f"office:{entity.country or ''}:{entity.sector}:{plain_name(entity.name)}"
    return None


def plain_name(name: str) -> str:
    """The words that tell a body from others, sorted: "the Danish Fisheries Ministry" is "Ministry of Fisheries"."""
    words = [w for w in name.lower().replace("'s", "").split() if w not in _SMALL]
    told = [w for w in words if len(words) < 2 or load_countries().find(w) is None]
    return " ".join(sorted(told or words))


def _last(name: str) -> str:
    return name.lower().split()[-1]


def sayings_of(record: Record, events: Sequence[Event]) -> Iterator[Said]:
    """The values of every slot that the mentions of one event give, in text order, each once."""
    found: dict[tuple[str, str, int], Said] = {}
    for event in events:
        for said in _sayings(record, event):
            found.setdefault((said.slot, said.key, said.start), said)
    yield from found.values()


def _sayings(record: Record, event: Event) -> Iterator[Said]:
    text = record.article.text
    entities = {e.id: e for e in record.entities}
    places = {p.id: p for p in record.places}
    for argument in event.arguments:
        entity = entities.get(argument.ref or "")
        name = (entity.links[0].name if entity and entity.links else None) or argument.name or argument.span.of(text)
        if argument.role in {"place", "time"}:
            continue
        yield Said(
            slot=argument.role,
            key=party_key(record, entity) or f"words:{_last(name)}",
            name=name,
            words=argument.span.of(text),
            start=argument.span.start,
            country=entity.country if entity else None,
        )
        yield from _counts(record, argument)
    if event.earliest and event.latest:
        yield _day(event, text)
    place = places.get(event.place or "")
    if place is not None:
        yield _place(place, text)
    yield Said(slot="status", key=event.status, name=event.status, words=event.span.of(text), start=event.span.start)


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


def _counts(record: Record, argument: Argument) -> Iterator[Said]:
    """ "Eleven fishermen", "13 crew": how many of what."""
    for k in _tokens(record, argument.span):
        token = record.tokens[k]
        number = number_of(token.form) if is_a(token.deprel, "nummod") and token.head >= 0 else None
        if number is None:
            continue
        noun = record.tokens[token.head]
        words = Span(min(token.start, noun.start), max(token.end, noun.end)).of(record.article.text)
        yield Said(
            slot=f"number of {noun.lemma.lower()}", key=str(number), name=str(number), words=words, start=token.start
        )


def _tokens(record: Record, span: Span) -> range:
    starts = [token.start for token in record.tokens]
    return range(bisect_left(starts, span.start), bisect_right(starts, span.end - 1))


def sentence_of(record: Record, span: Span) -> str:
    """The sentence that holds some words, on one line, cut to a readable length around them."""
    text, tokens = record.article.text, record.tokens
    for sentence in record.sentences:
        first, last = tokens[sentence.first].start, tokens[sentence.last - 1].end
        if first <= span.start < last:
            left = first if last - first <= _SENTENCE else max(first, span.start - _SENTENCE // 2)
            cut = " ".join(text[left : min(last, left + _SENTENCE)].split())
            return f"{'…' if left > first else ''}{cut}{'…' if left + _SENTENCE < last else ''}"
    return ""
