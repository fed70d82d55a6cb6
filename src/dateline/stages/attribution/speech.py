"""Ties quotations to their speech verbs: quotations and drafts in, drafts with whole quotations as content out."""

from __future__ import annotations

from dateline.grammar import is_a
from dateline.knowledge.lexicons import load_cues
from dateline.model import Span
from dateline.quotations import Quotation
from dateline.stages.attribution.contents import extent
from dateline.stages.attribution.cues import make_draft, verb_words
from dateline.stages.attribution.draft import MARKS, Draft, Reading, Stretches
from dateline.stages.attribution.sources import can_speak, find_speaker, source_words
from dateline.stages.attribution.unspoken import find_actor_before, find_labelled, find_labels, find_signed

REACH = 14
"""Tokens between a quotation and its speech verb."""
_STOPS = frozenset({".", "!", "?", ";"})
_WRITTEN = frozenset({"speech", "evidence", "belief"})


def tie_quotations(reading: Reading, drafts: list[Draft]) -> list[Draft]:
    """Widen contents to the quotations they touch, and give each remaining quotation its speech verb where one stands
    beside it: after it, before it, or in the sentence before (split and continued quotations)."""
    drafts.extend(find_labels(reading))
    by_head = {draft.head: draft for draft in drafts}
    spoken = _spoken(reading, drafts)
    previous: Draft | None = None
    last: Quotation | None = None
    for quotation in reading.quotations:
        owner = _owner(quotation, spoken, drafts)
        if not quotation.speech:
            told = _told(reading, quotation) if owner is None else None
            if told is not None and told.head not in by_head:
                by_head[told.head] = told
                drafts.append(told)
            continue
        if owner is None:
            owner = _beside(reading, quotation, by_head) or _shown(reading, quotation, by_head)
            if owner is None and previous is not None and _goes_on(reading, quotation, last, previous):
                owner = previous
            if owner is None:
                owner = _free(find_actor_before(reading, quotation), by_head)
            if owner is not None:
                owner.add([quotation.span])
                if owner.head not in by_head:
                    by_head[owner.head] = owner
                    drafts.append(owner)
        if owner is not None:
            owner.quoted = True
            previous, last = owner, quotation
    drafts.sort(key=lambda draft: draft.group[0])
    return drafts


def _spoken(reading: Reading, drafts: list[Draft]) -> Stretches:
    """What is said, by the number of the draft that says it, widened to whole quotations."""
    spoken = Stretches()
    for number, draft in enumerate(drafts):
        _widen(reading, draft)
        if draft.cue is None or draft.cue.stance in _WRITTEN:
            for span in draft.content:
                spoken.add(span, number)
    return spoken


def _widen(reading: Reading, draft: Draft) -> None:
    """Content that holds a part of a quotation holds all of it, unless the cue itself stands inside."""
    if draft.cue is None or draft.cue.stance not in _WRITTEN:
        return
    cue = reading.tokens[draft.head].start
    more = []
    for content in draft.content:
        for quotation in reading.quotations_in(content):
            span = quotation.span
            if not span.start <= cue < span.end and not content.covers(span):
                more.append(span)
    if more:
        draft.add(more)


def _owner(quotation: Quotation, spoken: Stretches, drafts: list[Draft]) -> Draft | None:
    """The draft of speech whose content holds the whole quotation; the outermost where several do."""
    found = sorted(spoken.around(quotation.inner), key=lambda pair: (pair[0].start - pair[0].end, pair[1]))
    return drafts[found[0][1]] if found else None


def _goes_on(reading: Reading, quotation: Quotation, last: Quotation | None, previous: Draft) -> bool:
    """A second quotation after the speech clause of the first ("..., he said. "..."), or one that goes on."""
    if quotation.continues:
        return True
    if last is None or quotation.block != last.block or not previous.quoted:
        return False
    between = reading.text[last.span.end : quotation.span.start]
    verb = reading.tokens[previous.head]
    if last.span.end <= verb.start < quotation.span.start:
        return sum(between.count(stop) for stop in _STOPS) <= 1 + between.count("Mr.") + between.count("Ms.")
    return not between.strip()


def _beside(reading: Reading, quotation: Quotation, by_head: dict[int, Draft]) -> Draft | None:
    """The speech verb after the quotation, else the one before it."""
    for verb in (_verb_after(reading, quotation), _verb_before(reading, quotation)):
        if verb is None:
            continue
        if verb in by_head:
            return by_head[verb]
        cue = load_cues()[reading.tokens[verb].lemma.lower(), "verb"]
        draft = make_draft(reading, verb, cue, "quote", [], [])
        if not draft.source:
            _nearest_source(reading, draft, quotation)
        if draft.source:
            return draft
    return None


