"""Arguments and acts that the learned reader adds to the rules, on sentences of our own."""

from __future__ import annotations

from collections.abc import Callable

from dateline.export.lines import Index, days_of
from dateline.learned.reader import sight_of
from dateline.model import Event, Record
from dateline.stages.events import Events
from dateline.stages.events.ground import Ground
from dateline.stages.events.learned import OTHER, PATH, LearnedArguments

TEXT = (
    "The trawler crew repaired the damaged engine in Bergen on Monday, the coast guard said. "
    "Gunmen attacked a police station in Odda with rifles."
)


def others(record: Record) -> list[Event]:
    return [e for e in record.events if e.type == OTHER.act]


def test_an_act_that_no_rule_types_keeps_its_parties_and_says_what_made_it(reader: Callable[..., Record]) -> None:
    record = reader(TEXT, published="2024-05-18")
    (event,) = others(record)
    assert event.span.of(TEXT) == "repaired"
    assert (event.by, event.ontology) == (OTHER.id, "dateline")
    parties = {a.role: a.span.of(TEXT) for a in event.arguments if a.by == OTHER.id}
    assert parties["actor"] == "The trawler crew"
    assert event.earliest is not None
    assert event.earliest.isoformat() == "2024-05-13"


def test_it_stays_out_of_the_chronology(reader: Callable[..., Record]) -> None:
    record = reader(TEXT, published="2024-05-18")
    shown = {line.id for day in days_of(Index(record)) for line in day.lines}
    assert shown
    assert {e.id for e in others(record)}.isdisjoint(shown)


def test_rules_come_first_and_alone_where_that_is_set(reader: Callable[..., Record]) -> None:
    record = reader(TEXT, published="2024-05-18")
    typed = [(e.span, e.type) for e in record.events if e.type != OTHER.act]
    alone = Events()(record)["events"]
    assert typed == [(e.span, e.type) for e in alone]
    assert "ASSAULT" in {e.type for e in alone}


def test_the_readers_arguments_come_with_roles_and_head_words(reader: Callable[..., Record]) -> None:
    record = reader(TEXT, published="2024-05-18")
    seen = LearnedArguments(Ground(record), sight_of(record))
    trigger = next(k for k, token in enumerate(record.tokens) if token.form == "repaired")
    found = seen.all(trigger)
    assert [(f.role, record.tokens[f.head].form) for f in found] == [
        ("actor", "crew"),
        ("recipient", "engine"),
        ("place", "Bergen"),
    ]
    assert {f.path for f in found} == {PATH}
    assert seen.instruments(trigger, found) == [], "nothing says with what"
