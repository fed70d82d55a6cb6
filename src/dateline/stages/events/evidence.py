"""What parse, names, lexicon and certainty say to the learned reader: a laid-out record in, numbers a word out."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from dateline.grammar import MUTUAL
from dateline.learned.windows import GRAMMAR, KINDS, STANDINGS
from dateline.stages.events.ground import Ground
from dateline.stages.events.senses import NONE, Senses, senses_at

_KIND = {name: number for number, name in enumerate(KINDS)}
_STANDING = {name: number for number, name in enumerate(STANDINGS)}
_READ = frozenset({"VERB", "AUX", "NOUN", "PROPN", "ADJ"})
"""Word classes that the lexicon has senses for."""


class Evidence:
    """The evidence of one record, for each of its tokens; each part is worked out when first asked for."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self._senses: dict[int, Senses] = {}

    def senses(self, i: int) -> Senses:
        """The senses of a token, looked up once."""
        found = self._senses.get(i)
        if found is None:
            found = senses_at(self.ground, i) if self.ground.tokens[i].upos in _READ else NONE
            self._senses[i] = found
        return found

    @cached_property
    def kinds(self) -> list[int]:
        """What stands at each token (:data:`KINDS`): a time, a place, the head of a mention of some type, nothing."""
        return [_KIND[self._kind(i)] for i in range(len(self.ground.tokens))]

    def _kind(self, i: int) -> str:
        ground = self.ground
        if i in ground.timex_at:
            return "time"
        mention = ground.mention_at.get(i)
        if mention is not None:
            name = f"{ground.type_of(i)}.{mention.kind}"
            return name if name in _KIND else "other"
        return "place" if i in ground.place_at else "none"

    @cached_property
    def standings(self) -> list[int]:
        """How certain the rules hold each token's act (:data:`STANDINGS`)."""
        found = [0] * len(self.ground.tokens)
        for predicate in self.ground.record.predicates:
            found[predicate.token] = _STANDING[predicate.status]
        return found

    def mutual(self, i: int) -> bool:
        """Whether parties do it to each other ("gave each other their word")."""
        tokens, k = self.ground.tokens, self.ground.tree.kid(i, "iobj")
        return k is not None and f"{tokens[k - 1].form} {tokens[k].form}".lower() in MUTUAL

    def grammar(self, i: int) -> dict[int, int]:
        """The words that the grammar gives an act as its doer and as what it is done to (:data:`GRAMMAR`), also where
        the tree does not tie them: through control, passives, relative clauses, and the verb that carries a noun."""
        found: dict[int, int] = {}
        for number, k in self._sides(i):
            for word in self.ground.tree.conjuncts(k):
                found.setdefault(word, number)
        return found

    def _sides(self, i: int) -> Iterator[tuple[int, int]]:
        ground = self.ground
        verb = i if ground.tokens[i].upos in {"VERB", "AUX"} else ground.carrier(i)
        if verb is None:
            return
        own = verb == i
        agent, target = ground.agent(verb), ground.object(verb)
        if agent is not None:
            yield GRAMMAR.index("agent" if own else "carrier's agent"), agent
        if target is not None and target != i:
            yield GRAMMAR.index("object" if own else "carrier's object"), target
