"""Lets the learned scorer decide what the sure sieves leave open: sure clusters in, the same with more joined, out."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise

import numpy as np

from dateline.grammar import Tree
from dateline.learned.heads import Matrix
from dateline.stages.coreference.clusters import Clusters
from dateline.stages.coreference.evidence import Evidence, Ints, Verdict

LEARNED = "learned:antecedent"
Scorer = Callable[[Matrix, Matrix, Ints, Ints, Matrix], tuple[Matrix, Matrix]]
"""States and figures of items, numbers of the later and earlier item of each pair, figures of pairs; see
:class:`dateline.learned.antecedents.Antecedents`."""

LEAD = {"NAM": 0.5, "NOM": 0.5, "PRO": 0.0}
"""How far an entity must score over a new one, by the kind of mention: a nominal wrongly joined puts a wrong actor on a
line, a pronoun always means somebody. By five folds, nominals at 0 / .5 / 1: GUM news 54.3 / 54.4 / 54.6, NP4E 56.6 /
57.1 / 56.4 CoNLL."""


def item_states(clusters: Clusters, words: Matrix) -> Matrix:
    """For each item the state of its head beside the mean of its words; ``words`` (tokens, size)."""
    heads = words[[item.mention.head for item in clusters.items]]
    found = np.empty((len(heads), 2, words.shape[1]), dtype=np.float32)
    found[:, 0] = heads
    for n, item in enumerate(clusters.items):
        first, last = item.mention.first, item.mention.last
        found[n, 1] = words[first] if last - first == 1 else words[first:last].mean(axis=0)
    return found.reshape(len(heads), -1)


def join_learned(clusters: Clusters, tree: Tree, verdict: Verdict, words: Matrix, scorer: Scorer) -> None:
    """Join the first item of each sure cluster to the entity before it that the scorer prefers to a new one, in text
    order."""
    if len(clusters.items) < 2:
        return
    evidence = Evidence(clusters, tree, verdict)
    pairs = evidence.pairs()
    if not len(pairs.later):
        return
    scores, new = scorer(item_states(clusters, words), evidence.alone, pairs.later, pairs.earlier, pairs.figures)
    edges = [0, *(np.flatnonzero(np.diff(pairs.later)) + 1).tolist(), len(pairs.later)]
    for first, last in pairwise(edges):
        later = int(pairs.later[first])
        least = new[later] + LEAD[clusters.items[later].kind]
        for score, root in _ranked(clusters, pairs.earlier[first:last].tolist(), scores[first:last].tolist()):
            if score < least or clusters.join(root, later, LEARNED):
                break


def _ranked(clusters: Clusters, earlier: list[int], scores: list[float]) -> list[tuple[float, int]]:
    """The entities of some items, the best first: what speaks for any of its mentions speaks for the entity."""
    found: dict[int, float] = {}
    for place, score in zip(earlier, scores, strict=True):
        root = clusters.of(place)
        found[root] = _log_sum(found[root], score) if root in found else score
    return sorted(((score, root) for root, score in found.items()), reverse=True)


def _log_sum(one: float, other: float) -> float:
    """The logarithm of the sum of two numbers of which these are the logarithms."""
    high, low = (one, other) if one >= other else (other, one)
    return high + math.log1p(math.exp(low - high))
