"""Tellings of many reports in, events of the world out: those of one story judged in pairs and grouped."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence

from dateline.merge.blocking import Pair, sharing_pairs
from dateline.merge.clustering import average_link
from dateline.merge.features import LOOSE, is_common, kin_of
from dateline.merge.judging import PERSON, Judgement, TellingId, decided, judge
from dateline.merge.tellings import Telling

UNTYPED_ACT = "other"
THRESHOLD = 0.35
"""Mean score at which groups of tellings are of one event."""
CROWD = 300
"""Tellings that may share one blocking key; of more, only those that also share a party are compared."""


def judgements_of(
    tellings: Sequence[Telling],
    stories: Mapping[str, str],
    likeness: Callable[[str, str], float] = lambda _left, _right: 0.0,
    ties: Mapping[tuple[str, str], bool] | None = None,
) -> list[Judgement]:
    """Every pair worth judging, judged: of one story, with the same trigger, a word of its group, or the same act; and
    the pairs that a person judged (``ties``: anchors -> whether they are one event). ``likeness`` of two reports is
    from 0 to 1."""
    ordered = sorted(tellings, key=lambda telling: (telling.article, telling.event))
    pairs = sharing_pairs([list(_keys(telling, stories[telling.article])) for telling in ordered], CROWD)
    found = {
        (a, b): judge(ordered[a], ordered[b], likeness(ordered[a].article, ordered[b].article))
        for a, b in pairs
        if _comparable(ordered[a], ordered[b])
    }
    at = {telling.anchor: n for n, telling in enumerate(ordered)}
    for (left, right), same in sorted((ties or {}).items()):
        low, high = sorted((at[left], at[right]))
        found[low, high] = decided(ordered[low], ordered[high], same)
    return [found[pair] for pair in sorted(found)]


def events_of(tellings: Sequence[Telling], judgements: Sequence[Judgement]) -> dict[TellingId, str]:
    """The event of each telling. Its id names the earliest telling of it, by publication day and article id."""
    ordered = sorted(tellings, key=lambda telling: (telling.article, telling.event))
    place = {(telling.article, telling.event): n for n, telling in enumerate(ordered)}
    pairs = {(place[j.left], place[j.right]): j for j in judgements}
    scores = {pair: j.weight for pair, j in pairs.items() if not _called(j, "SAME")}
    groups = _united(
        average_link(len(ordered), scores, THRESHOLD),
        [pair for pair, j in sorted(pairs.items()) if _called(j, "SAME")],
        [pair for pair, j in sorted(pairs.items()) if _called(j, "DIFFERENT")],
    )
    names: dict[int, str] = {}
    for n in sorted(range(len(ordered)), key=lambda n: (ordered[n].published is None, ordered[n].published, n)):
        names.setdefault(groups[n], world_id(ordered[n]))
    return {(t.article, t.event): names[group] for t, group in zip(ordered, groups, strict=True)}


def _called(judgement: Judgement, verdict: str) -> bool:
    return judgement.by == PERSON and judgement.verdict == verdict


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


def _keys(telling: Telling, story: str) -> Iterator[tuple[str, ...]]:
    """What two tellings must share one of to be compared: in one story the trigger or the act, and where that is a
    common one ("say") a party too."""
    kinds = [(f"trigger {word}", is_common(word)) for word in telling.triggers]
    kinds += [(f"act {act}", act in LOOSE) for act in telling.acts if act != UNTYPED_ACT]
    kinds += [(f"kin {group}", False) for group in sorted(kin_of(telling))]
    for kind, common in kinds:
        if not common:
            yield story, kind
        for party in telling.parties:
            yield story, kind, party


def _comparable(left: Telling, right: Telling) -> bool:
    """Of different reports; or of one, told with the same trigger, which its own reading did not take together."""
    return left.article != right.article or not set(left.triggers).isdisjoint(right.triggers)
