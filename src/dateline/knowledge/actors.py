"""Knows who is who: a name (and the report's day) in; countries, persons with dated posts, bodies and sectors out."""

from __future__ import annotations

import calendar
import functools
import itertools
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal

import msgspec
from msgspec import Struct

from dateline.errors import KnowledgeError
from dateline.knowledge import files
from dateline.knowledge.agents import Agents, load_agents
from dateline.knowledge.countries import Countries, Country, CountryHit, load_countries
from dateline.knowledge.institutions import Institutions
from dateline.knowledge.names import alike, fold, fold_all, normalise
from dateline.knowledge.sectors import FORMER, load_sectors

__all__ = ["Actor", "Actors", "Country", "CountryHit", "Post", "load_actors"]

ActorKind = Literal["person", "organisation", "body", "outlet", "agency", "armed-group", "party", "ministry", "service"]
_SHORT = 6
"""Abbreviations of up to so many capitals are known in capitals only: ``who`` and ``ice`` are words."""
_ARTICLES = ("The ", "the ")
_SPELT = 4
"""Abbreviations of so many letters and more are also printed like names: ``Tass``, ``Nato``."""
_UNRANKED = 60
_SURNAME_FIRST = frozenset({"CHN", "PRK", "KOR", "TWN", "KHM"})
_PARTICLES = frozenset(
    (
        "al",
        "el",
        "bin",
        "ibn",
        "ben",
        "van",
        "der",
        "den",
        "de",
        "da",
        "do",
        "dos",
        "di",
        "du",
        "la",
        "le",
        "von",
        "zu",
        "abu",
        "ould",
        "ag",
        "ter",
    )
)
_SUFFIXES = frozenset({"jr", "sr"})
_NUMERALS = frozenset({"i", "ii", "iii", "iv", "v", "vi", "xiv", "xvi"})


