"""Reports new to an archive in, the story, the copies and the events of the world that they belong to filed: only what
a new report can touch is looked at again, and the result is that of laying all side by side at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from dateline.errors import InputError
from dateline.merge.corrections import Correction, bound
from dateline.merge.merging import merge_sketches
from dateline.merge.neighbours import alike, keys_of, wanted_by
from dateline.merge.sketches import Sketch, packed, sketch_of, unpacked
from dateline.merge.stories import components_of
from dateline.store import Key, Placement, Store
from dateline.store import Sketch as Kept

AT_ONCE = 200
"""Reports placed in one transaction."""
EVERY = 1_000_000
"""All that hold a key: a limit would make the result depend on the order of adding."""
WORD = "word"


def place(store: Store) -> int:
    """Files where every stale report belongs; how many there were."""
    done = 0
    while stale := store.stale()[:AT_ONCE]:
        turn = store.turn()
        corrections = corrections_of(store)
        known = _Known(store)
        known.load(stale)
        touched = known.touched(stale, corrections)
        placements = _placed([known[name] for name in sorted(touched)], corrections)
        if store.place(placements, as_of=turn):
            done += len(stale)
    return done


def corrections_of(store: Store) -> list[Correction]:
    """What persons decided, in the order in which they did."""
    return [Correction(kind=j.kind, left=j.left, right=j.right, value=j.value) for j in store.judgements()]


def sketches_of(store: Store, reports: Collection[str]) -> dict[str, Sketch]:
    """The sketches of some reports of the archive."""
    known = _Known(store)
    known.load(reports)
    return {name: known[name] for name in reports}


class _Known:
    """Sketches of the archive, each read once."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._sketches: dict[str, Sketch] = {}

    def __getitem__(self, name: str) -> Sketch:
        return self._sketches[name]

    def load(self, names: Collection[str]) -> None:
        """Reads the sketches of some reports; one that is missing or of another version is made from its record."""
        missing = [name for name in names if name not in self._sketches]
        found = self.store.sketches(missing)
        for name in missing:
            self._sketches[name] = self._read(name, found.get(name))

    def _read(self, name: str, raw: bytes | None) -> Sketch:
        try:
            if raw is not None:
                return unpacked(raw)
        except InputError:
            pass
        sketch = sketch_of(self.store.record(name), name)
        keys = tuple(Key(WORD, key) for key in keys_of(sketch))
        self.store.put_sketch(name, Kept(data=packed(sketch), keys=keys))
        return sketch

    def touched(self, stale: Iterable[str], corrections: Iterable[Correction]) -> set[str]:
        """The stale reports, and all of every component that one of them belongs to, did belong to, or is alike to."""
        stale = set(stale)
        near = set(stale)
        for name in sorted(stale):
            near |= self._alike(name)
        for left, right in bound(corrections):
            if stale & {left, right}:
                near |= {left, right}
        near &= self._here(near)
        components = {p.component for p in self.store.placements(near).values()}
        members = self.store.members(components)
        touched = near | {name for group in members.values() for name in group}
        self.load(touched)
        return touched

    def _here(self, names: set[str]) -> set[str]:
        """Those that the archive (still) holds: a judgement outlives a report that was forgotten."""
        unknown = names - set(self._sketches)
        return names - (unknown - set(self.store.sketches(unknown)))

    def _alike(self, name: str) -> set[str]:
        own = self[name]
        found = self.store.neighbours([Key(WORD, key) for key in wanted_by(own)], EVERY)
        others = {other for names in found.values() for other in names} - {name}
        self.load(others)
        return {other for other in others if alike(own, self[other])}


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
            events=tuple((m, merged.events[sketch.id, t.event]) for t in sketch.tellings for m in t.mentions),
        )


def forget(store: Store, report: str, reason: str) -> None:
    """Takes a report out of the archive; those of its component find their places again."""
    placed = store.placements([report]).get(report)
    others = store.members([placed.component])[placed.component] if placed else ()
    for name, sketch in sketches_of(store, [other for other in others if other != report]).items():
        keys = tuple(Key(WORD, key) for key in keys_of(sketch))
        store.put_sketch(name, Kept(data=packed(sketch), keys=keys))  # stale before it is gone: a stop loses nothing
    store.forget(report, reason)
    place(store)
