"""Decides what each candidate tells: candidates in, acts with how likely they are out. One scorer: the learned reader's
shares, or the table of senses where it is not asked."""

from __future__ import annotations

from typing import NamedTuple, cast

from dateline.knowledge.patterns import Rule
from dateline.model import Status
from dateline.stages.events.candidates import Candidate

SAID = "statement"
OFFERED = "AGREE"
"""The act of an offer."""
LEAST_EVENT = 0.15
"""Share of all acts together below which a candidate is no event, not even a doubtful one."""
BELIEF = {"denied": 6.0}
"""How much likelier a certainty is where the rules hold it too. Negation is grammar, and rules read it well; of the
other certainties the reader knows better (a factor of 3 for all took status from 93.4 to 92.4 right on a fold)."""
SENSE = 0.5
"""How likely a sense of the table is taken to be right: about one in two was, on reports that nobody tuned on."""


class Decision(NamedTuple):
    """An act that a word tells. ``rule`` is the row of sense that fits it, where one does; ``event`` the share that
    there is an event at all, ``act_share`` and ``status_share`` those of the act and certainty among the others."""

    token: int
    act: str
    rule: Rule | None
    status: Status | None
    event: float
    act_share: float = 1.0
    status_share: float = 1.0
    weight: float | None = None
    others: tuple[tuple[str, float], ...] = ()

    @property
    def by(self) -> str:
        """What made the decision: the row of sense, else the reader alone."""
        return self.rule.id if self.rule is not None else f"learned:{self.act}"


def by_shares(candidate: Candidate) -> Decision | None:
    """The act with the greatest share, unless none is likely; what the lexicon reads as a statement stays one."""
    acts = _exchanged(candidate)
    event = 1.0 - acts["none"]
    said = next((r for r in candidate.senses.fitting if r.act == SAID), None)
    if said is not None and event < 0.5:
        return Decision(candidate.token, SAID, said, None, 1.0)
    if event < LEAST_EVENT:
        return None
    ranked = [a for _, a in sorted((-share, a) for a, share in acts.items() if a != "none")]
    status = believed(candidate)
    act, standing = ranked[0], max(sorted(status), key=lambda s: status[s])
    others = tuple((a, round(acts[a], 3)) for a in ranked[1:4] if acts[a] >= 0.1)
    return Decision(
        candidate.token,
        act,
        row_of(candidate, act),
        cast("Status", standing),
        event,
        acts[act] / event,
        status[standing],
        candidate.weight,
        others,
    )


def _exchanged(candidate: Candidate) -> dict[str, float]:
    """The shares of acts. What two offer each other is no offer but what the lexicon makes of it ("the two offered each
    other a rifle")."""
    acts, fitting = dict(candidate.acts or {}), candidate.senses.fitting
    if candidate.mutual and fitting and max(acts, key=lambda a: acts[a]) == OFFERED:
        acts[fitting[0].act] = acts.get(fitting[0].act, 0.0) + acts.pop(OFFERED)
    return acts


def believed(candidate: Candidate) -> dict[str, float]:
    """The shares of certainties, a denial that the rules of certainty hold as well counting more."""
    told = candidate.held
    shares = {s: v * (BELIEF.get(s, 1.0) if s == told else 1.0) for s, v in (candidate.status or {}).items()}
    total = sum(shares.values())
    return {s: v / total for s, v in shares.items()}


def by_table(candidate: Candidate) -> Decision | None:
    """The most demanding row of sense that fits; its certainty is left to the rules."""
    rule = candidate.senses.fitting[0]
    return Decision(candidate.token, rule.act, rule, None, 1.0 if rule.act == SAID else SENSE)


def row_of(candidate: Candidate, act: str) -> Rule | None:
    """The most demanding row that fits and tells the act."""
    return next((r for r in candidate.senses.fitting if r.act == act), None)
