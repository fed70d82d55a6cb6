"""What a clause does to its own verb: a tree and a token in, its negation, whether it is asked, how it is known out."""

from __future__ import annotations

from dateline.grammar import Tree, is_a

_NOT_ONLY = frozenset({"only", "just", "merely", "simply"})
_ASKING = frozenset({"WP", "WP$", "WRB", "WDT"})


def find_negation(tree: Tree, i: int) -> int | None:
    """The word that negates token ``i``: the trees' own answer, "no longer" and "not yet" where the negation hangs on
    the adverb. "Not only", "not because A but because B" and "did not ... until it was" negate no verb."""
    found = tree.negated(i)
    if found is None:
        below = (c for k in tree.kids(i, "advmod") for c in tree.children[k])
        found = next((c for c in below if tree.tokens[c].lemma.lower() in {"no", "not"}), None)
    if found is None or tree.tokens[min(found + 1, len(tree.tokens) - 1)].lemma.lower() in _NOT_ONLY:
        return None
    return None if _of_the_reason(tree, i) or until_it_was(tree, i) else found


def _of_the_reason(tree: Tree, i: int) -> bool:
    if tree.kid(i, "advcl:because") is None:
        return False
    others = tree.kids(i, "conj", "advcl:because")
    return any({"but", "because"} <= {tree.tokens[c].lemma.lower() for c in tree.children[k]} for k in others)


def until_it_was(tree: Tree, i: int) -> bool:
    """True for the first verb of "did not reopen until they had been cleared": both took place, one after the other."""
    until = tree.kid(i, "advcl:until")
    if until is None or tree.negated(i) is None or tree.modal(i) is not None:
        return False
    return tree.tense(i) == "past" and tree.tense(until) == "past"


def asked(tree: Tree, i: int) -> bool:
    """True for the verb of "Did they sign?"; "why" and "who" take what they ask about for granted."""
    token = tree.tokens[i]
    sentence = tree.sentences[token.sentence]
    if not any(t.form == "?" for t in tree.tokens[i : sentence.last]):
        return False
    subject = tree.kid(i, "nsubj", "nsubj:pass")
    if subject is None or not any(k < subject for k in tree.kids(i, "aux", "aux:pass", "cop")):
        return False
    return not any(t.xpos in _ASKING for t in tree.tokens[sentence.first : subject])


def under_way(tree: Tree, i: int) -> bool:
    """True for "is under investigation"."""
    token = tree.tokens[i]
    if not is_a(token.deprel, "obl:under") and tree.kid(i, "cop") is None:
        return False
    be = tree.kid(i, "cop") or token.head
    under = any(tree.tokens[k].lemma == "under" for k in tree.kids(i, "case"))
    return under and tree.tokens[be].lemma == "be" and tree.tokens[be].xpos in {"VBZ", "VBP"}
