"""Records in, the weighted words that tell what each report is about out: lemmas, names, the lead before the rest."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Mapping

from dateline.knowledge.lemma_spread import load_lemma_spread
from dateline.model import Record

CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})
"""Parts of speech that say what a report is about; the others say how it is written."""
NAME_WEIGHT = 2.0
"""A name counts for more than a word: two stories of one kind differ by who and where."""
LEAD_WEIGHT = 3.0
"""A word of the lead counts for more: a report says there what it is about, and background later."""
LEAD_TOKENS = 80
"""The lead: headline, dateline and the first two or three sentences."""
PRIOR_REPORTS = 1000
"""The news at large is taken to be so many reports."""
TOP = 16
"""Heaviest words of a report by which it is found: pairs that do not share two of them are no story, whatever else
they share."""
KEPT = 250
"""Words kept a report, heaviest first: bounds the work on long reports."""
_WORD = re.compile(r"\w[\w'’-]*")


def counts_of(record: Record) -> dict[str, float]:
    """How much each word weighs in one report, before the collection is known."""
    counts: defaultdict[str, float] = defaultdict(float)
    for index, token in enumerate(record.tokens):
        if token.upos in CONTENT and len(token.lemma) > 1:
            weight = LEAD_WEIGHT if index < LEAD_TOKENS else 1.0
            counts[token.lemma.lower()] += weight * (NAME_WEIGHT if token.upos == "PROPN" else 1.0)
    unread = "" if record.tokens else record.article.text
    for word in plain_words(f"{record.article.title or ''} {unread}"):
        counts[word] += 1.0
    return dict(counts)


def plain_words(text: str) -> list[str]:
    """The words of a text as they stand, lower case, in order."""
    return [word.lower() for word in _WORD.findall(text)]


def vector_of(counts: Mapping[str, float]) -> dict[str, float]:
    """The weighted words of a report, unit length: what is rare in the news at large weighs more. Which other reports
    stand beside it plays no part, so that reports can be added one by one."""
    weights = {word: (1 + math.log(max(n, 1.0))) * _rarity(word) for word, n in counts.items()}
    heaviest = sorted(weights, key=lambda word: (-weights[word], word))[:KEPT]
    norm = math.sqrt(sum(weights[w] ** 2 for w in heaviest)) or 1.0
    return {w: weights[w] / norm for w in sorted(heaviest)}


def top_words(vector: Mapping[str, float]) -> tuple[str, ...]:
    """The heaviest words of a vector, of which two reports of one story share at least one."""
    return tuple(sorted(sorted(vector, key=lambda word: (-vector[word], word))[:TOP]))


def _rarity(word: str) -> float:
    """How much a word tells: seen in few reports of the news at large."""
    return math.log((1 + PRIOR_REPORTS) / (1 + PRIOR_REPORTS * load_lemma_spread().get(word, 0.0)))
