"""Tells who held an office on a day: a country and a title in, the person of our tables out where only one did."""

from __future__ import annotations

import functools
from datetime import date

from dateline.knowledge.actors import Actor, Actors, Post, load_actors
from dateline.knowledge.names import normalise

RULERS = frozenset({"leader", "ruler", "strongman", "dictator"})
"""Nouns for whoever leads a country, whatever the title."""
_HEADS = 1
"""Rank of a head of state."""


class Offices:
    """Posts by country and title, of all persons in the tables."""

    def __init__(self, actors: Actors) -> None:
        self.actors = actors
        self._posts: dict[tuple[str, str], list[tuple[Post, str]]] = {}
        for actor_id in dict.fromkeys(actor_id for _, actor_id in actors.names()):
            actor = actors.get(actor_id)
            for post in actor.roles if actor is not None else ():
                for key in {self._office(post.title), "ruler" if post.rank == _HEADS else ""} - {""}:
                    self._posts.setdefault((post.of, key), []).append((post, actor_id))

    def holder(self, country: str, title: str, day: date) -> Actor | None:
        """The only holder of the office that day. A country's ``leader`` is its head of state."""
        office = "ruler" if title in RULERS else self._office(title)
        held = {actor_id for post, actor_id in self._posts.get((country, office), ()) if post.held(day)}
        return self.actors.get(held.pop(), day) if len(held) == 1 else None

    def office(self, title: str) -> str:
        """What all spellings and forms of one title share: "defense minister", "minister of defence". A title that the
        tables do not have as a whole ("deputy defence minister") is its own."""
        row = self.actors.agents.titles.get(normalise(title))
        return f"{id(row)}" if row is not None else normalise(title).replace("defense", "defence")

    @functools.lru_cache(maxsize=4000)  # noqa: B019 - one object a process
    def _office(self, title: str) -> str:
        """The office a title names, the same for all its forms; the title itself where the tables do not know it."""
        row = self.actors.agents.title(title)
        return f"{id(row)}" if row is not None else title


@functools.cache
def load_offices() -> Offices:
    """The offices of the installed tables, indexed once."""
    return Offices(load_actors())
