"""Universal Dependencies in, the trees of a record out, on plain arrays of one parsed text.

Departures from UD English, made on purpose: a personal name keeps its last word as head (``compound``, not ``flat``),
and an office with an article or an owner has that name as apposition ("Norway's envoy Kari Berg": ``appos``); a ``be``
whose only complement is a prepositional phrase or an infinitive stays the head ("He is in Oslo": root ``is``,
``obl:in``; "He is to go": ``xcomp``), and a verb of saying stands over what is said, wherever it comes ("It is over, he
said": root ``said``, ``ccomp``); who is asked or advised and given nothing is the object ("asked Berlin": ``obj``); who
is seen or let act is the subject of what is seen ("saw them leave": ``ccomp``, ``nsubj``); a word that the Penn tag
calls part of a name is a proper noun and hangs on others as one ("Foreign Ministry": ``PROPN``, ``compound``).
"""

from __future__ import annotations

from dateline.knowledge.nominals import word_set
from dateline.stages.syntax.universal import Arrays, add_markers

_NAMED = frozenset({"PROPN", "NOUN", "X", "ADJ", "NUM"})
_RENAMED = {
    "obl:unmarked": "obl:npmod",
    "obl:tmod": "obl:npmod",
    "nmod:unmarked": "nmod",
    "nmod:desc": "compound",
    "nmod:npmod": "nmod",
    "nsubj:outer": "nsubj",
    "csubj:outer": "csubj",
    "advcl:relcl": "advcl",
    "ROOT": "root",
    "goeswith": "compound",
}
"""Subtypes that no rule asks for, by those that the rules know."""


def tag_of(upos: str, xpos: str) -> str:
    """The universal tag of a word in a record, by both tags of the treebanks."""
    return "PROPN" if xpos in {"NNP", "NNPS"} else upos


def depart(a: Arrays) -> None:
    """Turn UD arrays into those of a record, in place."""
    for rels, turned in (
        ({"flat"}, _last_name_first), ({"appos"}, _name_first), ({"nmod:desc"}, _office_first),
        ({"cop", "aux", "aux:pass"}, _be_stays),
    ):  # fmt: skip
        for i in range(len(a.head)):
            if a.rel[i] in rels:
                turned(a, i)
    for i in range(len(a.head)):
        if a.rel[i] == "parataxis" and a.upos[i] == "VERB":
            _saying_above(a, i)
        elif a.rel[i] == "xcomp" and a.lemma[a.head[i]] in _OVER_CLAUSES:
            _own_subject(a, i)
    for i, rel in enumerate(a.rel):
        a.rel[i] = _renamed(a, i)
        mark = next((k for k in a.children[i] if a.rel[k] == "mark"), None) if rel == "acl" else None
        if mark is not None and a.lemma[mark] != "to":
            a.rel[i] = f"acl:{a.word[mark]}"
    add_markers(a)


def _renamed(a: Arrays, i: int) -> str:
    rel = a.rel[i]
    if rel == "amod" and a.upos[i] == "PROPN":
        return "compound"
    return _object(a, i) if rel == "iobj" else _RENAMED.get(rel, rel)


def _object(a: Arrays, i: int) -> str:
    """What the treebanks call an indirect object though nothing else is given or told is the object."""
    return "iobj" if any(a.rel[k] in {"obj", "ccomp"} for k in a.children[a.head[i]]) else "obj"


_OVER_CLAUSES = frozenset({"see", "hear", "watch", "feel", "notice", "observe", "let", "make", "have"})
"""Verbs of perceiving and of letting: what is seen is that somebody acts, not somebody."""


def _own_subject(a: Arrays, i: int) -> None:
    """Who is seen or let act is the subject of the act, and the act what is seen."""
    to = any(a.rel[k] == "mark" for k in a.children[i])
    seen = next((k for k in a.children[a.head[i]] if a.rel[k] == "obj" and k < i), None)
    acting = a.word[i] == a.lemma[i] or a.word[i].endswith("ing")
    if seen is None or to or not acting or a.upos[i] != "VERB":
        return
    a.rel[i] = "ccomp"
    a.move(seen, i, "nsubj")


