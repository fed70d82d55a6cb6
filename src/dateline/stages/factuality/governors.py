"""What a predicate hangs on, and how: a tree in, governors and the frames of the certainty table out."""

from __future__ import annotations

from dateline.grammar import Tree, is_a
from dateline.knowledge.lexicons import Certainty, load_certainty, load_cues

_POS = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adj", "ADV": "adv"}
_PREPOSITIONS = frozenset({"of", "for", "from", "about", "with"})
_OPEN_DETERMINERS = frozenset({"a", "an", "any", "no", "some", "another"})


class Governors:
    """The certainty table over one report's trees, before anything is weighed."""

    __slots__ = ("rows", "tree")

    def __init__(self, tree: Tree) -> None:
        self.tree, self.rows = tree, load_certainty()

    def row(self, head: int, frame: str) -> Certainty | None:
        """The row of a governor; a verb with its particle ("call off") before the verb alone."""
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

    def plain(self, word: str, pos: str) -> Certainty | None:
        """The row of a word that needs no frame: an adverb, a mark, a determiner."""
        return self.rows.get((word, pos, "plain"))

    def carrier(self, place: int) -> int:
        """The governor. "Suspect the firm of ...": the verb, though the phrase hangs on its object. "Withdrew its offer
        to ...": the noun, though the clause hangs on the verb. "Talks are due to begin": the verb that carries them."""
        token = self.tree.tokens[place]
        relation, _, marker = token.deprel.partition(":")
        above = self.tree.tokens[token.head]
        if relation in {"acl", "nmod"} and marker in _PREPOSITIONS and is_a(above.deprel, "obj"):
            return above.head if above.head >= 0 and self.row(above.head, marker) is not None else token.head
        if relation in {"advcl", "ccomp"} and place > token.head:
            return self._noun_before(place, token.head)
        if relation == "nsubj" and token.upos == "NOUN":
            below = self.tree.kid(token.head, "xcomp") if above.lemma != "be" else None
            raised = below is not None and self.tree.kid(token.head, "obj") is None
            return below if below is not None and raised and self.row(below, "light") is not None else token.head
        return token.head

    def _noun_before(self, place: int, verb: int) -> int:
        opener = min([place, *(k for k in self.tree.children[place] if k > verb)])
        opens = self.tree.tokens[opener].lemma.lower()
        frame = {"to": "to", "that": "clause"}.get(opens, "")
        noun = opener - 1
        tied = noun > verb and is_a(self.tree.tokens[noun].deprel, "obj") and self.tree.tokens[noun].head == verb
        return noun if frame and tied and self.row(noun, frame) and self.row(verb, "undo") else verb

    def clause_frame(self, i: int) -> str:
        """How a verb hangs on its governor, in the words of the table; empty where the governor says nothing of it."""
        tree, token = self.tree, self.tree.tokens[i]
        relation, _, marker = token.deprel.partition(":")
        to = any(tree.tokens[k].lemma == "to" and tree.tokens[k].upos == "PART" for k in tree.children[i] if k < i)
        if relation in {"advcl", "acl"} and marker and marker not in {"relcl", "that"}:
            return self._marked(i, relation, marker, to)
        if relation in {"xcomp", "ccomp", "csubj", "acl", "advcl"} and to:
            head = self.carrier(i)
            known = relation != "advcl" or (tree.tokens[head].lemma != "be" and self.row(head, "to") is not None)
            return "to" if known else "mark:to"
        if relation == "ccomp" and i < token.head and any(t.form == ";" for t in tree.tokens[i : token.head]):
            return ""  # a sentence of its own before the semicolon
        if relation in {"xcomp", "ccomp"} or token.deprel == "advcl:that":
            return self._complement(i)
        if relation == "acl" and marker != "relcl":
            return "clause" if self._finite(i) and tree.kid(i, "mark") is not None else ""
        return "inherit" if relation == "advcl" and token.xpos == "VBG" else ""

    def _marked(self, i: int, relation: str, marker: str, to: bool) -> str:
        if marker in _PREPOSITIONS and self.row(self.carrier(i), marker) is not None:
            return marker
        if relation == "acl":
            return f"mark:{marker}" if marker in {"of", "for"} else ""
        if to and marker == "so":
            return "mark:to"
        if marker == "of" and any(self.tree.tokens[k].lemma == "instead" for k in self.tree.kids(i, "advmod")):
            return "mark:instead of"
        return "mark:if" if marker == "as" and (self._as_long_as(i) or self.as_if(i)) else f"mark:{marker}"

    def _as_long_as(self, i: int) -> bool:
        """True in "will run as long as the strait stays open", not in "waited as long as it took"."""
        tree, long = self.tree, self.tree.tokens[self.tree.tokens[i].head]
        return long.lemma == "long" and long.head >= 0 and tree.modal(long.head) is not None

    def as_if(self, i: int) -> bool:
        """True in "as if they had won"."""
        marks = self.tree.kids(i, "mark")
        return self.pluperfect(i) and any(self.tree.tokens[k].lemma in {"if", "though"} for k in marks)

    def contrary_to_fact(self, i: int) -> bool:
        """True for the condition of "if they had locked it, he would have stayed", and for "as if they had won"."""
        tree, head = self.tree, self.tree.tokens[i].head
        have = any(tree.tokens[k].lemma == "have" and tree.tokens[k].xpos == "VB" for k in tree.kids(head, "aux"))
        return self.as_if(i) or (self.pluperfect(i) and have and tree.modal(head) is not None)

    def _complement(self, i: int) -> str:
        tree, token = self.tree, self.tree.tokens[i]
        if any(tree.tokens[k].form.lower() == "having" for k in tree.kids(i, "aux")):
            return "ing"
        if not self._finite(i):
            return "ing" if token.xpos == "VBG" else "to"
        opening = [k for k in tree.children[i] if k < i]
        if any(tree.tokens[k].deprel == "mark" and tree.tokens[k].lemma in {"whether", "if"} for k in opening):
            return "mark:whether"
        asks = any(tree.tokens[k].xpos in {"WP", "WRB"} for k in opening)
        cue = load_cues().get((tree.tokens[token.head].lemma.lower(), "verb"))
        return "wh" if asks and cue is not None and "wh" in cue.frames else "clause"

    def _finite(self, i: int) -> bool:
        return self.tree.tense(i) not in {"infinitive", "participle", "none"}

    def noun_frame(self, i: int) -> str:
        """How an event noun hangs on its governor. A verb that carries it ("hold talks") lends it its own weight, and
        so does any verb where the noun is not known beforehand ("would damage a deal", "a shipment may have left")."""
        token = self.tree.tokens[i]
        relation, _, marker = token.deprel.partition(":")
        head = self.carrier(i)
        if relation in {"obl", "nmod"} and marker in _PREPOSITIONS:
            return marker if self.row(head, marker) is not None else ""
        if relation not in {"obj", "nsubj"} or self.tree.tokens[head].upos not in {"VERB", "ADJ"}:
            return ""
        patient = relation == "obj" or marker == "pass" or self.tree.kid(head, "expl") is not None
        row = self.row(head, "obj") if patient else None
        if row is not None:
            # "denied the report": what was reported is denied, not that there was a report
            return "" if row.status == "denied" and (token.lemma.lower(), "noun") in load_cues() else "obj"
        if self.row(head, "light") is not None:
            return "light"
        if self.known(i) or not (patient or self.tree.kid(i, "det") is not None):
            return ""
        return "inherit" if patient else "first heard of"

    def known(self, i: int) -> bool:
        """True for "the attack", "their attack": what is spoken of as there already."""
        kids = self.tree.kids(i, "det", "nmod:poss")
        return any(self.tree.tokens[k].lemma.lower() not in _OPEN_DETERMINERS for k in kids)

    def undone(self, head: int, frame: str) -> tuple[int, Certainty] | None:
        """The verb that takes back what the noun at ``head`` announces ("abandoned a plan to ...") or states ("denied
        the claim that ..."), with its row."""
        token = self.tree.tokens[head]
        if token.upos != "NOUN" or token.deprel not in {"obj", "nsubj:pass"}:
            return None
        row = self.row(token.head, "undo") or (self.row(token.head, "unsay") if frame == "clause" else None)
        return (token.head, row) if row is not None else None

    def conditions(self, i: int) -> list[int]:
        """The clauses that ``i`` depends on: "if", "unless", "as long as", but not "even if"."""
        tree = self.tree
        found = tree.kids(i, "advcl:if", "advcl:unless")
        for k in tree.kids(i, "advmod"):
            if tree.tokens[k].lemma == "long":
                found += tree.kids(k, "advcl:as")
        return [k for k in found if not any(tree.tokens[c].lemma == "even" for c in tree.kids(k, "advmod"))]

    def pluperfect(self, i: int) -> bool:
        """True for "had locked"."""
        tree = self.tree
        return any(tree.tokens[k].lemma == "have" and tree.tokens[k].xpos == "VBD" for k in tree.kids(i, "aux"))
