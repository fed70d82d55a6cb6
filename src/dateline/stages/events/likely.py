"""How likely a line is right: the shares of a decision and its arguments in, a calibrated score out."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from dateline.learned.boosted import Boosted
from dateline.stages.events.arguments import Cast
from dateline.stages.events.deciding import SAID, Decision

_EDGE = 1e-4


class Likely(NamedTuple):
    """The calibrated share that a line is right, and whether that is enough to show it."""

    score: float | None
    shown: bool


class Calibration:
    """Weights by which shares become scores that keep their word: of what is scored .8, eight in ten are right. Fitted
    by the recipe on reports that the weights of the reader had not seen (``training/reader/calibrate.py``). ``trees``
    weigh lines; without them a line is as likely as its event, act and certainty together."""

    def __init__(self, about: Mapping[str, Any], trees: Boosted | None = None) -> None:
        self._trees = trees
        self._roles: dict[str, list[float]] = about["roles"]
        self._shown: float = about["shown"]
        self._least: dict[str, float] = about["least"]
        self._further: dict[str, float] = about["further"]
        self.same: dict[str, float] = about["same"]
        """Weights of two tellings of one event."""

    def of(self, decisions: Sequence[Decision], told: Sequence[Mapping[str, float]]) -> list[Likely]:
        """The scores of lines, by what each is weighed by (:func:`features`). A statement is told by its attribution
        and has none."""
        if self._trees is None:
            scores = [d.event * d.act_share * d.status_share for d in decisions]
        else:
            scores = self._trees.shares([[f[name] for name in sorted(f)] for f in told]).tolist()
        return [
            Likely(None, True) if d.act == SAID else Likely(round(score, 4), score >= self._shown)
            for d, score in zip(decisions, scores, strict=True)
        ]

    def argument(self, role: str, share: float) -> float:
        """The score of an argument from the reader's share."""
        slope, bias = self._roles[role]
        return round(share_of(slope * odds_of(share) + bias), 4)

    def fills(self, role: str, score: float, further: bool = False) -> bool:
        """Whether an argument is sure enough to fill its role, or to stand there as a further one."""
        return score >= (self._further if further else self._least)[role]


def features(decision: Decision, cast: Cast, around: Mapping[str, float]) -> dict[str, float]:
    """What a line's score is weighed from: log odds that there is an event, log shares of act and certainty, what
    stands around it, and for each role how many are told, the least sure of them and the surest that is not."""
    found = {
        "event": odds_of(decision.event),
        "act": math.log(max(_EDGE, decision.act_share)),
        "next act": math.log(max(_EDGE, max((share for _, share in decision.others), default=0.0))),
        "status": math.log(max(_EDGE, decision.status_share)),
        "weight": odds_of(decision.weight or 0.0),
        **around,
    }
    for role in ("actor", "recipient", "thing", "place", "time"):
        sure = [f.score if f.score is not None else 1.0 for f in cast.sure if f.role == role]
        found[f"{role} told"] = float(len(sure))
        found[f"{role} least"] = min(sure, default=0.0)
        found[f"{role} open"] = max((f.score or 0.0 for f in cast.open if f.role == role), default=0.0)
    return found


def odds_of(share: float) -> float:
    """The log odds of a share."""
    held = min(1.0 - _EDGE, max(_EDGE, share))
    return math.log(held / (1.0 - held))


def share_of(odds: float) -> float:
    """The share of log odds."""
    return 1.0 / (1.0 + math.exp(-odds))
