"""Finds what a cue reports: a cue's token and its row in, the stretches of content and the cue's whole words out."""

from __future__ import annotations

from collections.abc import Callable

from dateline.grammar import is_a
from dateline.knowledge.lexicons import Cue, load_cues, load_event_nouns
from dateline.model import Span
from dateline.stages.attribution.draft import MARKS, Reading

Found = tuple[list[Span], list[int]]
"""Content, and tokens after the cue's head that belong to the cue (the preposition of "referred to")."""
_AFTER = ("obl", "advcl", "xcomp", "nmod", "ccomp", "acl")
_OBJECT_PREPOSITIONS = {"obj_of": "of", "obj_as": "as", "obj_for": "for", "obj_to_n": "to"}
_LOOK = 100
"""Tokens of content that are searched for the participle with which its source goes on."""
_TRAILING = frozenset({"as", "of", "for", "against", "over", "about", "to", "on", "with", "from", "in"})


def find_content(reading: Reading, i: int, cue: Cue) -> tuple[str, Found] | None:
    """The first frame of the row that the words fill, with its content; None where none does."""
    fill = _FILL_PASSIVE if reading.passive(i) else _FILL
    for frame in fill:
        if frame in cue.frames:
            found = fill[frame](reading, i, cue)
            if found is not None:
                return frame, found
    return None


def extent(reading: Reading, i: int) -> tuple[int, int]:
    """First and last (exclusive) token below ``i``."""
    return reading.extent(i)


def _spans(reading: Reading, *ranges: tuple[int, int]) -> list[Span]:
    found = (reading.span(first, last) for first, last in ranges if first < last)
    return [span for span in found if span is not None]


def around(reading: Reading, i: int, complement: int) -> list[tuple[int, int]]:
    """The complement's words without the cue's own: before the cue, after it, or both where the cue cuts in."""
    start, end = reading.extent(complement)
    if i < start or i >= end:
        return [(start, end)]
    inside = reading.tree.descendants(complement)
    words, first, last = set(inside), i, i
    while first - 1 > inside[0] and first - 1 not in words:
        first -= 1
    while last + 1 < inside[-1] and last + 1 not in words:
        last += 1
    return [(inside[0], first), (last + 1, inside[-1] + 1)]


def _clause(reading: Reading, i: int, cue: Cue) -> Found | None:
    tree, tokens = reading.tree, reading.tokens
    for k in tree.kids(i, "ccomp", "csubj:pass"):
        if (
            tokens[k].xpos in {"VBG", "NN", "NNP"}
            and tree.kid(k, "nsubj", "aux", "cop") is None
            and "quote" not in cue.frames
        ):
            continue
        if _infinitive_mark(reading, k) is not None and not ({"obj_to", "wh"} & cue.frames):
            continue
        if k < i and any(token.form == ";" for token in tokens[k:i]):
            continue
        ranges = [_cut(reading, i, *span) for span in around(reading, i, k)]
        if ranges[0][0] < i and tokens[i].head < 0:
            ranges[0] = (_sentence_start(reading, i, ranges[0][0]), ranges[0][1])
        return _spans(reading, *ranges), []
    return None


def _cut(reading: Reading, i: int, first: int, last: int) -> tuple[int, int]:
    """Content after the cue ends where the same source goes on with a participle (", adding that ...")."""
    tokens = reading.tokens
    start = max(first, i) + 3
    for k in range(start, min(last, start + _LOOK)):
        token = tokens[k]
        if token.xpos == "VBG" and tokens[k - 1].form in {",", "and"} and (token.lemma.lower(), "verb") in load_cues():
            cue = load_cues()[token.lemma.lower(), "verb"]
            if cue.stance == "speech" and any(is_a(token.deprel, r) for r in ("advcl", "conj")):
                return first, k
    return first, last


def _sentence_start(reading: Reading, i: int, start: int) -> int:
    """Content that stands before the main verb reaches back to where the sentence begins."""
    first = reading.tree.sentences[reading.tokens[i].sentence].first
    for k in reading.tree.kids(i, "advcl", "obl"):
        if k < start and reading.tokens[k].xpos in {"VBN", "VBG", "VBD"}:
            first = max(first, extent(reading, k)[1])
    return first if all(reading.tokens[k].form not in MARKS for k in range(first, start)) else start


