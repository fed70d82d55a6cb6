"""What each word is to an act: decisions and the learned reader's role shares in, arguments with their shares out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from dateline.learned.heads import Matrix
from dateline.learned.reader import Sight
from dateline.model import Attribution
from dateline.stages.events import filling, tellings
from dateline.stages.events.arguments import Cast, Found, named_before, side_of
from dateline.stages.events.deciding import SAID, Decision
from dateline.stages.events.evidence import Evidence
from dateline.stages.events.filling import PARTIES, About, Asked, Candidate, Filler
from dateline.stages.events.ground import ACTOR_TYPES, Ground
from dateline.stages.events.likely import Calibration
from dateline.stages.events.tellings import Telling, Tellings

PATH = "learned"
FAINT = 0.25
"""Share from which a word is at least a candidate for a role that is no party's, and a party worth naming as open."""
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET", "SYM", "X"})
_UNRESOLVED = frozenset(
    {"he", "she", "it", "they", "him", "her", "them", "his", "its", "their", "who", "which", "that", "this"}
)


class Shared:
    """The role shares of one act: a row of shares a role, of the words from ``first`` on."""

    __slots__ = ("_likely", "_shares", "first", "names")

    def __init__(self, first: int, shares: Matrix, names: Sequence[str]) -> None:
        self.first, self.names, self._shares = first, names, shares
        self._likely: dict[str, list[tuple[int, float]]] = {name: [] for name in names}
        words, roles = np.nonzero(shares >= filling.FAINT)
        for k, role, share in zip(words.tolist(), roles.tolist(), shares[words, roles].tolist(), strict=True):
            self._likely[names[role]].append((first + k, share))

    def likely(self, role: str) -> list[tuple[int, float]]:
        """The words that may stand in a role at all, in text order, each with its share."""
        return self._likely[role]

    def greatest(self, heads: Iterable[int]) -> dict[str, float]:
        """For each role the greatest share of some words, of those that lie in the window."""
        near = [k for head in heads if 0 <= (k := head - self.first) < len(self._shares)]
        if not near:
            return dict.fromkeys(self.names, 0.0)
        greatest = self._shares[near[0]] if len(near) == 1 else self._shares[near].max(axis=0)
        return dict(zip(self.names, greatest.tolist(), strict=True))


