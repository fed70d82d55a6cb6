"""How likely a line is right: the shares of a decision and its arguments in, a calibrated score out."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, NamedTuple

from dateline.stages.events.deciding import SAID, Decision
from dateline.stages.events.roles import Cast

_EDGE = 1e-4


class Likely(NamedTuple):
    """The calibrated share that a line is right, and whether that is enough to show it."""

    score: float | None
    shown: bool


class Calibration:
    """Weights by which shares become a score that keeps its word: of the lines scored .8, eight in ten are right. Fitted
    by the recipe on reports that the weights of the reader had not seen."""

    def __init__(self, about: Mapping[str, Any]) -> None:
        self._weights: dict[str, float] = about["line"]
        self._shown: float = about["shown"]

    def of(self, decision: Decision, cast: Cast) -> Likely:
        """The score of a line. A statement is told by its attribution and has none."""
        if decision.act == SAID:
            return Likely(None, True)
        total = sum(self._weights[name] * value for name, value in features(decision, cast).items())
        score = 1.0 / (1.0 + math.exp(-(total + self._weights["bias"])))
        return Likely(round(score, 4), score >= self._shown)


def features(decision: Decision, cast: Cast) -> dict[str, float]:
    """What a line's score is weighed from: log odds that there is an event, log shares of act and certainty, log shares
    of the parties that are told (0 where none is), and whether each is told."""
    told: dict[str, list[float]] = {"actor": [], "recipient": []}
    for f in cast.sure:
        if f.role in told:
            told[f.role].append(f.score if f.score is not None else 1.0)
    found = {
        "event": _odds(decision.event),
        "act": math.log(max(_EDGE, decision.act_share)),
        "status": math.log(max(_EDGE, decision.status_share)),
        "sense": float(decision.rule is not None),
    }
    for role, scores in told.items():
        found[role] = math.log(max(_EDGE, min(scores))) if scores else 0.0
        found[f"{role} told"] = float(bool(scores))
    return found


def _odds(share: float) -> float:
    held = min(1.0 - _EDGE, max(_EDGE, share))
    return math.log(held / (1.0 - held))
