"""Events of a record in, lines of the chronology out: one line an event of the world, with every telling behind it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from dateline.export.moments import UNDATED, moment_of
from dateline.export.view import Day, Detail, Line, Moment, Party, Quote, Spot, Step
from dateline.export.visible import in_words, one_line, shortened
from dateline.grammar import MUTUAL
from dateline.knowledge.ontology import act_of, status_of
from dateline.model import AUTHOR, Argument, Attribution, Event, Factuality, Place, Record, Span, Timex

_OWN_FIELDS = frozenset({"actor", "recipient", "place", "time", "equipment"})
_CODE = re.compile(r"[A-Z]{2}(?:\.\w+)?|\d+")
"""A region that is only a code of the gazetteer says nothing to a reader."""
_QUOTED = 400
"""Characters shown of quoted words."""
_BEFORE, _AFTER = 90, 110
"""Characters of the sentence shown before and after the words of an event."""


class Index:
    """The record's annotations by id, made once for all views of it."""

    def __init__(self, record: Record) -> None:
        self.record, self.text = record, record.article.text
        self.timexes: dict[str, Timex] = {t.id: t for t in record.timexes}
        self.places: dict[str, Place] = {p.id: p for p in record.places}
        self.attributions: dict[str, Attribution] = {a.id: a for a in record.attributions}
        self.entities = {e.id: e for e in record.entities}
        self.facts: dict[tuple[str, str], Factuality] = {(f.predicate, f.holder): f for f in record.factualities}
        self.predicates = {p.id: p for p in record.predicates}
        names = {m.id for m in record.mentions if m.kind == "NAM"}
        self._starts = [record.tokens[s.first].start for s in record.sentences]
        self.named = {e.id for e in record.entities if e.links or not names.isdisjoint(e.mentions)}

    def quote(self, span: Span) -> Quote:
        """Words with their offsets; of very long ones the beginning."""
        return Quote(shortened(span.of(self.text), _QUOTED), span.start, span.end)

    def around(self, span: Span) -> str:
        """The sentence that holds some words, cut to a line or two with the words in it."""
        tokens = self.record.tokens
        at = bisect_right(self._starts, span.start) - 1
        if at < 0 or not tokens:
            return ""
        sentence = self.record.sentences[at]
        first, last = tokens[sentence.first].start, tokens[sentence.last - 1].end
        left = first if span.start - first < _BEFORE else self.text.find(" ", span.start - _BEFORE) + 1
        right = last if last - span.end < _AFTER else self.text.rfind(" ", span.end, span.end + _AFTER)
        cut = one_line(self.text[left : max(right, span.end)])
        return f"{'…' if left > first else ''}{cut}{'…' if right < last else ''}"

    def source_name(self, attribution: Attribution) -> str:
        """How to call the source of an attribution."""
        entity = self.entities.get(attribution.entity or "")
        if attribution.name or entity:
            return shortened(attribution.name or (entity.name if entity else ""), 120)
        said = shortened(" … ".join(span.of(self.text) for span in attribution.source), 120)
        return said or "a source that is not named"

    def path(self, id: str) -> tuple[str, ...]:
        """The attributions around one, outermost first, itself last."""
        found: list[str] = []
        here: str | None = id
        while here is not None and here in self.attributions and here not in found:
            found.insert(0, here)
            here = self.attributions[here].within
        return tuple(found)


def days_of(index: Index) -> tuple[Day, ...]:
    """The chronology: headings by day, earliest first, undated last."""
    groups = _tellings(e for e in index.record.events if not act_of(e.type).hidden_in_report)
    moments = [_moment(group, index) for group in groups]
    order = sorted(range(len(groups)), key=lambda i: _sort_key(moments[i], groups[i]))
    days: dict[tuple[str, str], list[Line]] = {}
    for number, i in enumerate(order, start=1):
        line = _line(number, groups[i], moments[i], index)
        days.setdefault((line.moment.label, line.moment.earliest), []).append(line)
    return tuple(Day(label, key, tuple(lines)) for (label, key), lines in days.items())


def _sort_key(moment: Moment, group: Sequence[Event]) -> tuple[bool, str, str, str, bool, int]:
    """By day, undated last, each heading together; under one heading what was done before what was only said."""
    first = group[0]
    slight = act_of(first.type).slight
    return moment.label == UNDATED, moment.earliest, moment.latest, moment.label, slight, first.span.start


