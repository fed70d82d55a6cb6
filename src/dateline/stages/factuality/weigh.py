"""Weighs how sure a predicate is said to be: a token and its tree in, number (-3 to 3), status and cues out."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from dateline.grammar import Tree, is_a
from dateline.knowledge.lexicons import Certainty, load_cues
from dateline.knowledge.ontology import status_of
from dateline.model import Status
from dateline.stages.factuality.clauses import asked, find_negation, under_way, until_it_was
from dateline.stages.factuality.governors import Governors

_DENIED = -1.0
_NEGATED = -2.3
_WEAKLY_NEGATED = {"without": -1.5, "hardly": -1.8}
_UNMET = -1.6
"""What only a world that is not ours has: "if they had locked it", "too weak to carry"."""
_OPEN = 1.7
"""An infinitive that nothing known governs."""
_DEPTH = 12
_MODALS = {"'ll": "will", "wo": "will", "ca": "can", "'d": "would", "’ll": "will", "’d": "would"}


class Weight(NamedTuple):
    """``number`` is the commitment, ``status`` how a reader would list it, ``cues`` the tokens that decided."""

    number: float
    status: Status
    cues: tuple[int, ...] = ()
    by: str = "tense"


class Claim(Protocol):
    """What one source says, from its cue (its ``words``, topmost at token ``head``) down; ``on`` makes its weight of a
    predicate that hangs on the cue."""

    head: int
    words: range
    commitment: str
    negated: bool

    def on(self, i: int, weight: Weight) -> Weight: ...


class Scale:
    """The certainty table over the trees of one report, for the author or, with ``claim``, for one source. Weights are
    kept: each predicate is weighed once."""

    __slots__ = ("_claim", "_governors", "_kept", "_negations", "tree")

    def __init__(self, tree: Tree, claim: Claim | None = None) -> None:
        self.tree, self._claim, self._governors = tree, claim, Governors(tree)
        self._kept: dict[int, Weight] = {}
        self._negations: dict[int, int | None] = {}

    def weigh(self, i: int, depth: int = 0) -> Weight:
        """The weight of the predicate at token ``i``; for a source, what governs its cue does not count."""
        kept = self._kept.get(i)
        if kept is None:
            kept = self._governed(i, self._own(i), depth) if depth < _DEPTH else Weight(2.5, "unknown")
            if kept.status == "unknown" and kept.number > _OPEN and self.tree.tokens[i].upos == "VERB":
                kept = kept._replace(number=_OPEN, status="possible")
            kept = self._kept[i] = self.claimed(i, kept) if self.at_cue(i) else kept
        return kept

    def claimed(self, i: int, weight: Weight) -> Weight:
        """The weight with the source's commitment put in."""
        return weight if self._claim is None else self._claim.on(i, weight)

    def at_cue(self, i: int) -> bool:
        """True for what hangs on the source's cue itself, and for what is coordinated with it."""
        if self._claim is None:
            return False
        token = self.tree.tokens[i]
        while is_a(token.deprel, "conj") and token.head >= 0 and not self._told_beside(i, token.head):
            i, token = token.head, self.tree.tokens[token.head]
        words = self._claim.words
        if self._claim.commitment == "open" and self._governors.clause_frame(i) == "wh":
            return False  # "asked who had signed" takes the signing for granted
        return i not in words and (token.head in words or self._governors.carrier(i) in words)

    def negation(self, i: int) -> int | None:
        """The word that negates token ``i``, or None."""
        if i not in self._negations:
            self._negations[i] = find_negation(self.tree, i)
        return self._negations[i]

    @property
    def _stop(self) -> int | None:
        return None if self._claim is None else self._claim.head

    # --- the predicate's own clause ---------------------------------------------------------------------------------

    def _own(self, i: int) -> Weight:
        weight = self._noun(i) if self.tree.tokens[i].upos in {"NOUN", "PROPN"} else self._verb(i)
        for k in self.tree.children[i]:
            token = self.tree.tokens[k]
            if k == self._stop:
                continue  # "reportedly": the reporter's own words are without it
            if token.upos == "ADV":
                weight = self._apply(weight, self._governors.plain(token.lemma.lower(), "adv"), k, 3.0)
            elif token.upos in {"ADJ", "VERB"} and is_a(token.deprel, "amod"):
                so = any(self.tree.tokens[c].lemma == "so" for c in self.tree.children[k])
                word = f"so-{token.form.lower()}" if so else token.form.lower()
                weight = self._apply(weight, self._governors.rows.get((word, "adj", "attributive")), k, 3.0)
        return weight

    def _noun(self, i: int) -> Weight:
        negation = self.negation(i)
        if negation is not None:
            return Weight(_NEGATED, "denied", (negation,), "negation")
        weight = Weight(2.7, "ongoing" if under_way(self.tree, i) else "happened")
        determiner = self.tree.kid(i, "det")
        if determiner is not None:
            row = self._governors.plain(self.tree.tokens[determiner].lemma.lower(), "det")
            weight = self._apply(weight, row, determiner, 3.0)
        return weight

    def _verb(self, i: int) -> Weight:
        tree = self.tree
        tense, negation, modal = tree.tense(i), self.negation(i), tree.modal(i)
        if asked(tree, i):
            return Weight(0.0, "possible", (), "question")
        if tree.tokens[i].xpos in {"VBD", "VBZ", "VBP"} and is_a(tree.tokens[i].deprel, "conj"):
            modal = None
        if modal is not None:
            return self._modal(i, modal, negation)
        if negation is not None:
            number = _WEAKLY_NEGATED.get(tree.tokens[negation].lemma.lower(), _NEGATED)
            return Weight(number, "denied", (negation,), "negation")
        if tense == "infinitive":
            return Weight(_OPEN, "hypothetical") if self._governors.conditions(i) else Weight(2.7, "unknown")
        if tree.progressive(i):
            return Weight(2.9, "ongoing")
        if tense == "present":
            return Weight(2.7, "ongoing")
        return Weight(3.0 if tense in {"past", "perfect"} else 2.8, "happened")

    def _modal(self, i: int, modal: int, negation: int | None) -> Weight:
        tree = self.tree
        perfect = any(tree.tokens[k].lemma == "have" and tree.tokens[k].xpos == "VB" for k in tree.kids(i, "aux"))
        lemma = tree.tokens[modal].lemma.lower()
        row = self._governors.rows.get((_MODALS.get(lemma, lemma), "modal", "perfect" if perfect else "plain"))
        if row is None:
            return Weight(2.0, "possible", (modal,), "modal")
        conditions = self._governors.conditions(i)
        if perfect and row.status == "hypothetical" and any(self._governors.pluperfect(k) for k in conditions):
            return Weight(_UNMET if negation is None else -_UNMET, "hypothetical", (modal, *conditions), row.id)
        if negation is not None:
            status = "denied" if row.negated <= _DENIED else row.status or "unknown"
            return Weight(row.negated, status, (modal, negation), row.id)
        if row.status == "planned" and conditions:
            return Weight(min(row.number, 1.4), "hypothetical", (modal,), row.id)
        return Weight(row.number, row.status or "happened", (modal,), row.id)

    # --- what stands above it ---------------------------------------------------------------------------------------

    def _governed(self, i: int, weight: Weight, depth: int) -> Weight:
        tree = self.tree
        token = tree.tokens[i]
        if token.head < 0:
            return weight
        if is_a(token.deprel, "conj"):
            return self._joined(i, weight, depth)
        return self._under(i, i, weight, depth)

    def _joined(self, i: int, weight: Weight, depth: int) -> Weight:
        """A coordinated member stands under what the first member stands under, where it has no subject of its own."""
        tree = self.tree
        first = tree.tokens[i].head
        if any(tree.tokens[k].lemma == "than" for k in tree.kids(i, "cc")):
            return self._apply(weight, self._governors.plain("rather than", "mark"), first, 3.0)
        if tree.kid(i, "nsubj", "nsubj:pass") is not None or tree.tokens[first].upos != tree.tokens[i].upos:
            return weight
        if tree.tokens[first].head < 0 or self._told_beside(i, first):
            return weight
        return self._under(i, first, weight, depth)

    def _told_beside(self, i: int, first: int) -> bool:
        """ "Denied that it had fired, and accused its neighbour": a plain past after a pluperfect or progressive stands
        beside the verb of saying, not under it."""
        tree = self.tree
        if (
            tree.tokens[i].xpos != "VBD"
            or tree.kid(i, "aux") is not None
            or not is_a(tree.tokens[first].deprel, "ccomp")
        ):
            return False
        progressive = tree.tokens[first].xpos == "VBG"
        helpers = {tree.tokens[k].lemma for k in tree.kids(first, "aux")}
        return "have" in helpers or (progressive and "be" in helpers)

    def _under(self, i: int, place: int, weight: Weight, depth: int) -> Weight:
        """The weight of ``i`` under the governor of ``place`` (itself, or the first of its coordination)."""
        tree, governors = self.tree, self._governors
        head = governors.carrier(place)
        nominal = tree.tokens[i].upos in {"NOUN", "PROPN"}
        frame = governors.noun_frame(place) if nominal else governors.clause_frame(place)
        if not frame:
            return weight
        if frame in {"light", "inherit", "first heard of"}:
            if head == self._stop:
                return weight
            above = self.weigh(head, depth + 1)
            aside = above.number < 0 and (tree.tokens[i - 1].form == "," if not nominal else frame == "first heard of")
            return weight if aside else self._inherit(weight, above)
        if frame.startswith("mark:"):
            return self._marked(frame[5:], place, weight)
        return self._complement(place, head, frame, weight, depth)

    def _complement(self, place: int, head: int, frame: str, weight: Weight, depth: int) -> Weight:
        """What a governor of the table does to its complement."""
        row = self._governors.row(head, frame)
        undone = self._undone(head, frame, weight, depth) if row is not None else None
        if undone is not None:
            return undone
        if frame == "clause" and self.tree.tokens[head].lemma == "wish" and self._governors.pluperfect(place):
            return Weight(_UNMET, "hypothetical", (*weight.cues, head), "unmet wish")
        if frame == "to" and self._in_vain(place, head):
            number = -2.0 if self.tree.tokens[head].upos == "NOUN" else _UNMET
            return Weight(number, "denied", (*weight.cues, head), "in vain")
        if head == self._stop:
            return self._said(row, frame, head, weight)
        above = self._above(head, depth)
        if row is None:
            return self._default(frame, weight, above, head)
        if weight.status == "unknown" and row.status is None:
            weight = weight._replace(status=above.status)
        weight = self._apply(weight, row, head, _DENIED if above.status == "denied" else above.number)
        if 0 <= above.number < 2.2:
            weight = self._inherit(weight, above)
        return weight

    def _undone(self, head: int, frame: str, weight: Weight, depth: int) -> Weight | None:
        """ "Abandoned a plan to ...", "rejected the accusation that ...": the weight where the verb over the noun at
        ``head`` takes back what the noun says. Who abandons or rejects does so for himself as well."""
        found = self._governors.undone(head, frame)
        if found is None or (self._claim is not None and head in self._claim.words):
            return None
        verb, row = found
        if verb == self._stop:
            return Weight(-2.6 if row.number > _DENIED else row.number, "denied", (*weight.cues, verb), row.id)
        if self._above(verb, depth).number < 0:
            return None
        return Weight(row.number, "denied", (*weight.cues, verb), row.id)

    def _said(self, row: Certainty | None, frame: str, head: int, weight: Weight) -> Weight:
        """What the source's own cue does for the source: "proposed to" leaves open for it too, "warned that" does not;
        "did not think that" goes for it as for the author."""
        claim = self._claim
        if claim is None or row is None:
            return weight
        if claim.negated:
            return self._apply(weight, row, head, _NEGATED)
        opens = row.number >= 0 and row.status is not None and status_of(row.status).opens_for_source
        opens = opens and (frame != "clause" or claim.commitment == "open")
        return self._apply(weight, row, head, 3.0) if opens else weight

    def _in_vain(self, place: int, head: int) -> bool:
        """ "The failure of two attempts to ...", "too weak to ...", "was to have ...": it did not come about."""
        tree, token = self.tree, self.tree.tokens[head]
        if token.upos == "ADJ":
            idiom = tree.tokens[place].lemma in {"begin", "start"}  # "too high to begin with"
            return not idiom and any(tree.tokens[k].lemma == "too" for k in tree.kids(head, "advmod"))
        if token.lemma == "be" and token.xpos == "VBD":
            return any(tree.tokens[k].lemma == "have" for k in tree.kids(place, "aux"))
        if token.lemma.lower() not in {"attempt", "bid", "effort"}:
            return False
        above = tree.tokens[token.head].lemma.lower() if token.deprel in {"nmod:of", "nsubj"} else ""
        if above == "fail":
            return self._own(token.head).number >= 2.2
        return above in {"failure", "collapse"} or any(
            tree.tokens[k].form.lower() in {"failed", "unsuccessful", "abortive"} for k in tree.kids(head, "amod")
        )

    def _marked(self, mark: str, place: int, weight: Weight) -> Weight:
        """An adverbial clause under its mark."""
        row = self._governors.plain(mark, "mark")
        if row is None:
            return weight
        if mark == "until" and until_it_was(self.tree, self.tree.tokens[place].head):
            return weight
        modal = self.tree.modal(place) if mark == "before" else None
        if modal is not None and self.tree.tokens[modal].lemma == "could":
            return Weight(-1.8, "denied", (*weight.cues, place), row.id)  # "died before they could question him"
        if mark == "if" and self._governors.contrary_to_fact(place):
            return Weight(_UNMET if weight.number > 0 else -_UNMET, "hypothetical", (*weight.cues, place), row.id)
        made = self._apply(weight, row, place, 3.0)
        return made._replace(status="hypothetical") if row.status == "hypothetical" else made

    def _above(self, head: int, depth: int) -> Weight:
        """The governor's own weight; what is no predicate (adjectives, pronouns) weighs full."""
        if self.tree.tokens[head].upos in {"VERB", "AUX", "NOUN", "ADJ"}:
            return self.weigh(head, depth + 1)
        return Weight(3.0, "happened")

    # --- putting weights together -----------------------------------------------------------------------------------

    def _apply(self, weight: Weight, row: Certainty | None, token: int, above: float) -> Weight:
        """A governor's row on what it governs: its number is a ceiling; a negative one turns the predicate round."""
        if row is None:
            return weight
        turned = above <= _DENIED
        number = _under_ceiling(weight.number, row.negated if turned else row.number)
        cues = (*weight.cues, token)
        if number <= _DENIED or (row.status == "denied" and number < 0):
            return Weight(number, "denied", cues, row.id)
        if turned:
            return Weight(number, _turned(weight.status, row, number), cues, row.id)
        status = _weaker(weight.status, row.status)
        return Weight(number, status, cues, row.id if number < weight.number else weight.by)

    def _inherit(self, weight: Weight, above: Weight) -> Weight:
        """What cannot be surer than the clause it is a part of."""
        if above.number <= _DENIED or above.status == "denied":
            return Weight(min(weight.number, above.number), "denied", (*weight.cues, *above.cues), above.by)
        if above.number < 2.2 or status_of(above.status).unsure:
            number = weight.number if weight.number < above.number else above.number
            return Weight(number, _weaker(weight.status, above.status), (*weight.cues, *above.cues), above.by)
        return weight

    def _default(self, frame: str, weight: Weight, above: Weight, head: int) -> Weight:
        """A governor that the table does not know."""
        if frame == "to":
            plain = Certainty("", "", "to", _OPEN if self.tree.tokens[head].upos != "NOUN" else 1.4, 0.0, "possible")
            return self._inherit(self._apply(weight, plain, head, above.number), above)
        negation = self.negation(head) if frame == "clause" else None
        if negation is not None and self.tree.tokens[negation].head == head and self._says(head):
            return Weight(0.0, "possible", (*weight.cues, negation, head), "not said")
        return self._inherit(weight, above) if frame == "ing" else weight

    def _says(self, head: int) -> bool:
        cue = load_cues().get((self.tree.tokens[head].lemma.lower(), "verb"))
        return cue is not None and cue.stance == "speech" and cue.commitment == "certain"


def _under_ceiling(number: float, ceiling: float) -> float:
    if ceiling >= 0:
        return min(number, ceiling) if number >= 0 else -min(-number, max(ceiling, 1.0))
    return ceiling if number >= 0 else min(-number, -ceiling)


def _turned(status: Status, row: Certainty, number: float) -> Status:
    """The status under a negated governor."""
    if number < 0:
        return "possible" if row.status == "possible" else "denied"
    if number < 1.4:
        return "possible"
    return status if status != "unknown" else "happened" if number >= 2.0 else "possible"


def _weaker(one: Status, other: Status | None) -> Status:
    """Of two statuses the one that leaves more open; "denied" turned round is open."""
    unsure = [status for status in (one, other) if status and status_of(status).unsure]
    if unsure:
        return min(unsure, key=lambda status: status_of(status).unsure)
    if one == "unknown" and other:
        return other
    return "possible" if one == "denied" and other else one
