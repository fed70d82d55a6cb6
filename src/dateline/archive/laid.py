"""An archive in, its events laid out for looking out: what takes long to find and is the same for every page. It is
kept in a file beside the archive, so that the next program need not lay it out again."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import zlib
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from dateline.archive import viewing
from dateline.archive.facets import Held, held_by
from dateline.archive.placing import corrections_of
from dateline.errors import OutputError
from dateline.knowledge.files import knowledge_hash
from dateline.merge.corrections import Correction
from dateline.merge.slots import Slot
from dateline.merge.worlds import World, base_of, in_order
from dateline.store import Hit, Query, Report, Store
from dateline.writing import whole_file

SUFFIX = ".laid"
"""Ending of the file beside an archive's own."""
_PICKED = 100
"""Reports by which what is kept is known to be of an archive."""
_EVERYWHERE = (-90.0, -180.0, 90.0, 180.0)
_ROOMS = ("archive", "merge", "store")
"""The rooms whose code makes what is laid out."""


class Spot(Struct, frozen=True, kw_only=True, gc=False):
    """Where an event was: degrees, and how far off it may be; ``whole`` is somewhere in a country. ``given`` is set by
    a person."""

    name: str
    lat: float
    lon: float
    radius_km: float
    whole: bool
    given: bool = False


class Laid(Struct, frozen=True, kw_only=True):
    """An archive laid out, as its ``stamp`` says when (None where it has none). ``worlds`` are all events by day,
    ``reports`` all reports; numbers are places in ``worlds``: what is ``ahead``, what reports look back on
    (``background``), what is left out unless asked for (``slight``), on what reports differ (the worst first);
    ``firsts`` are the days (ordinals) on which events were first told. ``marks`` holds for each story words that change
    with what its reports tell."""

    stamp: str | None
    marks: dict[str, str]
    reports: tuple[Report, ...]
    worlds: tuple[World, ...]
    spots: dict[str, Spot]
    held: Held
    ahead: tuple[int, ...]
    background: tuple[int, ...]
    slight: tuple[int, ...]
    differing: tuple[int, ...]
    firsts: tuple[int, ...]


def laid_out(store: Store, before: Laid | None = None) -> Laid:
    """An archive laid out now: about a second for a thousand reports. Of one that was laid out ``before``, only the
    stories are laid out anew whose reports tell something else now."""
    stamp = store.stamp()
    reports = tuple(store.reports())
    marks = _marks(store, reports)
    stand = {story for story, mark in marks.items() if before is not None and before.marks.get(story) == mark}
    new = viewing.of_stories(store, marks.keys() - stand) if len(stand) < len(marks) else []
    stand -= {world.story for world in new}
    known, spots = (before.worlds, before.spots) if before is not None else ((), {})
    old = [world for world in known if world.story in stand]
    worlds = tuple(in_order([*old, *new]))
    today = max((report.published for report in reports if report.published), default=None)
    slight = frozenset(n for n, world in enumerate(worlds) if viewing.slight(world))
    differing = [n for n, world in enumerate(worlds) if n not in slight and world.differs]
    return Laid(
        stamp=stamp,
        marks=marks,
        reports=reports,
        worlds=worlds,
        spots={world.id: spots[world.id] for world in old if world.id in spots}
        | _spots(store, new, everywhere=not old),
        held=held_by(worlds),
        ahead=tuple(n for n, world in enumerate(worlds) if viewing.is_ahead(world, today)),
        background=tuple(n for n, world in enumerate(worlds) if viewing.is_background(world)),
        slight=tuple(sorted(slight)),
        differing=tuple(sorted(differing, key=lambda n: (_gravity(worlds[n]), n))),
        firsts=tuple(world.first.toordinal() for world in worlds),
    )


def _marks(store: Store, reports: Sequence[Report]) -> dict[str, str]:
    """For each story words that change with what its reports say, where they stand, and what persons corrected."""
    placed = store.placements([report.id for report in reports])
    named, corrected = list[Correction](), defaultdict[str, list[Correction]](list)
    for correction in corrections_of(store):
        if correction.kind == "rename":  # bears on whoever tells of that name
            named.append(correction)
        for anchor in (correction.left, correction.right or ""):
            corrected[anchor.rpartition("@")[0]].append(correction)
    of = {report: placement.story for report, placement in placed.items()}
    marks: defaultdict[str, int] = defaultdict(lambda: zlib.crc32(repr(named).encode()))
    for report in sorted(placed):
        said = msgspec.msgpack.encode(placed[report]) + repr(corrected.get(report, ())).encode()
        marks[of[report]] = zlib.crc32(said, marks[of[report]])
    return {story: f"{mark:08x}" for story, mark in marks.items()}