class Roles:
    """The role shares of one record's acts, and who fills their roles."""

    def __init__(
        self,
        ground: Ground,
        evidence: Evidence,
        sight: Sight,
        calibration: Calibration,
        decisions: Mapping[int, Decision],
    ) -> None:
        self.ground, self.evidence, self.sight, self.calibration = ground, evidence, sight, calibration
        self._names: list[str] = sight.reader.labels["roles"]
        self._acts: list[str] = sight.reader.labels["acts"]
        self._filler = Filler(sight.reader.trees, self._acts)
        self._keys: dict[int, str] = {}
        self._said: dict[int, list[Attribution]] = {}
        self._grammar: dict[int, dict[int, int]] = {}
        self._around: dict[tuple[str, int], dict[str, float]] = {}
        self._mentions = self._by_entity()
        self._shared = self._shares({i: d.act for i, d in sorted(decisions.items()) if d.act != SAID})
        self._sides = {i: [self._best_of(role, i) for role in PARTIES] for i in self._shared}
        self.tellings = Tellings([self._telling(decisions[i]) for i in self._tellable(decisions)], calibration.same)
        self._parties = {role: self._weighed(role, decisions) for role in PARTIES if self._filler.knows(role)}

    # --- shares -----------------------------------------------------------------------------------------------------

    def _shares(self, acts: Mapping[int, str]) -> dict[int, Shared]:
        """The shares of all acts at once."""
        ground = self.ground
        asked = [
            k
            for k, token in enumerate(ground.tokens)
            if token.upos in _NOMINAL or k in ground.mention_at or k in ground.timex_at
        ]
        found = self.sight.roles(
            {i: self._acts.index(act) for i, act in acts.items()},
            np.array(asked, dtype=np.int_),
            np.array(self.evidence.kinds, dtype=np.int_),
            self.evidence.grammar,
        )
        return {i: Shared(*found[i], self._names) for i in acts}

    def _by_entity(self) -> dict[str, list[int]]:
        """The words that head mentions of each entity, in text order."""
        found: dict[str, list[int]] = {}
        for head in sorted(self.ground.mention_at):
            found.setdefault(self._key(head), []).append(head)
        return found

    def _key(self, head: int) -> str:
        found = self._keys.get(head)
        if found is None:
            entity = self.ground.entity(head)
            found = self._keys[head] = entity.id if entity is not None else f"#{head}"
        return found

    def _best_of(self, role: str, i: int) -> dict[str, tuple[float, int]]:
        """For each entity its greatest share of a role, and the word that has it."""
        found: dict[str, tuple[float, int]] = {}
        for head, share in self._shared[i].likely(role):
            if head == i or not self._fits(role, head):
                continue
            key = self._key(head)
            if key not in found or share > found[key][0]:
                found[key] = share, head
        return found

    # --- tellings ---------------------------------------------------------------------------------------------------

    def _tellable(self, decisions: Mapping[int, Decision]) -> list[int]:
        return [i for i in self._shared if decisions[i].event >= tellings.LEAST_EVENT]

    def _telling(self, decision: Decision) -> Telling:
        i, ground = decision.token, self.ground
        token, article = ground.tokens[i], ground.tree.kid(i, "det")
        state = self.sight.state(i)
        return Telling(
            i,
            decision.act,
            token.lemma.lower(),
            token.sentence,
            ground.tokens[article].lemma.lower() if article is not None else "",
            token.upos == "NOUN",
            decision.status,
            state / (float(np.linalg.norm(state)) + 1e-6),
            ({e: s for e, (s, _) in self._sides[i][0].items()}, {e: s for e, (s, _) in self._sides[i][1].items()}),
        )

    # --- parties ----------------------------------------------------------------------------------------------------

    def candidates(self, role: str, decision: Decision) -> tuple[list[Candidate], list[list[float]]]:
        """Who may stand in a party's role, in this telling or another one of the event, and what each is weighed by."""
        i = decision.token
        own, lent = self._sides[i][PARTIES.index(role)], self._lent(role, i)
        found, about = [], []
        for entity in dict.fromkeys((*own, *lent)):
            head = own[entity][1] if entity in own else self._nearest(entity, i)
            found.append(Candidate(entity, head, self._window_shares(entity, i), lent.get(entity, 0.0)))
            about.append(self._about(entity, head, i))
        token = self.ground.tokens[i]
        first = self.ground.record.sentences[token.sentence].first
        act = Asked(token, decision.event, i - first, self.ground.passive(i), len(self.saying(i)))
        return found, filling.features_of(role, found, about, act)

    def _weighed(self, role: str, decisions: Mapping[int, Decision]) -> dict[int, list[tuple[Candidate, float]]]:
        """For each act who may stand in a party's role, and how likely each does, all acts at once."""
        asked = {i: self.candidates(role, decisions[i]) for i in self._shared}
        likely = self._filler.likely(role, [(decisions[i].act, features) for i, (_, features) in asked.items()])
        return {
            i: list(zip(candidates, shares, strict=True))
            for (i, (candidates, _)), shares in zip(asked.items(), likely, strict=True)
        }

    def _lent(self, role: str, i: int) -> dict[str, float]:
        """What other tellings of the event say of an entity's role, as far as they are one event."""
        found: dict[str, float] = {}
        for other, likely in self.tellings.same(i).items():
            for entity, (share, _) in self._sides[other][PARTIES.index(role)].items():
                if share >= filling.LENT:
                    found[entity] = max(found.get(entity, 0.0), share * likely)
        return found

    def _nearest(self, entity: str, i: int) -> int:
        """The mention of an entity nearest to a word, of equals the earlier one."""
        return min(self._mentions.get(entity) or [int(entity[1:])], key=lambda k: (abs(k - i), k))

    def _window_shares(self, entity: str, i: int) -> dict[str, float]:
        """For each role the greatest share of the words that stand for an entity around an act."""
        found = self._around.get((entity, i))
        if found is None:
            heads = self._mentions.get(entity) or ([int(entity[1:])] if entity.startswith("#") else [])
            found = self._around[entity, i] = self._shared[i].greatest(heads)
        return found

    def _about(self, entity: str, head: int, i: int) -> About:
        token, known, mention = self.ground.tokens[head], self.ground.entity(head), self.ground.mention_at.get(head)
        mentions = self._mentions.get(entity) or [head]
        tied = self._tied(i)
        near = next((k for k in mentions if k in tied), head)
        return About(
            token.sentence,
            token.upos,
            known is not None,
            known is not None and known.type in ACTOR_TYPES,
            self.ground.tokens[mentions[0]].sentence,
            len(mentions),
            entity in self._holders(i),
            near - i,
            tied.get(near, 0),
            self.sight.relation(i, near),
            self.ground.tokens[near].deprel,
            self.ground.type_of(head) if mention is not None else "",
            mention.kind if mention is not None else "",
        )

    def _tied(self, i: int) -> dict[int, int]:
        """The words that the grammar ties to an act."""
        if i not in self._grammar:
            self._grammar[i] = self.evidence.grammar(i)
        return self._grammar[i]

    def saying(self, i: int) -> list[Attribution]:
        """The attributions in whose content an act stands."""
        found = self._said.get(i)
        if found is None:
            at = self.ground.tokens[i].start
            told = self.ground.record.attributions
            found = [a for a in told if any(span.start <= at < span.end for span in a.content)]
            self._said[i] = found
        return found

    def _holders(self, i: int) -> frozenset[str]:
        """The entities that say what an act stands in."""
        return frozenset(a.entity for a in self.saying(i) if a.entity is not None)

    # --- arguments --------------------------------------------------------------------------------------------------

    def cast(self, decision: Decision) -> Cast:
        """The arguments of a decided act, each role by itself; a word that could be two things is the likelier."""
        found = [f for role in self._names for f in self._found(role, decision)]
        sure: list[Found] = []
        left: list[Found] = []
        for f in sorted(found, key=lambda f: (-(f.score or 0), f.head)):
            role = self._asked(f)
            further = any(self._asked(other) == role for other in sure)
            likely = self.calibration.fills(role, f.score or 0, further) and not self._unresolved(f)
            (sure if likely and not self._taken(f, sure) else left).append(f)
        order = {role: n for n, role in enumerate((*self._names, "instrument"))}
        sure.sort(key=lambda f: (order[f.role], f.head))
        return Cast(named_before(self.ground, sure), [f for f in left if not self._taken(f, sure)])

    def _found(self, role: str, decision: Decision) -> Iterator[Found]:
        """Who or what may stand in a role: a party over all tellings, anything else in its own words."""
        if role not in self._parties:
            yield from self._ranked(role, decision.token)
            return
        for c, share in self._parties[role].get(decision.token, ()):
            if share >= FAINT:
                yield self._as_found(role, c.head, round(share, 4))

    def _ranked(self, role: str, i: int) -> Iterator[Found]:
        """What may stand in a role by the words around the act alone, one an entity, the likeliest mention of each."""
        for share, head in self._best_of(role, i).values():
            if share >= FAINT:
                yield self._as_found(role, head, self.calibration.argument(role, share))

    def _as_found(self, role: str, head: int, score: float) -> Found:
        return Found(side_of(self.ground, role, head) if role == "actor" else role, head, PATH, score)

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
        """Whether the words, or their entity, stand in a party's role already; a place may be a party too, and who
        says that he acts is the source and the actor."""
        for other in kept:
            if "source" in {f.role, other.role} and f.role != other.role:
                continue
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
