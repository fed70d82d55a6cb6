"""ClearNLP dependencies (spaCy's English scheme) in, Universal Dependencies out, on plain arrays of one parsed text.

Departures from UD English, made on purpose: a personal name keeps its last word as head (``compound``, not ``flat``),
and a ``be`` whose only complement is a prepositional phrase stays the head ("He is in Oslo": root ``is``, ``obl:in``).
"""

from __future__ import annotations

RENAMED = {
    "ROOT": "root",
    "dobj": "obj",
    "nsubjpass": "nsubj:pass",
    "csubjpass": "csubj:pass",
    "auxpass": "aux:pass",
    "neg": "advmod",
    "poss": "nmod:poss",
    "prt": "compound:prt",
    "relcl": "acl:relcl",
    "npadvmod": "obl:npmod",
    "quantmod": "advmod",
    "predet": "det:predet",
    "preconj": "cc:preconj",
    "intj": "discourse",
    "oprd": "xcomp",
    "meta": "dep",
    "acomp": "xcomp",
    "attr": "xcomp",
    "dative": "iobj",
    "prep": "advmod",
    "agent": "obl:agent",
    "pobj": "obl",
    "pcomp": "advcl",
    "": "dep",
}
_PREPOSITIONAL = frozenset({"prep", "agent", "dative"})
_PREPOSITIONS = frozenset({"ADP", "SCONJ", "VERB", "ADV", "ADJ", "PART"})
_VERBAL = frozenset({"VERB", "AUX", "ADJ", "ADV"})


class Arrays:
    """One parsed text, one entry a token: ``head`` (index, own index for a root), ``rel``, ``upos``, ``lemma`` and
    ``word`` (lower-case form: prepositions are named by it, "including" and not "include")."""

    __slots__ = ("children", "head", "lemma", "rel", "upos", "word")

    def __init__(self, head: list[int], rel: list[str], upos: list[str], lemma: list[str], word: list[str]) -> None:
        self.head, self.rel, self.upos, self.lemma, self.word = head, rel, upos, lemma, word
        self.children: list[list[int]] = [[] for _ in head]
        for i, h in enumerate(head):
            if h != i:
                self.children[h].append(i)

    def below(self, i: int, head: int) -> bool:
        """Whether ``i`` is ``head`` or hangs on it at last."""
        while i != head and self.head[i] != i:
            i = self.head[i]
        return i == head

    def first(self, i: int) -> int:
        """The first word of what hangs on ``i``, itself among it."""
        while self.children[i] and min(self.children[i]) < i:
            i = min(self.children[i])
        return i

    def last(self, i: int) -> int:
        """The last word of what hangs on ``i``, itself among it."""
        while self.children[i] and max(self.children[i]) > i:
            i = max(self.children[i])
        return i

    def move(self, i: int, head: int, rel: str) -> None:
        """Hang ``i`` on ``head`` with relation ``rel``; a root's place is taken by hanging ``i`` on itself."""
        old = self.head[i]
        if old != i:
            self.children[old].remove(i)
        self.head[i], self.rel[i] = head, rel
        if head != i:
            self.children[head].append(i)

    def hang(self, i: int, head: int, rel: str) -> None:
        """The same where ``head`` does not hang on ``i`` itself, else nothing: a tree stays one."""
        if not self.below(head, i):
            self.move(i, head, rel)

    def take_place(self, new: int, old: int, rel: str) -> None:
        """``new`` takes the place of ``old``, with relation ``rel`` ("ROOT" stays a root)."""
        above = self.head[old]
        self.move(new, new if above == old else above, "ROOT" if above == old else rel)


def to_universal(a: Arrays) -> None:
    """Turn the arrays into Universal Dependencies, in place."""
    for i in range(len(a.head)):
        if (a.rel[i] in _PREPOSITIONAL and a.upos[i] in _PREPOSITIONS) or (a.rel[i] == "conj" and a.upos[i] == "ADP"):
            _lift_object(a, i)
    for i in range(len(a.head)):
        if a.lemma[i] == "be" and a.upos[i] in {"AUX", "VERB"}:
            _lift_predicate(a, i)
    _flatten_coordination(a)
    for i, rel in enumerate(a.rel):
        a.rel[i] = RENAMED.get(rel, rel)
        if a.rel[i] == "aux" and a.upos[i] == "PART":
            a.rel[i] = "mark"


