"""A query in, the conditions on events and reports out that hold where it does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import structs
from sqlalchemy import ColumnElement, and_, exists, false, or_, select

from dateline.knowledge.actors import load_actors
from dateline.knowledge.gazetteer import load_gazetteer
from dateline.model import AUTHOR
from dateline.store.engines import Engine
from dateline.store.folding import name_key, phrases, plain, spelling_key
from dateline.store.nouns import Query
from dateline.store.schema import events, holders, parties, reports, sentences

SENSES = 3
"""Places that a name is taken to stand for, the best known."""
LAST = "\U0010ffff"
"""Sorts after every letter: the end of what begins with a prefix."""
Condition = ColumnElement[bool]


def cleaned(query: Query) -> Query:
    """The same query in words that every engine can hold."""
    return structs.replace(query, **{name: _clean(value) for name, value in structs.asdict(query).items()})


def _clean(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(_clean(part) for part in value)
    return plain(value) if isinstance(value, str) else value


def of_reports(engine: Engine, query: Query) -> Iterator[Condition]:
    """What a query asks of a report."""
    if query.words is not None:
        asked = phrases(query.words)
        yield and_(*(_told_in(engine, phrase, query.whole) for phrase in asked)) if asked else false()
    if query.publisher is not None:
        yield _named(reports.c.publisher_key, query.publisher)
    if query.reports:
        yield reports.c.id.in_(query.reports)
    if query.stories:
        yield reports.c.story.in_(query.stories)


def _told_in(engine: Engine, phrase: tuple[str, ...], whole: bool) -> Condition:
    """Reports with a phrase in their words; or, where tellings are looked for, with a party of that name in another
    spelling."""
    found = engine.matching(reports.c.number, [phrase])
    spelt = "" if whole else spelling_key(" ".join(phrase))
    if not spelt:
        return found
    told = select(events.c.report).where(events.c.number.in_(_named_so(spelt)))
    return or_(found, reports.c.number.in_(told))


def _named_so(spelt: str) -> Any:
    """The events with a party of a name, by its spelling key."""
    return select(parties.c.event).where(parties.c.name_key.contains(spelt))


def of_events(query: Query) -> Iterator[Condition]:
    """What a query asks of an event."""
    if query.words is not None and not query.whole:
        for phrase in phrases(query.words):
            words = " ".join(phrase)
            told = exists().where(sentences.c.event == events.c.number, sentences.c.words_key.contains(f" {words} "))
            spelt = spelling_key(words)
            yield (
                or_(told.correlate(events), events.c.number.in_(_named_so(spelt))) if spelt else told.correlate(events)
            )
    for column, values in (
        (events.c.type, query.types),
        (events.c.mode, query.modes),
        (events.c.status, query.statuses),
        (events.c.world, query.worlds),
    ):
        if values:
            yield column.in_(values)
    yield from _parties(query)
    yield from _where(query)
    if query.since is not None:
        yield _from(events.c.latest, query.since.isoformat())
    if query.until is not None:
        yield _until(events.c.earliest, query.until.isoformat())
    if query.holder is not None:
        yield _held(query.holder)


def _from(day: ColumnElement[str | None], since: str) -> Condition:
    """Events that end on a day or later; of those without a day, those that a report of then or later tells."""
    return or_(day >= since, and_(day.is_(None), events.c.report.in_(_reports(reports.c.published >= since))))


def _until(day: ColumnElement[str | None], until: str) -> Condition:
    """Events that begin by a day; of those without a day, those that a report of then or before tells."""
    return or_(day <= until, and_(day.is_(None), events.c.report.in_(_reports(reports.c.published <= until))))


def _reports(condition: Condition) -> Any:
    return select(reports.c.number).where(condition)


def _parties(query: Query) -> Iterator[Condition]:
    if query.actor is not None:
        yield _has("actor", query.actor)
    if query.recipient is not None:
        yield _has("recipient", query.recipient)
    if query.about is not None:
        yield or_(_has("actor", query.about), _has("recipient", query.about))
    if query.between is not None:
        left, right = query.between
        yield or_(
            and_(_has("actor", left), _has("recipient", right)), and_(_has("actor", right), _has("recipient", left))
        )
    if query.code is not None:
        coded = select(parties.c.event).where(_begins(parties.c.code, query.code))
        sides = (events.c.actor_code, events.c.recipient_code)
        yield or_(events.c.number.in_(coded), *(_begins(side, query.code) for side in sides))


def _has(role: str, who: str) -> Condition:
    """An event that has somebody in a role."""
    known = or_(_named(parties.c.name_key, who), parties.c.link.in_(_ids(who)))
    if not _is_code(who):
        return events.c.number.in_(select(parties.c.event).where(parties.c.role == role, known))
    either = or_(known, _begins(parties.c.code, who))
    side = events.c.actor_code if role == "actor" else events.c.recipient_code
    return or_(events.c.number.in_(select(parties.c.event).where(parties.c.role == role, either)), _begins(side, who))


def _ids(who: str) -> list[str]:
    """A knowledge id, or those of everybody who is known by a name, however it is spelt."""
    return sorted({who, *(actor.id for actor in load_actors().find(who))})


def _spellings(place: str) -> list[str]:
    """A place's name, and the names under which the gazetteer holds the best known places that it may stand for."""
    return sorted({place, *(sense.name for sense in load_gazetteer().find(place)[:SENSES])})


def _is_code(who: str) -> bool:
    return len(who) >= 3 and who.isascii() and who.isalpha() and who.isupper()


def _begins(column: ColumnElement[str | None], beginning: str) -> Condition:
    return and_(column >= beginning, column <= beginning + LAST)


def _named(column: ColumnElement[str], name: str) -> Condition:
    """Whole words of a name, next to each other, however they are spelt. They are letters and digits alone, so nothing
    in them is a wildcard."""
    key = name_key(name)
    keys = [key, spelling_key(name)] if key else []
    return or_(false(), *(column.contains(key) for key in keys if key))


def _where(query: Query) -> Iterator[Condition]:
    if query.place is not None:
        yield or_(*(_named(events.c.place_key, name) for name in _spellings(query.place)))
    if query.country is not None:
        yield events.c.country == query.country
    if query.box is not None:
        south, west, north, east = query.box
        within = (events.c.lon >= west, events.c.lon <= east)
        yield and_(events.c.lat.between(south, north), and_(*within) if west <= east else or_(*within))


def _held(holder: str) -> Condition:
    if holder == AUTHOR:
        return events.c.number.not_in(select(holders.c.event))
    said = or_(_named(holders.c.name_key, holder), holders.c.link.in_(_ids(holder)))
    return events.c.number.in_(select(holders.c.event).where(said))
