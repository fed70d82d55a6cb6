"""Tellings of one event of the world in, what they say together out: who supports it, where they differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct

from dateline.knowledge.ontology import act_of, status_of
from dateline.merge.kinds import kind_of
from dateline.merge.saying import PRONOUNS, Said, Voice
from dateline.merge.sketches import Sketch
from dateline.merge.slots import Slot, Value, done_by, is_after, slots_of
from dateline.merge.sources import Source, sources_of
from dateline.merge.tellings import Telling

__all__ = ["Link", "Said", "Slot", "Source", "Told", "Value", "Voice", "World", "worlds_of"]

PLAN = "-plan"
"""What is put behind the name of an event for its plan; behind that stands the day of a plan that another replaced."""


class Told(Struct, frozen=True, kw_only=True, gc=False):
    """One report's telling, as shown: its anchor, words, sentence, status, how sure the author is, who says so.
    ``copy_of`` is the report that it reprints; ``edition`` where that one is of the same publisher; ``score`` how
    likely the reading is right, 0 to 1, None where nothing was scored."""

    report: str
    anchor: str
    published: date | None
    publisher: str | None
    title: str | None
    copy_of: str | None
    edition: bool
    trigger: str
    sentence: str
    status: str
    factuality: float
    voices: tuple[Voice, ...]
    score: float | None = None


class Link(Struct, frozen=True, kw_only=True, gc=False):
    """What another event is to this one: ``happened`` (its fulfilment), ``moved`` (on another day or elsewhere),
    ``cancelled``, or the ``plan`` that it fulfils, the one ``instead`` of which it stands."""

    kind: str
    world: str
    why: str


class World(Struct, frozen=True, kw_only=True, gc=False):
    """An event of the world. ``act`` is the bare act behind its ``type`` (a visit planned is an AGREE). ``status`` is
    the best supported; ``slots`` hold every value with its words. ``reports`` counts reports, ``outlets`` publishers,
    ``independent`` ultimate sources; ``score`` is how likely its surest telling is read right, 0 to 1, None where
    nothing was scored."""

    id: str
    story: str
    type: str
    act: str
    ontology: str
    mode: str | None
    status: str
    earliest: date | None
    latest: date | None
    place: str | None
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    reports: int
    outlets: int
    independent: int
    parties_among_sources: int
    sources: tuple[Source, ...]
    slots: tuple[Slot, ...]
    tellings: tuple[Told, ...]
    links: tuple[Link, ...] = ()
    score: float | None = None

    @property
    def first(self) -> date:
        """The day on which it was first told."""
        return min((told.published for told in self.tellings if told.published), default=date.max)

    @property
    def differs(self) -> tuple[Slot, ...]:
        """The slots on which the reports do not agree."""
        return tuple(slot for slot in self.slots if slot.differs)


def worlds_of(
    sketches: Mapping[str, Sketch],
    events: Mapping[tuple[str, str], str],
    stories: Mapping[str, str],
    copies: Mapping[str, str],
) -> list[World]:
    """The events of the world that some reports tell, by day. ``events`` maps (report, event) to a world's id."""
    groups: defaultdict[str, list[Telling]] = defaultdict(list)
    for sketch in sketches.values():
        for telling in sketch.tellings:
            world = events.get((sketch.id, telling.event))
            if world is not None:
                groups[world].append(telling)
    found = [
        _world(part, some, sketches, stories, copies)
        for name, tellings in sorted(groups.items())
        for part, some in _stages(name, tellings)
    ]
    return in_order(found)


def in_order(worlds: Iterable[World]) -> list[World]:
    """Events by day."""
    return sorted(worlds, key=_order)


def _order(world: World) -> tuple[date, date, bool, int, int, bool, str]:
    """By day, those without one under the day on which they were first told, behind the others of it; of a day the best
    supported first."""
    day = world.earliest or world.first
    undated, slight = world.earliest is None, act_of(world.act).slight
    return day, world.latest or day, undated, -world.independent, -world.reports, slight, world.id


def _stages(name: str, tellings: Sequence[Telling]) -> Iterator[tuple[str, list[Telling]]]:
    """An event that is told as planned and as done is shown as two, the plan under a name of its own: they are linked.
    So is a plan for another day that was told first."""
    plans = [t for t in tellings if t.status == "planned" and set(t.standings) == {"open"}]
    others = [t for t in tellings if t not in plans]
    if others:
        yield name, others
    if plans:
        *replaced, last = _plans(plans)
        yield f"{name}{PLAN}" if others else name, last
        for plan in replaced:
            yield f"{name}{PLAN}-{min(t.days for t in plan if t.days)[0]}", plan


