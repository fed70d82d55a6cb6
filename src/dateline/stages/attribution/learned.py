"""Joins what the learned reader proposes with what the rules found: drafts by rule in, drafts of both out.

The reader (``dateline.learned``) was trained on PolNeAR and GUM: it finds cues outside the lexicon, and knows better
than the parse where sources and contents end. The rules know what it cannot see: quotations over several paragraphs,
speech tied by typography, and what kind of cue it is.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dateline.knowledge.lexicons import Cue, load_cues
from dateline.learned.heads import Matrix, Numbers
from dateline.learned.reader import FoundCue, Sight
from dateline.model import Span, Stance
from dateline.stages.attribution.draft import EDGE, MARKS, RECEIVED, Draft, Reading
from dateline.stages.attribution.sources import can_speak

LEAST = 0.5
"""Share from which a word is a cue."""
SURE = 0.9
"""Share from which a word that no lexicon knows is a cue though its content is a thing."""
TRUST = 0.75
"""Mean share below which the reader's source or content gives way to the rule's."""
DOUBT = 0.06
"""Share below which the reader denies a cue of the rules that is no speech."""
_LOOSE = EDGE | MARKS
_FINITE = frozenset({"VBD", "VBZ", "VBP", "VB", "MD"})
_SHOWN = frozenset({"label", "signed", "acting"})
"""Frames of quotations whose source stands beside them without a verb of speech: there the rules are precise."""
_GAP = 2
"""Tokens that may be missing inside a source or content (a comma, a mark)."""
_POS = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adj", "ADV": "adv"}


def join_learned(reading: Reading, sight: Sight, drafts: list[Draft]) -> list[Draft]:
    """Drafts of both, in text order: the reader's where it found a cue, the rules' where it does not deny them, and
    inside their contents the nested ones that the reader finds."""
    owner = {k: draft for draft in drafts for k in draft.group}
    joined: list[Draft] = []
    used: set[int] = set()
    for found in sight.cues("cue", LEAST):
        cue = _with_verb(reading, found)
        rule = next((owner[k] for k in cue.words if k in owner), None)
        if rule is not None and id(rule) in used:
            continue
        made = _draft(reading, sight, cue, "polnear", rule)
        if made is not None:
            joined.append(made)
            if rule is not None:
                used.add(id(rule))
    shares = 1.0 - sight.cue_shares("cue")[:, 0]
    inner = 1.0 - sight.cue_shares("nested")[:, 0]
    joined.extend(
        draft
        for draft in drafts
        if id(draft) not in used and (_spoken(draft) or max(shares[draft.head], inner[draft.head]) >= DOUBT)
    )
    joined.extend(_nested(reading, sight, joined))
    _part_neighbours(reading, joined)
    joined.sort(key=lambda draft: draft.group[0])
    return joined


def _part_neighbours(reading: Reading, drafts: Sequence[Draft]) -> None:
    """A stretch of content that opens with the cue of another draft (..., "citing the ministry") is that one's."""
    opens = {reading.tokens[draft.group[0]].start for draft in drafts}
    for draft in drafts:
        kept = [span for span in draft.content if span.start not in opens]
        if kept and len(draft.content) > 1:
            draft.content = kept


def _with_verb(reading: Reading, cue: FoundCue) -> FoundCue:
    """An auxiliary that a quotation mark parts from its verb (had "strongly warned") takes it along."""
    token = reading.tokens[cue.words[-1]]
    if token.deprel.startswith("aux") and token.head > cue.words[-1]:
        return cue._replace(words=(*cue.words, token.head))
    return cue


def _nested(reading: Reading, sight: Sight, outer: Sequence[Draft]) -> list[Draft]:
    """Cues inside the contents of others, by the head that was trained on nested attributions."""
    taken = {k for draft in outer for k in draft.group}
    contents = [span for draft in outer for span in draft.content]
    found = []
    for cue in sight.cues("nested", LEAST):
        span = reading.tokens[cue.words[0]].span
        if taken.isdisjoint(cue.words) and any(content.covers(span) for content in contents):
            made = _draft(reading, sight, cue, "gum", None)
            if made is not None:
                found.append(made)
    return found