def _tellings(events: Iterable[Event]) -> list[list[Event]]:
    """Mentions of one event together, in text order."""
    groups: dict[str, list[Event]] = {}
    for event in events:
        groups.setdefault(event.same_as or event.id, []).append(event)
    return list(groups.values())


def _moment(group: Sequence[Event], index: Index) -> Moment:
    """The narrowest day that a telling gives, from its own words where one has them."""
    dated = [event for event in group if event.earliest and event.latest]
    halves = [event for event in group if event.earliest or event.latest]
    best = min(dated, key=lambda event: (_width(event), not _has_words(event)), default=(halves or list(group))[0])
    return moment_of(best, index.record, index.timexes)


def _has_words(event: Event) -> bool:
    return any(argument.role == "time" for argument in event.arguments)


def _width(event: Event) -> int:
    return (event.latest - event.earliest).days if event.earliest and event.latest else 0


def _line(number: int, group: list[Event], moment: Moment, index: Index) -> Line:
    first = group[0]
    status, status_words = _status(group)
    who, whom = _sides(group, index)
    return Line(
        id=first.id,
        number=number,
        what=_what(first),
        code=one_line(" ".join(part for part in (first.type, first.mode) if part)),
        quad=in_words("quad", first.type, "NN"),
        slight=act_of(first.type).slight,
        mutual=act_of(first.act or first.type).mutual and first.mode != "visit",
        who=who,
        whom=whom,
        details=_details(group, index),
        equipment=_parties(group, "equipment", index),
        place=_spot(group, index),
        moment=moment,
        chains=_chains(group, index),
        status=status,
        status_words=status_words,
        likely=_likely(group),
        sure=_sure(group, index),
        quotes=tuple(index.quote(event.span) for event in group),
        around=index.around(first.span),
        cues=_cues(group, index),
        tellings=tuple(event.id for event in group),
        same="; ".join(dict.fromkeys(one_line(event.same_by) for event in group if event.same_by)),
    )


def _what(event: Event) -> str:
    """What the act is, whatever became of it: a planned visit is a visit, though PLOVER codes it as an agreement."""
    act = event.act or event.type
    plain = in_words("type", act, act.replace("_", " ").lower())
    if event.mode:
        plain = in_words("mode", f"{act}/{event.mode}", plain)
    return in_words("rule", event.by, plain)


def _sides(group: Sequence[Event], index: Index) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """Who, and to whom. Where tellings put somebody at both ends, the end that leaves nobody alone is kept."""
    who, whom = _parties(group, "actor", index), _parties(group, "recipient", index)
    ends = {party.ref or party.name.lower() for party in whom}
    others = tuple(party for party in who if (party.ref or party.name.lower()) not in ends)
    return (others, whom) if others else (who, tuple(party for party in whom if party not in who))


def _status(group: Sequence[Event]) -> tuple[str, str]:
    """The status that leads, and its words with the others named after it."""
    said = sorted({event.status for event in group}, key=lambda status: status_of(status).leads)
    rest = [in_words("status", status) for status in said[1:] if status != "unknown"]
    first = in_words("status", said[0])
    return said[0], f"{first} (also told as {', '.join(rest)})" if rest else first


def _likely(group: Sequence[Event]) -> str:
    """How likely the surest telling is right, and what read it; empty where nothing was scored."""
    best = max(group, key=lambda event: event.score or 0.0)
    if best.score is None:
        return ""
    others = f"; or {', '.join(in_words('type', act, act) for act, _ in best.others)}" if best.others else ""
    return f"right in {round(100 * best.score)} of 100, by {one_line(best.by)}{others}"


def _sure(group: Sequence[Event], index: Index) -> str:
    """How far the report itself commits to the event, each answer once."""
    found = [index.facts.get((event.predicate, AUTHOR)) for event in group]
    said = dict.fromkeys(in_words("sure", fact.value) for fact in found if fact is not None)
    return ", elsewhere ".join(said)


def _cues(group: Sequence[Event], index: Index) -> tuple[Quote, ...]:
    """The words that decided status and certainty."""
    spans: dict[Span, None] = {}
    for event in group:
        predicate = index.predicates.get(event.predicate)
        spans.update(dict.fromkeys(predicate.cues if predicate else ()))
        fact = index.facts.get((event.predicate, AUTHOR))
        spans.update(dict.fromkeys(fact.cues if fact else ()))
    return tuple(index.quote(span) for span in sorted(spans))


