"""Tellings of one event in, of what type it is out: what most of their reports say, doubtful lines among them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from dateline.knowledge.ontology import act_of
from dateline.merge.tellings import Telling

DOUBTFUL = 3
"""Reports that must see the same act, each too doubtful to show it alone, before they say it together."""
SAID = 0.5
"""What a telling that is kept out of the chronicle (a mere saying) counts against one that stands there."""


def kind_of(tellings: Iterable[Telling]) -> str:
    """The type of an event by all of its tellings: that of most reports; where none is sure of any, the act that
    enough of them see in it; else that of a doubtful line. Equally many: the one that comes first by name."""
    sure: defaultdict[str, set[str]] = defaultdict(set)
    seen: defaultdict[str, set[str]] = defaultdict(set)
    doubtful = "other"
    for telling in tellings:
        act = act_of(telling.type)
        if not act.untyped:
            sure[telling.type].add(telling.article)
            continue
        doubtful = telling.type
        for own in telling.acts:
            if not act_of(own).untyped:
                seen[own].add(telling.article)
    votes = {name: len(reports) * (SAID if act_of(name).hidden_in_archive else 1.0) for name, reports in sure.items()}
    votes |= {
        name: votes.get(name, 0.0) + len(reports)
        for name, reports in seen.items()
        if name in votes or (len(reports) >= DOUBTFUL and not act_of(name).hidden_in_archive)
    }
    return min(votes, key=lambda name: (-votes[name], name), default=doubtful)