def _spoken(draft: Draft) -> bool:
    """Speech, by quotation marks or by its cue: the rules for it are precise."""
    return draft.quoted or draft.cue is None or draft.cue.stance == "speech"


def _draft(reading: Reading, sight: Sight, cue: FoundCue, convention: str, rule: Draft | None) -> Draft | None:
    """The cue with the source and content that the reader gives it, corrected by the rule's where there is one; None
    where it finds no content or nothing plausible."""
    group = _bare(reading, cue.words)
    if rule is not None and rule.head not in group:
        group = rule.group
    if not group:
        return None
    first, shares = sight.parts("attribution", cue.words, convention)
    names = sight.reader.labels["attribution"]
    labels = shares.argmax(axis=1)
    source = _Part(shares, labels, first, names.index("source"), group)
    head = rule.head if rule is not None else _head(reading, group)
    row = rule.cue if rule is not None else _row(reading, head)
    frame = rule.frame if rule is not None else "nested" if convention == "gum" else "learned"
    draft = Draft(row, head, frame, list(group), _source(reading, source.words, group))
    draft.speaker = _head(reading, draft.source) if draft.source else None
    if rule is not None:
        _settle_source(reading, draft, rule, source)
    content = _Part(shares, labels, first, names.index("content"), [*group, *draft.source])
    if rule is not None:
        draft.quoted = rule.quoted
        _settle_content(reading, draft, rule, content, (first, first + len(shares)))
        return draft
    draft.add(_spans(reading, content.words))
    if row is None or "quote" not in row.frames:
        draft.content = [span for span in draft.content if not _said_before(reading, span, draft)]
    if not draft.content or not _plausible(reading, draft, cue):
        return None
    draft.cue = row or _unknown(reading, head, draft.content)
    return draft


def _said_before(reading: Reading, span: Span, draft: Draft) -> bool:
    """True for words of a quotation that ended with its own full stop before the sentence of the cue began: who nods or
    smiles next did not say them. Verbs of speech may ("We lost." Moreno said.)."""
    sentence = reading.tree.sentences[reading.tokens[draft.head].sentence]
    start = reading.tokens[min([sentence.first, *draft.group, *draft.source])].start
    for quotation in reading.quotations_in(span):
        ended = quotation.closed and reading.text[quotation.inner.end - 1] == "."
        opens = reading.token_at(quotation.span.end)
        behind = opens < len(reading.tokens) and reading.tokens[opens].form[0].isupper()
        if (
            ended
            and behind
            and quotation.span.end <= reading.tokens[draft.head].start
            and span.end <= quotation.span.end
        ):
            return opens in {*draft.source, *draft.group} or quotation.span.end <= start
    return False


class _Part:
    """The words of one role in a window, and how sure the reader is of them on average."""

    def __init__(self, shares: Matrix, labels: Numbers, first: int, label: int, without: Sequence[int]) -> None:
        chosen = [k for k in np.flatnonzero(labels == label).tolist() if first + k not in without]
        self.words = [first + k for k in chosen]
        self.score = float(shares[chosen, label].mean()) if chosen else 0.0


def _plausible(reading: Reading, draft: Draft, cue: FoundCue) -> bool:
    """Of cues that only the reader sees, unless it is sure: what cannot speak ("years") is no source, and a thing is no
    content of a word that no lexicon knows ("reviewed the bombers")."""
    if cue.score >= SURE:
        return True
    speaks = draft.speaker is None or can_speak(reading, draft.speaker)
    return speaks and (draft.cue is not None or _says(reading, draft.content))


def _precise(rule: Draft) -> bool:
    return rule.frame in _SHOWN or rule.frame.startswith(RECEIVED)


def _settle_source(reading: Reading, draft: Draft, rule: Draft, part: _Part) -> None:
    """The rule's source where the reader has none, is unsure, or only adds a relative pronoun."""
    if _precise(rule):
        draft.source, draft.speaker = rule.source, rule.speaker
        return
    more = set(draft.source) - set(rule.source)
    loose = all(reading.tokens[k].form in EDGE or reading.tokens[k].xpos in {"WDT", "WP"} for k in more)
    if rule.source and (not draft.source or part.score < TRUST or (set(rule.source) < set(draft.source) and loose)):
        draft.source, draft.speaker = rule.source, rule.speaker
    elif rule.speaker is not None and rule.speaker in draft.source:
        draft.speaker = rule.speaker


