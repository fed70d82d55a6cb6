"""Puts attributions inside one another: finished drafts in, the layer with ids, kinds and ``within`` out."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from dateline.model import Attribution, Entity, QuoteKind, Span
from dateline.stages.attribution.draft import Draft, Reading, Stretches
from dateline.stages.attribution.sources import Who

LEARNED = "learned:attribution"
_WORD = re.compile(r"\w+")
DEEPEST = 8
"""Sources inside one another; one that stands deeper is put beside the eighth: deeper nesting is no news."""
_SELF = frozenset({"i", "we", "me", "us", "my", "our", "you", "your"})


def finish(reading: Reading, drafts: list[Draft], who: Who) -> tuple[Attribution, ...]:
    """Attributions in text order, each with the smallest other one whose content holds its cue."""
    for k, draft in enumerate(drafts):
        _relay(reading, draft, drafts[max(0, k - 6) : k + 6])
    drafts = [draft for draft in drafts if draft.content]
    parents = _parents(reading, drafts)
    kept = [k for k, draft in enumerate(drafts) if parents[k] is None or not _own_words(reading, draft)]
    extents = {k: _extent(reading, drafts[k]) for k in kept}
    kept.sort(key=lambda k: _order(reading, drafts[k]))
    ids = {k: f"a{n}" for n, k in enumerate(kept)}
    above = _shallow({k: _outer(k, drafts, parents, ids) for k in kept})
    found: list[Attribution] = []
    before: Attribution | None = None
    for k in kept:
        outer = None if (at := above[k]) is None else ids[at]
        made = _attribution(reading, drafts[k], who, ids[k], outer, extents[k], before)
        found.append(made)
        before = made if made.stance == "speech" and made.source else before
    return tuple(found)


def _outer(k: int, drafts: Sequence[Draft], parents: Sequence[int | None], kept: Container[int]) -> int | None:
    """The kept one that a draft stands in. What the same speaker goes on to say stands beside, not inside."""
    above = parents[k]
    while above is not None and (above not in kept or drafts[above].source == drafts[k].source):
        above = parents[above]
    return above


def _shallow(above: dict[int, int | None]) -> dict[int, int | None]:
    """The same nesting, nothing deeper than :data:`DEEPEST`."""
    depths: dict[int | None, int] = {None: 0}
    found = dict(above)
    for k in above:
        way: list[int] = []
        at: int | None = k
        while at is not None and at not in depths:
            way.append(at)
            at = above[at]
        for inner in reversed(way):
            if at is not None and depths[at] >= DEEPEST:
                at = found[at]
            found[inner], depths[inner] = at, depths[at] + 1
            at = inner
    return found


def _relay(reading: Reading, draft: Draft, drafts: Sequence[Draft]) -> None:
    """ "..., said the mayor, quoted by the agency": what the agency reports is the mayor's whole statement."""
    if draft.cue is None or draft.cue.word not in {"quote", "cite"} or not reading.passive(draft.head):
        return
    head = reading.tokens[draft.head].head
    for other in drafts:
        if other is not draft and head >= 0 and (head == other.speaker or head in other.source or head == other.head):
            _hand_over(reading, draft, other)
            return


def _hand_over(reading: Reading, draft: Draft, other: Draft) -> None:
    """Makes the statement of ``other`` the content of ``draft``, whose cue ends where its source begins ("quoted by the
    agency"); a source that stands before the cue leaves the cue whole."""
    if draft.source and draft.source[0] > draft.group[0]:
        draft.group = list(range(draft.group[0], draft.source[0]))
    before = [k for k in other.source if k < draft.group[0] and reading.tokens[k].form != ","]
    other.source = before or other.source
    draft.content = []
    draft.add([*other.content, *_words(reading, other.source), *_words(reading, other.group)])


def _order(reading: Reading, draft: Draft) -> tuple[int, int, int]:
    """Text order: where content or cue begin, longer ones first. Sources do not count: two statements may share one."""
    cue = reading.tokens[draft.group[0]].start
    return min(cue, draft.content[0].start), -max(cue, draft.content[-1].end), draft.head


