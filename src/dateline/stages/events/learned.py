"""What the learned reader adds to the rules: a trigger in; arguments that no rule path led to, or all those of an act
that no rule types, out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dateline.knowledge.patterns import Rule
from dateline.learned.reader import Sight
from dateline.stages.events.arguments import Found
from dateline.stages.events.ground import Ground

PATH = "learned"
"""The path of an argument that the reader found."""
OTHER = Rule(id="learned:event", act="other")
"""The rule of acts that no rule types: what else the report tells."""
CONVENTION = "rams"
"""The corpus whose way of marking is followed: it marks arguments outside the clause too."""


REACH = 48
"""Words before and behind a trigger among which its arguments are looked for."""
LEAST = 0.65
"""Mean share from which a word stands in a role of an act that no rule types."""
SURE = 0.6
"""The same for an instrument that no rule found."""
VIOLENT = frozenset({"ASSAULT", "COERCE", "PROTEST", "death", "injury"})
"""Acts that are done with something."""
_ROLES = ("actor", "recipient", "place", "time", "instrument")


class LearnedArguments:
    """The reader's arguments of one record's triggers."""

    def __init__(self, ground: Ground, sight: Sight) -> None:
        self.ground, self.sight = ground, sight
        self._labels = sight.reader.labels["event"]

    def all(self, i: int) -> list[Found]:
        """Every argument of a trigger, in text order."""
        return [found for found, score in self._found(i) if score >= LEAST]

    def instruments(self, i: int, found: Sequence[Found]) -> list[Found]:
        """What a violent act was done with, where no rule told and the reader is sure. Parties are left to the rules:
        who else stands near an act ("met the minister in the east of Russia") would join it."""
        taken = {f.head for f in found} | {i}
        if any(f.role in {"instrument", "equipment"} for f in found):
            return []
        sure = (f for f, score in self._found(i) if score >= SURE and f.role == "instrument")
        return [f for f in sure if f.head not in taken and self.ground.tokens[f.head].upos in {"NOUN", "PROPN"}]

    def _found(self, i: int) -> Iterator[tuple[Found, float]]:
        first, shares = self.sight.parts("event", [i], CONVENTION, REACH)
        labels = shares.argmax(axis=1)
        k, size = 0, len(labels)
        while k < size:
            start, label = k, labels[k]
            k += 1
            while k < size and labels[k] == label:
                k += 1
            role = self._labels[label]
            if role in _ROLES and not start <= i - first < k:
                yield Found(role, self._head(first + start, first + k), PATH), float(shares[start:k, label].mean())

    def _head(self, first: int, last: int) -> int:
        """The token of a stretch that hangs on one outside it; of several the noun that a mention is headed by."""
        tokens, inside = self.ground.tokens, range(first, last)
        tops = [k for k in inside if tokens[k].head not in inside and tokens[k].upos not in {"ADP", "PUNCT", "DET"}]
        return next((k for k in tops if k in self.ground.mention_at), tops[0] if tops else first)
