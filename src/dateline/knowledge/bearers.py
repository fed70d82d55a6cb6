"""Explains a name: words and a day in; everybody and everything of our tables that may bear it, with reasons, out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from dateline.knowledge.actors import Actor, Post, load_actors
from dateline.knowledge.companies import load_companies
from dateline.knowledge.equipment import System, load_equipment
from dateline.knowledge.gazetteer import load_gazetteer
from dateline.knowledge.names import alike, fold, normalise

_PLACES = 3
"""Places shown of one name."""


class Bearer(Struct, frozen=True):
    """Who or what a name may be. ``linked`` marks the one a report of that day is tied to by the name alone; the others
    need more words (a title, a country, "the frigate"). ``post`` is the office held on the day, in words."""

    id: str
    name: str
    kind: str
    country: str | None
    sector: str | None
    post: str | None
    linked: bool
    why: str


def bearers(name: str, on: date | None = None) -> tuple[Bearer, ...]:
    """Everything in our tables that may be called so on the day, the linked one first. Empty for an unknown name."""
    found = [*_country(name), *_by_name(name, on), *_firm(name), *_by_surname(name, on), *_equipment(name)]
    if not found:
        found = list(_places(name)) or list(_by_sound(name, on))
    unique = {bearer.id: bearer for bearer in reversed(found)}
    return tuple(sorted(unique.values(), key=lambda bearer: (not bearer.linked, found.index(bearer))))


def _country(name: str) -> Iterator[Bearer]:
    hit = load_actors().country(name)
    if hit is not None:
        why = f"{hit.how} of the country" if hit.how != "seat" else "seat that stands for its government"
        country = hit.country
        yield Bearer(f"country:{country.alpha3}", country.name, "country", country.code, hit.sector, None, True, why)


def _by_name(name: str, on: date | None) -> Iterator[Bearer]:
    """Full names and their variants."""
    found = load_actors().find(name, on)
    written = {actor_id for known, actor_id in load_actors().names() if known == normalise(name)}
    for actor in found:
        why = "full name or variant in the table" if actor.id in written else _spelling(name)
        if len(found) > 1:
            why += f"; one of {len(found)} of that name"
        yield _bearer(actor, on, len(found) == 1, why)


def _by_surname(name: str, on: date | None) -> Iterator[Bearer]:
    """Family names: a link only with more words than the name."""
    actors = load_actors()
    for actor in actors.surname(name, on):
        same = normalise(name) in normalise(actor.name).split()
        why = "family name" if same else f"family name, {_spelling(name)}"
        if on is not None and actors.role_on(actor, on) is None:
            why += "; no office that day"
        yield _bearer(actor, on, False, why + "; linked with a title, a country or a first name beside it")


def _by_sound(name: str, on: date | None) -> Iterator[Bearer]:
    """Full names of one sound in some pair of languages: worth a look, never a link."""
    actors = load_actors()
    ids = dict.fromkeys(actor_id for known, actor_id in actors.names() if " " in known and alike(name, known))
    for actor_id in ids if " " in name.strip() else ():
        actor = actors.get(actor_id, on)
        if actor is not None:
            yield _bearer(actor, on, False, "sounds alike, read as the press of another language writes it")


def _spelling(name: str) -> str:
    return f"another spelling (key {fold(name)!r})"


def _bearer(actor: Actor, on: date | None, linked: bool, why: str) -> Bearer:
    post = load_actors().role_on(actor, on)
    words = _post(post) if post is not None else None
    return Bearer(actor.id, actor.name, actor.kind, actor.country, actor.sector, words, linked, why)


def _post(post: Post) -> str:
    since, until = post.since, post.until
    days = f" from {since}" if since else ""
    return f"{post.title} ({post.of}){days}{f' to {until}' if until else ''}"


def _firm(name: str) -> Iterator[Bearer]:
    firm = load_companies().find(name)
    if firm is not None:
        yield Bearer(firm.id, firm.name, firm.kind, firm.country, firm.sector, None, True, "table of firms")


def _equipment(name: str) -> Iterator[Bearer]:
    """Systems by any of their names; ships also by one word of a name, which needs a word for a ship in the report."""
    equipment = load_equipment()
    whole = [hit for hit in equipment.find(name) if hit.end - hit.start == len(name) and not hit.generic]
    for hit in whole:
        yield _system(hit.system, True, "table of equipment")
    key = fold(name)
    known = {hit.system.id for hit in whole}
    ships = (system for system in equipment.systems.values() if system.kind in {"ship", "submarine"})
    for system in ships:
        if system.id not in known and (key == fold(system.name) or key in fold(system.name).split()):
            same = normalise(name) in normalise(system.name)
            why = "name of a ship" if same else f"name of a ship, {_spelling(name)}"
            yield _system(system, False, f"{why}; linked beside a word for a ship")


def _system(system: System, linked: bool, why: str) -> Bearer:
    return Bearer(system.id, system.name, system.kind, system.country, None, system.family, linked, why)


def _places(name: str) -> Iterator[Bearer]:
    """The best known places, where nobody else bears the name: which one is meant the report must tell."""
    for sense in load_gazetteer().find(name)[:_PLACES]:
        why = f"gazetteer: {sense.population:,} people; which one is meant, the report's other places tell"
        yield Bearer(f"place:{sense.id}", sense.name, sense.kind, sense.country or None, None, None, False, why)
