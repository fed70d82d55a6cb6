"""Who says so: tokens, mentions and entities in, ``attributions`` (source, cue, content, nested) out."""

from __future__ import annotations

from typing import Any

from dateline.grammar import tree_of
from dateline.learned.reader import sight_of
from dateline.model import Record
from dateline.quotations import find_quotations
from dateline.stages.attribution.cues import find_drafts
from dateline.stages.attribution.draft import Reading
from dateline.stages.attribution.learned import join_learned
from dateline.stages.attribution.nesting import finish
from dateline.stages.attribution.quoted_names import without_names, without_naming
from dateline.stages.attribution.sources import Who
from dateline.stages.attribution.speech import tie_quotations


class Attributions:
    """Fill ``attributions``: statements, beliefs, evidence and attitudes with their source, cue and content. With
    ``learned`` the learned reader is asked beside the rules."""

    name = "attribution"
    needs = frozenset({"tokens", "mentions", "entities"})
    gives = frozenset({"attributions"})

    def __init__(self, learned: bool = False) -> None:
        self.learned = learned

    def __call__(self, record: Record) -> dict[str, tuple[Any, ...]]:
        quotations = find_quotations(record.article.text, record.article.blocks)
        tree = tree_of(record)
        quotations, names = without_names(quotations, tree)
        reading = Reading(tree, quotations)
        drafts = tie_quotations(reading, find_drafts(reading))
        if self.learned and record.tokens:
            drafts = join_learned(reading, sight_of(record), drafts)
        drafts = without_naming(reading, drafts, names)
        return {"attributions": finish(reading, drafts, Who(record))}
