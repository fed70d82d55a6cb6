"""A record in, what a person sees of it out: chronology, who is who, the chain of sources, what was left unresolved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dateline.export.lines import Index, days_of
from dateline.export.moments import day_label, reference_words
from dateline.export.view import Attributed, Chronology, Day, Line, Open, Person, Quote, Speaker
from dateline.export.visible import in_words, one_line, shortened
from dateline.model import Attribution, Entity, Mention, Place, Record

_LAYERS = ("mentions", "entities", "timexes", "places", "attributions", "predicates", "events")
_WHO = frozenset({"PER", "ORG", "VEH", "WEA"})
"""Whom a reader looks up even without a part in an event; places have their own table."""
_NEVER = frozenset({"MISC", "EVT", "LOC"})
_LONGEST = 120
"""Characters shown of a name."""
_CANDIDATES = 5
"""Candidates shown of something unresolved."""


def chronology_of(record: Record) -> Chronology:
    """Everything shown of one record."""
    index, article = Index(record), record.article
    days = days_of(index)
    lines = tuple(line for day in days for line in day.lines)
    return Chronology(
        title=_title(record),
        publisher=one_line(article.publisher or ""),
        published=day_label(article.published) if article.published else "",
        reference=reference_words(record.reference, article.text),
        byline=one_line(article.byline or ""),
        url=one_line(article.url or ""),
        days=days,
        people=_people(index, lines),
        sources=sources_of(index, days),
        opens=_opens(index, lines),
        faults=tuple((one_line(f.stage), one_line(f.reason), f.kind) for f in record.faults),
        unread=tuple(layer for layer in _LAYERS if layer not in record.layers),
        made_by=_made_by(record),
    )


def _title(record: Record) -> str:
    article = record.article
    if article.title and article.title.strip():
        return shortened(article.title, 300)
    headline = next((block.span for block in article.blocks if block.role == "headline"), None)
    if headline is not None:
        return shortened(headline.of(article.text), 300)
    start = next((block.span.of(article.text) for block in article.blocks if block.role == "paragraph"), article.text)
    return shortened(start[:400], 120) or "A report without words"


def _made_by(record: Record) -> str:
    made = record.made_by
    parts = (("Dateline", made.dateline), ("parser", made.model), ("knowledge", made.knowledge))
    return one_line(", ".join(f"{name} {version}" for name, version in parts if version))


def _people(index: Index, lines: Sequence[Line]) -> tuple[Person, ...]:
    """Who is named or acts: entities with a name or a part in an event, those with most to do first."""
    mentions = {m.id: m for m in index.record.mentions}
    part: dict[str, list[int]] = {}
    for line in lines:
        parties = (*line.who, *line.whom, *line.equipment)
        for ref in dict.fromkeys(party.ref for party in parties if party.ref):
            part.setdefault(ref, []).append(line.number)
    found = []
    for entity in index.record.entities:
        own = [mentions[key] for key in entity.mentions if key in mentions]
        named = any(m.kind == "NAM" for m in own) and entity.type in _WHO
        if own and (named or (entity.id in part and entity.type not in _NEVER)):
            found.append(_person(entity, own, tuple(part.get(entity.id, ())), index))
    return tuple(sorted(found, key=lambda p: (-len(p.lines), -p.count, p.quote.start)))


def _person(entity: Entity, own: Sequence[Mention], lines: tuple[int, ...], index: Index) -> Person:
    names = (shortened(m.span.of(index.text), _LONGEST) for m in own if m.kind != "PRO")
    roles = (
        one_line(f"{role.title} ({in_words('code', role.of)})" if role.of else role.title) for role in entity.roles
    )
    name = shortened(entity.name, _LONGEST)
    return Person(
        id=entity.id,
        name=name,
        kind=in_words("entity", entity.type),
        type=entity.type,
        belongs=", ".join(p for p in (in_words("code", entity.country), in_words("sector", entity.sector)) if p),
        roles=tuple(dict.fromkeys(roles)),
        also=_other_names(names, name),
        links=tuple(one_line(link.id) for link in entity.links[:1] if link.name.lower() != name.lower()),
        count=len(own),
        quote=index.quote(own[0].span),
        lines=lines,
    )


def _other_names(names: Iterable[str], name: str) -> tuple[str, ...]:
    """Each way of calling somebody once, whatever its article and capitals."""
    found = {_bare(name): name}
    for other in names:
        found.setdefault(_bare(other), other)
    return tuple(found.values())[1:]


def _bare(name: str) -> str:
    lower = name.lower()
    return next((lower[len(word) :] for word in ("the ", "a ", "an ") if lower.startswith(word)), lower)


def sources_of(index: Index, days: Iterable[Day]) -> Speaker:
    """The tree of sources under the outlet: who says what, and who passes it on."""
    lines = [line for day in days for line in day.lines]
    rests: dict[str, list[int]] = {}
    for line in lines:
        for key in dict.fromkeys(step.attribution for chain in line.chains for step in chain[-1:]):
            rests.setdefault(key, []).append(line.number)
    own = tuple(line.number for line in lines if any(not chain for chain in line.chains))
    children: dict[str | None, list[Attribution]] = {}
    for attribution in index.record.attributions:
        inside = attribution.within if attribution.within in index.attributions else None
        children.setdefault(inside, []).append(attribution)
    outlet = one_line(index.record.article.publisher or "") or "the report itself"
    return Speaker(name=outlet, says=(), sources=_below([None], children, rests, index, 0), lines=own)


def _below(
    parents: Sequence[str | None],
    children: dict[str | None, list[Attribution]],
    rests: dict[str, list[int]],
    index: Index,
    depth: int,
) -> tuple[Speaker, ...]:
    """Attributions that stand in ``parents``, those of one source together. Deeper than six levels nothing is shown."""
    groups: dict[str, list[Attribution]] = {}
    for attribution in (a for parent in parents for a in children.get(parent, ())):
        groups.setdefault(attribution.entity or index.source_name(attribution).lower(), []).append(attribution)
    if depth > 6:
        return ()
    return tuple(
        Speaker(
            name=index.source_name(group[0]),
            says=tuple(_saying(a, tuple(rests.get(a.id, ())), index) for a in group),
            sources=_below([a.id for a in group], children, rests, index, depth + 1),
        )
        for group in groups.values()
    )


def _saying(attribution: Attribution, lines: tuple[int, ...], index: Index) -> Attributed:
    stance = in_words("stance", attribution.stance)
    kind = in_words("kind", attribution.kind)
    return Attributed(
        id=attribution.id,
        cue=index.quote(attribution.cue[0]) if attribution.cue else None,
        content=tuple(_clipped(index.quote(span)) for span in attribution.content),
        kind=kind if attribution.stance == "speech" else f"{stance}, {kind}",
        lines=lines,
    )


def _clipped(quote: Quote) -> Quote:
    return Quote(shortened(quote.words, 160), quote.start, quote.end)


def _opens(index: Index, lines: Sequence[Line]) -> tuple[Open, ...]:
    """What the reading could not tell, kind by kind, in text order."""
    return (
        *_open_places(index),
        *_open_times(index),
        *_open_mentions(index),
        *_open_sources(index),
        *_open_lines(lines),
    )


def _open_places(index: Index) -> list[Open]:
    """Toponyms that stay open, those of one name together."""
    groups: dict[str, Place] = {}
    for place in index.record.places:
        if not place.resolved:
            groups.setdefault(place.name.lower(), place)
    return [_open_place(place, index) for place in groups.values()]


def _open_place(place: Place, index: Index) -> Open:
    several = len(place.candidates) > 1
    return Open(
        kind="place",
        quote=index.quote(place.span),
        why="the report does not tell which one"
        if several
        else "not certain"
        if place.candidates
        else "not in the gazetteer",
        candidates=tuple(
            one_line(", ".join(part for part in (c.name, c.admin1, c.country) if part))
            for c in place.candidates[:_CANDIDATES]
        ),
        ref=place.id,
    )


def _open_times(index: Index) -> list[Open]:
    vague = [
        t for t in index.record.timexes if t.type == "DATE" and t.earliest is None and not t.value.endswith("_REF")
    ]
    return [Open(kind="time", quote=index.quote(t.span), why="no day can be told from it", ref=t.id) for t in vague]


def _open_mentions(index: Index) -> list[Open]:
    """Pronouns that refer to nobody named, those with the same words together."""
    mentions = {m.id: m for m in index.record.mentions}
    groups: dict[str, list[Mention]] = {}
    for entity in index.record.entities:
        own = [mentions[key] for key in entity.mentions if key in mentions]
        if own and all(m.kind == "PRO" and m.type == "PER" for m in own):
            groups.setdefault(one_line(own[0].span.of(index.text)).lower(), []).append(own[0])
    return [
        Open(
            kind="pronoun",
            quote=index.quote(g[0].span),
            why="it is not told who is meant" + _times(len(g)),
            ref=g[0].id,
        )
        for g in groups.values()
    ]


def _times(count: int) -> str:
    return f" ({count} times)" if count > 1 else ""


def _open_sources(index: Index) -> list[Open]:
    nameless = [a for a in index.record.attributions if not a.source and not a.name and not a.entity]
    return [
        Open(kind="source", quote=index.quote(a.cue[0] if a.cue else a.span), why="by whom is not said", ref=a.id)
        for a in nameless
    ]


def _open_lines(lines: Sequence[Line]) -> list[Open]:
    """Events without a day or without anybody who does them: one item each, with their numbers."""
    undated = tuple(line for line in lines if not line.moment.earliest)
    nobody = tuple(line for line in lines if not line.who)
    rows = ((undated, "the day could not be told"), (nobody, "who did it could not be told"))
    return [
        Open(kind="event", quote=None, why=why, lines=tuple(line.number for line in open_lines))
        for open_lines, why in rows
        if open_lines
    ]
