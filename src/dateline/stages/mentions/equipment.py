"""Finds weapons and vehicles by the equipment tables: a record in; drafts of names, types of generic words out."""

from __future__ import annotations

from bisect import bisect_right

from dateline.grammar import tree_of
from dateline.knowledge.equipment import load_equipment
from dateline.knowledge.gazetteer import load_gazetteer
from dateline.knowledge.nominals import load_nominals
from dateline.model import MentionType, Record
from dateline.stages.mentions.drafts import Draft

_NEAR = 2
"""Words behind a weapon among which the noun stands that it goes with ("UAV launch site")."""
_TOWN = 5_000
"""People of a town whose name counts as the town's."""


def find_equipment(record: Record) -> tuple[list[Draft], list[Draft], dict[int, MentionType]]:
    """Names of systems (NAM); generic weapons that stand before the noun of an act ("a car bomb blast") or in capitals
    ("a VBIED"), mentions of their own; and for each token of a generic phrase ("strategic bombers") its type there."""
    tokens, tree = record.tokens, tree_of(record)
    names: list[Draft] = []
    before: list[Draft] = []
    kinds: dict[int, MentionType] = {}
    for hit in load_equipment().find(record.article.text):
        first, last = bisect_right(tree.ends, hit.start), tree.token_from(hit.end)
        if first >= last or _is_town(record, hit.system.kind, first, last):
            continue
        if hit.generic:
            kinds.update(dict.fromkeys(range(first, last), hit.system.mention_type))
            final = tokens[last - 1]
            beside = final.deprel.startswith("compound") and last <= final.head < last + _NEAR
            if beside or (final.form.isupper() and first == last - 1):
                before.append(Draft(first, last, last - 1, "NOM", hit.system.mention_type, hit.system.id))
        else:
            head = next((i for i in range(last - 1, first - 1, -1) if not first <= tokens[i].head < last), last - 1)
            names.append(Draft(first, last, head, "NAM", hit.system.mention_type, hit.system.id))
            kinds.update(dict.fromkeys(range(first, last), hit.system.mention_type))
    return names, before, kinds


def _is_town(record: Record, kind: str, first: int, last: int) -> bool:
    """A town that a ship is named after, where no ship's noun stands before it (``the corvette Murmansk``)."""
    if kind not in {"ship", "submarine"}:
        return False
    tokens = record.tokens
    name = record.article.text[tokens[first].start : tokens[last - 1].end]
    if not any(sense.population >= _TOWN for sense in load_gazetteer().find(name)):
        return False
    before = next((t for t in reversed(tokens[max(0, first - 2) : first]) if t.upos != "PUNCT"), None)
    noun = load_nominals().nouns.get(before.lemma.lower()) if before is not None else None
    return noun is None or noun.group != "ship"
