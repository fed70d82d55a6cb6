"""What becomes of the sentences that stand beside the rules of events: which are not decided as their row says.

    python -m evals.rules

A row is evidence, the learned reader decides: examples of a row that are not decided as its act, and counterexamples
that are, are listed. They are sentences of our own, with an answer: what a next reader may be trained on.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from typing import NamedTuple

from dateline.knowledge.patterns import Rule, load_patterns
from dateline.model import Event, Record

Read = Callable[..., Record]
PUBLISHED = "2023-05-10"


class Told(NamedTuple):
    """A sentence of a row, and whether it is decided as the row says; ``kind`` is example or counterexample."""

    rule: Rule
    kind: str
    sentence: str
    right: bool


@functools.cache
def read_marked(read: Read, marked: str) -> tuple[Record, int]:
    """The record of a sentence, and where its bracket stands; read once."""
    return read(marked.replace("[", "").replace("]", ""), published=PUBLISHED), marked.index("[")


def at_mark(read: Read, marked: str) -> list[Event]:
    """The events whose trigger begins where the bracket stands."""
    record, at = read_marked(read, marked)
    return [event for event in record.events if event.span.start == at]


def told(read: Read) -> Iterator[Told]:
    """Every sentence of every row."""
    for rule in load_patterns().rules:
        for sentence in rule.examples:
            right = any(event.act == rule.act for event in at_mark(read, sentence))
            yield Told(rule, "example", sentence, right)
        for sentence in rule.counterexamples:
            right = all(event.act != rule.act or event.type == "other" for event in at_mark(read, sentence))
            yield Told(rule, "counterexample", sentence, right)


def share(found: list[Told], kind: str) -> float:
    """The share of sentences of a kind that are decided as their row says."""
    right = [one.right for one in found if one.kind == kind]
    return sum(right) / len(right)


def main() -> None:
    """Print what is decided otherwise, and the shares."""
    from dateline import read

    found = list(told(read))
    for one in found:
        if not one.right:
            print(f"{one.kind}\t{one.rule.id}\t{one.sentence}")
    for kind in ("example", "counterexample"):
        print(f"{kind}s decided as their row says: {share(found, kind):.3f} of {sum(o.kind == kind for o in found)}")


if __name__ == "__main__":
    main()
