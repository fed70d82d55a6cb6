"""How likely a line is right: the shares of a decision and its arguments in, a calibrated score out."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, NamedTuple

from dateline.stages.events.arguments import Cast
from dateline.stages.events.deciding import SAID, Decision

_EDGE = 1e-4


class Likely(NamedTuple):
    """The calibrated share that a line is right, and whether that is enough to show it."""

    score: float | None
    shown: bool


class Calibration:
    """Weights by which shares become scores that keep their word: of what is scored .8, eight in ten are right. Fitted
    by the recipe on reports that the weights of the reader had not seen (``training/reader/calibrate.py``)."""

    def __init__(self, about: Mapping[str, Any]) -> None:
        self._line: dict[str, float] = about["line"]
        self._roles: dict[str, list[float]] = about["roles"]
        self._shown: float = about["shown"]
        self._least: dict[str, float] = about["least"]
        self._further: dict[str, float] = about["further"]
        self.same: dict[str, float] = about["same"]
        """Weights of two tellings of one event."""

    def of(self, decision: Decision, cast: Cast) -> Likely:
        """The score of a line. A statement is told by its attribution and has none."""
        if decision.act == SAID:
            return Likely(None, True)
        total = sum(self._line[name] * value for name, value in features(decision, cast).items())
        score = share_of(total + self._line["bias"])
        return Likely(round(score, 4), score >= self._shown)

    def argument(self, role: str, share: float) -> float:
        """The score of an argument from the reader's share."""
        slope, bias = self._roles[role]
        return round(share_of(slope * odds_of(share) + bias), 4)

    def fills(self, role: str, score: float, further: bool = False) -> bool:
        """Whether an argument is sure enough to fill its role, or to stand there as a further one."""
        return score >= (self._further if further else self._least)[role]


def features(decision: Decision, cast: Cast) -> dict[str, float]:
    """What a line's score is weighed from: log odds that there is an event, log shares of act and certainty, log shares
    of the parties that are told (0 where none is), and whether each is told."""
    told: dict[str, list[float]] = {"actor": [], "recipient": []}
    for f in cast.sure:
        if f.role in told:
            told[f.role].append(f.score if f.score is not None else 1.0)
    found = {
        "event": odds_of(decision.event),
        "act": math.log(max(_EDGE, decision.act_share)),
        "status": math.log(max(_EDGE, decision.status_share)),
        "sense": float(decision.rule is not None),
    }
    for role, scores in told.items():
        found[role] = math.log(max(_EDGE, min(scores))) if scores else 0.0
        found[f"{role} told"] = float(bool(scores))
    return found


def odds_of(share: float) -> float:
    """The log odds of a share."""
    held = min(1.0 - _EDGE, max(_EDGE, share))
    return math.log(held / (1.0 - held))


def share_of(odds: float) -> float:
    """The share of log odds."""
    return 1.0 / (1.0 + math.exp(-odds))
