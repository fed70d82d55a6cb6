"""What stands around an act: a laid-out record and its decisions in, numbers by which a line's score is weighed out."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping

from dateline.learned.windows import STANDINGS
from dateline.stages.events.deciding import SAID, Decision
from dateline.stages.events.evidence import Evidence
from dateline.stages.events.likely import odds_of
from dateline.stages.events.roles import Roles

_LIKE = 0.5
"""How likely another telling is of the same event from which it counts as one."""


class Around:
    """The surroundings of one record's acts."""

    def __init__(self, evidence: Evidence, roles: Roles, decisions: Mapping[int, Decision]) -> None:
        self.evidence, self.ground, self.roles, self.decisions = evidence, evidence.ground, roles, decisions
        self._beside: dict[int, list[Decision]] = defaultdict(list)
        for i, decision in decisions.items():
            if decision.act != SAID:
                self._beside[self.ground.tokens[i].sentence].append(decision)

    def of(self, decision: Decision) -> dict[str, float]:
        """Where the act stands in the report and its sentence, what else is told there and elsewhere of it, what the
        lexicon makes of its word, and whether rules hold it as certain as the reader does."""
        i, ground = decision.token, self.ground
        token, senses = ground.tokens[i], self.evidence.senses(i)
        sentence, sentences = ground.record.sentences[token.sentence], len(ground.record.sentences)
        same = self.roles.tellings.same(i).values()
        return self._inside(decision) | {
            "sentence": math.log1p(token.sentence),
            "sentences": math.log1p(sentences),
            "how far": token.sentence / max(1, sentences),
            "first": float(token.sentence == 0),
            "headline": float(ground.headline(i)),
            "words": math.log1p(sentence.last - sentence.first),
            "passive": float(ground.passive(i)),
            "said": float(len(self.roles.saying(i))),
            "same": max(same, default=0.0),
            "tellings": float(sum(likely > _LIKE for likely in same)),
            "senses": float(len(senses.fitting)),
            "fits": float(decision.rule is not None),
            "may fit": float(decision.act in senses.possible),
            "as held": float(STANDINGS[self.evidence.standings[i]] == decision.status),
            "over": float(token.head in self.decisions),
        }

    def _inside(self, decision: Decision) -> dict[str, float]:
        """What else the sentence tells."""
        beside = [d for d in self._beside[self.ground.tokens[decision.token].sentence] if d is not decision]
        return {
            "beside": float(len(beside)),
            "most beside": max((odds_of(d.event) for d in beside), default=odds_of(0.0)),
            "sum beside": sum(d.event for d in beside),
            "same act beside": max((d.event for d in beside if d.act == decision.act), default=0.0),
        }
