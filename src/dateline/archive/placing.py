"""Reports new to an archive in, the story, the copies and the events of the world that they belong to filed: day by
day, each day's beside what is still open, so that the result is that of laying all out at once, whatever the order."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterable, Mapping

from msgspec import Struct

from dateline.archive.sketches import Sketches, kept, sketches_of
from dateline.merge.beside import Beside, Place
from dateline.merge.corrections import Correction, tied
from dateline.merge.merging import beside_which, lay, parts_of
from dateline.merge.neighbours import alike, is_before, turn_of
from dateline.merge.sketches import Outline, Sketch
from dateline.store import Judgement, Placement, Store

__all__ = ["corrections_of", "forget", "kept", "place", "renewed_by", "sketches_of"]

AT_ONCE = 500
"""Reports placed in one transaction, of one day, and those of that day that a chain of likeness ties to them."""
Groups = Mapping[str, Collection[str]]


class Decided(Struct, frozen=True):
    """What persons decided: what holds, the reports that it ties, and those that it ever tied."""

    corrections: list[Correction]
    tied: Groups
    ever: Groups


def place(store: Store) -> int:
    """Files where every stale report belongs; how many reports were placed. What another program places or forgets
    meanwhile, or a person judges, is looked at again. A report of a day that was placed before makes those later ones
    stale that were laid beside what it changes, as far as the change goes."""
    done: set[str] = set()
    while stale := store.stale(AT_ONCE):
        turn = store.turn()
        decided = _decided(store)
        day = _Day(store, decided)
        day.look(stale)
        if not day.reports:
            continue
        placements = day.placements()
        before = store.placements([placement.report for placement in placements])
        changed = [p.report for p in placements if not _stands(p, before.get(p.report))]
        renew = day.later(changed) | day.judged_later(stale)
        if store.place(placements, as_of=turn, seen=day.components, beside=day.places, renew=sorted(renew)):
            done |= day.asked
    return len(done)


def _stands(new: Placement, old: Placement | None) -> bool:
    """Whether a report stays where it was."""
    if old is None or dict(new.events) != dict(old.events):
        return False
    return (new.component, new.story, new.copy_of) == (old.component, old.story, old.copy_of)


def corrections_of(store: Store) -> list[Correction]:
    """What persons decided, in the order in which they did."""
    return [c for judgement in store.judgements() for c in _corrections(judgement)]


def _corrections(j: Judgement) -> list[Correction]:
    return [Correction(kind=j.kind, left=left, right=j.right, value=j.value) for left in j.about]


def _decided(store: Store) -> Decided:
    every = store.judgements(withdrawn=True)
    holds = [c for j in every if j.withdrawn_at is None for c in _corrections(j)]
    return Decided(holds, tied(holds), tied(c for j in every for c in _corrections(j)))


class _Day:
    """The reports of one day that are placed together, and all that bears on them: ``reports`` by id, the
    ``components`` in which they stand now, and where the earlier ones stand beside which they are laid (``places``)."""

    def __init__(self, store: Store, decided: Decided) -> None:
        self.store, self.decided = store, decided
        self.known = Sketches(store)
        self.asked: set[str] = set()
        self.reports: dict[str, Outline] = {}
        self.components: dict[str, tuple[str, ...]] = {}
        self.places: dict[str, Placement] = {}
        self._sharing: dict[str, list[Outline]] = {}

    def look(self, stale: Iterable[str]) -> None:
        """Takes the stale reports of the first day of them, all of the day that a chain of likeness or a judgement
        ties to them, and all that stand in one component with one of these."""
        first = list(self.known.outlines(stale).values())
        day = min((turn_of(o.published) for o in first), default=None)
        new = {o.id: o for o in first if turn_of(o.published) == day}
        self.asked = set(new)
        while new:
            self.reports |= new
            self._share(new.values())
            found = {o.id for own in new.values() for o in self._sharing[own.id] if alike(own, o)}
            found |= {other for name in new for other in self.decided.tied.get(name, ())}
            stand = set(self.store.components(new.keys() | found).values()) - self.components.keys()
            self.components |= self.store.members(stand)
            found.update(*(self.components[name] for name in stand if name in self.components))
            there = self.known.outlines(found - self.reports.keys())
            new = {name: o for name, o in there.items() if turn_of(o.published) == day}

    def _share(self, outlines: Collection[Outline]) -> None:
        """Finds those that share words with each of these."""
        for own, others in self.known.sharing(outlines).items():
            self._sharing[own] = others

    def placements(self) -> list[Placement]:
        """Where the reports of the day belong."""
        tied_to = {other for name in self.reports for other in self.decided.tied.get(name, ())}
        outlines = self.known.outlines(tied_to)
        near = {
            name: beside_which(own, self._sharing[name], outlines, self.decided.tied)
            for name, own in self.reports.items()
        }
        earlier = {other for others in near.values() for other in others}
        self.places = self.store.placements(earlier)
        sketches = self.known.load([*self.reports, *self.places])
        near = {name: {o: s for o, s in some.items() if o in self.places} for name, some in near.items()}
        own = [sketches[name] for name in sorted(self.reports) if name in sketches]
        return [p for part in parts_of(own, self.decided.tied) for p in self._laid(part, sketches, near)]

    def _laid(
        self, part: list[Sketch], sketches: Mapping[str, Sketch], near: Mapping[str, Mapping[str, float]]
    ) -> Iterable[Placement]:
        mine = {sketch.id: near[sketch.id] for sketch in part}
        names = sorted({other for others in mine.values() for other in others})
        beside = Beside(
            sketches={name: sketches[name] for name in names},
            places={name: _place(self.places[name]) for name in names},
            nearest=mine,
        )
        merged = lay(part, beside, self.decided.corrections)
        component = f"{part[0].id}.{self._mark(part):08x}"
        for sketch in part:
            yield Placement(
                report=sketch.id,
                component=component,
                story=merged.stories[sketch.id],
                copy_of=merged.copies.get(sketch.id),
                events=tuple(
                    (m, merged.events[sketch.id, t.event])
                    for t in sketch.tellings
                    if (sketch.id, t.event) in merged.events
                    for m in t.mentions
                ),
            )

    def _mark(self, part: Iterable[Sketch]) -> int:
        """A number that changes with what the reports of a component say, or a person says of them."""
        names = {sketch.id for sketch in part}
        said = [repr(c) for c in self.decided.corrections if c.left.rpartition("@")[0] in names]
        mark = zlib.crc32("\n".join(said).encode())
        for name in sorted(names):
            mark = zlib.crc32(name.encode() + self.known.raw(name), mark)
        return mark

    def later(self, reports: Collection[str]) -> set[str]:
        """The reports of later days that may have been laid beside one of these."""
        found = {other.id for name in reports for other in self._sharing[name] if is_before(self.reports[name], other)}
        tied_to = self.known.outlines({other for name in reports for other in self.decided.tied.get(name, ())})
        return found | {name for name, o in tied_to.items() if self._is_later(o)}

    def judged_later(self, reports: Iterable[str]) -> set[str]:
        """Of later days, those that a judgement, withdrawn or not, ever tied to one of these."""
        names = {other for name in self.asked.intersection(reports) for other in self.decided.ever.get(name, ())}
        return {name for name, o in self.known.outlines(names).items() if self._is_later(o)}

    def _is_later(self, outline: Outline) -> bool:
        first = next(iter(self.reports.values()))
        return turn_of(outline.published) > turn_of(first.published)


def _place(placement: Placement) -> Place:
    return Place(story=placement.story, copy_of=placement.copy_of, events=dict(placement.events))


def renewed_by(store: Store, report: str) -> list[str]:
    """The later reports that were laid beside one as it stands now, and those that a judgement ever tied to it: what
    must find its place anew where it goes, or is read anew."""
    known = Sketches(store)
    own = known.outlines([report]).get(report)
    if own is None:
        return []
    later = {other.id for other in known.sharing([own])[report] if is_before(own, other)}
    return sorted(later.union(_decided(store).ever.get(report, ())))


def forget(store: Store, report: str, reason: str) -> None:
    """Takes a report out of the archive; those that were laid beside it find their places again."""
    store.forget(report, reason, renew=renewed_by(store, report))
    place(store)
