"""Tells who gives what somebody receives: "got assurances from the minister that ..." speaks of the minister's words.

The token of the noun in, the giver and the clause that carries the words out.
"""

from __future__ import annotations

from dateline.grammar import is_a
from dateline.knowledge.lexicons import Cue
from dateline.knowledge.nominals import word_set
from dateline.model import Span
from dateline.stages.attribution.contents import extent
from dateline.stages.attribution.draft import Reading
from dateline.stages.attribution.sources import can_speak

_OPENERS = {"that": "clause", "to": "to"}
_CLAUSES = ("acl", "ccomp", "xcomp", "advcl")


def receiving_verb(reading: Reading, noun: int) -> int | None:
    """The verb that says that somebody was given the noun ("received", "won", "was given"), or None."""
    tokens, verb = reading.tokens, reading.tokens[noun].head
    if verb < 0 or tokens[verb].upos != "VERB":
        return None
    lemma, passive = tokens[verb].lemma.lower(), reading.passive(verb)
    if lemma in word_set("receiving"):
        fits = is_a(tokens[noun].deprel, "nsubj:pass" if passive else "obj")
        return verb if fits else None
    return verb if lemma == "give" and passive and is_a(tokens[noun].deprel, "obj") else None


def find_giver(reading: Reading, noun: int) -> int | None:
    """Who gave it: behind "from", wherever the parser hung it, or the agent of "was given"; who can speak only."""
    verb = receiving_verb(reading, noun)
    if verb is None:
        return None
    tree = reading.tree
    found = [tree.kid(noun, "nmod:from", "nmod:by"), tree.kid(verb, "obl:from")]
    if reading.passive(verb) and reading.tokens[verb].lemma.lower() == "give":
        found.append(tree.kid(verb, "obl:agent", "obl:by"))
    return next((k for k in found if k is not None and k > noun and can_speak(reading, k)), None)


def find_given(reading: Reading, noun: int, giver: int, cue: Cue) -> tuple[str, Span] | None:
    """The frame and the clause behind the giver that the parser hung on the verb, the noun, or the giver."""
    tokens = reading.tokens
    for above in (noun, reading.tokens[noun].head, giver):
        for k in reading.tree.children[above]:
            if k <= giver or not any(is_a(tokens[k].deprel, relation) for relation in _CLAUSES):
                continue
            first, last = extent(reading, k)
            frame = _OPENERS.get(tokens[first].lemma.lower(), "")
            if frame not in cue.frames or first <= giver or (frame == "clause" and not _marks(reading, first)):
                continue
            span = reading.span(first, last)
            if span is not None:
                return frame, span
    return None


def _marks(reading: Reading, that: int) -> bool:
    """True where "that" opens a clause that lacks nothing, or one that the parser took for relative though it has its
    subject ("from a neighbour that the guard had slept")."""
    token = reading.tokens[that]
    if is_a(token.deprel, "mark"):
        return True
    return not is_a(token.deprel, "nsubj") and reading.tree.kid(token.head, "nsubj", "nsubj:pass") not in {None, that}
