"""Universal Dependencies in, the trees of a record out, on plain arrays of one parsed text.

Departures from UD English, made on purpose: a personal name keeps its last word as head (``compound``, not ``flat``), a
``be`` whose only complement is a prepositional phrase stays the head ("He is in Oslo": root ``is``, ``obl:in``), and a
verb of saying stands over what is said, wherever it comes ("It is over, he said": root ``said``, ``ccomp``); who is
asked or advised and given nothing is the object ("asked Berlin": ``obj``); who is seen or let act is the subject of
what is seen ("saw them leave": ``ccomp``, ``nsubj``); a word that the Penn tag calls part of a name is a proper noun
and hangs on others as one ("Foreign Ministry": ``PROPN``, ``compound``).
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
    for i in range(len(a.head)):
        if a.rel[i] == "flat":
            _last_name_first(a, i)
    for i in range(len(a.head)):
        if a.rel[i] == "cop":
            _be_stays(a, i)
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


def _be_stays(a: Arrays, be: int) -> None:
    """A ``be`` before a prepositional phrase becomes the head, the phrase its oblique."""
    noun = a.head[be]
    if a.lemma[be] != "be" or not any(a.rel[k] == "case" and k > be for k in a.children[noun]):
        return
    a.take_place(be, noun, a.rel[noun])
    for k in list(a.children[noun]):
        if k != be and (a.rel[k].split(":")[0] in _OF_CLAUSE or (k < be and a.rel[k] != "case")):
            a.move(k, be, a.rel[k])
    a.move(noun, be, "obl")


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
