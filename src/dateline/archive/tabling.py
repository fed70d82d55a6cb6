"""Events of the world in, rows for frames and files out: what reports say together, with the codes, coordinates and
addresses that the archive has of its tellings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from dateline.archive.viewing import AT_ONCE
from dateline.export.archive_view import Chronicle
from dateline.export.event_rows import EventRow, Related, Side, TellingRow, Where, chain_of, maybe
from dateline.export.event_table import EventTable
from dateline.export.html import safe_link
from dateline.export.visible import in_words, one_line
from dateline.knowledge.ontology import load_ontology
from dateline.merge.slots import Value
from dateline.merge.worlds import Told, World, base_of
from dateline.store import Hit, Query, Report, Store

_SIDES = ("actor", "recipient")
_KINDS = {"person": "PER", "body": "ORG", "country": "GPE", "outlet": "ORG", "agency": "ORG"}
"""What a knowledge id says of a party."""
_UNLINKED = frozenset({"words", "name", "office"})
"""Beginnings of keys that are made of words and name no row of our tables."""


class Filed(Struct, frozen=True):
    """What the archive's tables have of some tellings: hits by report and first mention, reports by id."""

    hits: dict[tuple[str, str], list[Hit]]
    firsts: dict[str, str]
    reports: dict[str, Report]


def table_of(store: Store, chronicle: Chronicle) -> EventTable:
    """The events of a chronicle as rows, in its order, what is ahead and then what lies long before at the end."""
    return EventTable(rows_of(store, chronicle.every), chronicle.notes)


def rows_of(store: Store, worlds: Sequence[World]) -> Iterator[EventRow]:
    """A row an event."""
    for at in range(0, len(worlds), AT_ONCE):
        some = worlds[at : at + AT_ONCE]
        filed = _filed(store, some)
        yield from (_row(world, filed) for world in some)


def _filed(store: Store, worlds: Sequence[World]) -> Filed:
    names = tuple(dict.fromkeys(base_of(world.id) for world in worlds))
    hits: dict[tuple[str, str], list[Hit]] = {}
    firsts: dict[str, str] = {}
    for hit in store.search(Query(worlds=names, limit=None)):
        hits.setdefault((hit.report, hit.same_as), []).append(hit)
        firsts[f"{hit.report}@{hit.start}"] = hit.same_as
    told = sorted({told.report for world in worlds for told in world.tellings})
    reports: dict[str, Report] = {}
    for at in range(0, len(told), AT_ONCE):
        asked = Query(reports=tuple(told[at : at + AT_ONCE]), limit=None)
        reports |= {report.id: report for report in store.reports(asked)}
    return Filed(hits, firsts, reports)


def _row(world: World, filed: Filed) -> EventRow:
    hits = [hit for told in world.tellings for hit in _hits(told, filed)]
    slots = {slot.name: slot.values for slot in world.slots}
    sure = [told.factuality for told in world.tellings if told.status == world.status]
    things = [v for name, some in slots.items() if name not in _SIDES for v in some if _is_equipment(name, v)]
    actors, recipients = (_sides(slots.get(role, ()), names, hits) for role, names in _parties(world))
    return EventRow(
        event=world.id,
        type=one_line(world.type),
        ontology=world.ontology,
        mode=maybe(world.mode),
        act=maybe(world.act),
        what=_what(world),
        cameo=load_ontology().cameo_of(world.type, world.mode),
        status=world.status,
        certainty=max(sure or [told.factuality for told in world.tellings]),
        score=world.score,
        earliest=world.earliest,
        latest=world.latest,
        actors=actors,
        recipients=recipients,
        equipment=_sides(things, [value.name for value in things], hits),
        place=_where(world, slots.get("place", ()), hits),
        sources=tuple(one_line(source.name) for source in world.sources),
        tellings=tuple(_telling(told, filed) for told in world.tellings),
        reports=world.reports,
        outlets=world.outlets,
        independent=world.independent,
        differs=tuple(one_line(slot.name) for slot in world.differs),
        related=tuple(Related(kind=link.kind, event=link.world) for link in world.links),
    )


def _hits(told: Told, filed: Filed) -> list[Hit]:
    return filed.hits.get((told.report, filed.firsts.get(told.anchor, "")), [])


def _parties(world: World) -> tuple[tuple[str, Sequence[str]], ...]:
    return ("actor", world.actors), ("recipient", world.recipients)


def _is_equipment(slot: str, value: Value) -> bool:
    return slot == "equipment" or value.key.startswith("equipment:")


def _what(world: World) -> str:
    """What the act is, in words, as the pages have it."""
    plain = in_words("type", world.act, world.act.replace("_", " ").lower())
    return in_words("mode", f"{world.act}/{world.mode}", plain) if world.mode else plain


def _sides(values: Iterable[Value], names: Sequence[str], hits: Sequence[Hit]) -> tuple[Side, ...]:
    """The parties that are shown of a slot, with what the tables know of them."""
    wanted = dict.fromkeys(names)
    return tuple(_side(value, hits) for value in values if value.name in wanted)


def _side(value: Value, hits: Sequence[Hit]) -> Side:
    kind = value.key.partition(":")[0]
    link = None if kind in _UNLINKED or ":" not in value.key else value.key
    words = {value.name, *(saying.words for saying in value.sayings)}
    parties = [party for hit in hits for party in hit.parties if party.code]
    code = next((p.code for p in parties if (link and p.link == link) or p.name in words), None)
    return Side(name=one_line(value.name), code=maybe(code or value.country), link=maybe(link), kind=_KINDS.get(kind))


def _where(world: World, values: Sequence[Value], hits: Sequence[Hit]) -> Where | None:
    """The place as the event has it now, with coordinates where a telling or a person gives them."""
    if not values or world.place is None:
        return None
    name, *given = values[0].key.removeprefix("person:").split("|")
    if len(given) == 2:
        return Where(name=one_line(name), lat=float(given[0]), lon=float(given[1]), radius_km=0.0)
    hit = next((hit for hit in hits if hit.place == world.place and hit.lat is not None), None)
    if hit is None:
        return Where(name=one_line(world.place), country=maybe(values[0].country))
    return Where(
        name=one_line(world.place),
        id=None if ":" in values[0].key else maybe(values[0].key),
        country=maybe(hit.country),
        lat=hit.lat,
        lon=hit.lon,
        radius_km=hit.radius_km,
    )


def _telling(told: Told, filed: Filed) -> TellingRow:
    report, start = filed.reports.get(told.report), int(told.anchor.rpartition("@")[2])
    hit = next((hit for hit in _hits(told, filed) if hit.words == told.trigger), None)
    outlet = maybe(told.publisher)
    return TellingRow(
        report=told.report,
        words=one_line(told.trigger),
        sentence=one_line(told.sentence),
        start=hit.start if hit else start,
        end=hit.end if hit else start + len(told.trigger),
        status=told.status,
        certainty=told.factuality,
        chain=chain_of(outlet, [one_line(voice.name) for voice in told.voices]),
        title=maybe(told.title),
        outlet=outlet,
        published=told.published,
        url=(safe_link(report.url) or None) if report else None,
        copy_of=told.copy_of,
    )
