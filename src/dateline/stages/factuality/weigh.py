"""Weighs how sure a predicate is said to be: a token and its tree in, number (-3 to 3), status and cues out."""

from __future__ import annotations

from typing import NamedTuple

from dateline.grammar import Tree, is_a
from dateline.knowledge.lexicons import Certainty, load_certainty, load_cues
from dateline.model import Status

_POS = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adj", "ADV": "adv"}
_UNSURE: tuple[Status, ...] = ("hypothetical", "suspected", "possible", "planned")
"""Of several, the one that leaves most open stands."""
_PREPOSITIONS = frozenset({"of", "for", "from", "about", "with"})
_DENIED = -1.0
_NOT_ONLY = frozenset({"only", "just", "merely", "simply"})
_NEGATED = -2.3
_OPEN = 1.7
"""An infinitive that nothing known governs."""
_DEPTH = 12


class Weight(NamedTuple):
    """``number`` is the commitment, ``status`` how a reader would list it, ``cues`` the tokens that decided."""

    number: float
    status: Status
    cues: tuple[int, ...] = ()
    by: str = "tense"


class Scale:
    """The certainty table over the trees of one report. Weights are kept: each predicate is weighed once."""

    __slots__ = ("_kept", "_negations", "rows", "stop", "tree")

    def __init__(self, tree: Tree, stop: int | None = None) -> None:
        self.tree, self.stop, self.rows = tree, stop, load_certainty()
        self._kept: dict[int, Weight] = {}
        self._negations: dict[int, int | None] = {}

    def weigh(self, i: int, depth: int = 0) -> Weight:
        """The weight of the predicate at token ``i``; governors above ``stop`` do not count."""
        kept = self._kept.get(i)
        if kept is None:
            kept = self._governed(i, self._own(i), depth) if depth < _DEPTH else Weight(2.5, "unknown")
            if kept.status == "unknown" and kept.number > _OPEN and self.tree.tokens[i].upos == "VERB":
                kept = kept._replace(number=_OPEN, status="possible")
            self._kept[i] = kept
        return kept

    def negation(self, i: int) -> int | None:
        """The word that negates token ``i``, or None."""
        if i not in self._negations:
            self._negations[i] = self._find_negation(i)
        return self._negations[i]

    def _find_negation(self, i: int) -> int | None:
        """The trees' own answer, and "no longer", "not yet", where the negation hangs on the adverb."""
        found = self.tree.negated(i)
        if found is None:
            adverbs = self.tree.kids(i, "advmod")
            below = (
                c for k in adverbs for c in self.tree.children[k] if self.tree.tokens[c].lemma.lower() in {"no", "not"}
            )
            found = next(below, None)
        if found is not None and self.tree.tokens[min(found + 1, len(self.tree.tokens) - 1)].lemma.lower() in _NOT_ONLY:
            return None
        return found

    # --- the predicate's own clause ---------------------------------------------------------------------------------

    def _own(self, i: int) -> Weight:
        weight = self._noun(i) if self.tree.tokens[i].upos in {"NOUN", "PROPN"} else self._verb(i)
        for k in self.tree.children[i]:
            token = self.tree.tokens[k]
            if token.upos == "ADV":
                weight = self._apply(weight, self.rows.get((token.lemma.lower(), "adv", "plain")), k, 3.0)
            elif token.upos in {"ADJ", "VERB"} and is_a(token.deprel, "amod"):
                row = self.rows.get((token.form.lower(), "adj", "attributive"))
                weight = self._apply(weight, row, k, 3.0)
        return weight

    def _noun(self, i: int) -> Weight:
        negation = self.negation(i)
        if negation is not None:
            return Weight(_NEGATED, "denied", (negation,), "negation")
        weight = Weight(2.7, "happened")
        determiner = self.tree.kid(i, "det")
        if determiner is not None:
            row = self.rows.get((self.tree.tokens[determiner].lemma.lower(), "det", "plain"))
            weight = self._apply(weight, row, determiner, 3.0)
        return weight

    def _verb(self, i: int) -> Weight:
        tree = self.tree
        tense, negation, modal = tree.tense(i), self.negation(i), tree.modal(i)
        if tree.tokens[i].xpos in {"VBD", "VBZ", "VBP"} and is_a(tree.tokens[i].deprel, "conj"):
            modal = None
        if modal is not None:
            return self._modal(i, modal, negation)
        if negation is not None:
            number = -1.5 if tree.tokens[negation].lemma == "without" else _NEGATED
            return Weight(number, "denied", (negation,), "negation")
        if tense == "infinitive":
            return Weight(2.7, "unknown")
        if tree.progressive(i):
            return Weight(2.9, "ongoing")
        if tense == "present":
            return Weight(2.7, "ongoing")
        return Weight(3.0 if tense in {"past", "perfect"} else 2.8, "happened")

    def _modal(self, i: int, modal: int, negation: int | None) -> Weight:
        tree = self.tree
        perfect = any(tree.tokens[k].lemma == "have" and tree.tokens[k].xpos == "VB" for k in tree.kids(i, "aux"))
        word = {"'ll": "will", "wo": "will", "ca": "can", "'d": "would", "’ll": "will", "’d": "would"}.get(
            tree.tokens[modal].lemma.lower(), tree.tokens[modal].lemma.lower()
        )
        row = self.rows.get((word, "modal", "perfect" if perfect else "plain"))
        if row is None:
            return Weight(2.0, "possible", (modal,), "modal")
        if negation is not None:
            return Weight(
                row.negated, "denied" if row.negated < 0 else row.status or "unknown", (modal, negation), row.id
            )
        if row.status == "planned" and tree.kid(i, "advcl:if", "advcl:unless") is not None:
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
        if tree.kid(i, "nsubj", "nsubj:pass") is not None or tree.tokens[first].upos != tree.tokens[i].upos:
            return weight
        if self._told_beside(i, first):
            return weight
        if tree.tokens[first].head < 0:
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

    def _failed(self, head: int) -> bool:
        """ "The failure of two attempts to ...": what was attempted did not come about."""
        tree, token = self.tree, self.tree.tokens[head]
        if token.lemma.lower() not in {"attempt", "bid", "effort"}:
            return False
        above = tree.tokens[token.head].lemma.lower() if token.deprel == "nmod:of" else ""
        return above in {"failure", "collapse"} or any(
            tree.tokens[k].form.lower() in {"failed", "unsuccessful", "abortive"} for k in tree.kids(head, "amod")
        )

    def _under(self, i: int, place: int, weight: Weight, depth: int) -> Weight:
        """The weight of ``i`` under the governor of ``place`` (itself, or the first of its coordination)."""
        tree = self.tree
        head = self._carrier(place)
        nominal = tree.tokens[i].upos in {"NOUN", "PROPN"}
        frame = self._noun_frame(place) if nominal else self._clause_frame(place)
        if not frame:
            return weight
        if frame == "light" or frame == "inherit":
            if head == self.stop:
                return weight
            above = self.weigh(head, depth + 1)
            aside = not nominal and above.number < 0 and tree.tokens[i - 1].form == ","
            return weight if aside else self._inherit(weight, above)
        if frame.startswith("mark:"):
            return self._apply(weight, self.rows.get((frame[5:], "mark", "plain")), place, 3.0)
        row = self._row(head, frame)
        if frame == "to" and self._failed(head):
            return Weight(-2.0, "denied", (*weight.cues, head), "failed attempt")
        if head == self.stop:
            opens = row is not None and row.number >= 0 and row.status in {"possible", "planned"}
            return self._apply(weight, row, head, 3.0) if opens else weight
        above = self._above(head, depth)
        if row is None:
            return self._default(frame, weight, above, head)
        if weight.status == "unknown" and row.status is None:
            weight = weight._replace(status=above.status)
        weight = self._apply(weight, row, head, above.number)
        if 0 <= above.number < 2.2:
            weight = self._inherit(weight, above)
        return weight

    def _carrier(self, place: int) -> int:
        """The governor; in "suspect the firm of ..." the verb, though the phrase hangs on its object."""
        token = self.tree.tokens[place]
        relation, _, marker = token.deprel.partition(":")
        above = self.tree.tokens[token.head]
        over_object = relation in {"acl", "nmod"} and marker in _PREPOSITIONS and is_a(above.deprel, "obj")
        if over_object and above.head >= 0 and self._row(above.head, marker) is not None:
            return above.head
        return token.head

    def _above(self, head: int, depth: int) -> Weight:
        """The governor's own weight; what is no predicate (adjectives, pronouns) weighs full."""
        if self.tree.tokens[head].upos in {"VERB", "AUX", "NOUN", "ADJ"}:
            return self.weigh(head, depth + 1)
        return Weight(3.0, "happened")

    def _row(self, head: int, frame: str) -> Certainty | None:
        token = self.tree.tokens[head]
        pos, lemma = _POS.get(token.upos), token.lemma.lower()
        if pos is None:
            return None
        if pos == "verb":
            for k in self.tree.kids(head, "compound:prt", "advmod"):
                found = self.rows.get((f"{lemma} {self.tree.tokens[k].lemma.lower()}", pos, frame))
                if found is not None:
                    return found
        return self.rows.get((lemma, pos, frame))

    def _clause_frame(self, i: int) -> str:
        """How a verb hangs on its governor, in the words of the table; empty where the governor says nothing of it."""
        tree, token = self.tree, self.tree.tokens[i]
        relation, _, marker = token.deprel.partition(":")
        to = any(tree.tokens[k].lemma == "to" and tree.tokens[k].upos == "PART" for k in tree.children[i] if k < i)
        if relation in {"advcl", "acl"} and marker and marker != "relcl":
            if marker in _PREPOSITIONS and self._row(self._carrier(i), marker) is not None:
                return marker
            return f"mark:{marker}" if relation == "advcl" or marker in {"of", "for"} else ""
        if relation in {"xcomp", "ccomp", "csubj", "acl", "advcl"} and to:
            known = relation != "advcl" or (
                tree.tokens[token.head].lemma != "be" and self._row(token.head, "to") is not None
            )
            return "to" if known else "mark:to"
        if relation == "ccomp" and i < token.head and any(t.form == ";" for t in tree.tokens[i : token.head]):
            return ""  # a sentence of its own before the semicolon
        if relation in {"xcomp", "ccomp"}:
            return "clause" if self._finite(i) else "ing" if token.xpos == "VBG" else "to"
        if relation == "acl" and marker != "relcl":
            return "clause" if self._finite(i) and tree.kid(i, "mark") is not None else ""
        return "inherit" if relation == "advcl" and token.xpos == "VBG" else ""

    def _finite(self, i: int) -> bool:
        return self.tree.tense(i) not in {"infinitive", "participle", "none"}

    def _noun_frame(self, i: int) -> str:
        """How an event noun hangs on its governor. A verb that carries it ("hold talks") lends it its own weight, and
        so does any verb where the noun is not known beforehand ("would damage a deal")."""
        token = self.tree.tokens[i]
        relation, _, marker = token.deprel.partition(":")
        if relation in {"obl", "nmod"} and marker in _PREPOSITIONS:
            return marker if self._row(self._carrier(i), marker) is not None else ""
        if relation not in {"obj", "nsubj"} or self.tree.tokens[token.head].upos not in {"VERB", "ADJ"}:
            return ""
        patient = relation == "obj" or marker == "pass" or self.tree.kid(token.head, "expl") is not None
        row = self._row(token.head, "obj") if patient else None
        if row is not None:
            # "denied the report": what was reported is denied, not that there was a report
            return "" if row.status == "denied" and (token.lemma.lower(), "noun") in load_cues() else "obj"
        if self._row(token.head, "light") is not None:
            return "light"
        return "inherit" if patient and not self._known(i) else ""

    def _known(self, i: int) -> bool:
        """True for "the attack", "their attack": what is spoken of as there already."""
        for k in self.tree.kids(i, "det", "nmod:poss"):
            if self.tree.tokens[k].lemma.lower() not in {"a", "an", "any", "no", "some", "another"}:
                return True
        return False

    # --- putting weights together -----------------------------------------------------------------------------------

    def _apply(self, weight: Weight, row: Certainty | None, token: int, above: float) -> Weight:
        """A governor's row on what it governs: its number is a ceiling; a negative one turns the predicate round."""
        if row is None:
            return weight
        ceiling = row.negated if above <= _DENIED else row.number
        number = _under_ceiling(weight.number, ceiling)
        cues = (*weight.cues, token)
        if number <= _DENIED or (row.status == "denied" and number < 0):
            return Weight(number, "denied", cues, row.id)
        status = _weaker(weight.status, row.status)
        return Weight(number, status, cues, row.id if number < weight.number else weight.by)

    def _inherit(self, weight: Weight, above: Weight) -> Weight:
        """What cannot be surer than the clause it is a part of."""
        if above.number <= _DENIED or above.status == "denied":
            return Weight(min(weight.number, above.number), "denied", (*weight.cues, *above.cues), above.by)
        if above.number < 2.2 or above.status in _UNSURE:
            number = weight.number if weight.number < above.number else above.number
            return Weight(number, _weaker(weight.status, above.status), (*weight.cues, *above.cues), above.by)
        return weight

    def _default(self, frame: str, weight: Weight, above: Weight, head: int) -> Weight:
        """A governor that the table does not know."""
        if frame == "to":
            plain = Certainty("", "", "to", _OPEN if self.tree.tokens[head].upos != "NOUN" else 1.4, 0.0, "possible")
            return self._inherit(self._apply(weight, plain, head, above.number), above)
        return self._inherit(weight, above) if frame == "ing" else weight


def _under_ceiling(number: float, ceiling: float) -> float:
    if ceiling >= 0:
        return min(number, ceiling) if number >= 0 else -min(-number, max(ceiling, 1.0))
    return ceiling if number >= 0 else min(-number, -ceiling)


def _weaker(one: Status, other: Status | None) -> Status:
    """Of two statuses the one that leaves more open; "denied" turned round is open."""
    for status in _UNSURE:
        if status in {one, other}:
            return status
    if one == "unknown" and other:
        return other
    return "possible" if one == "denied" and other else one
