"""Tells a capital that acts from one where something happens: a toponym's place in the tree in, a yes or no out."""

from __future__ import annotations

from dateline.grammar import Tree, is_a
from dateline.knowledge.acting import acts
from dateline.stages.places.toponyms import Toponym

_CORE = {
    "nsubj": "subject",
    "nsubj:pass": "passive_subject",
    "obj": "object",
    "iobj": "object",
    "obl:agent": "by",
    "nmod:poss": "possessive",
    "compound": "compound",
    "amod": "compound",
}


def stands_for_government(toponym: Toponym, tree: Tree) -> bool:
    """True where the grammar makes the toponym a doer, giver, opponent or partner rather than a place."""
    head = head_of(toponym, tree)
    token = tree.tokens[head]
    while is_a(token.deprel, "conj") and token.head >= 0:
        head, token = token.head, tree.tokens[token.head]
    if token.head < 0:
        return False
    relative = tree.kid(head, "acl:relcl")
    if relative is not None and _clause_acts(relative, tree):
        return True
    governor = tree.tokens[token.head]
    relation = _CORE.get(token.deprel)
    if relation is None:
        base, _, preposition = token.deprel.partition(":")
        if base not in {"obl", "nmod"} or not preposition:
            return False
        relation = preposition
    if relation == "object" and is_a(governor.deprel, "acl") and governor.head >= 0:
        return acts("object_of_noun", tree.tokens[governor.head].lemma.lower())
    if relation in {"subject", "passive_subject"} and governor.upos not in {"VERB", "AUX"}:
        return False
    words = [governor.lemma.lower()]
    if governor.deprel == "obj" and governor.head >= 0:
        words.append(tree.tokens[governor.head].lemma.lower())
    return any(acts(relation, word) for word in words)


def head_of(toponym: Toponym, tree: Tree) -> int:
    """The token of the toponym that the others hang on."""
    inside = range(toponym.first, toponym.last)
    return next((i for i in reversed(inside) if tree.tokens[i].head not in inside), toponym.last - 1)


def _clause_acts(verb: int, tree: Tree) -> bool:
    subject = tree.kid(verb, "nsubj")
    return (
        subject is not None
        and tree.tokens[subject].lemma in {"which", "that"}
        and acts("relative", tree.tokens[verb].lemma.lower())
    )
