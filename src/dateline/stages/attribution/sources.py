"""Finds who is the source of a cue: a cue's token in, the source's token, words and entity out."""

from __future__ import annotations

from dateline.grammar import is_a
from dateline.knowledge.lexicons import load_cues
from dateline.knowledge.nominals import load_nominals
from dateline.model import Entity, Record
from dateline.stages.attribution.draft import EDGE, MARKS, Draft, Reading

_OUTSIDE = ("parataxis", "dep", "advcl", "discourse", "ccomp", "mark", "cc:preconj", "case")
_OBJECT_CONTROL = ("advcl:of", "advcl:from", "advcl:for", "acl:of", "advcl:as")
"""After "suspect him of", "blame it for", "quoted her as" the object is who acts."""
_NAMED = frozenset({"NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ", "X"})
_OUTLETS = frozenset({"channel", "daily", "radio", "television", "tv", "weekly"})
LONGEST = 60
"""Tokens of the longest source that is believed; beyond it stands a parse gone wrong."""


def find_speaker(reading: Reading, verb: int, depth: int = 0) -> int | None:
    """The token of the source as it stands beside the cue (``who`` stays ``who``), or None where no one is named."""
    tree, tokens = reading.tree, reading.tokens
    if reading.passive(verb):
        return tree.kid(verb, "obl:agent", "obl:by")
    own = tree.kid(verb, "nsubj")
    if own is not None:
        return (
            None
            if tokens[own].xpos == "EX" or (tokens[own].lemma.lower() in {"there", "it", "what"} and own > verb)
            else own
        )
    if tokens[verb].xpos == "VBG" and verb > 0 and tokens[verb - 1].form in {",", "and"}:
        for above in tree.ancestors(verb):
            if (
                is_a(tokens[above].deprel, "ccomp")
                and (tokens[tokens[above].head].lemma.lower(), "verb") in load_cues()
            ):
                return find_speaker(reading, tokens[above].head)
    if any(is_a(tokens[verb].deprel, r) for r in _OBJECT_CONTROL):
        controller = tree.kid(tokens[verb].head, "obj")
        if controller is not None and not tree.passive(tokens[verb].head):
            return controller
    inverted = inverted_source(reading, verb)
    if inverted is not None:
        return inverted
    found = tree.subject(verb)
    if is_a(tokens[verb].deprel, "conj") and (found is None or not can_speak(reading, found)):
        teller = _teller(reading, verb)
        found = find_speaker(reading, teller, depth + 1) if teller is not None and depth < 3 else found
    return found if found is not None and tokens[found].upos in _NAMED else None


def _teller(reading: Reading, verb: int) -> int | None:
    """The reporting verb in whose complement ``verb`` stands ("the firm said sales fell but added that ...")."""
    tree, tokens = reading.tree, reading.tokens
    for above in tree.ancestors(verb):
        if is_a(tokens[above].deprel, "ccomp") and (tokens[tokens[above].head].lemma.lower(), "verb") in load_cues():
            return tokens[above].head
    return None


def inverted_source(reading: Reading, verb: int) -> int | None:
    """The speaker after a finite verb that follows a comma or a closing quotation mark (", announced the governor"),
    which the parser takes for its object."""
    tree, tokens = reading.tree, reading.tokens
    if tokens[verb].xpos not in {"VBD", "VBZ", "VBP"} or verb == 0 or tree.kid(verb, "nsubj", "nsubj:pass") is not None:
        return None
    before = tokens[verb - 1]
    if before.form not in MARKS and (before.form != "," or before.sentence != tokens[verb].sentence):
        return None
    after = (k for k in tree.kids(verb, "obj", "iobj", "obl:npmod", "xcomp", "ccomp") if k > verb)
    found = next(after, None)
    return found if found is not None and can_speak(reading, found) else None


def can_speak(reading: Reading, i: int) -> bool:
    """True for names, pronouns and nouns of people, bodies and governments."""
    token = reading.tokens[i]
    if token.upos in {"PROPN", "PRON"}:
        return True
    lemma = token.lemma.lower()
    noun = load_nominals().nouns.get(lemma)
    return lemma in _OUTLETS or (noun is not None and noun.type in {"PER", "ORG", "GPE"})


def source_words(reading: Reading, draft: Draft, speaker: int) -> list[int]:
    """The source's phrase around ``speaker``: titles, appositions and modifiers, cut where cue or content begin."""
    tree, tokens = reading.tree, reading.tokens
    inside = {speaker}
    for k in tree.children[speaker]:
        if any(is_a(tokens[k].deprel, r) for r in _OUTSIDE):
            continue
        below = tree.descendants(k)
        if is_a(tokens[k].deprel, "acl:relcl") and tokens[below[0] - 1].form == ",":
            continue
        if is_a(tokens[k].deprel, "acl") and k != draft.head and _reports(reading, k):
            continue
        if not (is_a(tokens[k].deprel, "acl") and draft.head in below):
            inside.update(below)
    inside -= set(draft.group)
    if tree.tokens[speaker].xpos == "PRP$":
        inside = {speaker}
    first = last = speaker
    while first - 1 in inside and speaker - first < LONGEST:
        first -= 1
    while last + 1 in inside and last - speaker < LONGEST:
        last += 1
    return _trim(reading, first, last)


def _reports(reading: Reading, i: int) -> bool:
    """True for "reported" in "the agency reported, citing ...", a finite verb that the parser took for a participle."""
    token = reading.tokens[i]
    cue = load_cues().get((token.lemma.lower(), "verb"))
    finite = token.xpos in {"VBN", "VBD"} and reading.tree.kid(i, "obl:agent", "obl:by", "aux", "mark") is None
    subject = reading.tree.kid(i, "nsubj")
    relative = subject is not None and reading.tokens[subject].xpos in {"WDT", "WP"}
    return cue is not None and "quote" in cue.frames and finite and not relative


def _trim(reading: Reading, first: int, last: int) -> list[int]:
    tokens = reading.tokens
    while first < last and (
        tokens[first].form in EDGE or tokens[first].form in MARKS or tokens[first].deprel in {"cc", "case"}
    ):
        first += 1
    while last > first and (
        tokens[last].form in EDGE or tokens[last].form in MARKS or tokens[last].form in {"'s", "’s", "'", "’"}
    ):
        last -= 1
    return list(range(first, last + 1))


class Who:
    """Which entity a token belongs to, looked up in the mentions of a record."""

    __slots__ = ("_at",)

    def __init__(self, record: Record) -> None:
        entity = {m: entity for entity in record.entities for m in entity.mentions}
        self._at: dict[int, Entity] = {}
        known = [m for m in record.mentions if m.id in entity]
        for m in sorted(known, key=lambda m: (m.first - m.last, m.first)):
            self._at.update(dict.fromkeys(range(m.first, m.last), entity[m.id]))
        self._at.update((m.head, entity[m.id]) for m in reversed(known))

    def is_at(self, token: int) -> Entity | None:
        """The entity whose mention has a token as its head, else that of the shortest mention around it."""
        return self._at.get(token)