def _last_name_first(a: Arrays, i: int) -> None:
    """The last word of a flat name takes the place of its first."""
    first = a.head[i]
    flats = [k for k in a.children[first] if a.rel[k] == "flat"]
    if not flats or max(flats) != i or a.upos[i] not in _NAMED or a.upos[first] not in _NAMED:
        return
    a.take_place(i, first, a.rel[first])
    for k in list(a.children[first]):
        a.move(k, i, "compound" if a.rel[k] == "flat" else a.rel[k])
    a.move(first, i, "compound")


def _office_first(a: Arrays, i: int) -> None:
    """An office with an article, or that says whose it is, stands over the name of its holder ("the union's secretary
    general Awa Bari")."""
    name = a.head[i]
    if i > name or not any(a.rel[k] in {"nmod:poss", "det"} for k in a.children[i]):
        return
    while a.rel[i + 1] == "nmod:desc" and a.head[i + 1] == name:
        for k in list(a.children[i]):
            a.move(k, i + 1, a.rel[k])
        a.move(i, i + 1, "compound")
        i += 1
    a.take_place(i, name, a.rel[name])
    for k in list(a.children[name]):
        if a.rel[k] not in _OF_NAMES or k < i:
            a.move(k, i, a.rel[k])
    a.move(name, i, "appos")


def _name_first(a: Arrays, name: int) -> None:
    """A name right behind an office that has neither article nor owner stands over it ("envoy Kari Berg")."""
    office = a.head[name]
    whose = any(a.rel[k] in _WHOSE for k in a.children[office])
    if a.upos[name] != "PROPN" or a.upos[office] != "NOUN" or whose or a.first(name) != office + 1:
        return
    a.take_place(name, office, a.rel[office])
    for k in list(a.children[office]):
        if k > office or a.rel[k] in _BEFORE_PHRASE:
            a.move(k, name, a.rel[k])
    a.move(office, name, "compound")


_WHOSE = frozenset({"det", "nmod:poss", "nummod"})
_BEFORE_PHRASE = frozenset({"case", "cc", "mark", "punct"})
_OF_NAMES = frozenset({"compound", "flat", "punct", "nmod:desc", "amod"})
"""What stands within a name."""


def _be_stays(a: Arrays, be: int) -> None:
    """A ``be`` before a prepositional phrase or an infinitive becomes the head, what follows its oblique or clause."""
    noun = a.head[be]
    to = any(a.rel[k] == "mark" and a.word[k] == "to" and k > be for k in a.children[noun])
    case = a.rel[be] == "cop" and any(a.rel[k] == "case" and k > be for k in a.children[noun])
    if a.lemma[be] != "be" or not (to or case):
        return
    a.take_place(be, noun, a.rel[noun])
    of_clause = _OF_CLAUSE - {"mark"} if to else _OF_CLAUSE
    for k in list(a.children[noun]):
        if (
            k != be
            and (not to or k < noun)
            and (a.rel[k].split(":")[0] in of_clause or (k < be and a.rel[k] != "case"))
        ):
            a.move(k, be, a.rel[k])
    a.move(noun, be, "xcomp" if to else "obl")


_OF_CLAUSE = frozenset(
    {
        "nsubj", "csubj", "aux", "mark", "advcl", "punct", "parataxis", "expl", "discourse", "vocative", "ccomp",
        "conj", "cc",
    }
)  # fmt: skip
"""What belongs to the clause and not to the phrase that stands in it."""


def _saying_above(a: Arrays, i: int) -> None:
    """A verb of saying that UD hangs on what is said takes its place."""
    said = a.head[i]
    subject = any(a.rel[k].startswith("nsubj") for k in a.children[i])
    own = any(a.rel[k] in {"ccomp", "obj", "parataxis"} for k in a.children[i])
    if a.lemma[i] not in word_set("said-aside") or not subject or own or (i < said and not _inside(a, said, i)):
        return
    if a.head[said] != said:
        return
    a.take_place(i, said, a.rel[said])
    a.move(said, i, "ccomp")
    for k in list(a.children[said]):
        if a.rel[k] == "punct" and k > i:
            a.move(k, i, "punct")


def _inside(a: Arrays, said: int, i: int) -> bool:
    """Whether a word stands among those of the clause that is said."""
    return any(k < i for k in a.children[said])
