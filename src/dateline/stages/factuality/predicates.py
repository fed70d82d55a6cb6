"""Finds what denotes an event: the trees of a report in, token positions of verbs, nouns and adjectives out."""

from __future__ import annotations

import functools

from dateline.grammar import Tree, is_a
from dateline.knowledge.lexicons import load_cues, load_event_nouns, load_states
from dateline.knowledge.patterns import load_patterns

_NO_VERB = frozenset({"aux", "aux:pass", "cop", "case", "mark", "fixed", "cc"})
_MODIFIES = frozenset({"compound", "amod", "flat", "nmod:npmod"})


@functools.cache
def _trigger_nouns() -> frozenset[str]:
    """Nouns that the event rules start from; they count here whatever the noun table says."""
    return frozenset(lemma for lemma, pos in load_patterns().trigger_lemmas() if pos.upper() == "NOUN")


def find_predicates(tree: Tree) -> list[int]:
    """Event-denoting verbs, event nouns, and adjectives of stance behind a copula, in text order."""
    nouns, states, cues, triggers = load_event_nouns(), load_states(), load_cues(), _trigger_nouns()
    found = []
    for i, token in enumerate(tree.tokens):
        upos = token.upos
        if upos == "VERB":
            if token.deprel not in _NO_VERB and token.lemma.lower() not in states and _eventive(tree, i):
                found.append(i)
        elif upos == "NOUN":
            lemma = token.lemma.lower()
            noun = nouns.get(lemma)
            if ((noun is not None and noun.reading == "event") or lemma in triggers) and _denotes(tree, i):
                found.append(i)
        elif upos == "ADJ" and (token.lemma.lower(), "adj") in cues and tree.kid(i, "cop") is not None:
            found.append(i)
    return found


def _denotes(tree: Tree, i: int) -> bool:
    """Not as a part of another noun's name, and not in "in order to"."""
    token = tree.tokens[i]
    in_order = token.lemma == "order" and token.deprel == "obl:in" and tree.tokens[i - 1].lemma == "in"
    return token.deprel not in _MODIFIES and not in_order


def _eventive(tree: Tree, i: int) -> bool:
    """Participles before a noun are events ("the burned truck") unless compounded ("a hard-working crew")."""
    token = tree.tokens[i]
    if not token.form[-1].isalpha():
        return False
    if not is_a(token.deprel, "amod"):
        return True
    return not tree.children[i] and token.xpos in {"VBN", "VBG"}