def _settle_content(reading: Reading, draft: Draft, rule: Draft, part: _Part, window: tuple[int, int]) -> None:
    """The rule's content where the reader is unsure or where it is a whole quotation; else the reader's, and of the
    rule's what stands outside the window that the reader saw."""
    spans = _spans(reading, part.words)
    beyond = sum(not any(own.covers(reading.tokens[k].span) for own in rule.content) for k in part.words)
    quoted = rule.quoted and beyond <= _GAP and any(map(reading.quotations_in, spans))
    if not spans or quoted or _precise(rule) or part.score < TRUST:
        draft.add(rule.content)
        return
    draft.add(spans)
    start, end = reading.tokens[window[0]].start, reading.tokens[window[1] - 1].end
    draft.add(span for span in rule.content if span.end <= start or span.start >= end)


def _bare(reading: Reading, words: Sequence[int]) -> list[int]:
    """The words of a cue without marks and punctuation at its edges, but for a lone colon."""
    found = [k for k in words if reading.tokens[k].form not in MARKS] if len(words) == 1 else list(words)
    while len(found) > 1 and reading.tokens[found[0]].form in _LOOSE:
        found.pop(0)
    while len(found) > 1 and reading.tokens[found[-1]].form in _LOOSE:
        found.pop()
    return found


def _says(reading: Reading, content: Sequence[Span]) -> bool:
    """True for content that can be true or false, or is quoted: a clause, no thing."""
    if any(reading.quotations_in(span) for span in content):
        return True
    return any(reading.tokens[k].xpos in _FINITE for span in content for k in reading.inside(span))


def _row(reading: Reading, head: int) -> Cue | None:
    token = reading.tokens[head]
    pos = _POS.get(token.upos)
    return load_cues().get((token.lemma.lower(), pos)) if pos is not None else None


def _unknown(reading: Reading, head: int, content: Sequence[Span]) -> Cue:
    """A row for a cue outside the lexicon: what is quoted is speech, what one is to do an attitude, the rest belief."""
    stance: Stance = "belief"
    if any(reading.quotations_in(span) for span in content):
        stance = "speech"
    elif reading.tokens[reading.token_at(content[0].start)].lemma.lower() == "to":
        stance = "attitude"
    return Cue(reading.tokens[head].lemma.lower(), "learned", stance, frozenset(), frozenset(), "")


def _head(reading: Reading, group: Sequence[int]) -> int:
    """The token of a group that hangs on one outside it."""
    inside = set(group)
    return next((k for k in group if reading.tokens[k].head not in inside), group[0])


def _runs(reading: Reading, words: Sequence[int]) -> list[list[int]]:
    """First and last token of each stretch, small gaps closed, none over two paragraphs."""
    found: list[list[int]] = []
    for k in words:
        near = bool(found) and k - found[-1][1] <= _GAP
        if near and "\n" not in reading.text[reading.tokens[found[-1][1]].end : reading.tokens[k].start]:
            found[-1][1] = k
        else:
            found.append([k, k])
    return found


def _names(reading: Reading, run: Sequence[int]) -> bool:
    """Whether a stretch is a phrase that names somebody, and not a clause ("..., *which would be a first*")."""
    return reading.tokens[_head(reading, range(run[0], run[1] + 1))].upos not in {"VERB", "AUX"}


def _spans(reading: Reading, words: Sequence[int]) -> list[Span]:
    spans = (reading.span(first, last + 1) for first, last in _runs(reading, words))
    return [span for span in spans if span is not None]


def _source(reading: Reading, words: Sequence[int], group: Sequence[int]) -> list[int]:
    """The one stretch of source: one that names somebody before a clause, the longest of those, the nearest to the cue
    among equals."""
    runs = _runs(reading, [k for k in words if k not in group])
    if not runs:
        return []
    first, last = max(runs, key=lambda run: (_names(reading, run), run[1] - run[0], -abs(run[0] - group[0])))
    while first < last and reading.tokens[first].form in EDGE:
        first += 1
    while last > first and reading.tokens[last].form in EDGE:
        last -= 1
    return [k for k in range(first, last + 1) if k not in group]
