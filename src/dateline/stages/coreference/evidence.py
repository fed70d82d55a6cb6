"""Tells what speaks for two mentions being one entity: items, sure clusters, trees in; a row of figures a pair out."""

from __future__ import annotations

import functools
import zlib
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dateline.grammar import Tree
from dateline.learned.heads import Matrix
from dateline.stages.coreference.clusters import Clusters
from dateline.stages.coreference.items import Item, same_clause

Ints = NDArray[np.int_]
Bits = NDArray[np.uint64]

KINDS = ("NAM", "NOM", "PRO")
TYPES = ("PER", "ORG", "GPE", "LOC", "FAC", "NORP", "VEH", "WEA", "EVT", "MISC")
NUMBERS = ("", "sg", "pl")
GENDERS = ("", "m", "f", "n")
FORMS = ("", "the", "a", "own", "that", "personal", "possessive", "reflexive")
PERSONS = ("", "1 sg", "1 pl", "2", "he", "she", "it", "they")
ROLES = ("other", "nsubj", "obj", "obl", "nmod", "poss", "compound", "appos", "conj", "root")
REASONS = ("", "name", "description", "role", "office", "class", "head", "pronoun")
"""What the rules say of why a mention is what was named before; the first where they leave it alone."""
STEPS = (1, 2, 3, 5, 9, 17)
"""Distances in sentences from which each of the flags is 1."""
WINDOW = 45
"""Mentions back that are candidates whatever their words."""
FAR = 12
"""Candidates before the window that share their head or a word of their name."""
_BITS = 512
_POINTING = frozenset({"this", "that", "these", "those"})


class Verdict(NamedTuple):
    """What the rules made of a report: their clusters, the speaker (or -1) of each item's quotation, and the items that
    they take for several together."""

    clusters: Clusters
    speakers: Sequence[int]
    several: frozenset[int]


class Pairs(NamedTuple):
    """Pairs of an item that may be known already with an earlier one: places ``later`` and ``earlier``, a row of
    figures each; the pairs of one later item lie together, the nearest first."""

    later: Ints
    earlier: Ints
    figures: Matrix


def _one_hot(values: Ints, size: int) -> Matrix:
    return np.eye(size, dtype=np.float32)[values]


def _number(values: Sequence[str], of: Iterable[str]) -> Ints:
    table = {value: number for number, value in enumerate(values)}
    return np.array([table.get(value, 0) for value in of], dtype=np.int_)


