"""Judged sentences of ``certainty_by_source.yaml`` and parsed records in, lines of judgement to compare out."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from dateline.grammar import tree_of
from dateline.knowledge.documents import document
from dateline.model import AUTHOR, Attribution, Factuality, Predicate, Record
from dateline.stages.attribution import Attributions
from dateline.stages.factuality import Factualities

FILE = Path(__file__).parent / "certainty_by_source.yaml"


class Case(NamedTuple):
    """One sentence: its judged lines, the lines the program is known to give in place of some of them, the reasons."""

    name: str
    group: str
    text: str
    judged: tuple[str, ...]
    why: str
    known_wrong: tuple[str, ...] | None
    because: str


def load_judged() -> dict[str, Case]:
    """The judged sentences by name."""
    found: dict[str, Case] = {}
    for group, rows in document(FILE).items():
        for row in rows:
            wrong: dict[str, Any] = row.get("known_wrong") or {}
            gives = tuple(wrong["gives"]) if wrong else None
            case = Case(
                row["case"], group, row["text"], tuple(row["judged"]), row["why"], gives, wrong.get("because", "")
            )
            assert case.name not in found, f"case {case.name} stands twice"
            found[case.name] = case
    return found


def read(record: Record, sources: bool = True) -> tuple[Record, tuple[Predicate, ...], tuple[Factuality, ...]]:
    """The record with its attributions, by rules alone, and what the factuality stage makes of it."""
    if sources:
        record = msgspec.structs.replace(record, **Attributions()(record))
    found = Factualities()(record)
    return record, found["predicates"], found["factualities"]


def lines_of(record: Record) -> list[str]:
    """The program's reading in the words of the file, a predicate a line."""
    record, predicates, factualities = read(record)
    names = {AUTHOR: "author"} | {a.id: _called(record, a) for a in record.attributions}
    lines = []
    for p in predicates:
        held = [f"{names[f.holder]}={f.value}" for f in factualities if f.predicate == p.id]
        lines.append(" ".join([p.span.of(record.article.text), p.status, *held]))
    return lines


def _called(record: Record, attribution: Attribution) -> str:
    """A source by its head word; a relative pronoun by what it stands for."""
    if not attribution.source:
        return "unnamed"
    tree, span = tree_of(record), attribution.source[0]
    inside = [k for k, token in enumerate(tree.tokens) if span.covers(token.span)]
    head = tree.tokens[next(k for k in inside if tree.tokens[k].head not in inside)]
    return attribution.name.split()[-1] if head.xpos in {"WP", "WDT"} and attribution.name else head.form


def beyond(lines: list[str], others: list[str]) -> list[str]:
    """The lines that the others have not, sources in any order."""
    rest = Counter(_sorted(line) for line in others)
    return [line for line in lines if not _taken(rest, _sorted(line))]


def judgements(lines: list[str]) -> Counter[tuple[str, str]]:
    """What each holder holds of each word, as (word, holder and value)."""
    return Counter((line.split()[0], held) for line in lines for held in line.split()[2:])


def _sorted(line: str) -> tuple[str, ...]:
    word, status, *held = line.split()
    return (word, status, *sorted(held))


def _taken(rest: Counter[tuple[str, ...]], line: tuple[str, ...]) -> bool:
    there = rest[line] > 0
    rest[line] -= there
    return there
