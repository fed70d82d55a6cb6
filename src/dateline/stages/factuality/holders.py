"""What each source claims: a report's trees and attributions in, the sources of a token and their weights out."""

from __future__ import annotations

from dateline.grammar import Tree
from dateline.knowledge.lexicons import Cue, load_cues
from dateline.knowledge.ontology import status_of
from dateline.model import Attribution
from dateline.stages.factuality.weigh import Scale, Weight

DEEPEST = 8
"""Sources that are asked about one predicate; deeper nesting is no news."""
_UNKNOWN = {"speech": "certain", "evidence": "certain", "belief": "probable", "attitude": "open"}
"""What the source of a cue outside the lexicon is taken to claim, by its stance."""
_CEILING = {"probable": 2.0, "possible": 1.0}
_DENIED = -2.6
_DOUBTED = -1.7


class Holders:
    """The attributions of one report by the tokens that their content covers."""

    def __init__(self, tree: Tree, attributions: tuple[Attribution, ...]) -> None:
        self._tree, self._author = tree, Scale(tree)
        self._scales: dict[int, Scale] = {}
        self._at: dict[int, list[Attribution]] = {}
        self._heads: dict[str, int | None] = {}
        self._cues: dict[str, range] = {}
        for attribution in attributions:
            cue = tree.inside(attribution.cue[0]) if attribution.cue else range(0)
            self._heads[attribution.id] = next((k for k in cue if tree.tokens[k].head not in cue), None)
            self._cues[attribution.id] = cue
            for span in attribution.content:
                for k in tree.inside(span):
                    held = self._at.setdefault(k, [])
                    if len(held) < DEEPEST:
                        held.append(attribution)

    def of(self, i: int) -> list[Attribution]:
        """The sources that speak of token ``i``, outermost first."""
        return self._at.get(i, [])

    def weigh(self, attribution: Attribution, i: int) -> Weight:
        """What this source claims: everything above its cue left out, its own commitment put in."""
        head = self._heads[attribution.id]
        if head is None:
            return self._author.weigh(i)
        scale = self._scales.get(head)
        if scale is None:
            negated = self._author.negation(head) is not None
            claim = _Claim(self._tree, attribution, head, self._cues[attribution.id], negated)
            scale = self._scales[head] = Scale(self._tree, claim)
        weight = scale.weigh(i)
        below = scale.at_cue(i) or head in self._tree.ancestors(i)
        return weight if below else scale.claimed(i, weight)


class _Claim:
    """How sure the source of one cue makes itself of what hangs on the cue."""

    def __init__(self, tree: Tree, attribution: Attribution, head: int, words: range, negated: bool) -> None:
        word, _, pos = attribution.by.removeprefix("cues:").rpartition("/")
        cue: Cue | None = load_cues().get((word, pos))
        self._tree, self._stance = tree, attribution.stance
        self.head, self.words, self.negated = head, words, negated
        self.commitment = cue.commitment if cue is not None else _UNKNOWN[attribution.stance]

    def on(self, i: int, weight: Weight) -> Weight:
        """The weight of token ``i`` for a source that suspects, denies, only wishes, or does not say."""
        number, cues = weight.number, (*weight.cues, self.head)
        if self.negated:
            return self._unsaid(weight, cues)
        if self.commitment == "denied":
            token = self._tree.tokens[i]
            if token.upos == "NOUN" and (token.lemma.lower(), "noun") in load_cues():
                return weight  # who denies a report does not deny that there was one
            against = _DOUBTED if self._stance == "belief" else _DENIED
            return Weight(against if number >= 0 else -number, "denied", cues, "commitment")
        if self.commitment == "open" and not status_of(weight.status).stays_under_open_claim:
            return Weight(max(-0.5, min(number, 0.5)), weight.status, cues, "commitment")
        ceiling = _CEILING.get(self.commitment)
        if ceiling is None or abs(number) <= ceiling:
            return weight
        return Weight(ceiling if number > 0 else -ceiling, weight.status, cues, "commitment")

    def _unsaid(self, weight: Weight, cues: tuple[int, ...]) -> Weight:
        """ "Did not say" commits to nothing; "does not think that it will" thinks that it will not."""
        if self.commitment == "certain" and weight.number > 0:
            return Weight(0.0, "possible", cues, "commitment")
        if self.commitment == "probable" and weight.number < 0:
            return Weight(-_CEILING["probable"], "denied", cues, "commitment")
        return weight