def _bits(words: Iterable[str]) -> list[int]:
    found = [0] * (_BITS // 64)
    for word in words:
        part, bit = _bit(word)
        found[part] |= bit
    return found


@functools.lru_cache(maxsize=10_000)
def _bit(word: str) -> tuple[int, int]:
    """Which of a row's numbers a word stands in, and its bit there."""
    place = zlib.crc32(word.encode()) % _BITS
    return place // 64, 1 << place % 64


def _count(bits: Bits) -> Matrix:
    return np.asarray(np.bitwise_count(bits).sum(axis=1), dtype=np.float32)


def _any(bits: Bits) -> NDArray[np.bool_]:
    return np.asarray(bits.any(axis=1))


def _form(item: Item) -> str:
    return "that" if item.definite == "the" and item.words[0].lower() in _POINTING else item.definite


def _person(item: Item) -> str:
    if item.kind != "PRO":
        return ""
    if item.group == "3":
        return "they" if item.number == "pl" else {"m": "he", "f": "she"}.get(item.gender, "it")
    return "2" if item.group == "2" else f"1 {item.number}"


def _role(tree: Tree, item: Item) -> str:
    relation = tree.tokens[item.mention.head].deprel
    if relation == "nmod:poss":
        return "poss"
    name = relation.split(":", maxsplit=1)[0]
    return {"amod": "compound", "flat": "compound", "iobj": "obl"}.get(name, name)


def _words(item: Item) -> set[str]:
    if item.kind == "PRO":
        return set()
    return set(item.key.split()) if item.kind == "NAM" else {*item.modifiers, item.lemma}


class Evidence:
    """The figures of one report, over its clusters as they are sure. A column an attribute, an entry an item."""

    def __init__(self, clusters: Clusters, tree: Tree, verdict: Verdict) -> None:
        self.clusters, self.tree, self.verdict = clusters, tree, verdict
        items = self.items = clusters.items
        roots = clusters.roots(range(len(items)))
        types = {root: clusters.type(root) for root in clusters.members}
        self.roots = np.array(roots, dtype=np.int_)
        self.kind = _number(KINDS, (item.kind for item in items))
        self.type = _number(TYPES, [types[root] for root in roots])
        self.number = _number(NUMBERS, (item.number for item in items))
        self.gender = _number(GENDERS, [clusters.gender(root) for root in roots])
        self.form = _number(FORMS, (_form(item) for item in items))
        self.person = _number(PERSONS, (_person(item) for item in items))
        self.role = _number(ROLES, (_role(tree, item) for item in items))
        self.sentence = np.array([item.sentence for item in items], dtype=np.int_)
        self.quote = np.array([item.quote for item in items], dtype=np.int_)
        self.speaker = np.array(verdict.speakers, dtype=np.int_)
        self._words()
        self._weights()
        self._verdicts()
        self.alone = self._alone()

    def _words(self) -> None:
        items, clusters = self.items, self.clusters
        words = [_words(item) for item in items]
        joined = {root: set().union(*(words[k] for k in members)) for root, members in clusters.members.items()}
        shape = (len(items), _BITS // 64)
        self.own = np.array([_bits(w) for w in words], dtype=np.uint64).reshape(shape)
        all_words = {root: _bits(w) for root, w in joined.items()}
        self.known = np.array([all_words[root] for root in self.roots], dtype=np.uint64).reshape(shape)
        self.head = np.array(
            [_bits([item.lemma] if item.kind == "NOM" else []) for item in items], dtype=np.uint64
        ).reshape(shape)
        self.said = np.array([_bits(item.modifiers) for item in items], dtype=np.uint64).reshape(shape)
        table: dict[str, int] = {}
        self.key = np.array([table.setdefault(item.key, len(table)) for item in items], dtype=np.int_)
        self.lemma = np.array([table.setdefault(item.lemma, len(table)) for item in items], dtype=np.int_)
        countries = {root: self.clusters.countries(root) for root in clusters.members}
        self.land = np.array([_bits(countries[root]) for root in self.roots], dtype=np.uint64).reshape(shape)

    def _weights(self) -> None:
        members = self.clusters.members
        self.size = np.array([np.log(len(members[root])) for root in self.roots], dtype=np.float32)
        named = {root: any(self.items[k].kind == "NAM" for k in places) for root, places in members.items()}
        self.named = np.array([named[root] for root in self.roots], dtype=np.float32)
        self.opening = np.array([item.sentence == 0 for item in self.items], dtype=np.float32)

    def _verdicts(self) -> None:
        clusters = self.verdict.clusters
        self.ruled = np.array([clusters.of(item.place) for item in self.items], dtype=np.int_)
        size = [len(clusters.members[root]) for root in self.ruled]
        self.ruled_size = np.array([np.log(n) for n in size], dtype=np.float32)
        reasons = (clusters.reasons.get(item.place, "").partition(":")[0] for item in self.items)
        self.reason = np.where(self.ruled < np.arange(len(self.items)), _number(REASONS, reasons), 0)

    def _alone(self) -> Matrix:
        """A row an item: what stands at it by itself."""
        return np.concatenate(
            [
                _one_hot(self.kind, len(KINDS)), _one_hot(self.type, len(TYPES)), _one_hot(self.number, len(NUMBERS)),
                _one_hot(self.gender, len(GENDERS)), _one_hot(self.form, len(FORMS)),
                _one_hot(self.person, len(PERSONS)), _one_hot(self.role, len(ROLES)),
                np.stack([self.quote > 0, self.size, self.named, self.opening, self.ruled_size], axis=1),
                _count(self.said)[:, None], _one_hot(self.reason, len(REASONS)),
            ],
            axis=1,
            dtype=np.float32,
        )  # fmt: skip

    # --- pairs ----------------------------------------------------------------------------------------------------

    def open(self) -> list[int]:
        """The items that may be known already: the first of each sure cluster, but none that means several."""
        return [root for root in sorted(self.clusters.members) if root and root not in self.verdict.several]

    def pairs(self) -> Pairs:
        """The pairs to be judged: those that gender does not forbid, without words that nothing ties (of 224,000 such
        in 120 reports 6 were taken for one entity)."""
        alike: dict[str, list[int]] = {}
        later, earlier = list[int](), list[int]()
        wanted = set(self.open())
        for item in self.items:
            if item.place in wanted:
                ends = item.mention.first  # neither stands in the other: "its army" is not what "its" means
                found = [k for k in self._candidates(item, alike) if self.items[k].mention.last <= ends]
                later.extend([item.place] * len(found))
                earlier.extend(found)
            for word in sorted(_words(item)):
                alike.setdefault(word, []).append(item.place)
        rows, columns = np.array(later, dtype=np.int_), np.array(earlier, dtype=np.int_)
        genders = self.gender[rows], self.gender[columns]
        kept = (genders[0] == genders[1]) | (genders[0] * genders[1] == 0)  # others may not be joined anyway
        rows, columns = rows[kept], columns[kept]
        standing, judged = self._standing(rows, columns), self._judged(rows, columns)
        rows, columns = rows[judged], columns[judged]
        return Pairs(rows, columns, self._figures(rows, columns, standing[judged]))

    def _judged(self, later: Ints, earlier: Ints) -> NDArray[np.bool_]:
        """Whether two items are worth judging: a pronoun, two of one word, two that each have a type, or a noun that
        takes up something ("the", "its")."""
        pronoun, plain = KINDS.index("PRO"), (FORMS.index(""), FORMS.index("a"))
        meant = (self.kind[later] == pronoun) | (self.kind[earlier] == pronoun) | self._same(later, earlier)
        free = TYPES.index("MISC")
        typed = (self.type[later] != free) & (self.type[earlier] != free)
        return np.asarray(meant | typed | ~np.isin(self.form[later], plain))

    def _standing(self, later: Ints, earlier: Ints) -> Matrix:
        """How the earlier item stands among all that come before the later one: whether it agrees, how many nearer ones
        do, and how many nearer ones are of the same word."""
        agrees = self._agrees(later, earlier)
        nearer, alike = _running(later, agrees), _running(later, self._same(later, earlier))
        return np.stack([agrees, np.log1p(nearer), nearer == 0, np.log1p(alike)], axis=1).astype(np.float32)

    def _candidates(self, item: Item, alike: dict[str, list[int]]) -> list[int]:
        """Earlier items, the nearest first."""
        near = range(item.place - 1, max(item.place - WINDOW, 0) - 1, -1)
        words = {item.lemma} if item.kind == "NOM" else _words(item)
        far = {k for word in words for k in alike.get(word, ())[-WINDOW - FAR :] if k < item.place - WINDOW}
        return [*near, *sorted(far, reverse=True)[:FAR]]

    def _figures(self, later: Ints, earlier: Ints, standing: Matrix) -> Matrix:
        """A row a pair."""
        parts = [
            self._distances(later, earlier), self._agreement(later, earlier), self._wording(later, earlier),
            self._grammar(later, earlier), self._ruling(later, earlier), standing,
        ]  # fmt: skip
        return np.concatenate(parts, axis=1, dtype=np.float32)

    def _distances(self, later: Ints, earlier: Ints) -> Matrix:
        sentences = self.sentence[later] - self.sentence[earlier]
        steps = [sentences >= step for step in STEPS]
        return np.stack([*steps, np.log1p(later - earlier), np.log1p(sentences)], axis=1).astype(np.float32)

    def _agreement(self, later: Ints, earlier: Ints) -> Matrix:
        number = self.number[later] * len(NUMBERS) + self.number[earlier]
        gender = self.gender[later] * len(GENDERS) + self.gender[earlier]
        same_type = self.type[later] == self.type[earlier]
        same_person = (self.person[later] == self.person[earlier]) & (self.person[later] > 0)
        flags = np.stack([same_type, same_person], axis=1).astype(np.float32)
        return np.concatenate([_one_hot(number, len(NUMBERS) ** 2), _one_hot(gender, len(GENDERS) ** 2), flags], axis=1)

    def _agrees(self, later: Ints, earlier: Ints) -> NDArray[np.bool_]:
        """Number, gender and type (a pronoun has none but a person's) do not forbid it."""
        number = (self.number[later] == self.number[earlier]) | (self.number[later] * self.number[earlier] == 0)
        gender = (self.gender[later] == self.gender[earlier]) | (self.gender[later] * self.gender[earlier] == 0)
        free = TYPES.index("MISC")
        kind = (self.type[later] == self.type[earlier]) | (self.type[later] == free) | (self.type[earlier] == free)
        return np.asarray(number & gender & kind)

    def _same(self, later: Ints, earlier: Ints) -> NDArray[np.bool_]:
        return np.asarray(self.lemma[later] == self.lemma[earlier])

    def _wording(self, later: Ints, earlier: Ints) -> Matrix:
        own, said, known = self.own[later], self.said[later], self.known[earlier]
        named = self.own[earlier]
        common = _count(own & named)
        extra = _count(said & ~known)
        lands, other = self.land[later], self.land[earlier]
        both = _any(self.land)[later] & _any(self.land)[earlier]
        shared = _any(lands & other)
        return np.stack(
            [
                self.key[later] == self.key[earlier], self._same(later, earlier), common,
                _any(self.head[later] & named), _any(self.head[later] & known),
                _any(self.head[earlier] & self.known[later]), extra, _count(self.said[earlier] & ~own),
                _count(own & known), both & shared, both & ~shared,
            ],
            axis=1,
        ).astype(np.float32)  # fmt: skip

    def _grammar(self, later: Ints, earlier: Ints) -> Matrix:
        same = self.sentence[later] == self.sentence[earlier]
        bound = np.zeros(len(later), dtype=np.float32)
        heads = [item.mention.head for item in self.items]
        near = np.flatnonzero(same)
        for k, i, j in zip(near.tolist(), later[near].tolist(), earlier[near].tolist(), strict=True):
            bound[k] = same_clause(self.tree, heads[i], heads[j])
        before = self.sentence[later] - self.sentence[earlier] == 1
        subject = self.role[earlier] == ROLES.index("nsubj")
        quoted, quoting = self.quote[later], self.quote[earlier]
        return np.stack(
            [
                bound, same & subject, before & subject, self.role[later] == self.role[earlier],
                subject & (self.role[later] == ROLES.index("nsubj")), (quoted > 0) & (quoted == quoting),
                (quoted > 0) & (quoting > 0) & (quoted != quoting), (quoted > 0) & (quoting == 0),
                (quoted == 0) & (quoting > 0), (self.speaker[later] >= 0) & self._speaks(later, earlier),
            ],
            axis=1,
        ).astype(np.float32)  # fmt: skip

    def _speaks(self, later: Ints, earlier: Ints) -> NDArray[np.bool_]:
        """The earlier one is the speaker of the quotation in which the later one stands."""
        return np.asarray(self.roots[self.speaker[later]] == self.roots[earlier])

    def _ruling(self, later: Ints, earlier: Ints) -> Matrix:
        same = (self.ruled[later] == self.ruled[earlier]).astype(np.float32)
        linked = (self.reason[later] > 0).astype(np.float32)
        why = _one_hot(self.reason[later], len(REASONS)) * same[:, None]
        return np.concatenate([np.stack([same, linked * (1 - same)], axis=1), why], axis=1)


def _running(later: Ints, flags: NDArray[np.bool_]) -> Matrix:
    """For each pair how many of the pairs before it, of the same later item, bear the flag."""
    if not len(later):
        return np.zeros(0, dtype=np.float32)
    total = np.concatenate([[0], np.cumsum(flags)])
    edges = [0, *(np.flatnonzero(np.diff(later)) + 1).tolist(), len(later)]
    base = np.concatenate([np.full(last - first, total[first]) for first, last in pairwise(edges)])
    return np.asarray(total[:-1] - base, dtype=np.float32)