def party_of(argument: Argument, index: Index) -> Party:
    """An argument by its best name."""
    entity = index.entities.get(argument.ref or "")
    name = argument.name or (entity.name if entity else "") or argument.span.of(index.text)
    return Party(shortened(name, 160), argument.ref, one_line(argument.code) if argument.code else None)


def _parties(group: Sequence[Event], role: str, index: Index) -> tuple[Party, ...]:
    """Everyone who has a role in any telling, each once. "The ministers" go where another telling names them."""
    found: dict[str, Party] = {}
    for argument in (a for event in group for a in event.arguments if a.role == role):
        party = party_of(argument, index)
        if party.name.lower() in MUTUAL:
            continue
        found.setdefault(party.ref or party.name.lower(), party)
    named = tuple(party for party in found.values() if party.ref in index.named)
    return named if named and len(group) > 1 else tuple(found.values())


def _details(group: Sequence[Event], index: Index) -> tuple[Detail, ...]:
    roles = dict.fromkeys(a.role for event in group for a in event.arguments if a.role not in _OWN_FIELDS)
    return tuple(Detail(in_words("role", role), _parties(group, role, index)) for role in roles)


def spot_of(place: Place, index: Index) -> Spot:
    """A toponym as a reader needs it: what and where, or what keeps it open."""
    best, quote = place.best, index.quote(place.span)
    if best is None:
        number = len(place.candidates)
        note = f"not told which of {number}" if number > 1 else "not found on the map"
        return Spot(id=place.id, name=one_line(place.name or quote.words), note=note, quote=quote)
    kind, whole = in_words("place_kind", best.kind), best.kind in {"country", "continent"}
    region = best.admin1 if best.admin1 and not _CODE.fullmatch(best.admin1) else None
    detail = ", ".join(one_line(part) for part in (kind, region, best.country) if part)
    return Spot(
        id=place.id,
        name=one_line(best.name or place.name),
        detail=detail,
        lat=best.lat,
        lon=best.lon,
        radius_km=place.radius_km,
        whole=whole,
        quote=quote,
    )


def _spot(group: Sequence[Event], index: Index) -> Spot | None:
    """The place of the event: the narrowest that a telling gives, resolved before unresolved, words before nothing."""
    refs = dict.fromkeys(ref for event in group for ref in _place_refs(event) if ref in index.places)
    found = [index.places[ref] for ref in refs]
    resolved = [place for place in found if place.best is not None]
    if resolved:
        return spot_of(min(resolved, key=lambda place: place.radius_km), index)
    if found:
        return spot_of(found[0], index)
    said = [a for event in group for a in event.arguments if a.role == "place"]
    if not said:
        return None
    quote = index.quote(said[0].span)
    return Spot(id="", name=one_line(said[0].name or quote.words), note="not on the map", quote=quote)


def _place_refs(event: Event) -> list[str]:
    refs = [event.place] if event.place else []
    return refs + [a.ref for a in event.arguments if a.role == "place" and a.ref and a.ref != event.place]


def _chains(group: Sequence[Event], index: Index) -> tuple[tuple[Step, ...], ...]:
    """The chains of sources of every telling, each once, outermost source first."""
    found: dict[tuple[str, ...], tuple[Step, ...]] = {}
    for event in group:
        for path in _paths(event, index):
            steps = tuple(_step(key, event, index) for key in path)
            found.setdefault(tuple(step.name.lower() for step in steps), steps)
    return tuple(found.values())


def _paths(event: Event, index: Index) -> list[tuple[str, ...]]:
    """One path for every attribution of the event that no other one of it stands in."""
    paths = [index.path(key) for key in event.attributions if key in index.attributions]
    inner = [path for path in paths if not any(path != other and path == other[: len(path)] for other in paths)]
    return inner or [()]


def _step(id: str, event: Event, index: Index) -> Step:
    attribution = index.attributions[id]
    fact = index.facts.get((event.predicate, id))
    return Step(
        name=index.source_name(attribution),
        attribution=id,
        cue=index.quote(attribution.cue[0]) if attribution.cue else None,
        sure=in_words("sure", fact.value) if fact else "",
        stance=in_words("stance", attribution.stance),
    )
