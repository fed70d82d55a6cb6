"""Reports new to an archive in, the story, the copies and the events of the world that they belong to filed: only what
a new report can touch is looked at again, and the result is that of laying all side by side at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from dateline.errors import DamageError, InputError, StoreError
from dateline.merge.corrections import Correction, bound
from dateline.merge.merging import merge_sketches
from dateline.merge.neighbours import alike, keys_of, wanted_by
from dateline.merge.sketches import Outline, Sketch, outlined, packed, sketch_of, unpacked
from dateline.merge.stories import components_of
from dateline.store import Key, Placement, Store
from dateline.store import Sketch as Kept

AT_ONCE = 200
"""Reports placed in one transaction, of days that lie together, and those that a chain of likeness ties to them."""
WORD = "word"


def place(store: Store) -> int:
    """Files where every stale report belongs; how many there were. What another program places or forgets meanwhile,
    or a person judges, is looked at again."""
    done = 0
    while stale := store.stale()[:AT_ONCE]:
        turn = store.turn()
        corrections = corrections_of(store)
        known = _Known(store)
        looked_at, components = known.touched(stale, corrections)
        placements = _placed([known[name] for name in sorted(looked_at)], corrections)
        if store.place(placements, as_of=turn, seen=components):
            done += len(stale)
    return done


def corrections_of(store: Store) -> list[Correction]:
    """What persons decided, in the order in which they did."""
    return [
        Correction(kind=j.kind, left=left, right=j.right, value=j.value) for j in store.judgements() for left in j.about
    ]


def sketches_of(store: Store, reports: Collection[str]) -> dict[str, Sketch]:
    """The sketches of those of some reports that the archive holds. It is only looked at: nothing is written."""
    return _Known(store, keep=False).load(reports)


def kept(sketch: Sketch) -> Kept:
    """What the store keeps of a sketch: its bytes, and the keys it is found by."""
    return Kept(data=packed(sketch), keys=tuple(Key(WORD, key) for key in keys_of(sketch)))


class _Known:
    """Sketches of the archive, each read once, and no more of it than is needed; whether one that had to be made anew
    goes into the store is ``keep``."""

    def __init__(self, store: Store, keep: bool = True) -> None:
        self.store = store
        self._keep = keep
        self._sketches: dict[str, Sketch] = {}
        self._outlines: dict[str, Outline] = {}

    def __getitem__(self, name: str) -> Sketch:
        return self._sketches[name]

    def load(self, names: Collection[str]) -> dict[str, Sketch]:
        """The sketches of those of some reports that are there; one that is missing or of another version is made from
        the record."""
        missing = [name for name in names if name not in self._sketches]
        found = self.store.sketches(missing)
        for name in missing:
            try:
                self._sketches[name] = unpacked(found.get(name, b""))
            except InputError:
                self._make(name)
        return {name: self._sketches[name] for name in names if name in self._sketches}

    def touched(
        self, stale: Iterable[str], corrections: Iterable[Correction]
    ) -> tuple[set[str], dict[str, tuple[str, ...]]]:
        """The reports to be placed, and the components in which they stand now: the stale reports, and all of every
        component that one of them belongs to, or is alike to. A report alike to one of them that has no place yet, or
        an old one, brings its own with it: what is placed once is not looked at again."""
        near: set[str] = set()
        new = set(stale)
        ties = bound(corrections)
        while new:
            near |= new
            found = self._alike(new) | {name for pair in ties if not new.isdisjoint(pair) for name in pair}
            found = self._here(found - near)
            new = found.intersection(self.store.stale())
            near |= found
        components = self.store.members(set(self.store.components(near).values()))
        near = near.union(*components.values())
        self.load(near)
        return near.intersection(self._sketches), components

    def _here(self, names: set[str]) -> set[str]:
        """Those that the archive (still) holds: a judgement outlives a report that was forgotten."""
        unknown = names - set(self._outlines)
        return names - (unknown - set(self.store.sketches(unknown)))

    def _alike(self, names: set[str]) -> set[str]:
        """The reports that may be of one story with one of these."""
        self._outline(names)
        mine = [self._outlines[name] for name in sorted(names.intersection(self._outlines))]
        wanted = {own.id: [Key(WORD, key) for key in wanted_by(own)] for own in mine}
        holders = self.store.neighbours({key for keys in wanted.values() for key in keys}, None)
        self._outline({other for others in holders.values() for other in others})
        found: set[str] = set()
        for own in mine:
            others = {other for key in wanted[own.id] for other in holders.get(key, ())} - {own.id} - found
            found |= {other for other in others & self._outlines.keys() if alike(own, self._outlines[other])}
        return found

    def _outline(self, names: set[str]) -> None:
        missing = names - set(self._outlines)
        found = self.store.sketches(missing)
        for name in sorted(missing):
            try:
                self._outlines[name] = outlined(found.get(name, b""))
            except InputError:
                self._make(name)

    def _make(self, name: str) -> None:
        """Makes the sketch of a report anew; nothing for one that was forgotten meanwhile."""
        try:
            record = self.store.record(name)
        except DamageError:
            raise
        except StoreError:
            return
        sketch = self._sketches[name] = self._outlines[name] = sketch_of(record, name)
        if self._keep:
            self.store.put_sketch(name, kept(sketch))


def _placed(sketches: list[Sketch], corrections: list[Correction]) -> list[Placement]:
    components = components_of(sketches, bound(corrections))
    groups: dict[str, list[Sketch]] = {}
    for sketch in sketches:
        groups.setdefault(components[sketch.id], []).append(sketch)
    return [p for name, group in groups.items() for p in _component(name, group, corrections)]


def _component(name: str, sketches: list[Sketch], corrections: list[Correction]) -> Iterable[Placement]:
    merged = merge_sketches(sketches, corrections)
    for sketch in sketches:
        yield Placement(
            report=sketch.id,
            component=name,
            story=merged.stories[sketch.id],
            copy_of=merged.copies.get(sketch.id),
            events=tuple(
                (m, merged.events[sketch.id, t.event])
                for t in sketch.tellings
                if (sketch.id, t.event) in merged.events
                for m in t.mentions
            ),
        )


def forget(store: Store, report: str, reason: str) -> None:
    """Takes a report out of the archive; those of its component find their places again."""
    store.forget(report, reason)
    place(store)
