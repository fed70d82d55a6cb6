"""Makes the entities of a report: clusters in; names, links with reasons, roles, country and sector out."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from dateline.knowledge.actors import Actor
from dateline.model import Entity, MentionType, Record, Role, Span
from dateline.stages.coreference.clusters import Clusters
from dateline.stages.coreference.codes import Coder
from dateline.stages.coreference.items import Item
from dateline.stages.coreference.linking import Linker, words_of
from dateline.stages.coreference.roles import merged


class Describer:
    """Describes each cluster of one report."""

    def __init__(self, record: Record, clusters: Clusters, linker: Linker, coder: Coder, day: date | None) -> None:
        self.record, self.clusters, self.linker, self.coder, self.day = record, clusters, linker, coder, day

    def entities(self, pairs: dict[int, tuple[int, int]]) -> tuple[Entity, ...]:
        """The entities in the order of their first mention; pronouns that found nobody make none. ``pairs`` are items
        that mean two clusters: their entity is one of its own, named after both."""
        made: dict[int, Entity] = {}
        paired = {self.clusters.of(place) for place in pairs}
        for root in sorted(self.clusters.members):
            items = list(self.clusters.all(root))
            if len(items) == 1 and items[0].type == "MISC" and items[0].kind != "PRO":
                made[root] = self._thing(f"e{len(made)}", items[0])
            elif len(items) > 1 or items[0].kind != "PRO" or root in paired:
                made[root] = self._entity(f"e{len(made)}", root, items)
        for place, both in pairs.items():
            first, second = (made[self.clusters.of(root)] for root in both)
            root = self.clusters.of(place)
            name = f"{first.name} and {second.name}"
            made[root] = replace(made[root], type=first.type, name=name, country=None, by="coreference:pair")
        return tuple(made.values())

    def _entity(self, identity: str, root: int, items: list[Item]) -> Entity:
        type_: MentionType = self.coder.type(root)
        actor, link = self.coder.actor(root)
        country, sector = self.coder.codes(root)
        link = link or self.linker.thing(type_, items)
        if link is None and country is not None:
            link = self.linker.institution(type_, items, country)
        roles = merged(self._said_roles(items), self._known_roles(actor))
        return Entity(
            id=identity,
            type=type_,
            name=link.name if link is not None else self._name(items),
            mentions=tuple(item.mention.id for item in items),
            links=(link,) if link is not None else (),
            roles=roles,
            country=country,
            sector=sector,
            by=self._reasons(items),
        )

    def _thing(self, identity: str, item: Item) -> Entity:
        """A phrase that nothing else in the report means and no table is asked about."""
        name = words_of(self.record, item)
        return Entity(id=identity, type="MISC", name=name, mentions=(item.mention.id,), by="coreference")

    def _name(self, items: list[Item]) -> str:
        """The longest name; without one the first description."""
        if len(items) == 1:
            return words_of(self.record, items[0])
        names = [item for item in items if item.kind == "NAM"]
        chosen = max(names or items, key=lambda i: (i.kind != "PRO", i.subject, *_fullness(i, bool(names))))
        if names:
            chosen = max(names, key=lambda item: _fullness(item, True))
        return words_of(self.record, chosen)

    def _reasons(self, items: list[Item]) -> str:
        found = dict.fromkeys(self.clusters.reasons[i.place] for i in items if i.place in self.clusters.reasons)
        return (
            "coreference:" + ",".join(dict.fromkeys(reason.partition(":")[0] for reason in found))
            if found
            else "coreference"
        )

    # --- roles ----------------------------------------------------------------------------------------------------

    def _said_roles(self, items: list[Item]) -> tuple[Role, ...]:
        """Roles in the report's own words, with their place."""
        tokens = self.record.tokens
        found: dict[tuple[str, str | None], Role] = {}
        for item in items:
            for title, of, first, last in item.roles:
                span = Span(tokens[first].start, tokens[last - 1].end)
                body = (
                    self.clusters.items[item.title_body].mention
                    if item.title_body >= 0 and last == item.mention.first
                    else None
                )
                held = of or (body.span.of(self.record.article.text) if body is not None else None)
                found.setdefault((title, held), Role(title=title, of=held, span=span))
        return tuple(found.values())

    def _known_roles(self, actor: Actor | None) -> tuple[Role, ...]:
        """The posts of our tables that were held on the report's day."""
        if actor is None or self.day is None:
            return ()
        return tuple(
            Role(title=post.title, of=post.of, since=post.since, until=post.until)
            for post in actor.roles
            if post.held(self.day)
        )


def _fullness(item: Item, named: bool) -> tuple[int, bool, int]:
    """More words, small letters beside capitals, the earlier one."""
    return (len(item.words), not item.words[0].isupper(), -item.place) if named else (0, True, -item.place)