def keep(laid: Laid, archive: Path) -> None:
    """Keeps it beside an archive's file, for its owner alone; not where nothing can be written, nor without a stamp."""
    if laid.stamp is None:
        return
    raw = msgspec.msgpack.encode(laid)
    with contextlib.suppress(OutputError), whole_file(place_of(archive)) as part, part.open("wb") as stream:
        stream.write(b"%s %08x\n" % (program().encode(), zlib.crc32(raw)))
        stream.write(raw)


def kept(archive: Path) -> Laid | None:
    """What is kept beside an archive's file, whether or not it still holds; None where nothing is, where another
    version of the program laid it out, and for a damaged file."""
    with contextlib.suppress(OSError, msgspec.DecodeError, ValueError):
        head, _, raw = place_of(archive).read_bytes().partition(b"\n")
        if head == b"%s %08x" % (program().encode(), zlib.crc32(raw)):
            return msgspec.msgpack.decode(raw, type=Laid)
    return None


def is_of(laid: Laid, store: Store) -> bool:
    """Whether what is kept was laid out of this archive, before something was added to it: reports picked from all of
    it are there. One that was deleted and begun anew shows nothing of the one before."""
    step = max(len(laid.reports) // _PICKED, 1)
    picked = {report.id for report in laid.reports[::step]}
    return picked == {report.id for report in store.reports(Query(reports=tuple(sorted(picked)), limit=None))}


def drop(archive: Path) -> None:
    """Takes away what is kept: words that were forgotten must stand nowhere."""
    with contextlib.suppress(OSError):
        place_of(archive).unlink(missing_ok=True)


def place_of(archive: Path) -> Path:
    """The file beside an archive's own."""
    return archive.with_name(archive.name + SUFFIX)


@functools.cache
def program() -> str:
    """Sixteen hex digits that change with the code and the knowledge by which an archive is laid out."""
    digest = hashlib.sha256(knowledge_hash().encode())
    home = Path(__file__).parents[1]
    for room in _ROOMS:
        for file in sorted((home / room).glob("*.py")):
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _gravity(world: World) -> tuple[int, int, int]:
    """How far the reports are apart: the independent sources behind the second account, then behind the first; whether
    it happened at all weighs most."""
    slots = world.differs
    second = max((_second(slot) for slot in slots), default=0)
    return -any(slot.name == "status" for slot in slots), -second, -world.independent


def _second(slot: Slot) -> int:
    return sorted((value.independent for value in slot.values), reverse=True)[1] if len(slot.values) > 1 else 0


def _spots(store: Store, worlds: Sequence[World], everywhere: bool) -> dict[str, Spot]:
    """The places of events: that of a hit which names the place that the reports support best, or a person's own.
    ``everywhere`` where these are all that there are."""
    hits: dict[tuple[str, str], Hit] = {}
    names = tuple(dict.fromkeys(base_of(world.id) for world in worlds))
    parts = [()] if everywhere else [names[at : at + viewing.AT_ONCE] for at in range(0, len(names), viewing.AT_ONCE)]
    for part in parts:
        for hit in store.search(Query(box=_EVERYWHERE, worlds=part, limit=None)):
            if hit.world and hit.place:
                hits.setdefault((hit.world, hit.place), hit)
    found = {}
    for world in worlds:
        spot = _given(world) or _read(world, hits)
        if spot is not None:
            found[world.id] = spot
    return found


def _read(world: World, hits: dict[tuple[str, str], Hit]) -> Spot | None:
    hit = hits.get((base_of(world.id), world.place or ""))
    if hit is None or hit.lat is None or hit.lon is None:
        return None
    broad = next((v.broad for slot in world.slots if slot.name == "place" for v in slot.values), False)
    radius = hit.radius_km or 0.0
    return Spot(name=hit.place or "", lat=hit.lat, lon=hit.lon, radius_km=radius, whole=broad or radius > WIDE_KM)


WIDE_KM = 250.0
"""A place with a greater radius is a country or as vague as one."""


def _given(world: World) -> Spot | None:
    """The place that a person gave, where it has degrees: ``person:name|lat|lon``."""
    for slot in world.slots:
        for value in slot.values if slot.name == "place" else ():
            name, *degrees = value.key.removeprefix("person:").split("|")
            if value.key.startswith("person:") and len(degrees) == 2:
                lat, lon = (float(part) for part in degrees)
                return Spot(name=name, lat=lat, lon=lon, radius_km=0.0, whole=False, given=True)
    return None
