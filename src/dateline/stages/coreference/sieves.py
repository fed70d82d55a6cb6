"""The sieves of one report in order: a record in; sure clusters, what the rules make of the rest, and entities out."""

from __future__ import annotations

from dateline.grammar import tree_of
from dateline.knowledge.actors import load_actors
from dateline.knowledge.nominals import load_nominals
from dateline.knowledge.placed import PlacedWords
from dateline.knowledge.trades import Trades
from dateline.knowledge.whose import Whose
from dateline.model import Entity, Record
from dateline.stages.coreference.clusters import Clusters
from dateline.stages.coreference.codes import Coder
from dateline.stages.coreference.counterparts import join_counterparts
from dateline.stages.coreference.describing import Definites, join_descriptions
from dateline.stages.coreference.entities import Describer
from dateline.stages.coreference.evidence import Verdict
from dateline.stages.coreference.items import Reader
from dateline.stages.coreference.linking import Linker
from dateline.stages.coreference.naming import join_names
from dateline.stages.coreference.offices import load_offices
from dateline.stages.coreference.plurals import join_ahead, join_lands, pairs
from dateline.stages.coreference.pronouns import Pronouns


class Sieves:
    """The clusters of one report. Names, titles, appositions and copulas are joined at once; the rest is decided by
    :meth:`decide`, or by somebody else who hears what :meth:`verdict` says."""

    def __init__(self, record: Record) -> None:
        self.record, self.tree, self.lexicon, self.actors = record, tree_of(record), load_nominals(), load_actors()
        self.day = record.reference.day if record.reference else None
        self.whose = Whose(self.tree, self.actors, PlacedWords(record, self.actors.countries))
        items = Reader(self.tree, self.lexicon, self.actors, self.whose).items(record.mentions)
        self.clusters = Clusters(items)
        self.several: dict[int, tuple[int, ...]] = {}
        self.linked: dict[int, str] = {}
        join_names(self.clusters, self.actors, self.lexicon)
        join_descriptions(self.clusters, self.tree)

    def decide(self) -> None:
        """Join what the rules join, from the surest to the least sure."""
        self._rules(self.clusters)

    def verdict(self) -> Verdict:
        """What the rules make of the report; persons known by their office are joined at once, all else is left."""
        offices = Definites(self.clusters, self.tree, load_offices(), self.day)
        offices.resolve_offices()
        heard = self.clusters.copy()
        pronouns = self._rules(heard)
        self.linked |= offices.linked
        speakers = [pronouns.speaker(item.quote, item) if item.quote else None for item in heard.items]
        return Verdict(heard, [-1 if s is None else s.place for s in speakers], frozenset(self.several))

    def entities(self) -> tuple[Entity, ...]:
        """What the clusters are by now, described."""
        join_ahead(self.clusters, self.tree)
        join_lands(self.clusters, self.tree)
        linked = self.linked | join_counterparts(self.clusters, self.tree, load_offices(), self.day)
        linker = Linker(self.record, self.clusters, self.lexicon, self.actors, self.day, linked)
        coder = Coder(self.clusters, self.tree, linker, self.whose, Trades(self.tree, self.actors, self.day))
        describer = Describer(self.record, self.clusters, linker, coder, self.day)
        return describer.entities(pairs(self.clusters, self.tree, self.several))

    def _rules(self, clusters: Clusters) -> Pronouns:
        definites = Definites(clusters, self.tree, load_offices(), self.day)
        definites.resolve()
        pronouns = Pronouns(clusters, self.tree)
        pronouns.resolve()
        self.linked, self.several = definites.linked, pronouns.several
        return pronouns
