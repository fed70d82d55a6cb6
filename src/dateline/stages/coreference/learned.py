"""Lets the learned scorer decide what the sure sieves leave open: sure clusters in, the same with more joined, out."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise

import numpy as np

from dateline.grammar import Tree, is_a
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


GOES_ON = 2.5
"""What is added to the score of the entity that a clause with ``where`` goes on with. Too few to learn from: in the
6,276 annotated reports 14 acts stand in such a clause, six of them done by the subject above and one by its object,
whom gender tells apart; of the others neither word is the one that is named. The size is what it takes against a name
that stands nearer."""


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
        goes_on = _goes_on(clusters, tree, later)
        ranked = _ranked(clusters, pairs.earlier[first:last].tolist(), scores[first:last].tolist(), goes_on)
        for score, root in ranked:
            if score < least or (not _person_and_place(clusters, root, later) and clusters.join(root, later, LEARNED)):
                break


def _person_and_place(clusters: Clusters, root: int, later: int) -> bool:
    """Whether one is somebody and the other a place, as their names and nouns say ("the Russian governor", Russia)."""
    kinds = {clusters.type(k) for k in (root, later) if any(item.kind != "PRO" for item in clusters.all(k))}
    return kinds in ({"PER", "GPE"}, {"PER", "LOC"}, {"PER", "FAC"})


def _goes_on(clusters: Clusters, tree: Tree, later: int) -> int | None:
    """The entity that a clause with ``where`` goes on with: the subject of the clause above, where its own subject is a
    pronoun ("Berg met the envoy in Oslo, where he ...")."""
    head = clusters.items[later].mention.head
    verb = tree.tokens[head].head
    if clusters.items[later].kind != "PRO" or verb < 0 or not is_a(tree.tokens[head].deprel, "nsubj"):
        return None
    if not any(tree.tokens[k].lemma == "where" for k in tree.kids(verb, "advmod")):
        return None
    above = next((k for k in tree.ancestors(verb) if k != verb and tree.kid(k, "nsubj") is not None), None)
    subject = tree.kid(above, "nsubj") if above is not None else None
    item = next((i for i in clusters.items if i.mention.head == subject), None)
    return clusters.of(item.place) if item is not None else None


def _ranked(
    clusters: Clusters, earlier: list[int], scores: list[float], goes_on: int | None = None
) -> list[tuple[float, int]]:
    """The entities of some items, the best first: what speaks for any of its mentions speaks for the entity."""
    found: dict[int, float] = {}
    for root, score in zip(clusters.roots(earlier), scores, strict=True):
        held = found.get(root)
        if held is None:
            found[root] = score
        else:  # the logarithm of the sum of two numbers of which these are the logarithms
            found[root] = max(held, score) + math.log1p(math.exp(-abs(held - score)))
    if goes_on in found:
        found[goes_on] += GOES_ON
    return sorted(zip(found.values(), found, strict=True), reverse=True)
