"""How an archive stood before and its events now in, what is new, changed, contradicted or further supported out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from typing import Literal

from msgspec import Struct

from dateline.merge.slots import Slot
from dateline.merge.worlds import World

Kind = Literal["new", "changed", "contradicted", "supported"]
KINDS: tuple[Kind, ...] = ("contradicted", "changed", "new", "supported")
"""In the order in which a reader wants them."""
_NAMED = ("actor", "recipient", "place")
_ORDER = {"status": 0, "type": 1, "day": 2, "place": 3, "actor": 4, "recipient": 5}


class Stood(Struct, frozen=True, array_like=True):
    """How an event stood: its name, the anchors of its tellings, what it was, the keys of the values of every slot (the
    best supported first), the slots on which reports differed, its independent sources, its links, its line."""

    id: str
    anchors: tuple[str, ...]
    type: str
    status: str
    earliest: date | None
    latest: date | None
    values: dict[str, tuple[tuple[str, str], ...]]
    differs: tuple[str, ...]
    independent: int
    links: tuple[tuple[str, str], ...]


class Standing(Struct, frozen=True):
    """How the events of an archive stood."""

    events: tuple[Stood, ...] = ()


class Shift(Struct, frozen=True, kw_only=True):
    """What is otherwise about an event: the slot (``status``, ``type``, ``day``, ``sources`` or one of its slots), and
    the value before and now, in keys for a status or a type, in words else. Of a contradiction ``was`` is what was
    told first, ``now`` what is told beside it."""

    slot: str
    was: str
    now: str
    contradicts: bool = False


class Change(Struct, frozen=True, kw_only=True):
    """An event that is not as it was: ``shifts`` say in what; none where it is new. ``new`` are the anchors of the
    tellings that were not there; ``watches`` the rules that it meets."""

    kind: Kind
    world: World
    shifts: tuple[Shift, ...] = ()
    new: frozenset[str] = frozenset()
    watches: tuple[str, ...] = ()


class Digest(Struct, frozen=True, kw_only=True):
    """What came of an archive between two states. ``gone`` are names of events that no report tells any more."""

    changes: tuple[Change, ...] = ()
    gone: tuple[str, ...] = ()

    def of(self, kind: Kind) -> tuple[Change, ...]:
        """The changes of a kind."""
        return tuple(change for change in self.changes if change.kind == kind)

    @property
    def watched(self) -> tuple[Change, ...]:
        """The changes that a rule watches."""
        return tuple(change for change in self.changes if change.watches)


def standing_of(worlds: Sequence[World]) -> Standing:
    """How some events stand."""
    return Standing(tuple(_stood(world) for world in worlds))


def _stood(world: World) -> Stood:
    return Stood(
        id=world.id,
        anchors=tuple(told.anchor for told in world.tellings),
        type=world.type,
        status=world.status,
        earliest=world.earliest,
        latest=world.latest,
        values={slot.name: tuple((v.key, v.name) for v in slot.values) for slot in world.slots},
        differs=tuple(slot.name for slot in world.differs),
        independent=world.independent,
        links=tuple((link.kind, link.world) for link in world.links),
    )


def compared(before: Standing, now: Sequence[World], left_out: Collection[str] = ()) -> Digest:
    """What is otherwise. An event is the same as one before where they share tellings: names change when an earlier
    telling comes in, tellings keep theirs. Of events that are ``left_out`` (by id) nothing is told, but that they are
    still there."""
    matched = _matched(before, now)
    told = (world for world in now if world.id not in left_out)
    found = [change for world in told if (change := _change(world, matched.get(world.id), matched)) is not None]
    here = {anchor for world in now for anchor in (told.anchor for told in world.tellings)}
    gone = tuple(stood.id for stood in before.events if here.isdisjoint(stood.anchors))
    return Digest(changes=tuple(sorted(found, key=_rank)), gone=gone)


def _rank(change: Change) -> tuple[int, int, int, str]:
    world = change.world
    return KINDS.index(change.kind), -world.independent, -world.reports, world.id


def _matched(before: Standing, now: Sequence[World]) -> dict[str, Stood]:
    """How each event stood: the one before that it shares most tellings with."""
    owners: defaultdict[str, list[Stood]] = defaultdict(list)
    for stood in before.events:
        for anchor in stood.anchors:
            owners[anchor].append(stood)
    found = {}
    for world in now:
        shared = Counter(stood.id for told in world.tellings for stood in owners.get(told.anchor, ()))
        if shared:
            most = max(shared.values())
            found[world.id] = next(
                stood for told in world.tellings for stood in owners.get(told.anchor, ()) if shared[stood.id] == most
            )
    return found


def _change(world: World, was: Stood | None, matched: dict[str, Stood]) -> Change | None:
    """What is otherwise about an event, None where nothing is."""
    known = set(was.anchors) if was else set()
    new = frozenset(told.anchor for told in world.tellings) - known
    if was is None:
        planned = next((matched[link.world] for link in world.links if link.world in matched), None)
        done = (Shift(slot="status", was=planned.status, now=world.status),) if planned else ()
        return Change(kind="changed" if done else "new", world=world, shifts=done, new=new)
    shifts = tuple(sorted(_shifts(world, was, matched), key=lambda s: (_ORDER.get(s.slot, 9), s.slot)))
    if not shifts:
        return None
    if any(shift.contradicts for shift in shifts):
        return Change(kind="contradicted", world=world, shifts=shifts, new=new)
    plain = all(shift.slot == "sources" for shift in shifts)
    return Change(kind="supported" if plain else "changed", world=world, shifts=shifts, new=new)


def _shifts(world: World, was: Stood, matched: dict[str, Stood]) -> list[Shift]:
    slots = {slot.name: slot for slot in world.slots}
    found = [_clash(slot, was) for slot in world.differs]
    clashing = {shift.slot for shift in found if shift is not None}
    if world.status != was.status and "status" not in clashing:
        found.append(Shift(slot="status", was=was.status, now=world.status))
    if world.type != was.type:
        found.append(Shift(slot="type", was=was.type, now=world.type))
    if (world.earliest, world.latest) != (was.earliest, was.latest) and "day" not in clashing:
        found.append(Shift(slot="day", was=days_in_words(was.earliest, was.latest), now=_days(world)))
    found += [_otherwise(name, slots.get(name), was) for name in _NAMED if name not in clashing]
    if world.independent > was.independent:
        found.append(Shift(slot="sources", was=str(was.independent), now=str(world.independent)))
    links = {(link.kind, link.world) for link in world.links if link.kind in {"moved", "cancelled"}}
    told = links - set(was.links)
    found += [Shift(slot="plan", was="planned", now=kind) for kind, other in sorted(told) if other in matched]
    return [shift for shift in found if shift is not None]


def _clash(slot: Slot, was: Stood) -> Shift | None:
    """What is newly told beside what was told of a slot: a value that nobody gave before, where reports now differ."""
    before = dict(was.values.get(slot.name, ()))
    others = [value for value in slot.values if value.key not in before]
    if not others or not before:
        return None
    first, told = next(iter(before.items()))
    coded = slot.name == "status"
    now = " | ".join(value.key if coded else value.name for value in others)
    return Shift(slot=slot.name, was=first if coded else told, now=now, contradicts=True)


def _otherwise(name: str, slot: Slot | None, was: Stood) -> Shift | None:
    """A party or place that was not told before, or that others now stand before."""
    before = was.values.get(name, ())
    if slot is None or (before and slot.values[0].key == before[0][0]):
        return None
    if before and slot.values[0].name == before[0][1]:
        return None
    return Shift(slot=name, was=before[0][1] if before else "", now=slot.values[0].name)


def _days(world: World) -> str:
    return days_in_words(world.earliest, world.latest)


def days_in_words(earliest: date | None, latest: date | None) -> str:
    """Days as ISO text: one, or two with a word between; empty for none."""
    if earliest is None or latest is None or earliest == latest:
        return str(earliest or latest or "")
    return f"{earliest} to {latest}"
