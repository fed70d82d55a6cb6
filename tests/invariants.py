"""What must hold of every record, whatever was read: spans lie in the text, ids refer, days are in order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from dateline.model import AUTHOR, Event, Record, Span, Timex

ANNOTATED = ("mentions", "timexes", "places", "attributions", "predicates", "events")


def spans_of(value: Any, where: str = "record") -> Iterator[tuple[str, Span]]:
    """Every span below a value, with the path that leads to it."""
    if isinstance(value, Span):
        yield where, value
    elif isinstance(value, msgspec.Struct):
        for field in value.__struct_fields__:
            yield from spans_of(getattr(value, field), f"{where}.{field}")
    elif isinstance(value, tuple | list):
        for i, item in enumerate(value):
            yield from spans_of(item, f"{where}[{i}]")


def broken(record: Record) -> list[str]:
    """What does not hold; empty for a sound record."""
    return [*_spans(record), *_ids(record), *_references(record), *_days(record)]


def _spans(record: Record) -> Iterator[str]:
    text = record.article.text
    for where, span in spans_of(record):
        if not 0 <= span.start < span.end <= len(text):
            yield f"{where}: {span} is not a stretch of {len(text)} characters"
        elif text[span.start : span.end] != text[span.start : span.end].strip() and ".blocks" not in where:
            yield f"{where}: {text[span.start : span.end]!r} has white space at an edge"
    for i, token in enumerate(record.tokens):
        if text[token.start : token.end] != token.form:
            yield f"token {i}: {token.form!r} is not {text[token.start : token.end]!r}"


def _ids(record: Record) -> Iterator[str]:
    for layer in (*ANNOTATED, "entities"):
        ids = [item.id for item in getattr(record, layer)]
        if len(set(ids)) != len(ids):
            yield f"{layer}: an id stands twice"
        if any(not i[1:].isdigit() for i in ids):
            yield f"{layer}: an id is not a letter and a number"
        if [int(i[1:]) for i in ids] != list(range(len(ids))):
            yield f"{layer}: ids do not count up in order: {ids[:5]}"
    for layer in ("mentions", "timexes", "places", "predicates", "events"):
        starts = [item.span for item in getattr(record, layer)]
        if starts != sorted(starts):
            yield f"{layer}: not in text order"


def _references(record: Record) -> Iterator[str]:
    known = {layer: {item.id for item in getattr(record, layer)} for layer in (*ANNOTATED, "entities")}
    anything = set().union(*known.values())
    for entity in record.entities:
        if not set(entity.mentions) <= known["mentions"]:
            yield f"{entity.id}: refers to a mention that is not there"
    for a in record.attributions:
        if a.within is not None and (a.within not in known["attributions"] or a.within == a.id):
            yield f"{a.id}: within {a.within}"
        if a.entity is not None and a.entity not in known["entities"]:
            yield f"{a.id}: entity {a.entity}"
    for f in record.factualities:
        if f.predicate not in known["predicates"] or (f.holder != AUTHOR and f.holder not in known["attributions"]):
            yield f"factuality of {f.predicate} by {f.holder}"
        if not -3.0 <= f.number <= 3.0:
            yield f"factuality of {f.predicate}: {f.number}"
    for event in record.events:
        yield from _of_event(event, known, anything)


def _of_event(event: Any, known: dict[str, set[str]], anything: set[str]) -> Iterator[str]:
    if event.predicate and event.predicate not in known["predicates"]:
        yield f"{event.id}: predicate {event.predicate}"
    if event.place is not None and event.place not in known["places"]:
        yield f"{event.id}: place {event.place}"
    if event.same_as and event.same_as not in known["events"]:
        yield f"{event.id}: same_as {event.same_as}"
    if not set(event.attributions) <= known["attributions"]:
        yield f"{event.id}: attributions {event.attributions}"
    for argument in event.arguments:
        if argument.ref is not None and argument.ref not in anything:
            yield f"{event.id}: argument {argument.role} refers to {argument.ref}"


def _days(record: Record) -> Iterator[str]:
    dated: list[Timex | Event] = [*record.timexes, *record.events]
    for item in dated:
        if item.earliest and item.latest and item.earliest > item.latest:
            yield f"{item.id}: {item.earliest} is after {item.latest}"
