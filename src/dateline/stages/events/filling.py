"""Who fills a party's role, over all tellings of an act: shares in, candidates with how likely each is right out."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from dateline.learned.heads import Matrix, Perceptron
from dateline.learned.windows import GRAMMAR, RELATIONS
from dateline.model import Token
from dateline.stages.events.likely import odds_of

PARTIES = ("actor", "recipient")
FAINT = 0.03
"""Share from which an entity is a candidate for a party's role."""
LENT = 0.2
"""Share in another telling from which an entity is a candidate here."""
SUBTYPES = ("of", "by", "with", "against", "to", "from", "in", "on", "for", "between", "at", "poss", "agent", "relcl")
"""What follows the colon in the relation of a candidate's word."""
HANGS = ("root", "amod", "acl", "compound", "nmod", "xcomp", "advcl", "ccomp", "conj", "obj", "nsubj", "obl", "appos")
"""How the act's own word hangs on another."""
FEATURES = (
    "share", "rival", "told elsewhere", "rival elsewhere", "anybody elsewhere", "other side", "thing", "place",
    "same sentence", "pronoun", "proper noun", "nobody known", "party", "sentences between", "verb", "event",
    "headline", "mentions", "holder", "before", "words between",
    *(f"grammar {name}" for name in GRAMMAR[1:]), *(f"relation {name}" for name in RELATIONS),
    *(f"under {name}" for name in SUBTYPES), *(f"act {name}" for name in HANGS),
)  # fmt: skip


class Candidate(NamedTuple):
    """An entity (or a word that is none) that may stand in a role: the word that stands for it, its greatest share of
    each role in the act's own window, and in other tellings of the event."""

    entity: str
    head: int
    shares: Mapping[str, float]
    lent: float


class About(NamedTuple):
    """What is known of a candidate beside its shares: ``holder`` where it says what the act stands in; ``words`` from
    the act to it, negative where it comes before; numbers of its tie by the grammar and of its relation in the tree."""

    sentence: int
    upos: str
    known: bool
    party: bool
    first_sentence: int
    mentions: int
    holder: bool = False
    words: int = 0
    grammar: int = 0
    relation: int = RELATIONS.index("other sentence")
    deprel: str = ""


def features_of(
    role: str, candidates: Sequence[Candidate], about: Sequence[About], act: Token, event: float
) -> list[list[float]]:
    """For each candidate of a role in an act, told at a word with some share, what it is weighed by, in the order of
    :data:`FEATURES`."""
    sentence, verb, hangs = act.sentence, act.upos == "VERB", act.deprel.partition(":")[0]
    other = PARTIES[1 - PARTIES.index(role)]
    own, lent = [c.shares.get(role, 0.0) for c in candidates], [c.lent for c in candidates]
    rivals, elsewhere = _rivals(own), _rivals(lent)
    anybody, acting, told = float(any(lent)), float(verb), _odds(event)
    return [
        [
            _odds(own[n]),
            rivals[n],
            _odds(lent[n]),
            elsewhere[n],
            anybody,
            *(_odds(c.shares.get(name, 0.0)) for name in (other, "thing", "place")),
            float(a.sentence == sentence),
            float(a.upos == "PRON"),
            float(a.upos == "PROPN"),
            float(not a.known),
            float(a.party),
            math.log1p(abs(a.sentence - sentence)),
            acting,
            told,
            float(a.first_sentence == 0),
            math.log1p(a.mentions),
            float(a.holder),
            float(a.words < 0),
            math.log1p(abs(a.words)),
            *_one(a.grammar - 1, len(GRAMMAR) - 1),
            *_one(a.relation, len(RELATIONS)),
            *(float(a.deprel.endswith(f":{name}")) for name in SUBTYPES),
            *(float(hangs == name) for name in HANGS),
        ]
        for n, (c, a) in enumerate(zip(candidates, about, strict=True))
    ]


class Filler:
    """A small network a role that says how likely each candidate is right, fitted by the recipe."""

    def __init__(self, networks: Mapping[str, Perceptron], acts: Sequence[str]) -> None:
        self._networks = networks
        self._acts = {act: n for n, act in enumerate(acts)}

    def knows(self, role: str) -> bool:
        """Whether there is a network for the role."""
        return role in self._networks

    def likely(self, role: str, act: str, features: list[list[float]]) -> Matrix:
        """How likely each candidate is right (candidates)."""
        rows = np.zeros((len(features), len(features[0]) + len(self._acts)), dtype=np.float32)
        rows[:, : len(features[0])] = features
        rows[:, len(features[0]) + self._acts[act]] = 1.0
        return self._networks[role].shares(rows)


def with_act(act: str, acts: Mapping[str, int]) -> list[float]:
    """An act as what a network takes: 1 at its own place, 0 at the others'."""
    found = [0.0] * len(acts)
    found[acts[act]] = 1.0
    return found


def _one(number: int, size: int) -> list[float]:
    return [float(n == number) for n in range(size)]


def _rivals(shares: Sequence[float]) -> list[float]:
    """For each share the log odds of the greatest of the others."""
    first, second = sorted((*shares, 0.0, 0.0), reverse=True)[:2]
    above, below = _odds(first), _odds(second)
    best = shares.index(first) if shares else -1
    return [below if n == best else above for n in range(len(shares))]


def _odds(share: float) -> float:
    return odds_of(min(0.999, max(0.001, share)))
