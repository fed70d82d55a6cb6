"""Finds common-noun phrases and pronouns that refer: a tree in, typed drafts of NOM and PRO mentions out."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.grammar import Tree, is_a
from dateline.knowledge.nominals import Nominals, Noun
from dateline.model import MentionType
from dateline.stages.mentions.drafts import Draft

_INSIDE = ("det", "amod", "compound", "nummod", "nmod:poss", "advmod")
_IMPERSONAL = frozenset({"it"})


def find_nominals(tree: Tree, lexicon: Nominals, names: Sequence[Draft]) -> list[Draft]:
    """The base noun phrases whose head stands in the table, without clauses and prepositional phrases."""
    taken = {i for name in names for i in range(name.first, name.last)}
    found = []
    for i, token in enumerate(tree.tokens):
        if token.upos != "NOUN" and not (token.upos == "PROPN" and not token.form[0].isupper()):
            continue
        if i in taken or token.deprel == "compound":
            continue
        noun = _noun(tree, lexicon, i)
        if noun is None:
            continue
        first = _left_edge(tree, i)
        found.append(Draft(first, i + 1, i, "NOM", noun.type, f"nominals:{token.lemma.lower()}"))
    return found


def _noun(tree: Tree, lexicon: Nominals, i: int) -> Noun | None:
    """The table's row for the head, two-word nouns ("air base") first."""
    token = tree.tokens[i]
    if i > 0:
        pair = lexicon.nouns.get(f"{tree.tokens[i - 1].lemma.lower()} {token.lemma.lower()}")
        if pair is not None:
            return pair
    return lexicon.nouns.get(token.lemma.lower()) or lexicon.nouns.get(token.form.lower())


def _left_edge(tree: Tree, i: int) -> int:
    """The first token of the words before ``i`` that belong to its base phrase."""
    first = i
    for k in tree.children[i]:
        if k < i and any(is_a(tree.tokens[k].deprel, r) for r in _INSIDE):
            first = min(first, min(tree.descendants(k, ("acl", "appos", "punct"))))
    while first < i and tree.tokens[first].upos in {"PUNCT", "CCONJ", "ADP"}:
        first += 1
    return first


def find_pronouns(tree: Tree, lexicon: Nominals) -> list[Draft]:
    """Personal, possessive and reflexive pronouns; ``it`` only where it refers."""
    found = []
    for i, token in enumerate(tree.tokens):
        if token.upos not in {"PRON", "DET"}:
            continue
        low = token.form.lower()
        row = lexicon.pronouns.get(low)
        if row is None or row.case == "relative" or (low in _IMPERSONAL and _expletive(tree, i)):
            continue
        type_: MentionType = "PER" if row.gender in {"m", "f"} or row.person < 3 else "MISC"
        found.append(Draft(i, i + 1, i, "PRO", type_, "pronouns"))
    return found


def _expletive(tree: Tree, i: int) -> bool:
    """"It is clear that", "it seems", "it rained": an ``it`` without a referent."""
    token = tree.tokens[i]
    if is_a(token.deprel, "expl"):
        return True
    if token.head < 0 or not is_a(token.deprel, "nsubj"):
        return False
    above = tree.tokens[token.head]
    if above.lemma.lower() in {"seem", "appear", "rain", "snow", "happen", "turn"} and tree.kid(token.head, "obj") is None:
        return True
    clausal = tree.kid(token.head, "ccomp", "csubj", "xcomp", "advcl")
    return above.upos == "ADJ" and clausal is not None and clausal > token.head
