from __future__ import annotations

from dateline.merge.saying import Sayings
from dateline.model import Argument, Attribution, Entity, Event, Link, Record, Span, Token
from tests.merge.reports import report, with_events

TEXT = "Korvia detained eleven fishermen"


def told() -> tuple[Record, Event]:
    plain = report("a", TEXT)
    tokens = list(plain.tokens)
    tokens[2] = Token(16, 22, "eleven", "eleven", "NUM", "CD", "", 3, "nummod", 0)
    tokens[3] = Token(23, 32, "fishermen", "fisherman", "NOUN", "NNS", "", 1, "obj", 0)
    event = Event(
        id="e0",
        span=Span(7, 15),
        type="COERCE",
        predicate="p0",
        arguments=(
            Argument(role="actor", span=Span(0, 6), ref="n0", name="Korvia"),
            Argument(role="recipient", span=Span(16, 32), name="eleven fishermen"),
        ),
        status="happened",
        attributions=("a0",),
    )
    from msgspec.structs import replace

    country = Entity(
        id="n0", type="GPE", name="Korvia", mentions=(), country="KRV", links=(Link(id="c:K", name="Korvia", score=1),)
    )
    ministry = Attribution(id="a0", span=Span(0, 6), entity="n0", name="Korvia")
    record = replace(
        with_events(replace(plain, tokens=tuple(tokens)), event), entities=(country,), attributions=(ministry,)
    )
    return record, event


def test_every_slot_stands_with_its_own_words() -> None:
    record, event = told()
    said = {s.slot: s for s in Sayings(record).of([event])}
    assert (said["actor"].key, said["actor"].country) == ("c:K", "KRV")
    assert (said["number of fisherman"].key, said["number of fisherman"].words) == ("11", "eleven fishermen")
    assert all(TEXT[s.start : s.start + len(s.words)] == s.words for s in said.values())


def test_who_vouches_is_named_by_the_link() -> None:
    record, event = told()
    assert [(v.name, v.key) for v in Sayings(record).voices(event)] == [("Korvia", "c:K")]


def test_the_sentence_that_tells_is_kept() -> None:
    record, event = told()
    assert Sayings(record).sentence(event.span) == TEXT
