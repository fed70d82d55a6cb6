"""Reports of an archive in, their sketches and outlines out, each read once, and those that share words with one."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from dateline.errors import DamageError, InputError, StoreError
from dateline.merge.neighbours import keys_of, sharing, wanted_by
from dateline.merge.sketches import Outline, Sketch, outlined, packed, sketch_of, unpacked
from dateline.store import Key, SketchRow, Store

WORD = "word"


def kept(sketch: Sketch) -> SketchRow:
    """What the store keeps of a sketch: its bytes, and the keys it is found by."""
    return SketchRow(data=packed(sketch), keys=tuple(Key(WORD, key) for key in keys_of(sketch)))


def sketches_of(store: Store, reports: Collection[str]) -> dict[str, Sketch]:
    """The sketches of those of some reports that the archive holds. It is only looked at: nothing is written."""
    return Sketches(store, keep=False).load(reports)


class Sketches:
    """Sketches of the archive, no more of each than is needed; whether one that had to be made anew goes into the store
    is ``keep``."""

    def __init__(self, store: Store, keep: bool = True) -> None:
        self.store = store
        self._keep = keep
        self._raw: dict[str, bytes] = {}
        self._outlines: dict[str, Outline] = {}

    def raw(self, name: str) -> bytes:
        """The bytes of a sketch that was looked at."""
        return self._raw[name]

    def outlines(self, names: Iterable[str]) -> dict[str, Outline]:
        """The outlines of those of some reports that are there, in the order asked for; one that is missing or of
        another version is made from the record."""
        asked = list(names)
        self._fetch([name for name in asked if name not in self._outlines])
        return {name: self._outlines[name] for name in asked if name in self._outlines}

    def load(self, names: Collection[str]) -> dict[str, Sketch]:
        """The sketches of those of some reports that are there."""
        return {name: self._whole(name) for name in self.outlines(names)}

    def _whole(self, name: str) -> Sketch:
        try:
            return unpacked(self._raw[name])
        except InputError:
            self._make(name)
        return unpacked(self._raw[name])

    def sharing(self, outlines: Collection[Outline]) -> dict[str, list[Outline]]:
        """For each, those that share enough of its heaviest words and are of its time."""
        wanted = {Key(WORD, key) for own in outlines for key in wanted_by(own)}
        holders = {key.key: ids for key, ids in self.store.neighbours(wanted, None).items()}
        names = {own.id: sharing(own, holders) for own in outlines}
        known = self.outlines({other for others in names.values() for other in others})
        return {own: [known[other] for other in others if other in known] for own, others in names.items()}

    def _fetch(self, names: Collection[str]) -> None:
        for name, raw in self.store.sketches(names).items():
            self._raw[name] = raw
        for name in sorted(names):
            try:
                self._outlines[name] = outlined(self._raw.get(name, b""))
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
        sketch = self._outlines[name] = sketch_of(record, name)
        made = kept(sketch)
        self._raw[name] = made.data
        if self._keep:
            self.store.put_sketch(name, made)