def base_of(world: str) -> str:
    """The name of an event whose plan may be meant."""
    return world.partition(PLAN)[0]


def _plans(tellings: Sequence[Telling]) -> list[list[Telling]]:
    """Plans for days that do not meet, in the order in which they were told; one told later replaces the one before."""
    found: list[list[Telling]] = []
    for telling in sorted(tellings, key=_age):
        fits = [plan for plan in found if telling.days is None or any(_meet(telling, other) for other in plan)]
        if fits:
            fits[-1].append(telling)
        elif found and _age(telling)[0] == _age(found[-1][0])[0]:
            found[-1].append(telling)
        else:
            found.append([telling])
    return found


def _age(telling: Telling) -> tuple[date, str, int]:
    return telling.published or date.max, telling.article, telling.start


def _meet(one: Telling, other: Telling) -> bool:
    if one.days is None or other.days is None:
        return True
    return one.days[0] <= other.days[1] and other.days[0] <= one.days[1]


def _world(
    id: str,
    tellings: Sequence[Telling],
    sketches: Mapping[str, Sketch],
    stories: Mapping[str, str],
    copies: Mapping[str, str],
) -> World:
    ordered = sorted(tellings, key=_age)
    support = sources_of(ordered, sketches, copies)
    slots = slots_of(ordered, support)
    by_slot = {slot.name: slot for slot in slots}
    days = _day(by_slot, done_by(ordered))
    chief = max(ordered, key=lambda t: (len(t.parties), -ordered.index(t)))
    return World(
        id=id,
        story=stories[ordered[0].article],
        type=kind_of([t for t in ordered if t.status == chief.status]),
        act=_most([act for t in ordered for act in t.acts] or [chief.type]),
        ontology=chief.ontology,
        mode=chief.modes[0] if chief.modes else None,
        status=_status(by_slot),
        earliest=days[0] if days else None,
        latest=days[1] if days else None,
        place=_first(by_slot, "place"),
        actors=_names(by_slot, "actor"),
        recipients=_names(by_slot, "recipient"),
        reports=len({t.article for t in ordered}),
        outlets=len({sketches[t.article].publisher or t.article for t in ordered}),
        independent=len(support.sources),
        parties_among_sources=sum(source.party for source in support.sources),
        sources=support.sources,
        slots=slots,
        tellings=tuple(_told(t, sketches, copies) for t in ordered),
        score=max((t.score for t in ordered if t.score is not None), default=None),
    )


def _day(slots: Mapping[str, Slot], done: date | None) -> tuple[date, date] | None:
    """The best supported day; none that begins after the event was reported as done."""
    value = slots["day"].values[0] if "day" in slots else None
    return None if value is None or is_after(value, done) else value.days


def _told(telling: Telling, sketches: Mapping[str, Sketch], copies: Mapping[str, str]) -> Told:
    sketch = sketches[telling.article]
    origin = sketches.get(copies.get(telling.article, ""))
    return Told(
        report=telling.article,
        anchor=telling.anchor,
        published=telling.published,
        publisher=sketch.publisher,
        title=sketch.title,
        copy_of=copies.get(telling.article),
        edition=origin is not None and origin.publisher == sketch.publisher is not None,
        trigger=telling.trigger,
        sentence=telling.sentence,
        status=telling.status,
        factuality=telling.factuality,
        voices=telling.voices,
        score=telling.score,
    )


def _most(values: Sequence[str]) -> str:
    return max(dict.fromkeys(values), key=values.count)


def _first(slots: Mapping[str, Slot], name: str) -> str | None:
    return slots[name].values[0].name if name in slots else None


def _names(slots: Mapping[str, Slot], name: str) -> tuple[str, ...]:
    """The parties of a side as the best supported telling names them; others that do not clash stand behind."""
    values = slots[name].values if name in slots else ()
    told = [value.name for value in values if value.name.lower() not in PRONOUNS] or [value.name for value in values]
    return tuple(told[:2])


def _status(slots: Mapping[str, Slot]) -> str:
    values = slots["status"].values
    best = max(values, key=lambda v: (status_of(v.key).settled, v.independent, -status_of(v.key).leads))
    return best.key
