"""Ties quotations that no speech verb carries: a quotation in, a draft with its source out.

What stands beside them tells whose they are: a name with a colon before, a name behind a dash, or who acts in the
sentence before.
"""

from __future__ import annotations

from dateline.knowledge.nominals import load_nominals
from dateline.quotations import Quotation
from dateline.stages.attribution.draft import EDGE, MARKS, Draft, Reading
from dateline.stages.attribution.sources import can_speak, source_words

DASHES = frozenset({"-", "–", "—", "―", "--", "---", "−"})
_LONGEST = 14
"""Tokens of a name with its titles behind a dash."""
_NAMING = frozenset({"PROPN", "NOUN", "ADJ", "ADP", "DET", "NUM", "CCONJ", "PART"})
_STOPS = frozenset(".!?")
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_NO_PERSON = frozenset({"GPE", "LOC", "FAC", "NORP", "DATE", "EVENT", "PRODUCT"})
_SPEAKERS = frozenset({"he", "she", "they", "i", "we"})


def find_labels(reading: Reading) -> list[Draft]:
    """`Moreno: We shall stay.`: paragraphs (interviews, headlines) that begin with a person's name and a colon."""
    sentences, found = reading.tree.sentences, []
    for number, sentence in enumerate(sentences):
        if number and sentences[number - 1].block == sentence.block:
            continue
        colon = _label_end(reading, sentence.first, sentence.last)
        if colon is None or not reading.tokens[colon - 1].entity.endswith("PERSON"):
            continue
        last = next((s.first for s in sentences[number + 1 :] if s.block != sentence.block), len(reading.tokens))
        content = reading.span(colon + 1, last)
        if content is not None and last - colon > 4:
            words = list(range(sentence.first, colon))
            found.append(Draft(None, colon, "label", [colon], words, colon - 1, [content]))
    return found


def _label_end(reading: Reading, first: int, last: int) -> int | None:
    """The colon after nothing but a name of at most six words, or None."""
    for k in range(first, min(first + 7, last)):
        if reading.tokens[k].form == ":" and k > first:
            return k
        if reading.tokens[k].upos not in {"PROPN", "ADJ", "NOUN"}:
            return None
    return None


def find_labelled(reading: Reading, quotation: Quotation) -> Draft | None:
    """`Ada Moreno: "..."`: a name and a colon at the beginning of a paragraph; the colon is the cue."""
    colon = reading.token_at(quotation.span.start) - 1
    if colon < 1:
        return None
    sentence = reading.tree.sentences[reading.tokens[colon].sentence]
    if _label_end(reading, sentence.first, sentence.last) != colon or reading.tokens[colon - 1].upos != "PROPN":
        return None
    return Draft(None, colon, "label", [colon], list(range(sentence.first, colon)), colon - 1)


def find_signed(reading: Reading, quotation: Quotation) -> Draft | None:
    """`"..." – Commissioner Ada Moreno`: nothing but a name and titles behind a dash; the dash is the cue. A clause
    behind it ("– the union has said so for years") is no signature."""
    tokens = reading.tokens
    dash = reading.token_at(quotation.span.end)
    if dash + 1 >= len(tokens) or tokens[dash].form not in DASHES or tokens[dash + 1].form in DASHES:
        return None
    if reading.text.count("\n", quotation.span.end, tokens[dash].start) > 1:
        return None
    last = _signature_end(reading, dash + 1)
    words = list(range(dash + 1, last))
    if not any(tokens[k].upos == "PROPN" for k in words) or not tokens[dash + 1].form[0].isupper():
        return None
    head = next((k for k in words if tokens[k].head not in range(dash + 1, last)), words[-1])
    if tokens[head].head > head and tokens[tokens[head].head].upos in {"VERB", "AUX"}:
        return None
    if not can_speak(reading, head) or reading.tree.kid(head, "cop") is not None:
        return None
    return Draft(None, dash, "signed", [dash], words, head)


def _signature_end(reading: Reading, first: int) -> int:
    """The token behind the name that begins at ``first``; ``first`` itself where what stands there is no mere name."""
    tokens = reading.tokens
    for k in range(first, min(first + _LONGEST, len(tokens))):
        if "\n" in reading.text[tokens[k - 1].end : tokens[k].start]:
            return k if k > first else first
        if tokens[k].form in DASHES and tokens[k].start > tokens[k - 1].end:
            return first
        if tokens[k].form in {",", ".", ";", "(", ")"} and k > first:
            return k
        if tokens[k].upos not in _NAMING and tokens[k].form not in DASHES:
            return first
    return len(tokens) if len(tokens) - first <= _LONGEST else first


def find_actor_before(reading: Reading, quotation: Quotation) -> Draft | None:
    """`Moreno turned to the minister. "The quay will fall." The minister nodded.`: a sentence of its own in marks
    belongs to the person who acts in the sentence before it, never to who acts in the one behind."""
    tree, tokens = reading.tree, reading.tokens
    first = reading.token_at(quotation.span.start)
    if not first or not quotation.closed or reading.text[quotation.inner.end - 1] not in _STOPS:
        return None
    before = tree.sentences[tokens[first - 1].sentence]
    if tokens[first - 1].form not in _STOPS or "\n" in reading.text[tokens[first - 1].end : quotation.span.start]:
        return None
    if any(tokens[k].form in MARKS for k in range(before.first, before.last)):
        return None
    verb = next((k for k in range(before.first, before.last) if tokens[k].head < 0), None)
    if verb is None or tokens[verb].xpos not in _FINITE or tokens[verb].upos != "VERB":
        return None
    actor = tree.kid(verb, "nsubj")
    if actor is None or actor > verb or not _is_person(reading, actor):
        return None
    draft = Draft(None, verb, "acting", [verb], speaker=actor)
    draft.source = [k for k in source_words(reading, draft, actor) if tokens[k].form not in EDGE]
    return draft if draft.source == list(range(draft.source[0], draft.source[-1] + 1)) else None


def _is_person(reading: Reading, i: int) -> bool:
    token = reading.tokens[i]
    if token.upos == "PROPN":
        return token.entity[2:] not in _NO_PERSON
    if token.upos == "PRON":
        return token.lemma.lower() in _SPEAKERS
    noun = load_nominals().nouns.get(token.lemma.lower())
    return token.upos == "NOUN" and noun is not None and noun.type == "PER"
