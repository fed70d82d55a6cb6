"""Reports in, what they are to each other out: the story of each, the copies, and the events that they share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

import msgspec
from msgspec import Struct

from dateline.knowledge.ontology import act_of
from dateline.merge.beside import Beside, Place
from dateline.merge.continuing import Days, continued
from dateline.merge.copies import copies_of
from dateline.merge.corrections import Correction, corrected, tied, ties
from dateline.merge.events import groups_of, in_order, weights_of
from dateline.merge.judging import TellingId
from dateline.merge.kinds import kind_of
from dateline.merge.neighbours import holders_of, nearest, sharing, turn_of
from dateline.merge.sketches import Outline, Sketch, sketch_of
from dateline.merge.stories import components_of, stories_of
from dateline.merge.tellings import Telling
from dateline.merge.within import Within
from dateline.model import Event, Record


class Merged(Struct, frozen=True, kw_only=True):
    """Reports side by side. ``stories``: report id -> story id. ``copies``: report id -> id of its origin.
    ``events``: (report id, id of the event's first mention there) -> event id across reports; why two tellings are
    one is told by :func:`dateline.merge.judging.judge`. ``kinds``: event id across reports -> its type by all of its
    tellings, where there are several."""

    stories: dict[str, str]
    copies: dict[str, str]
    events: dict[TellingId, str]
    kinds: dict[str, str] = {}

    def place_of(self, sketch: Sketch) -> Place:
        """Where one of the reports was placed."""
        events = {telling.event: self.events[sketch.id, telling.event] for telling in sketch.tellings}
        return Place(story=self.stories[sketch.id], copy_of=self.copies.get(sketch.id), events=events)

    def kind_of(self, article: str, event: Event) -> str:
        """The type of an event: its own, or where its own reading is in doubt or merely tells a saying, that by all of
        its tellings."""
        if not act_of(event.type).hidden_in_archive:
            return event.type
        return self.kinds.get(self.event_of(article, event), event.type)

    def event_of(self, article: str, event: Event) -> str:
        """The id that mentions of one event in the world share."""
        return self.events[article, event.same_as or event.id]


def merge(records: Iterable[Record]) -> Merged:
    """Lay records side by side. The order of the records changes nothing; their article ids must differ."""
    return merge_sketches([sketch_of(record) for record in records])


def merge_sketches(sketches: Iterable[Sketch], corrections: Sequence[Correction] = ()) -> Merged:
    """As :func:`merge`, of what is kept of reports; what a person corrected (in the order given) wins. The reports are
    laid out day by day, as an archive does that takes them in."""
    known = {sketch.id: sketch for sketch in sketches}
    holders = holders_of(known.values())
    groups = tied(corrections)
    merged = Merged(stories={}, copies={}, events={})
    days: dict[tuple[bool, date], list[Sketch]] = {}
    for sketch in sorted(known.values(), key=lambda sketch: sketch.id):
        days.setdefault(turn_of(sketch.published), []).append(sketch)
    for _, day in sorted(days.items(), key=lambda item: item[0]):
        for part in parts_of(day, groups):
            near = {s.id: beside_which(s, [known[name] for name in sharing(s, holders)], known, groups) for s in part}
            names = sorted({name for some in near.values() for name in some})
            beside = Beside(
                sketches={name: known[name] for name in names},
                places={name: merged.place_of(known[name]) for name in names},
                nearest=near,
            )
            found = lay(part, beside, corrections)
            merged.stories.update(found.stories)
            merged.copies.update(found.copies)
            merged.events.update(found.events)
    return msgspec.structs.replace(merged, kinds=_kinds(known, merged))


def _kinds(known: Mapping[str, Sketch], merged: Merged) -> dict[str, str]:
    """The type of each event that several tellings tell."""
    told: defaultdict[str, list[Telling]] = defaultdict(list)
    for sketch in known.values():
        for telling in sketch.tellings:
            told[merged.events[sketch.id, telling.event]].append(telling)
    return {event: kind_of(some) for event, some in told.items() if len(some) > 1}


def parts_of(day: Sequence[Sketch], groups: Mapping[str, Collection[str]]) -> list[list[Sketch]]:
    """The reports of a day that are laid out together: its components."""
    bound = [(one, other) for one in sorted(s.id for s in day) for other in sorted(groups.get(one, ()))]
    found: dict[str, list[Sketch]] = {}
    components = components_of(day, bound)
    for sketch in sorted(day, key=lambda sketch: sketch.id):
        found.setdefault(components[sketch.id], []).append(sketch)
    return list(found.values())


def beside_which(
    own: Outline, sharers: Iterable[Outline], known: Mapping[str, Outline], groups: Mapping[str, Collection[str]]
) -> dict[str, float]:
    """The earlier reports beside which one is laid: the nearest of those that share words with it, and those that a
    judgement ties to it, whenever they came."""
    found = nearest(own, sharers)
    for other in sorted(groups.get(own.id, ())):
        if other in known and turn_of(known[other].published) < turn_of(own.published):
            found.setdefault(other, 0.0)
    return found


def lay(sketches: Sequence[Sketch], beside: Beside, corrections: Sequence[Correction] = ()) -> Merged:
    """Lays the reports of one component of a day out, beside what came before."""
    ordered = sorted((corrected(sketch, corrections) for sketch in sketches), key=lambda sketch: sketch.id)
    earlier = {name: corrected(sketch, corrections) for name, sketch in beside.sketches.items()}
    beside = msgspec.structs.replace(beside, sketches=earlier)
    copies = copies_of(ordered, beside)
    stories = stories_of(ordered, copies, beside)
    standing = stories | {name: place.story for name, place in beside.places.items()}
    within = Within((*ordered, *earlier.values()), standing)
    tellings = in_order([telling for sketch in ordered for telling in sketch.tellings])
    reports = {sketch.id for sketch in ordered}
    every = ties([*tellings, *beside.tellings(reports)], corrections)
    own = {pair: same for pair, same in every.items() if all(a.rpartition("@")[0] in reports for a in pair)}
    groups = groups_of(tellings, weights_of(tellings, stories, within.of, own))
    events = continued(Days(tellings, groups, stories, beside), within.of, every)
    return Merged(stories=stories, copies=copies, events=events)
