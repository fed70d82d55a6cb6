"""Finds common-noun phrases and pronouns that refer: a tree in, typed drafts of NOM and PRO mentions out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dateline.grammar import Tree, is_a
from dateline.knowledge.nominals import Nominals, word_set
from dateline.model import MentionType
from dateline.stages.mentions.drafts import Draft

_INSIDE = frozenset({"det", "det:predet", "amod", "compound", "nummod", "nmod:poss"})
_EDGES = frozenset({"PUNCT", "CCONJ", "ADP", "ADV", "SCONJ"})
_PRONOUNS = frozenset({"PRON", "DET"})
_DETERMINERS = frozenset({"DT", "PRP$", "PDT"})
_PREMODIFIERS = frozenset({"amod", "compound"})
_HYPHENS = frozenset("-‐‑")
_NOUNS = frozenset({"NOUN", "PROPN"})
_RELATIVE = frozenset({"WDT", "WP", "WP$"})


def find_nominals(
    tree: Tree, lexicon: Nominals, names: Sequence[Draft], kinds: Mapping[int, MentionType]
) -> list[Draft]:
    """The base noun phrases, without clauses and prepositional phrases. A head of the table gives its type, ``kinds``
    the type of tokens that are equipment; every other noun makes a mention of type MISC, so that "it" can mean it."""
    taken = {i for name in names for i in range(name.first, name.last)}
    found, end = [], 0
    for i in range(len(tree.tokens)):
        if i < end or i in taken or not _may_head(tree, lexicon, i):
            continue
        first = _left_edge(tree, i)
        if _fixed(tree, lexicon, first, i):
            continue
        last, entry = _entry(tree, lexicon, i)
        type_ = _type(tree, lexicon, kinds, (first, last, i), entry)
        found.append(Draft(first, last, _outer(tree, i), "NOM", type_, f"nominals:{entry}"))
        end = last
    return found


def _may_head(tree: Tree, lexicon: Nominals, i: int) -> bool:
    """A common noun that is no part of another, or a capitalised one after a determiner ("the President")."""
    token = tree.tokens[i]
    if token.upos not in _NOUNS or token.deprel == "compound" or _hyphened_on(tree, i):
        return False
    if token.upos == "NOUN":
        return token.deprel != "conj" or tree.tokens[token.head].deprel not in _PREMODIFIERS
    start = _hyphened(tree, i)
    if start < i and _joined(tree, start, i) in lexicon.nouns:
        return True
    if i == tree.sentences[token.sentence].first:
        return token.form.lower().removesuffix("s") in lexicon.nouns
    if token.lemma.lower() not in lexicon.nouns:
        return False
    return any(tree.tokens[k].xpos in _DETERMINERS for k in tree.children[i])


def _entry(tree: Tree, lexicon: Nominals, i: int) -> tuple[int, str]:
    """The end of the mention and the table's entry for it: "head of state", "commander-in-chief", "air base"."""
    tokens = tree.tokens
    lemma = tokens[i].lemma.lower()
    if i + 2 < len(tokens) and tokens[i + 1].form == "of":
        phrase = f"{lemma} of {tokens[i + 2].lemma.lower()}"
        if phrase in lexicon.nouns:
            return i + 3, phrase
    start = _hyphened(tree, i)
    candidates = [_joined(tree, start, i)] if start < i else []
    if i > 0:
        candidates.append(f"{tokens[i - 1].lemma.lower()} {lemma}")
    low = tokens[i].form.lower()
    candidates.extend((low, low.removesuffix("s")) if tokens[i].upos == "PROPN" else (low,))
    return i + 1, next((c for c in candidates if c in lexicon.nouns and c != tokens[i].form.lower()), lemma)


def _type(
    tree: Tree, lexicon: Nominals, kinds: Mapping[int, MentionType], place: tuple[int, int, int], entry: str
) -> MentionType:
    """By equipment ("a MiG-31 fighter"), then by the table."""
    first, _, i = place
    for k in (i, *range(min(first, max(i - 1, 0)), i)):
        if k in kinds and (k == i or _equipment_noun(lexicon, tree.tokens[i].lemma.lower())):
            return kinds[k]
    noun = lexicon.nouns.get(entry) or lexicon.nouns.get(tree.tokens[i].form.lower())
    return noun.type if noun is not None else "MISC"