def _deepest_object(a: Arrays, i: int) -> tuple[int, list[int]] | None:
    """The object under a chain of prepositions ("out of Paris") and the chain, or None where there is none."""
    chain, at = [i], i
    for _ in range(4):
        below = next((k for k in a.children[at] if a.rel[k] in {"pobj", "pcomp"}), None)
        if below is not None and a.rel[below] == "pcomp" and a.rel[at] != "prep" and a.upos[below] == "ADP":
            return None
        if below is not None:
            return below, chain
        deeper = next((k for k in a.children[at] if a.rel[k] == "prep"), None)
        if deeper is None:
            return None
        chain.append(deeper)
        at = deeper
    return None


def _lift_object(a: Arrays, i: int) -> None:
    """A preposition's object takes its place; the preposition becomes its ``case`` (or ``mark``)."""
    if a.head[i] == i:
        return
    found = _deepest_object(a, i)
    if found is None:
        return
    noun, chain = found
    clause = a.rel[noun] == "pcomp" and a.upos[noun] in {"VERB", "AUX"}
    name = "_".join(a.word[k] for k in chain)
    above = a.head[i]
    if a.rel[i] in {"agent", "conj"}:
        rel = "obl:agent" if a.rel[i] == "agent" else "conj"
    elif clause:
        rel = f"advcl:{name}" if a.upos[above] in _VERBAL else f"acl:{name}"
    else:
        rel = f"obl:{name}" if a.upos[above] in _VERBAL else f"nmod:{name}"
    a.take_place(noun, i, rel)
    for k in chain:
        for child in list(a.children[k]):
            if child != noun and child not in chain:
                a.move(child, noun, "advmod" if a.rel[child] == "prep" else a.rel[child])
    for k in chain:
        a.move(k, noun, "mark" if clause else "case")


def _lift_predicate(a: Arrays, be: int) -> None:
    """The nominal or adjectival complement of ``be`` becomes the head, ``be`` its ``cop``."""
    kids = a.children[be]
    complement = next((k for k in kids if a.rel[k] in {"attr", "acomp"}), None)
    if any(a.rel[k] == "expl" for k in kids):
        if complement is not None:
            a.rel[complement] = "nsubj"
        return
    if complement is None:
        return
    a.take_place(complement, be, a.rel[be])
    for k in list(a.children[be]):
        a.move(k, complement, a.rel[k])
    a.move(be, complement, "cop")


def _flatten_coordination(a: Arrays) -> None:
    """Every member hangs on the first one; each conjunction on the member that follows it."""
    for i in range(len(a.head)):
        if a.rel[i] != "conj":
            continue
        first, hops = a.head[i], 0
        while a.rel[first] == "conj" and a.head[first] != first and hops < 200:
            first, hops = a.head[first], hops + 1
        if first != a.head[i]:
            for c in [c for c in a.children[a.head[i]] if a.rel[c] in {"cc", "punct"} and a.head[i] < c < i]:
                a.move(c, i, a.rel[c])
            a.move(i, first, "conj")
    for i in range(len(a.head)):
        if a.rel[i] == "cc" and a.head[i] < i:
            following = [k for k in a.children[a.head[i]] if a.rel[k] == "conj" and k > i]
            if following:
                a.move(i, min(following), "cc")


def add_markers(a: Arrays) -> None:
    """Name the subordinator in clauses that do not carry one yet (``advcl:after``), on arrays that are UD already."""
    for i, rel in enumerate(a.rel):
        if rel == "advcl":
            mark = next((k for k in a.children[i] if a.rel[k] == "mark"), None)
            if mark is not None and a.lemma[mark] != "to":
                a.rel[i] = f"advcl:{a.word[mark]}"
        elif rel in {"obl", "nmod"}:
            case = [a.word[k] for k in a.children[i] if a.rel[k] == "case" and a.upos[k] == "ADP"]
            if case:
                a.rel[i] = f"{rel}:{'_'.join(case)}"
