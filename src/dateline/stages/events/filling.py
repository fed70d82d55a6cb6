"""Who fills a party's role, over all tellings of an act: shares in, candidates with how likely each is right out."""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from dateline.learned.boosted import Boosted
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
TYPES = ("PER", "ORG", "GPE", "NORP", "LOC", "VEH", "WEA", "FAC", "MISC")
KINDS = ("NAM", "NOM", "PRO")
FEATURES = (
    "share", "rival", "told elsewhere", "rival elsewhere", "anybody elsewhere", "other side", "thing", "place",
    "same sentence", "pronoun", "proper noun", "nobody known", "party", "sentences between", "verb", "event",
    "headline", "mentions", "holder", "before", "words between", "candidates", "source", "time",
    "act's sentence", "act's place", "noun", "passive", "said",
    *(f"type {name}" for name in TYPES), *(f"kind {name}" for name in KINDS),
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


class Asked(NamedTuple):
    """The act that is asked about: its word, the share that there is an event, the word's place in its sentence,
    whether it is a passive, and in how many contents of what somebody says it stands."""

    token: Token
    event: float
    place: int = 0
    passive: bool = False
    said: int = 0


class About(NamedTuple):
    """What is known of a candidate beside its shares: ``holder`` where it says what the act stands in; ``words`` from
    the act to it, negative where it comes before; numbers of its tie by the grammar and of its relation in the tree;
    type and kind of its mention, empty where it is none."""

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
    type: str = ""
    kind: str = ""


def features_of(role: str, candidates: Sequence[Candidate], about: Sequence[About], act: Asked) -> list[list[float]]:
    """For each candidate of a role in an act what it is weighed by, in the order of :data:`FEATURES`."""
    word = act.token
    sentence, hanging = word.sentence, _hanging(word.deprel)
    other = PARTIES[1 - PARTIES.index(role)]
    own, lent = [c.shares.get(role, 0.0) for c in candidates], [c.lent for c in candidates]
    rivals, elsewhere = _rivals(own), _rivals(lent)
    anybody, acting, told = float(any(lent)), float(word.upos == "VERB"), _odds(act.event)
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
            float(len(candidates)),
            *(_odds(c.shares.get(name, 0.0)) for name in ("source", "time")),
            *(math.log1p(sentence), act.place, word.upos == "NOUN", act.passive, act.said),
            *_mention(a.type, a.kind),
            *_GRAMMAR[a.grammar],
            *_RELATIONS[a.relation],
            *_under(a.deprel),
            *hanging,
        ]
        for n, (c, a) in enumerate(zip(candidates, about, strict=True))
    ]


class Filler:
    """Boosted trees a role that say how likely each candidate is right, fitted by the recipe."""

    def __init__(self, trees: Mapping[str, Boosted], acts: Sequence[str]) -> None:
        self._trees = trees
        self._acts = {act: n for n, act in enumerate(acts)}

    def knows(self, role: str) -> bool:
        """Whether there are trees for the role."""
        return role in self._trees

    def likely(self, role: str, asked: Sequence[tuple[str, list[list[float]]]]) -> list[list[float]]:
        """For each act with the features of its candidates how likely each of them is right."""
        rows = [f + act for act, features in ((with_act(a, self._acts), fs) for a, fs in asked) for f in features]
        shares = iter(self._trees[role].shares(rows).tolist())
        return [[next(shares) for _ in features] for _, features in asked]


def with_act(act: str, acts: Mapping[str, int]) -> list[float]:
    """An act as what trees take: 1 at its own place, 0 at the others'."""
    found = [0.0] * len(acts)
    found[acts[act]] = 1.0
    return found


def _one(number: int, size: int) -> list[float]:
    return [float(n == number) for n in range(size)]


_GRAMMAR = [_one(number - 1, len(GRAMMAR) - 1) for number in range(len(GRAMMAR))]
_TYPES = {name: _one(number, len(TYPES)) for number, name in enumerate((*TYPES, ""))}
_KINDS = {name: _one(number, len(KINDS)) for number, name in enumerate((*KINDS, ""))}
_RELATIONS = [_one(number, len(RELATIONS)) for number in range(len(RELATIONS))]


def _mention(type_: str, kind: str) -> list[float]:
    return [*_TYPES.get(type_, _TYPES[""]), *_KINDS.get(kind, _KINDS[""])]


@functools.lru_cache(maxsize=2000)
def _under(deprel: str) -> list[float]:
    """1 for what follows the colon in a relation (:data:`SUBTYPES`), 0 for all else."""
    return [float(deprel.endswith(f":{name}")) for name in SUBTYPES]


@functools.lru_cache(maxsize=2000)
def _hanging(deprel: str) -> list[float]:
    """1 for a relation without its subtype (:data:`HANGS`), 0 for all others."""
    return [float(deprel.partition(":")[0] == name) for name in HANGS]


def _rivals(shares: Sequence[float]) -> list[float]:
    """For each share the log odds of the greatest of the others."""
    first, second = sorted((*shares, 0.0, 0.0), reverse=True)[:2]
    above, below = _odds(first), _odds(second)
    best = shares.index(first) if shares else -1
    return [below if n == best else above for n in range(len(shares))]


def _odds(share: float) -> float:
    return odds_of(min(0.999, max(0.001, share)))
