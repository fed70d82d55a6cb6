"""Rules and the learned reader together, on sentences of our own through the whole reading."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from dateline.grammar import tree_of
from dateline.model import Attribution, Record
from dateline.stages.attribution import Attributions, learned
from dateline.stages.attribution.nesting import LEARNED

CASES = [
    ("Analysts reckon that the bank will fail in May.", ("Analysts", "reckon", "the bank will fail in May")),
    ("The envoy made it clear that the talks were over.", ("The envoy", "made it clear", "the talks were over")),
    ("The general inspected the tanks on Sunday.", None),
    ("The admiral was greeted by the crew of the frigate.", None),
    (
        "Seoul had “strongly warned” against any such transaction.",
        ("Seoul", "had “strongly warned", "against any such transaction"),
    ),
    (
        "The ministry accused the rebels of burning the school, the news agency Norna reported.",
        ("the news agency Norna", "reported", "The ministry accused the rebels of burning the school"),
    ),
]  # fmt: skip


def words(attribution: Attribution, text: str) -> tuple[str, str, str]:
    parts = (attribution.source, attribution.cue, attribution.content)
    source, cue, content = (" / ".join(span.of(text) for span in part) for part in parts)
    return source, cue, content.removeprefix("that ")


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text[:40] for text, _ in CASES])
def test_who_says_what(reader: Callable[..., Record], text: str, expected: tuple[str, str, str] | None) -> None:
    found = [words(a, text) for a in reader(text, published="2024-05-18").attributions]
    assert found[:1] == ([expected] if expected else []), "the outermost one"


def test_the_rules_alone_are_a_setting(reader: Callable[..., Record]) -> None:
    record = reader(CASES[1][0], published="2024-05-18")
    assert Attributions(learned=True)(record)["attributions"] == record.attributions
    assert [a.by for a in record.attributions] == [LEARNED]
    assert Attributions(learned=False)(record)["attributions"] == ()


def test_what_one_agency_quotes_of_a_ministry_stands_inside(reader: Callable[..., Record]) -> None:
    record = reader(CASES[-1][0], published="2024-05-18")
    inner = [a for a in record.attributions if a.within is not None]
    assert [a.name for a in inner] == ["The ministry"]


QUOTING_FIRST = [
    "Quoted by the agency, the mayor said the bridge was shut.",
    "“We are ready,” Ms Lund, quoted by the paper as saying, told.",
    "The Herald said so on Monday. “We are ready,” Ms Lund said, quoted by it.",
    "The Times said, quoted by the Times, that the ferry had left.",
]


@pytest.mark.parametrize("text", QUOTING_FIRST, ids=range(4))
@pytest.mark.parametrize("learned", [True, False])
def test_who_quotes_may_stand_anywhere(reader: Callable[..., Record], text: str, learned: bool) -> None:
    record = reader(text, published="2024-05-18")
    found = Attributions(learned=learned)(record)["attributions"]
    assert found
    assert all(a.cue for a in found)
    assert [fault for fault in record.faults if fault.kind == "error"] == []


def test_many_borrowed_words_take_work_that_grows_with_their_number(reader: Callable[..., Record]) -> None:
    def asked(count: int) -> int:
        record = reader("The mayor said " + '"(?' * count)
        tree, calls = tree_of(record), 0

        class Counted(list[int]):
            def __iter__(self) -> Iterator[int]:
                nonlocal calls
                for k in super().__iter__():
                    calls += 1
                    yield k

        tree.children[:] = [Counted(children) for children in tree.children]
        Attributions(learned=False)(record)
        return calls

    assert asked(800) < 3 * asked(400)


def test_of_two_stretches_the_one_that_names_somebody_is_the_source() -> None:
    """ "..., wrote Lima newspapers, which would be a setback for the talks": the clause is longer, and says nothing."""
    rows = [
        ("wrote", "VERB", -1), ("Lima", "PROPN", 2), ("newspapers", "NOUN", 0), (",", "PUNCT", 0), ("as", "ADP", 5),
        ("expected", "VERB", 0), (",", "PUNCT", 0), ("which", "PRON", 10), ("would", "AUX", 10), ("then", "ADV", 10),
        ("hinder", "VERB", 2), ("the", "DET", 12), ("talks", "NOUN", 10),
    ]  # fmt: skip
    text, tokens = "", []
    for form, upos, head in rows:
        tokens.append(SimpleNamespace(form=form, upos=upos, head=head, start=len(text), end=len(text) + len(form)))
        text += form + " "
    reading: Any = SimpleNamespace(tokens=tokens, text=text)
    assert learned._source(reading, [1, 2, *range(7, 13)], [0]) == [1, 2]
    assert learned._source(reading, range(7, 13), [0]) == list(range(7, 13))
