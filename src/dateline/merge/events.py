"""Tellings of a day in, groups of those that tell one event out: those of one story judged in pairs and grouped."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence

from dateline.knowledge.ontology import act_of
from dateline.merge.blocking import Pair, sharing_pairs
from dateline.merge.clustering import average_link
from dateline.merge.features import is_common
from dateline.merge.judging import DECIDED, decided, weigh
from dateline.merge.tellings import Telling
from dateline.merge.traits import Traits, kin_of

THRESHOLD = 0.62
"""Mean score at which groups of tellings are of one event."""
CROWD = 300
"""Tellings that may share one blocking key; of more, only those that also share a party are compared."""


def weights_of(
    tellings: Sequence[Telling],
    stories: Mapping[str, str],
    reports: Callable[[str, str], float] = lambda _left, _right: 0.0,
    ties: Mapping[tuple[str, str], bool] | None = None,
) -> dict[Pair, float]:
    """The weight of every pair worth judging (places in :func:`in_order`): of one story, with the same trigger, a word
    of its group, or the same act; and of the pairs that a person judged (``ties``: anchors -> whether they are one
    event). ``reports`` is what two reports say of it."""
    ordered = in_order(tellings)
    traits = [Traits(telling) for telling in ordered]
    found = {
        (a, b): weigh(traits[a], traits[b], reports(ordered[a].article, ordered[b].article))
        for a, b in sharing_pairs([list(keys_of(telling, stories[telling.article])) for telling in ordered], CROWD)
        if comparable(ordered[a], ordered[b])
    }
    at = {telling.anchor: n for n, telling in enumerate(ordered)}
    for (left, right), same in sorted((ties or {}).items()):
        low, high = sorted((at[left], at[right]))
        found[low, high] = decided(ordered[low], ordered[high], same).weight
    return found


def in_order(tellings: Sequence[Telling]) -> list[Telling]:
    """Tellings by report, then event."""
    return sorted(tellings, key=lambda telling: (telling.article, telling.event))


def groups_of(tellings: Sequence[Telling], weights: Mapping[Pair, float]) -> list[int]:
    """The group of each telling (in the order of :func:`in_order`), named by one of its members: those of a day that
    are of one event."""
    same = [pair for pair, weight in sorted(weights.items()) if weight >= DECIDED]
    apart = [pair for pair, weight in sorted(weights.items()) if weight <= -DECIDED]
    read = {pair: weight for pair, weight in weights.items() if weight < DECIDED}
    return _united(average_link(len(tellings), read, THRESHOLD), same, apart)


def _united(groups: Sequence[int], same: Sequence[Pair], apart: Sequence[Pair]) -> list[int]:
    """The groups with those made one that a person called one event; where that would bring together what he called
    two, only the one telling moves to the other."""
    found = list(groups)
    for left, right in same:
        one, other = found[left], found[right]
        whole = [one if group == other else group for group in found]
        moved = [one if n == right else group for n, group in enumerate(found)]
        back = [other if n == left else group for n, group in enumerate(found)]
        fit = (tried for tried in (whole, moved, back) if all(tried[a] != tried[b] for a, b in apart))
        found = next(fit, found)
    return found


def world_id(first: Telling) -> str:
    """The name of an event of the world, from its earliest telling: ``e`` and ten hex digits, the same after a new
    reading of that report."""
    return "e" + hashlib.sha256(first.anchor.encode()).hexdigest()[:10]


def keys_of(telling: Telling, story: str) -> Iterator[tuple[str, ...]]:
    """What two tellings must share one of to be compared: in one story the trigger or the act, and where that is a
    common one ("say") a party too; or that their headlines are about them."""
    kinds = [(f"trigger {word}", is_common(word)) for word in telling.triggers]
    kinds += [(f"act {act}", act_of(act).many_told_in_story) for act in telling.acts if not act_of(act).untyped]
    kinds += [(f"kin {group}", False) for group in sorted(kin_of(telling))]
    kinds += [("headline", False)] * telling.leads
    for kind, common in kinds:
        if not common:
            yield story, kind
        for party in telling.parties:
            yield story, kind, party


def comparable(left: Telling, right: Telling) -> bool:
    """Whether two tellings may be of one event: of different reports; or of one, told with the same trigger, which its
    own reading did not take together."""
    return left.article != right.article or not set(left.triggers).isdisjoint(right.triggers)
