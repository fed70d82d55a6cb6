"""Makes the entities of a report: clusters in; names, links with reasons, roles, country and sector out."""

from __future__ import annotations

from datetime import date

from dateline.knowledge.actors import Actor, Actors
from dateline.model import Entity, Link, MentionType, Record, Role, Span
from dateline.stages.coreference.clusters import Clusters
from dateline.stages.coreference.items import Item


class Describer:
    """Describes each cluster of one report."""

    def __init__(self, record: Record, clusters: Clusters, actors: Actors, day: date | None, offices: dict[int, str]) -> None:
        self.record, self.clusters, self.actors, self.day, self.offices = record, clusters, actors, day, offices

    def entities(self) -> tuple[Entity, ...]:
        """The entities in the order of their first mention; pronouns that found nobody make none."""
        made = []
        for root in sorted(self.clusters.members):
            items = [self.clusters.items[i] for i in self.clusters.members[root]]
            if all(item.kind == "PRO" for item in items):
                continue
            made.append(self._entity(f"e{len(made)}", root, items))
        return tuple(made)

    def _entity(self, identity: str, root: int, items: list[Item]) -> Entity:
        type_: MentionType = self.clusters.type(root)  # type: ignore[assignment]
        name = self._name(items)
        country = self._country(root, items)
        return Entity(
            id=identity,
            type=type_,
            name=name,
            mentions=tuple(item.mention.id for item in items),
            country=country,
            by="coreference",
        )

    def _name(self, items: list[Item]) -> str:
        names = [item for item in items if item.kind == "NAM"]
        chosen = max(names or items, key=lambda item: (item.kind != "PRO", len(item.words), -item.place))
        return chosen.mention.span.of(self.record.article.text)

    def _country(self, root: int, items: list[Item]) -> str | None:
        found = self.clusters.countries(root)
        return found.pop() if len(found) == 1 else None