class Post(Struct, frozen=True):
    """An office: ``title`` in or of ``of`` (alpha-3 or body code), both days inclusive, None where open."""

    title: str
    of: str
    since: date | None
    until: date | None
    sector: str | None
    rank: int = _UNRANKED

    def held(self, day: date) -> bool:
        """Whether the post was held on ``day``."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


class Actor(Struct, frozen=True):
    """A person or body of our tables. ``country`` is alpha-3 or a PLOVER body code; ``sector`` is that of the day
    asked about (ELI for a former official), or of the latest post; ``state_run`` is told of outlets."""

    id: str
    name: str
    kind: ActorKind
    country: str | None
    sector: str | None
    roles: tuple[Post, ...] = ()
    state_run: bool | None = None


class Actors:
    """The tables of ``data/actors`` behind one set of questions."""

    def __init__(self) -> None:
        self.countries: Countries = load_countries()
        self.agents: Agents = load_agents()
        self._actors: dict[str, Actor] = {}
        self._persons: dict[str, list[dict[str, str]]] = {}
        self._names: dict[str, list[str]] = {}
        self._capitals: dict[str, list[str]] = {}
        self._articled: set[str] = set()
        self._surnames: dict[str, list[str]] = {}
        self._institutions = Institutions(self.countries)
        for file in sorted(files.path("actors").glob("posts_*.csv")):
            self._add_persons(file.name)
        self._add_bodies()
        self._add_outlets()

    def country(self, words: str | Sequence[str]) -> CountryHit | None:
        """The country that a name, adjective, people, capital or seat stands for: ``Kremlin`` gives RUS, GOV."""
        return self.countries.find(words if isinstance(words, str) else " ".join(words))

    def code(self, alpha3: str) -> Country | None:
        """The country (or body code) with this alpha-3."""
        return self.countries.by_code.get(alpha3)

    def sector(self, noun_phrase_lemmas: Sequence[str]) -> str | None:
        """The PLOVER sector of an agent noun phrase: ``["riot", "police"]`` gives COP."""
        return self.agents.sector(noun_phrase_lemmas)

    def post(self, words: str | Sequence[str]) -> str | None:
        """The PLOVER sector of a title: ``defence minister`` gives GOV, ``commander-in-chief`` MIL."""
        found = self.agents.title(words if isinstance(words, str) else " ".join(words))
        return found.sector if found else None

    def get(self, actor_id: str, on: date | None = None) -> Actor | None:
        """The actor with this id, its sector as of ``on``."""
        actor = self._actor(actor_id)
        return self._as_of(actor, on) if actor else None

    def find(self, name: str, on: date | None = None) -> tuple[Actor, ...]:
        """The actors of this full name, best first: in office on the day, then of the highest office."""
        key = normalise(name)
        found = self._capitals.get(_bare(name)) or self._names.get(key) or []
        if key in self._articled and not name.lstrip().startswith(_ARTICLES):
            found = []
        if not found:
            institution = self._institutions.find(key)
            if institution:
                return (Actor(**institution),)
            found = self._untitled(key) or self._folded(key)
        return self._ordered(found, on)

    def surname(self, name: str, on: date | None = None) -> tuple[Actor, ...]:
        """Everyone with this family name, best first. More than one may fit: the caller decides."""
        key = normalise(name)
        found = self._surnames.get(key, [])
        if not found and len(key) > 4:
            found = [bearer for bearer, other in self._surname_keys.get(fold(key), []) if alike(key, other)]
        return self._ordered(list(dict.fromkeys(found)), on)

    def institution(self, words: str) -> bool:
        """Whether the words name what every country has one of: ``Defence Ministry``, ``General Staff``."""
        return self._institutions.kind(words) is not None

    def role_on(self, actor: Actor, day: date | None) -> Post | None:
        """The highest post held on the day (the latest one for no day), None outside every office."""
        held = [post for post in actor.roles if day is None or post.held(day)]
        if not held:
            return None
        if day is None:
            return max(held, key=lambda post: (post.until or date.max, -post.rank, post.since or date.min))
        return min(held, key=lambda post: (post.rank, -(post.since or date.min).toordinal()))

    def names(self) -> Iterator[tuple[str, str]]:
        """Every full name and variant, normalised, with the actor's id; abbreviations stay in capitals (``WHO``),
        one-word names that are words without it keep their article (``the sun``)."""
        for name, ids in itertools.chain(self._names.items(), self._capitals.items()):
            for actor_id in ids:
                yield f"the {name}" if name in self._articled else name, actor_id

    def _add(self, actor_id: str, names: Sequence[str]) -> None:
        if actor_id in self._persons or actor_id in self._actors:
            raise KnowledgeError(f"actors: id {actor_id!r} stands twice")
        for name in names:
            short = _abbreviates(name)
            key = name if short else normalise(name)
            if name.startswith("The ") and " " not in key:
                self._articled.add(key)
            else:
                self._articled.discard(key)
            bearers = (self._capitals if short else self._names).setdefault(key, [])
            if actor_id not in bearers:
                bearers.append(actor_id)

    def _add_persons(self, file: str) -> None:
        persons: dict[str, list[dict[str, str]]] = {}
        for row in files.rows(files.path("actors", file), ("person", "variants", "title", "since", "until")):
            persons.setdefault(row["person"], []).append(row)
        for name, rows in persons.items():
            actor_id = f"person:{_slug(name)}"
            variants = [variant for row in rows for variant in row["variants"].split("|") if variant]
            self._add(actor_id, [name, *variants])
            self._persons[actor_id] = rows
            for full in (name, *variants):
                for form in _surnames(normalise(full), rows[-1]["country"]):
                    bearers = self._surnames.setdefault(form, [])
                    if actor_id not in bearers:
                        bearers.append(actor_id)

    def _actor(self, actor_id: str) -> Actor | None:
        """The actor, made when first asked for: most of the table is not in one report."""
        if actor_id not in self._actors and actor_id in self._persons:
            rows = self._persons[actor_id]
            roles = tuple(sorted((self._post(row) for row in rows), key=lambda post: post.since or date.min))
            actor = Actor(actor_id, rows[0]["person"], "person", rows[-1]["country"], None, roles)
            self._actors[actor_id] = msgspec.structs.replace(actor, sector=self._sector(actor, None))
        return self._actors.get(actor_id)

    def _post(self, row: dict[str, str]) -> Post:
        known = self.agents.titles.get(normalise(row["title"]))
        sector = row["sector"] or (known.sector if known else None)
        since, until = _day(row["since"], first=True), _day(row["until"], first=False)
        return Post(row["title"], row["country"], since, until, sector, known.rank if known else _UNRANKED)

    def _add_bodies(self) -> None:
        for row in files.rows(files.path("actors", "bodies.csv"), ("id", "name", "kind", "country", "sector")):
            actor = Actor(row["id"], row["name"], row["kind"], row["country"] or None, row["sector"] or None)  # type: ignore[arg-type]
            self._add(actor.id, [row["name"], *(alias for alias in row["aliases"].split("|") if alias)])
            self._actors[actor.id] = actor

    def _add_outlets(self) -> None:
        for row in files.rows(files.path("actors", "outlets.csv"), ("id", "name", "kind", "country", "state_run")):
            state_run = {"yes": True, "no": False}.get(row["state_run"])
            actor = Actor(row["id"], row["name"], row["kind"], row["country"] or None, "JRN", (), state_run)  # type: ignore[arg-type]
            self._add(actor.id, [row["name"], *(alias for alias in row["aliases"].split("|") if alias)])
            self._actors[actor.id] = actor

    def _untitled(self, key: str) -> list[str]:
        """Bearers after a leading title, an initial or a patronymic is taken away."""
        words = key.split()
        for size in range(min(4, len(words) - 2), 0, -1):
            if " ".join(words[:size]) in self.agents.titles:
                return self._names.get(" ".join(words[size:]), [])
        if len(words) == 3 and (len(words[1]) == 1 or words[1].endswith(("vich", "vych", "vna", "witsch"))):
            return self._names.get(f"{words[0]} {words[2]}", [])
        return []

    def _folded(self, key: str) -> list[str]:
        if len(key) < 7 or " " not in key:
            return []
        return list(dict.fromkeys(i for i, other in self._name_keys.get(fold(key), []) if alike(key, other)))

    @functools.cached_property
    def _name_keys(self) -> dict[str, list[tuple[str, str]]]:
        return _keys({name: ids for name, ids in self._names.items() if " " in name})

    @functools.cached_property
    def _surname_keys(self) -> dict[str, list[tuple[str, str]]]:
        return _keys(self._surnames)

    def _ordered(self, ids: Sequence[str], on: date | None) -> tuple[Actor, ...]:
        actors = [self._as_of(actor, on) for actor in map(self._actor, ids) if actor]
        return tuple(sorted(actors, key=lambda actor: self._order(actor, on)))

    def _order(self, actor: Actor, on: date | None) -> tuple[int, int, str]:
        post = self.role_on(actor, on)
        rank = min((role.rank for role in actor.roles), default=_UNRANKED)
        return (0 if post or not actor.roles else 1, post.rank if post and on else rank, actor.id)

    def _as_of(self, actor: Actor, on: date | None) -> Actor:
        if not actor.roles or on is None:
            return actor
        post = self.role_on(actor, on) or self._last_before(actor, on)
        country = post.of if post is not None else actor.country
        return msgspec.structs.replace(actor, country=country, sector=self._sector(actor, on))

    @staticmethod
    def _last_before(actor: Actor, on: date) -> Post | None:
        """The last post that was over by the day, None before the first one."""
        return next((post for post in reversed(actor.roles) if post.until is not None and post.until < on), None)

    def _sector(self, actor: Actor, on: date | None) -> str | None:
        post = self.role_on(actor, on)
        if post is None:
            post = self.role_on(actor, None)
            if post and post.sector in load_sectors().official:
                return FORMER
        return post.sector if post else actor.sector


def _keys(names: dict[str, list[str]]) -> dict[str, list[tuple[str, str]]]:
    """Fold keys with the (id, name) pairs that have them."""
    found: dict[str, list[tuple[str, str]]] = {}
    for key, (name, ids) in zip(fold_all(names), names.items(), strict=True):
        found.setdefault(key, []).extend((actor_id, name) for actor_id in ids)
    return found


def _abbreviates(name: str) -> bool:
    return len(name) <= _SHORT and " " not in name and sum(letter.isupper() for letter in name) > 1


def _bare(name: str) -> str:
    """An abbreviation without its dots, article or possessive: ``the W.H.O.'s`` gives ``WHO``."""
    words = name.strip().removeprefix("the ").removeprefix("The ").removesuffix("'s").removesuffix("’s")
    words = words.replace(".", "")
    return words.upper() if len(words) >= _SPELT and words.istitle() else words


def _slug(name: str) -> str:
    return normalise(name).replace(" ", "-")


def _day(text: str, first: bool) -> date | None:
    """``2012``, ``2012-05`` or ``2012-05-07``; less than a day gives its first or last day."""
    if not text:
        return None
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 1:
        return date(parts[0], 1, 1) if first else date(parts[0], 12, 31)
    if len(parts) == 2:
        return date(parts[0], parts[1], 1 if first else calendar.monthrange(parts[0], parts[1])[1])
    return date(*parts)


def _surnames(name: str, country: str | None) -> list[str]:
    """The family name in the ways a report may cut it: with and without its particle, both parts of a double one."""
    words = [word for word in name.split() if word not in _SUFFIXES]
    if len(words) < 2:
        return words
    if words[-1] in _NUMERALS:
        return [" ".join(words[-2:])]
    if country in _SURNAME_FIRST and (len(words) == 3 or country in ("CHN", "PRK")):
        return [words[0]]
    forms = [words[-1]]
    if words[-2] in _PARTICLES or len(words) > 2:
        forms.append(" ".join(words[-2:]))
    return forms


@functools.cache
def load_actors() -> Actors:
    """The knowledge of actors, read once."""
    return Actors()
