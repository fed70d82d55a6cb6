"""Finds the content of speech clauses that the parser tied wrongly: a verb in, the rest of its sentence out."""

from __future__ import annotations

from dateline.grammar import is_a
from dateline.knowledge.lexicons import Cue
from dateline.model import Span
from dateline.stages.attribution.contents import extent
from dateline.stages.attribution.draft import EDGE, Reading
from dateline.stages.attribution.sources import can_speak, inverted_source

_LOOSE = ("appos", "obl:npmod", "conj", "dep", "parataxis", "nmod:npmod")


def find_tail(reading: Reading, i: int, cue: Cue) -> list[Span]:
    """A speech clause between commas or at the end ("The port, the ministry said, was closed") that got no complement
    of its own in the parse: the rest of the sentence."""
    tree, tokens = reading.tree, reading.tokens
    if not {"clause", "quote"} <= cue.frames or tokens[i].xpos not in {"VBD", "VBZ", "VBP"}:
        return []
    own = tree.kid(i, "nsubj", "nsubj:pass")
    start = min(extent(reading, own)[0], i) if own is not None else i
    sentence = tree.sentences[tokens[i].sentence]
    end = i + 1
    while end < sentence.last and tokens[end].form not in EDGE and end - i < 25:
        end += 1
    if start <= sentence.first or tokens[start - 1].form != "," or i - start > 20:
        return []
    if end == i + 1 and end + 1 < sentence.last and tokens[end].form == "," and tokens[end + 1].xpos != "VBG":
        found = [reading.span(sentence.first, start), reading.span(end, sentence.last)]
    else:
        found, end = [reading.span(sentence.first, start)], sentence.last
        if tokens[i].deprel.split(":")[0] in {"acl", "advcl", "conj"} and not _on_its_own(reading, i):
            return []
    outside = [*range(sentence.first, start), *range(end, sentence.last)]
    if not any(is_a(tokens[k].deprel, "nsubj") for k in outside) or not any(
        tokens[k].upos in {"VERB", "AUX"} for k in outside
    ):
        return []
    return [span for span in found if span is not None]


def _on_its_own(reading: Reading, i: int) -> bool:
    """A speech clause that the parser coordinated, though nothing coordinates it: inverted, or with a subject and
    without a conjunction or an object."""
    if inverted_source(reading, i) is not None:
        return True
    tree = reading.tree
    return (
        is_a(reading.tokens[i].deprel, "conj")
        and tree.kid(i, "nsubj") is not None
        and tree.kid(i, "cc", "obj", "obl", "xcomp") is None
    )


def find_appended(reading: Reading, i: int, cue: Cue) -> tuple[int, Span] | None:
    """ "..., the agency Norna reported on Friday", parsed as a noun with a reduced relative clause: the first token of
    the source, and the sentence before it."""
    tree, tokens = reading.tree, reading.tokens
    head = tokens[i].head
    if (
        not {"clause", "quote"} <= cue.frames
        or not is_a(tokens[i].deprel, "acl")
        or tokens[i].xpos not in {"VBN", "VBD"}
    ):
        return None
    if not any(is_a(tokens[head].deprel, r) for r in _LOOSE) or not can_speak(reading, head) or i - head > 4:
        return None
    if tree.kid(i, "obl:agent", "obl:by", "aux", "obj") is not None or any(
        t.xpos in {"WDT", "WP"} for t in tokens[head:i]
    ):
        return None
    start, sentence = extent(reading, head)[0], tree.sentences[tokens[i].sentence]
    content = reading.span(sentence.first, start)
    if content is None or tokens[start - 1].form != "," or start < sentence.first + 4:
        return None
    return start, content
