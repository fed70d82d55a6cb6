"""Fills ``entities``: mentions in; who and what they are, with names, links to knowledge, roles and codes, out."""

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
from dateline.stages.coreference.items import Reader
from dateline.stages.coreference.linking import Linker
from dateline.stages.coreference.naming import join_names
from dateline.stages.coreference.offices import load_offices
from dateline.stages.coreference.plurals import join_ahead, join_lands, pairs
from dateline.stages.coreference.pronouns import Pronouns


class Coreference:
    """Fill ``entities``: sieves from the surest to the least sure; a link that is not sure is not made."""

    name = "coreference"
    needs = frozenset({"tokens", "mentions", "places"})
    gives = frozenset({"entities"})

    def __call__(self, record: Record) -> dict[str, tuple[Entity, ...]]:
        tree, actors, lexicon = tree_of(record), load_actors(), load_nominals()
        day = record.reference.day if record.reference else None
        whose = Whose(tree, actors, PlacedWords(record, actors.countries))
        items = Reader(tree, lexicon, actors, whose).items(record.mentions)
        clusters = Clusters(items)
        join_names(clusters, actors, lexicon)
        join_descriptions(clusters, tree)
        definites = Definites(clusters, tree, load_offices(), day)
        definites.resolve()
        pronouns = Pronouns(clusters, tree)
        pronouns.resolve()
        join_ahead(clusters, tree)
        join_lands(clusters, tree)
        linked = definites.linked | join_counterparts(clusters, tree, load_offices(), day)
        linker = Linker(record, clusters, lexicon, actors, day, linked)
        coder = Coder(clusters, tree, linker, whose, Trades(tree, actors, day))
        describer = Describer(record, clusters, linker, coder, day)
        return {"entities": describer.entities(pairs(clusters, tree, pronouns.several))}