def _equipment_noun(lexicon: Nominals, lemma: str) -> bool:
    """A noun that names a machine, or a person and a machine alike ("fighter", "bomber")."""
    noun = lexicon.nouns.get(lemma)
    return (noun is not None and noun.type in {"VEH", "WEA"}) or lemma in word_set("machine-or-person")


def _left_edge(tree: Tree, i: int) -> int:
    """The first token of the words before ``i`` that belong to its base phrase."""
    start = first = _hyphened(tree, i)
    for head in (i, start) if start < i else (i,):
        for k in tree.children[head]:
            if k < i and tree.tokens[k].deprel in _INSIDE:
                first = min(first, *tree.descendants(k, ("acl", "appos", "punct")))
    while first < i and (tree.tokens[first].upos in _EDGES or tree.tokens[first].xpos in _RELATIVE):
        first += 1
    if first and tree.tokens[first].form.lower() in {"least", "most"} and tree.tokens[first - 1].form.lower() == "at":
        first -= 1
    return first


def _hyphened(tree: Tree, i: int) -> int:
    """Where the hyphened word that ends with ``i`` begins: ``Commander-in-Chief``."""
    tokens = tree.tokens
    while (
        i > 1
        and tokens[i - 1].form in _HYPHENS
        and tokens[i - 2].end == tokens[i - 1].start
        and tokens[i - 1].end == tokens[i].start
    ):
        i -= 2
    return i


def _hyphened_on(tree: Tree, i: int) -> bool:
    """Whether the word goes on after ``i``: its last part is the head then."""
    tokens = tree.tokens
    if i + 2 >= len(tokens) or tokens[i + 1].form not in _HYPHENS or tokens[i].end != tokens[i + 1].start:
        return False
    return tokens[i + 1].end == tokens[i + 2].start


def _joined(tree: Tree, first: int, last: int) -> str:
    """A hyphened word as it is written, lower case."""
    return "".join(t.form.lower() for t in tree.tokens[first : last + 1])


def _outer(tree: Tree, i: int) -> int:
    """The part of a hyphened word that hangs on a word outside it."""
    start = _hyphened(tree, i)
    return next((k for k in range(start, i + 1) if not start <= tree.tokens[k].head <= i), i)


def _fixed(tree: Tree, lexicon: Nominals, first: int, i: int) -> bool:
    """``on board``, ``in exchange``: words whose noun refers to nothing."""
    if first == 0 or tree.tokens[first - 1].upos != "ADP":
        return False
    words = [t.form.lower() for t in tree.tokens[first - 1 : i + 1]]
    return len(words) < 4 and " ".join(words) in lexicon.fixed


def find_pronouns(tree: Tree, lexicon: Nominals) -> list[Draft]:
    """Personal, possessive and reflexive pronouns; ``it`` only where it refers."""
    found = []
    for i, token in enumerate(tree.tokens):
        if token.upos not in _PRONOUNS or (token.form == "US"):
            continue
        low = token.form.lower()
        row = lexicon.pronouns.get(low)
        if row is None or row.case == "relative" or (low == "it" and _expletive(tree, i)):
            continue
        type_: MentionType = "PER" if row.gender in {"m", "f"} or row.person < 3 else "MISC"
        found.append(Draft(i, i + 1, i, "PRO", type_, "pronouns"))
    return found


def _expletive(tree: Tree, i: int) -> bool:
    """``It is clear that``, ``it seems``, ``it rained``: an ``it`` without a referent."""
    token = tree.tokens[i]
    if token.head < 0 or not (is_a(token.deprel, "expl") or is_a(token.deprel, "nsubj")):
        return False
    above = tree.tokens[token.head]
    if above.lemma.lower() in word_set("minded"):
        return False  # "it is willing to": only somebody can be
    if is_a(token.deprel, "expl"):
        return True
    if above.lemma.lower() in word_set("no-referent") and tree.kid(token.head, "obj") is None:
        return True
    clausal = tree.kid(token.head, "ccomp", "csubj", "xcomp", "advcl")
    return above.upos == "ADJ" and clausal is not None and clausal > token.head
