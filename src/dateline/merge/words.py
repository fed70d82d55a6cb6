"""Records in, the weighted words that tell what each report is about out: lemmas, names, the lead before the rest."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

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
"""The news at large weighs as much as so many reports: five reports cannot tell which words are common."""
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


def weigh(counts: Sequence[Mapping[str, float]]) -> list[dict[str, float]]:
    """TF-IDF of each report, unit length; a word of one report alone cannot bring two together and is left out."""
    spread = Counter(word for each in counts for word in each)
    rarity = {word: _rarity(word, spread[word], len(counts)) for word in spread}
    return [_unit({w: (1 + math.log(max(n, 1.0))) * rarity[w] for w, n in each.items()}, spread) for each in counts]


def _rarity(word: str, spread: int, total: int) -> float:
    """How much a word tells: seen in few of these reports and of the news at large, which count as so many more."""
    expected = PRIOR_REPORTS * load_lemma_spread().get(word, 0.0)
    return math.log((1 + total + PRIOR_REPORTS) / (spread + expected))


def _unit(weights: dict[str, float], spread: Mapping[str, int]) -> dict[str, float]:
    heaviest = sorted(weights, key=lambda word: (-weights[word], word))[:KEPT]
    norm = math.sqrt(sum(weights[w] ** 2 for w in heaviest)) or 1.0
    return {w: weights[w] / norm for w in sorted(heaviest) if spread[w] > 1}