def _shown(reading: Reading, quotation: Quotation, by_head: dict[int, Draft]) -> Draft | None:
    """The name that typography puts beside a quotation: with a colon before it, behind a dash after it."""
    labelled = _free(find_labelled(reading, quotation), by_head)
    return labelled or _free(find_signed(reading, quotation), by_head)


def _free(draft: Draft | None, by_head: dict[int, Draft]) -> Draft | None:
    return draft if draft is not None and draft.head not in by_head else None


def _told(reading: Reading, quotation: Quotation) -> Draft | None:
    """`She ensured that it was a "first step"`: borrowed words in a clause under someone's verb are his, whatever
    the verb is; in an article's own sentence they are nobody's."""
    tree, tokens = reading.tree, reading.tokens
    first = reading.token_at(quotation.inner.start)
    if first >= len(tokens) or not quotation.closed or first + 1 >= reading.token_at(quotation.inner.end):
        return None
    for clause in tree.ancestors(first):
        if not is_a(tokens[clause].deprel, "ccomp"):
            continue
        verb, mark = tokens[clause].head, tree.kid(clause, "mark")
        if mark is None or tokens[mark].lemma.lower() != "that" or verb > clause:
            continue
        speaker = find_speaker(reading, verb)
        if tokens[verb].upos != "VERB" or speaker is None or not can_speak(reading, speaker):
            return None
        draft = Draft(None, verb, "clause", verb_words(reading, verb), speaker=speaker)
        draft.source = source_words(reading, draft, speaker)
        content = reading.span(*extent(reading, clause))
        draft.content = [content] if content is not None else []
        return draft
    return None


def _speaks(reading: Reading, i: int) -> bool:
    token = reading.tokens[i]
    if token.upos not in {"VERB", "AUX"} or token.deprel in {"amod", "case"}:
        return False
    cue = load_cues().get((token.lemma.lower(), "verb"))
    return cue is not None and "quote" in cue.frames


def _verb_after(reading: Reading, quotation: Quotation) -> int | None:
    """`", said the minister"`: right behind the closing mark, before any full stop or new quotation."""
    first = reading.token_at(quotation.span.end)
    for i in range(first, min(first + REACH, len(reading.tokens))):
        token = reading.tokens[i]
        if token.form in _STOPS or token.form in MARKS or "\n" in reading.text[quotation.span.end : token.start]:
            return None
        if _speaks(reading, i):
            return i
        if token.upos == "VERB" and token.xpos in {"VBD", "VBZ", "VBP"}:
            return None
    return None


def _verb_before(reading: Reading, quotation: Quotation) -> int | None:
    """`The minister said: "`: before the opening mark, after the last full stop."""
    last = reading.token_at(quotation.span.start) - 1
    for i in range(last, max(last - REACH - 8, -1), -1):
        token = reading.tokens[i]
        if (
            (token.form in _STOPS and i != last)
            or token.form in MARKS
            or "\n" in reading.text[token.end : quotation.span.start]
        ):
            return None
        if _speaks(reading, i):
            return i
        if (
            token.upos == "VERB"
            and token.xpos in {"VBD", "VBZ", "VBP"}
            and reading.text[quotation.span.start - 2 : quotation.span.start].strip() != ":"
        ):
            return None
    return None


def _nearest_source(reading: Reading, draft: Draft, quotation: Quotation) -> None:
    """Where the parse gives no subject: the noun phrase next to the verb, on the side away from the quotation first."""
    tokens, i = reading.tokens, draft.head
    between = Span(quotation.span.end, tokens[i].start) if quotation.span.end <= tokens[i].start else None
    nouns = {"PROPN", "NOUN", "PRON"}
    places = [k for k in (reading.inside(between) if between else range(max(0, i - 6), i)) if tokens[k].upos in nouns]
    after = [
        k
        for k in range(i + 1, min(i + 6, len(tokens)))
        if tokens[k].upos in nouns and tokens[k].sentence == tokens[i].sentence
    ]
    chosen = places[-1] if places else after[0] if after and between else None
    if chosen is None:
        return
    while (
        tokens[chosen].deprel in {"compound", "flat"}
        and tokens[chosen].head > chosen
        and tokens[chosen].head not in draft.group
    ):
        chosen = tokens[chosen].head
    draft.speaker = chosen
    draft.source = source_words(reading, draft, chosen)
