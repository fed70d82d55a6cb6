"""Fills ``entities``: mentions in; who and what they are, with names, links to knowledge, roles and codes, out."""

from __future__ import annotations

from collections.abc import Callable

from dateline.learned.antecedents import load_antecedents
from dateline.learned.heads import Matrix
from dateline.learned.reader import sight_of
from dateline.model import Entity, Record
from dateline.stages.coreference.learned import Scorer, join_learned
from dateline.stages.coreference.sieves import Sieves


def word_states(record: Record) -> Matrix:
    """The encoder's state of each token."""
    return sight_of(record).words()


class Coreference:
    """Fill ``entities``: sieves from the surest to the least sure; a link that is not sure is not made. With
    ``learned`` the sieves that are not sure are only heard, and the learned scorer decides."""

    name = "coreference"
    needs = frozenset({"tokens", "mentions", "places"})
    gives = frozenset({"entities"})

    def __init__(
        self, learned: bool = False, scorer: Scorer | None = None, words: Callable[[Record], Matrix] = word_states
    ) -> None:
        self.learned, self.scorer, self.words = learned, scorer, words

    def __call__(self, record: Record) -> dict[str, tuple[Entity, ...]]:
        sieves = Sieves(record)
        scorer = (self.scorer or load_antecedents()) if self.learned and record.tokens else None
        if scorer is not None:
            join_learned(sieves.clusters, sieves.tree, sieves.verdict(), self.words(record), scorer)
        else:
            sieves.decide()
        return {"entities": sieves.entities()}