def _extent(reading: Reading, draft: Draft) -> Span:
    spans = [*draft.content, *_words(reading, draft.group), *_words(reading, draft.source)]
    return Span(min(s.start for s in spans), max(s.end for s in spans))


def _words(reading: Reading, indices: list[int]) -> tuple[Span, ...]:
    return (reading.tree.span(indices),) if indices else ()


def _parents(reading: Reading, drafts: Sequence[Draft]) -> list[int | None]:
    """For each draft the one with the shortest content around its cue; never one that stands inside it in turn."""
    sizes = [sum(span.end - span.start for span in draft.content) for draft in drafts]
    contents = Stretches()
    for k in sorted(range(len(drafts)), key=lambda k: (sizes[k], k)):
        for span in drafts[k].content:
            contents.add(span, k)
    found: list[int | None] = []
    for n, draft in enumerate(drafts):
        parent = None
        for _, k in contents.around(reading.tokens[draft.head].span):
            cue = reading.tokens[drafts[k].head].span
            if k != n and not any(span.covers(cue) for span in draft.content) and not _above(found, k, n):
                parent = k
                break
        found.append(parent)
    return found


def _above(parents: Sequence[int | None], start: int, wanted: int) -> bool:
    """True where ``wanted`` stands above ``start``: no attribution may come to stand inside itself."""
    at: int | None = start
    while at is not None and at < len(parents):
        at = parents[at]
        if at == wanted:
            return True
    return False


def _own_words(reading: Reading, draft: Draft) -> bool:
    """Inside another's content a further source is one with a clause of its own. Attitudes told by someone, and what a
    speaker says of himself ("I think"), stay his statement."""
    if draft.speaker is None or draft.frame not in {"clause", "quote", "source_of", "obj_of", "ing", "nested"}:
        return True
    if draft.cue is not None and (draft.cue.stance == "attitude" or draft.cue.pos not in {"verb", "prep"}):
        return True
    return len(draft.source) <= 1 and reading.tokens[draft.speaker].lemma.lower() in _SELF


def _attribution(
    reading: Reading, draft: Draft, who: Who, name: str, within: str | None, extent: Span, before: Attribution | None
) -> Attribution:
    entity, called = _called(reading, draft, who, before)
    return Attribution(
        id=name,
        span=extent,
        by="quotation" if draft.cue is None else LEARNED if draft.cue.pos == "learned" else draft.cue.id,
        source=_words(reading, draft.source),
        cue=() if draft.frame == "acting" else _words(reading, draft.group),
        content=tuple(draft.content),
        entity=entity.id
        if entity is not None
        else None
        if called is None or before is None or called != before.name
        else before.entity,
        name=called,
        kind=_kind(reading, draft),
        stance=draft.cue.stance if draft.cue is not None else "speech",
        within=within,
    )


def _called(reading: Reading, draft: Draft, who: Who, before: Attribution | None) -> tuple[Entity | None, str | None]:
    """The source's entity and name. "the same source" is the source before."""
    if draft.speaker is None:
        return None, None
    tokens = reading.tokens
    if before is not None and any(
        tokens[k].lemma.lower() == "same" and tokens[k].head == draft.speaker for k in draft.source
    ):
        return None, before.name
    referent = draft.speaker
    if tokens[referent].xpos in {"WP", "WDT"}:
        antecedent = reading.tree.subject(draft.head)
        referent = referent if antecedent is None else antecedent
    entity = who.is_at(referent)
    if referent != draft.speaker:
        words = reading.tree.phrase(referent).of(reading.text)
    else:
        words = reading.tree.span(draft.source).of(reading.text) if draft.source else tokens[draft.speaker].form
    return entity, entity.name if entity is not None else " ".join(words.split()).removesuffix("'s").removesuffix("’s")


def _kind(reading: Reading, draft: Draft) -> QuoteKind:
    """Direct where nine words in ten stand in quotation marks, mixed where some do."""
    words = quoted = 0
    for span in draft.content:
        inside = [quotation.inner for quotation in reading.quotations_in(span)]
        for word in _WORD.finditer(reading.text, span.start, span.end):
            words += 1
            quoted += any(q.start <= word.start() < q.end for q in inside)
    return "direct" if words and quoted >= 0.9 * words else "mixed" if quoted else "indirect"