def _infinitive_mark(reading: Reading, k: int) -> int | None:
    return next(
        (
            c
            for c in reading.tree.children[k]
            if c < k and reading.tokens[c].lemma == "to" and reading.tokens[c].upos == "PART"
        ),
        None,
    )


def _to(reading: Reading, i: int, _cue: Cue) -> Found | None:
    for k in reading.tree.kids(i, "xcomp", "acl", "ccomp", "advcl:to"):
        mark = _infinitive_mark(reading, k)
        if mark is not None and k > i:
            return _spans(reading, (mark, extent(reading, k)[1])), []
    return None


def _ing(reading: Reading, i: int, _cue: Cue) -> Found | None:
    for k in reading.tree.kids(i, "xcomp", "ccomp", "advcl"):
        if reading.tokens[k].xpos == "VBG" and k == i + 1:
            return _spans(reading, (k, extent(reading, k)[1])), []
    return None


def _rest(reading: Reading, i: int, start: int, prepositions: frozenset[str]) -> int:
    """Where an object with its complements ends: prepositional complements of the verb that follow it go along."""
    end = extent(reading, start)[1]
    for k in reading.tree.children[i]:
        token = reading.tokens[k]
        if k < end or not any(is_a(token.deprel, r) for r in _AFTER):
            continue
        first, last = extent(reading, k)
        if first != end or (token.deprel.startswith("obl:") and token.deprel[4:] not in prepositions):
            break
        end = last
    return end


def _object(reading: Reading, i: int) -> int | None:
    found = reading.tree.kid(i, "obj")
    return found if found is not None and found > i and reading.tokens[found].form not in MARKS else None


def _obj(reading: Reading, i: int, _cue: Cue) -> Found | None:
    found = _object(reading, i)
    if found is None:
        return None
    return _spans(reading, (extent(reading, found)[0], _rest(reading, i, found, _TRAILING))), []


def _obj_event(reading: Reading, i: int, cue: Cue) -> Found | None:
    """ "denied the attack", "seeks talks": the object is an event or a statement, no thing ("denied entry")."""
    found = _object(reading, i)
    if found is None:
        return None
    lemma = reading.tokens[found].lemma.lower()
    said = lemma in load_event_nouns() or (lemma, "noun") in load_cues()
    return _obj(reading, i, cue) if said else _obj_quoted(reading, i, cue)


def _obj_quoted(reading: Reading, i: int, cue: Cue) -> Found | None:
    """ "called her 'a fraud'": an object alone is a telephone call, one with quotation marks is words."""
    found = _obj(reading, i, cue)
    if found is None or not found[0] or not reading.quotations_in(found[0][0]):
        return None
    return found


def _obj_to(reading: Reading, i: int, cue: Cue) -> Found | None:
    """ "asked her to leave": object and infinitive; after "told" the infinitive alone is content."""
    tree = reading.tree
    for k in tree.kids(i, "xcomp", "ccomp", "advcl"):
        mark = _infinitive_mark(reading, k)
        if mark is None or k < i:
            continue
        found = _object(reading, i)
        if found is None:
            found = tree.kid(k, "nsubj")
        if found is None or found < i:
            return None
        start = mark if "addressee" in cue.frames else extent(reading, found)[0]
        return _spans(reading, (start, extent(reading, k)[1])), []
    return None


def _small(reading: Reading, i: int, _cue: Cue) -> Found | None:
    """ "called it a farce", "considers them lost"."""
    tree = reading.tree
    for k in tree.kids(i, "xcomp", "ccomp"):
        subject = tree.kid(k, "nsubj")
        subject = tree.kid(i, "obj") if subject is None else subject
        if k > i and subject is not None and subject < i and reading.tokens[subject].xpos in {"WDT", "WP"}:
            return _spans(reading, (subject, subject + 1), extent(reading, k)), []
        if k > i and subject is not None and subject > i and _infinitive_mark(reading, k) is None:
            start = extent(reading, subject)[0]
            return _spans(reading, (start, max(extent(reading, k)[1], extent(reading, subject)[1]))), []
    return None


