"""Fills ``mentions``: tokens in; names, nominals and pronouns of people, bodies, places, vehicles, weapons out."""

from __future__ import annotations

from dateline.grammar import tree_of
from dateline.knowledge.nominals import load_nominals
from dateline.model import Mention, Record, Span
from dateline.stages.mentions.drafts import Draft
from dateline.stages.mentions.equipment import find_equipment
from dateline.stages.mentions.names import find_names
from dateline.stages.mentions.nominals import find_nominals, find_pronouns


class Mentions:
    """Fill ``mentions``: every name, nominal and pronoun, typed, in text order."""

    name = "mentions"
    needs = frozenset({"tokens"})
    gives = frozenset({"mentions"})

    def __call__(self, record: Record) -> dict[str, tuple[Mention, ...]]:
        tree, lexicon = tree_of(record), load_nominals()
        named, before, kinds = find_equipment(record)
        names = [*named, *find_names(record, tree, lexicon, [*named, *before])]
        pronouns = find_pronouns(tree, lexicon)
        nominals = find_nominals(tree, lexicon, names, kinds)
        drafts = sorted([*names, *before, *nominals, *pronouns], key=lambda d: (d.first, d.last, d.kind))
        return {"mentions": tuple(_mention(i, draft, record) for i, draft in enumerate(drafts))}


def _mention(number: int, draft: Draft, record: Record) -> Mention:
    tokens = record.tokens
    return Mention(
        id=f"m{number}",
        span=Span(tokens[draft.first].start, tokens[draft.last - 1].end),
        by=draft.by,
        score=draft.score,
        kind=draft.kind,
        type=draft.type,
        head=draft.head,
        first=draft.first,
        last=draft.last,
    )
