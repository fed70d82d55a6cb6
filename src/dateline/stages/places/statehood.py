"""Tells a state of a federation from its namesake, a country or a capital: a toponym's place in the tree in, a yes out.

"Georgia's legislature", "the governor of Washington", "a Georgia man" (the country's would be a Georgian).
"""

from __future__ import annotations

from dateline.grammar import Tree, is_a
from dateline.knowledge.nominals import load_nominals, word_set
from dateline.stages.places.acting import head_of
from dateline.stages.places.toponyms import CITIES, Toponym

_TIES = ("nmod:poss", "nmod:of", "compound", "nmod")


def is_of_a_state(toponym: Toponym, tree: Tree) -> bool:
    """True where an office or a body that only states have is the toponym's, or the name of a country stands before a
    noun of people where the country's adjective would."""
    kinds = {sense.kind for sense in toponym.senses}
    if "region" not in kinds or kinds.isdisjoint({"country", *CITIES}):
        return False
    head = head_of(toponym, tree)
    token = tree.tokens[head]
    if token.head < 0:
        return False
    owner = tree.tokens[token.head]
    if any(is_a(token.deprel, tie) for tie in _TIES) and _of_a_state(owner.lemma.lower()):
        return True
    if is_a(token.deprel, "nsubj") and _free_office(head, tree):
        return True
    noun = load_nominals().nouns.get(owner.lemma.lower())
    people = noun is not None and noun.type == "PER" and owner.form[0].islower()
    return "country" in kinds and is_a(token.deprel, "compound") and people and token.head == head + 1


def _of_a_state(lemma: str) -> bool:
    return lemma in word_set("of-a-state")


def _free_office(head: int, tree: Tree) -> bool:
    """ "Washington passed a law, and the governor signed it": an office of a state that is no other place's."""
    sentence = tree.sentences[tree.tokens[head].sentence]
    for k in range(sentence.first, sentence.last):
        token = tree.tokens[k]
        if _of_a_state(token.lemma.lower()) and token.upos == "NOUN":
            return not any(tree.tokens[kid].upos == "PROPN" for kid in tree.children[k])
    return False