def _obj_preposition(frame: str) -> Callable[[Reading, int, Cue], Found | None]:
    preposition = _OBJECT_PREPOSITIONS[frame]

    def fill(reading: Reading, i: int, _cue: Cue) -> Found | None:
        found = _object(reading, i)
        tail = reading.tree.kid(i, f"obl:{preposition}", f"advcl:{preposition}")
        tail = (
            reading.tree.kid(found, f"nmod:{preposition}", f"acl:{preposition}")
            if tail is None and found is not None
            else tail
        )
        if found is None or tail is None or tail < found:
            return None
        return _spans(reading, (extent(reading, found)[0], extent(reading, tail)[1])), []

    return fill


def _about(reading: Reading, i: int, cue: Cue) -> Found | None:
    """ "referred to the treaty": the preposition belongs to the cue, its object is content."""
    for k in reading.tree.children[i]:
        relation, _, preposition = reading.tokens[k].deprel.partition(":")
        preposition = preposition.split("_")[0]
        if k > i and relation in {"obl", "advcl", "nmod", "acl"} and preposition in cue.prepositions:
            first, last = extent(reading, k)
            if reading.tokens[first].lemma.lower() == preposition and first - i <= 3:
                return _spans(reading, (first + 1, last)), list(range(i + 1, first + 1))
    return None


def _about_to(reading: Reading, i: int, cue: Cue) -> Found | None:
    """ "called on both sides to stop"."""
    found = _about(reading, i, cue)
    tail = next(
        (k for k in reading.tree.kids(i, "xcomp", "advcl") if _infinitive_mark(reading, k) is not None and k > i), None
    )
    if found is None or tail is None or not found[0]:
        return None
    end = reading.span(tail, extent(reading, tail)[1])
    return ([Span(found[0][0].start, end.end)], found[1]) if end is not None and end.end > found[0][0].start else None


def _subject_span(reading: Reading, i: int) -> list[Span]:
    """The subject of a passive belongs to the content."""
    tree, tokens = reading.tree, reading.tokens
    subject = tree.kid(i, "nsubj:pass", "nsubj")
    if subject is not None:
        return _spans(reading, extent(reading, subject))
    subject = tree.subject(i)
    return [tree.phrase(subject)] if subject is not None and tokens[subject].sentence == tokens[i].sentence else []


def _passive_to(reading: Reading, i: int, cue: Cue) -> Found | None:
    found = _to(reading, i, cue)
    subject = _subject_span(reading, i)
    return (sorted([*subject, *found[0]]), []) if found is not None and subject else None


def _passive_preposition(frame: str) -> Callable[[Reading, int, Cue], Found | None]:
    preposition = _OBJECT_PREPOSITIONS[frame]

    def fill(reading: Reading, i: int, _cue: Cue) -> Found | None:
        tail = reading.tree.kid(i, f"obl:{preposition}", f"advcl:{preposition}")
        subject = _subject_span(reading, i)
        if tail is None or tail < i or not subject:
            return None
        return sorted([*subject, *_spans(reading, extent(reading, tail))]), []

    return fill


def _passive_obj(reading: Reading, i: int, _cue: Cue) -> Found | None:
    """ "was condemned by the council": only where the agent is named."""
    if reading.tree.kid(i, "obl:agent") is None:
        return None
    subject = _subject_span(reading, i)
    return (subject, []) if subject else None


_Fill = Callable[[Reading, int, Cue], Found | None]
_FILL: dict[str, _Fill] = {
    "clause": _clause,
    "wh": _clause,
    "about_to": _about_to,
    "obj_to": _obj_to,
    "to": _to,
    "ing": _ing,
    "small": _small,
    **{frame: _obj_preposition(frame) for frame in _OBJECT_PREPOSITIONS},
    "obj": _obj,
    "obj_event": _obj_event,
    "obj_quoted": _obj_quoted,
    "about": _about,
}
"""What fills each frame, tried in this order: clauses before nouns."""
_FILL_PASSIVE: dict[str, _Fill] = {
    "clause": _clause,
    "wh": _clause,
    "obj_to": _passive_to,
    "to": _passive_to,
    **{frame: _passive_preposition(frame) for frame in _OBJECT_PREPOSITIONS},
    "obj": _passive_obj,
    "about": _about,
}
