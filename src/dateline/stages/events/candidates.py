"""What may be an event: a laid-out record in; every word that the lexicon or the learned reader sees an act in, out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np

from dateline.learned import heads
from dateline.learned.reader import Lines, Sight
from dateline.learned.windows import STANDINGS
from dateline.stages.events.evidence import Evidence
from dateline.stages.events.senses import Senses

FAINT = 0.05
"""Share of all acts together from which a word is worth deciding on."""


class Candidate(NamedTuple):
    """A word that may tell an act: the senses that the lexicon has for it, and, where the learned reader was asked, the
    share of each act ("none" among them), of each certainty, and that its line must be listed; ``held`` is the
    certainty by rule, ``mutual`` whether it is done to each other."""

    token: int
    senses: Senses
    acts: Mapping[str, float] | None = None
    status: Mapping[str, float] | None = None
    held: str = "none"
    weight: float | None = None
    mutual: bool = False


def candidates(evidence: Evidence, sight: Sight | None) -> Iterator[Candidate]:
    """The candidates of a record in text order; none is refused here."""
    lines = sight.lines(numbers(evidence, sight)) if sight is not None else None
    seen: list[bool] = (1.0 - lines.acts[:, 0] >= FAINT).tolist() if lines is not None else []
    for i in range(len(evidence.ground.tokens)):
        senses = evidence.senses(i)
        if lines is not None and sight is not None:
            if senses.fitting or seen[i]:
                yield _seen(i, evidence, lines, sight)
        elif senses.fitting:
            yield Candidate(i, senses)


def _seen(i: int, evidence: Evidence, lines: Lines, sight: Sight) -> Candidate:
    acts = dict(zip(sight.reader.labels["acts"], lines.acts[i].tolist(), strict=True))
    status = dict(zip(sight.reader.labels["statuses"], lines.status[i].tolist(), strict=True))
    held = STANDINGS[evidence.standings[i]]
    return Candidate(i, evidence.senses(i), acts, status, held, float(lines.weight[i]), evidence.mutual(i))


def numbers(evidence: Evidence, sight: Sight) -> heads.Evidence:
    """The evidence as the heads take it."""
    place = {name: number for number, name in enumerate(sight.reader.labels["senses"])}
    size = len(evidence.ground.tokens)
    fitting, possible = (np.zeros((size, len(place)), dtype=np.float32) for _ in range(2))
    for i in range(size):
        senses = evidence.senses(i)
        for rule in senses.fitting:
            if rule.act in place:
                fitting[i, place[rule.act]] = 1.0
        for act in senses.possible:
            if act in place:
                possible[i, place[act]] = 1.0
    return heads.Evidence(evidence.kinds, evidence.standings, fitting, possible)
