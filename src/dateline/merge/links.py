"""Events of one story in, what became of the planned ones out: they happened, were moved, were cancelled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

import msgspec

from dateline.knowledge.ontology import status_of
from dateline.merge.worlds import PLAN, Link, World, base_of

_SIDES = ("actor", "recipient")
_AS_DONE = "the same act by the same parties, told as done"
_MATTER = ("topic", "equipment")
"""Roles that tell what a plan is about."""
_BACK = {"happened": "plan", "moved": "instead", "cancelled": "plan"}


def linked(worlds: Sequence[World]) -> list[World]:
    """The events with their links, in the order given; only events of one story are tied."""
    stories: defaultdict[str, list[World]] = defaultdict(list)
    for world in worlds:
        stories[world.story].append(world)
    links: defaultdict[str, list[Link]] = defaultdict(list)
    for told in stories.values():
        story = _Story(told)
        for plan in told:
            found = story.outcome(plan) if _open(plan) else None
            if found is not None:
                kind, other, why = found
                links[plan.id].append(Link(kind=kind, world=other.id, why=why))
                links[other.id].append(Link(kind=_BACK[kind], world=plan.id, why=why))
    return [msgspec.structs.replace(w, links=tuple(links[w.id])) if w.id in links else w for w in worlds]


class _Story:
    """The events of one story, each looked at once: by name, by act in the order in which they were first told."""

    def __init__(self, told: Sequence[World]) -> None:
        self._named: defaultdict[str, list[World]] = defaultdict(list)
        self._acted: defaultdict[str, list[World]] = defaultdict(list)
        self._first = {world.id: world.first for world in told}
        for world in told:
            self._named[base_of(world.id)].append(world)
        for world in sorted(told, key=lambda w: (self._first[w.id], w.id)):
            self._acted[world.act].append(world)

    def outcome(self, plan: World) -> tuple[str, World, str] | None:
        """What became of a plan: its fulfilment, its cancellation, the newer plan in its place."""
        same = self._named[base_of(plan.id)]
        newer = min((w for w in same if _replaces(w, plan)), key=lambda w: (self._first[w.id], w.id), default=None)
        if newer is not None:
            return "moved", newer, _apart(plan, newer)
        own = next((w for w in same if plan.id.startswith(f"{w.id}{PLAN}") and _fulfils(w, plan)), None)
        if own is not None:
            return "happened", own, "one event, told as planned and as done"
        return self._later(plan)

    def _later(self, plan: World) -> tuple[str, World, str] | None:
        """What is told of an event of another name that was first told with the plan or later."""
        alike = [w for w in self._since(plan, plan.act) if _same_parties(plan, w)]
        for world in alike:
            if _fulfils(world, plan):
                apart = _apart(plan, world)
                return ("moved" if apart else "happened"), world, apart or _AS_DONE
        if plan.act == "CONSULT":
            for world in self._since(plan, "REJECT"):
                if world.mode == "meet" and _same_parties(plan, world):
                    return "cancelled", world, "the meeting was called off"
        for world in alike:
            if _open(world) and self._first[world.id] > self._first[plan.id]:
                apart = _apart(plan, world)
                if apart:
                    return "moved", world, apart
        return None

    def _since(self, plan: World, act: str) -> list[World]:
        first = self._first[plan.id]
        return [w for w in self._acted.get(act, ()) if self._first[w.id] >= first and w.id != plan.id]


def _open(world: World) -> bool:
    return status_of(world.status).family == "open"


def _replaces(newer: World, plan: World) -> bool:
    """A plan of the same event that was told later, for another day."""
    same = base_of(newer.id) == base_of(plan.id) and newer.id != plan.id
    return same and _open(newer) and newer.first > plan.first and _apart(plan, newer) != ""


def _parties(world: World) -> set[str]:
    return {v.key for slot in world.slots if slot.name in _SIDES for v in slot.values if not v.key.startswith("words:")}


def _same_parties(plan: World, other: World) -> bool:
    """The same parties in the same matter: of a side or a thing that both tell, one at least is the same."""
    mine, theirs = _parties(plan), _parties(other)
    if not len(mine & theirs) * 2 >= min(len(mine), len(theirs)) > 0:
        return False
    return all(_agree(_keys(plan, matter), _keys(other, matter)) for matter in _MATTER)


def _agree(mine: set[str], theirs: set[str]) -> bool:
    return not mine or not theirs or not mine.isdisjoint(theirs)


def _keys(world: World, slot: str) -> set[str]:
    return {value.key for found in world.slots if found.name == slot for value in found.values}


def _fulfils(world: World, plan: World) -> bool:
    """Told as done, and not before the plan was made."""
    return status_of(world.status).took_place and not _before(world, plan)


def _before(world: World, plan: World) -> bool:
    """Done before the plan was made: not its outcome."""
    return world.latest is not None and world.latest < plan.first


def _apart(plan: World, other: World) -> str:
    """On what they differ: another day, another place; empty where nothing tells them apart."""
    dated = plan.earliest and plan.latest and other.earliest and other.latest
    if dated and not _overlap(plan, other):
        return f"planned for {plan.earliest}, told of {other.earliest}"
    mine, theirs = _place(plan), _place(other)
    if mine is not None and theirs is not None and mine[0] != theirs[0]:
        return f"planned at {mine[1]}, told of {theirs[1]}"
    return ""


def _overlap(plan: World, other: World) -> bool:
    days = (plan.earliest, plan.latest, other.earliest, other.latest)
    first, last, low, high = (day or date.min for day in days)
    return low <= last and high >= first


def _place(world: World) -> tuple[str, str] | None:
    slot = next((slot for slot in world.slots if slot.name == "place"), None)
    narrow = next((v for v in slot.values if not v.broad), None) if slot else None
    return (narrow.key, narrow.name) if narrow else None
