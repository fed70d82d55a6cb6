"""Two tellings in, a judgement out: same event, different, or unsure, with the reasons."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

from dateline.knowledge.merging import load_merging
from dateline.merge.features import DAYS, FEATURES, OTHER_DAYS, Reason, reasons
from dateline.merge.tellings import Telling
from dateline.merge.traits import Traits

Verdict = Literal["SAME", "DIFFERENT", "UNSURE"]
TellingId = tuple[str, str]
"""Article id, and the id of the event's first mention there."""
RULE, PERSON = "merge:weights", "person"
DECIDED = 1e9
"""What a person's judgement counts in clustering: more than any number of the program's."""
APART = -0.5
"""What days far apart count there: more than a few pairs that have no day."""
START = load_merging().start
"""Where a pair starts that nothing is known of: most tellings of a story are of different events."""
SURE = 0.7
"""From this score on two tellings are of one event; below 1 - SURE of different ones; between, it is not told."""


class Comparison(Struct, frozen=True, kw_only=True, gc=False):
    """Whether two tellings are of one event. ``score`` runs from 0 (different) to 1; ``by`` is a rule or a person."""

    left: TellingId
    right: TellingId
    verdict: Verdict
    score: float
    reasons: tuple[Reason, ...]
    by: str = RULE

    @property
    def weight(self) -> float:
        """What the judgement counts in clustering."""
        if self.by == PERSON:
            return DECIDED if self.verdict == "SAME" else -DECIDED
        return APART if any(r.feature == DAYS.name and r.weight == OTHER_DAYS for r in self.reasons) else self.score


def judge(left: Telling, right: Telling, reports: float = 0.0) -> Comparison:
    """The judgement of two tellings: weights of the reasons added up, on a logistic scale. ``reports`` is what their
    two reports say."""
    found = reasons(left, right, reports)
    score = _scored(reason.weight for reason in found)
    return Comparison(
        left=(left.article, left.event),
        right=(right.article, right.event),
        verdict="SAME" if score >= SURE else "DIFFERENT" if score <= 1 - SURE else "UNSURE",
        score=score,
        reasons=found,
    )


def weigh(left: Traits, right: Traits, reports: float) -> float:
    """The weight of the judgement of two tellings, without the reasons: for the many pairs that nobody asks about."""
    if DAYS.weigh(left, right) == OTHER_DAYS:
        return APART
    return _scored([round(reports, 3), *(feature.weigh(left, right) for feature in FEATURES)])


def _scored(weights: Iterable[float]) -> float:
    """Weights added up, from 0 to 1 on a logistic scale; the same for any order of them."""
    return round(1 / (1 + math.exp(-math.fsum((START, *weights)))), 4)


def decided(left: Telling, right: Telling, same: bool) -> Comparison:
    """What a person said of two tellings."""
    return Comparison(
        left=(left.article, left.event),
        right=(right.article, right.event),
        verdict="SAME" if same else "DIFFERENT",
        score=float(same),
        reasons=(),
        by=PERSON,
    )
