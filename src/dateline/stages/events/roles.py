"""What each word is to an act: a decision and the learned reader's role shares in, arguments with their shares out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from dateline.learned.heads import Matrix
from dateline.learned.reader import Sight
from dateline.stages.events.arguments import Cast, Found, named_before, side_of
from dateline.stages.events.deciding import Decision
from dateline.stages.events.evidence import Evidence
from dateline.stages.events.ground import Ground
from dateline.stages.events.likely import Calibration

PATH = "learned"
FAINT = 0.25
"""Share from which a word is at least a candidate for a role."""
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET", "SYM", "X"})
_UNRESOLVED = frozenset(
    {"he", "she", "it", "they", "him", "her", "them", "his", "its", "their", "who", "which", "that", "this"}
)


class Roles:
    """The role shares of one record's acts."""

    def __init__(self, ground: Ground, evidence: Evidence, sight: Sight, calibration: Calibration) -> None:
        self.ground, self.evidence, self.sight, self.calibration = ground, evidence, sight, calibration
        self._names: list[str] = sight.reader.labels["roles"]
        self._acts: list[str] = sight.reader.labels["acts"]

    def cast(self, decision: Decision) -> Cast:
        """The arguments of a decided act, each role by itself; a word that could be two things is the likelier."""
        i = decision.token
        acts = np.zeros(len(self._acts), dtype=np.float32)
        acts[self._acts.index(decision.act)] = 1.0
        first, shares = self.sight.roles(i, acts, self.evidence.kinds, self.evidence.grammar(i))
        found = [f for r, role in enumerate(self._names) for f in self._ranked(role, i, first, shares[:, r])]
        sure: list[Found] = []
        left: list[Found] = []
        for f in sorted(found, key=lambda f: (-(f.score or 0), f.head)):
            likely = self.calibration.fills(self._asked(f), f.score or 0) and not self._unresolved(f)
            (sure if likely and not self._taken(f, sure) else left).append(f)
        order = {role: n for n, role in enumerate((*self._names, "instrument"))}
        sure.sort(key=lambda f: (order[f.role], f.head))
        return Cast(named_before(self.ground, sure), [f for f in left if not self._taken(f, sure)])

    def _ranked(self, role: str, i: int, first: int, shares: Matrix) -> Iterator[Found]:
        """The words that may stand in a role, one an entity, the likeliest mention of each."""
        seen: set[str] = set()
        for k in np.argsort(-shares, kind="stable"):
            head, share = first + int(k), float(shares[k])
            if share < FAINT:
                return
            if head == i or not self._fits(role, head):
                continue
            entity = self.ground.entity(head)
            if entity is not None:
                if entity.id in seen:
                    continue
                seen.add(entity.id)
            said = side_of(self.ground, role, head) if role == "actor" else role
            yield Found(said, head, PATH, self.calibration.argument(role, share))

    def _asked(self, f: Found) -> str:
        """The role that the reader was asked for: a bomb that does it stands under the instruments."""
        return f.role if f.role in self._names else "actor"

    def _fits(self, role: str, head: int) -> bool:
        ground = self.ground
        if role == "time":
            return head in ground.timex_at
        if head in ground.timex_at:
            return False
        return ground.tokens[head].upos in _NOMINAL or head in ground.mention_at

    def _taken(self, f: Found, kept: Iterable[Found]) -> bool:
        """Whether the words, or their entity, stand in a party's role already; a place may be a party too."""
        for other in kept:
            if other.head == f.head and ("place" not in {f.role, other.role} or f.role == other.role):
                return True
            mine, theirs = self.ground.entity(f.head), self.ground.entity(other.head)
            parties = {f.role, other.role} <= {"actor", "recipient", "thing"}
            if parties and mine is not None and theirs is not None and mine.id == theirs.id:
                return True
            if f.role == other.role and self._inside(f.head, other.head):
                return True
        return False

    def _inside(self, inner: int, outer: int) -> bool:
        """Whether a word stands in the phrase of another ("the *mayor* of ...", "*Israeli* police")."""
        mention = self.ground.mention_at.get(outer)
        return mention is not None and mention.first <= inner < mention.last

    def _unresolved(self, f: Found) -> bool:
        token = self.ground.tokens[f.head]
        return (
            token.lemma.lower() in _UNRESOLVED and token.upos in {"PRON", "DET"} and self.ground.entity(f.head) is None
        )
