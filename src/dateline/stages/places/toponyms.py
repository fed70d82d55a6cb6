"""Finds toponyms: tokens and gazetteer in; stretches of words that name a place, with what they may stand for, out."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Iterator, Sequence

from dateline.knowledge.gazetteer import Gazetteer, Sense
from dateline.knowledge.gazetteer_file import NameKind, fold
from dateline.knowledge.nominals import word_set
from dateline.knowledge.place_weights import PlaceWeights
from dateline.model import Mention, Record, Token

LONGEST = 60
"""Characters of the longest name that is looked up."""
MOST_SENSES = 40
CITIES = frozenset({"city", "capital"})
_PLACE_TAGS = frozenset({"GPE", "LOC", "FAC", "NORP"})
_PREPOSITIONS = frozenset(
    (
        *("in", "at", "near", "from", "to", "of", "around", "outside", "across", "between", "through", "into"),
        *("toward", "towards", "via", "off", "on", "over", "for", "by", "with", "against", "inside", "within"),
        *("throughout", "along", "and", "or"),
    )
)


_ADJECTIVES = -0.2
"""From where on "Syrian" in "the Syrian government" is named as a place: two corpora of four mark none."""
_FAR = 9
"""Words between a place and the one that it is said to lie in, at most."""


class Toponym:
    """Tokens ``first`` to ``last`` (exclusive), the folded name, and the senses it may have."""

    __slots__ = (
        "acting",
        "among_regions",
        "container",
        "dateline",
        "first",
        "hints",
        "inner",
        "key",
        "last",
        "of_a_state",
        "score",
        "senses",
        "silent",
        "surface",
    )

    def __init__(self, first: int, last: int, key: str, surface: str, senses: tuple[Sense, ...]) -> None:
        self.first, self.last, self.key, self.surface, self.senses = first, last, key, surface, senses
        self.container: Toponym | None = None
        self.inner: Toponym | None = None
        self.acting = False
        self.dateline = self.silent = self.among_regions = self.of_a_state = False
        self.hints: frozenset[str] = frozenset()
        self.score = 0.0


def find_toponyms(record: Record, gazetteer: Gazetteer, weights: PlaceWeights) -> list[Toponym]:
    """The toponyms of a record in text order. A name is kept where the evidence around it sums up above zero; the seats
    of governments always, since who acts there must be known (the corpora do not mark them). Names of countries and
    peoples that are no toponyms themselves ("the Spanish frigate") stay as ``silent`` company for the others."""
    matches = list(match_names(record, gazetteer))
    link_containers(matches, record.tokens)
    context = Context(record, matches)
    dateline = record.article.dateline
    for match in matches:
        match.dateline = dateline is not None and dateline.start <= record.tokens[match.first].start < dateline.end
        match.score = sum(map(weights.span_weight, context.evidence(match)), weights.span_bias)
    contained = {id(m.container) for m in matches if m.container is not None and m.score > 0}
    for m in matches:
        adjective = m.senses[0].named is NameKind.ADJECTIVE
        m.silent = not (
            m.score > (_ADJECTIVES if adjective else 0) or id(m) in contained or m.senses[0].named is NameKind.SEAT
        )
    return [m for m in matches if not m.silent or m.senses[0].named is NameKind.ADJECTIVE]


def match_names(record: Record, gazetteer: Gazetteer) -> Iterator[Toponym]:
    """The longest gazetteer name at each capitalised token; names do not overlap and do not leave their sentence."""
    tokens, text = record.tokens, record.article.text
    joined, starts, ends = _joined(tokens)
    folded = fold(joined)
    after, last_end = 0, -2
    for i, token in enumerate(tokens):
        if i < after or not (token.form[0].isupper() or token.form[0].isdigit()):
            continue
        at, found = starts[i], None
        for key, number in gazetteer.prefixes(folded[at : at + LONGEST]):
            end = ends.get(at + len(key))
            if end is not None and end > i:
                found = (key, number, end)
        if found is None:
            continue
        key, number, end = found
        surface = text[token.start : tokens[end - 1].end]
        behind = i - 2 >= 0 and last_end == i - 1 and tokens[i - 1].form == ","
        senses = _fitting(gazetteer.senses(number), surface, behind)
        if senses:
            yield Toponym(i, end, key, surface, senses)
            after = last_end = end


def _joined(tokens: Sequence[Token]) -> tuple[str, list[int], dict[int, int]]:
    """Tokens as one line with single spaces, where each starts there, and which token ends at a place of it."""
    parts: list[str] = []
    starts: list[int] = []
    ends: dict[int, int] = {}
    at, before, sentence = 0, 0, 0
    for i, token in enumerate(tokens):
        if i:
            gap = "\n" if token.sentence != sentence else " " if token.start > before else ""
            parts.append(gap)
            at += len(gap)
        starts.append(at)
        parts.append(token.form)
        at += len(token.form)
        ends[at] = i + 1
        before, sentence = token.end, token.sentence
    return "".join(parts), starts, ends


def _fitting(senses: tuple[Sense, ...], surface: str, behind_place: bool) -> tuple[Sense, ...]:
    """The senses that this way of writing allows: ``US`` but not ``Us``, ``Ind.`` only behind another place."""
    letters = surface.replace(".", "").replace(" ", "")
    short = letters.isupper() if len(letters) < 4 else letters[0].isupper()
    dotted = "." in surface
    kept = []
    for sense in senses[:MOST_SENSES]:
        named = sense.named
        if named is NameKind.AFTER_PLACE:
            fits = behind_place and (letters.isupper() or dotted)
        elif named is NameKind.ABBREVIATION:
            fits = letters.isupper() or (dotted and letters[0].isupper())
        else:
            fits = len(letters) > 3 or (len(letters) == 3 and not letters.isupper()) or (short and dotted)
        if fits:
            kept.append(sense)
    return tuple(kept)


def link_containers(matches: list[Toponym], tokens: Sequence[Token]) -> None:
    """Tie "Paris" to "Texas" in "Paris, Texas", "Paris (Texas)", "Paris in Texas", "Paris, a town in north
    Texas"."""
    for left, right in itertools.pairwise(matches):
        gap = [t.form.lower() for t in tokens[left.last : right.first]]
        follows = not gap and right.senses[0].named >= NameKind.ABBREVIATION
        joins = follows or gap in ([","], ["("]) or _lies_in(gap)
        if joins and any(holds(outer, left.senses) for outer in right.senses):
            left.container, right.inner = right, left


def _lies_in(gap: list[str]) -> bool:
    """What may stand between a place and the larger one that it lies in: "in", ", a port in the north of"."""
    if gap[:1] in ([","], ["("]):
        gap = gap[1:]
    return bool({"in", "of"} & set(gap)) and len(gap) < _FAR and set(gap) <= word_set("lies-in")


def holds(outer: Sense, inner: Sequence[Sense]) -> bool:
    """True where ``outer`` is a country or region that one of the inner senses lies in."""
    return any(contains(outer, sense) for sense in inner)


def contains(outer: Sense, inner: Sense) -> bool:
    """True where ``inner`` lies in ``outer``."""
    if outer.ref == inner.ref or outer.named is NameKind.ADJECTIVE:
        return False
    if outer.kind == "country":
        return outer.country == inner.country and inner.kind != "country"
    if outer.kind == "region":
        return bool(outer.admin1) and outer.admin1 == inner.admin1 and inner.kind not in {"country", "region"}
    return outer.kind == "county" and outer.admin1 == inner.admin1 and inner.kind in CITIES and near(outer, inner, 60)


def near(a: Sense, b: Sense, km: float) -> bool:
    """True where two senses lie within ``km`` of each other (flat-earth, good to a few hundred kilometres)."""
    east = (a.lon - b.lon) * 111.2 * math.cos(math.radians((a.lat + b.lat) / 2))
    return math.hypot((a.lat - b.lat) * 111.2, east) <= km


class Context:
    """What a report says about its names as a whole, and the evidence around each of them."""

    def __init__(self, record: Record, matches: list[Toponym]) -> None:
        self.tokens = record.tokens
        self.lowered = {t.form for t in record.tokens if t.form.islower()}
        self.tags: dict[str, Counter[str]] = {}
        self.first_of_sentence = {s.first for s in record.sentences}
        self.contained_in = {id(m.container) for m in matches if m.container is not None}
        for match in matches:
            self.tags.setdefault(match.key, Counter())[tag_of(self.tokens[match.first])] += 1
        self.names: dict[int, Mention] = {}
        for mention in sorted((m for m in record.mentions if m.kind == "NAM"), key=lambda m: m.last - m.first):
            for k in range(mention.first, mention.last):
                self.names.setdefault(k, mention)
        self.in_person: set[str] = set()
        for i, token in enumerate(self.tokens):
            if token.entity[2:] == "PERSON" and (
                token.entity[0] == "I" or (i + 1 < len(self.tokens) and self.tokens[i + 1].entity == "I-PERSON")
            ):
                self.in_person.add(token.form)

    def evidence(self, match: Toponym) -> list[str]:
        """The names of what speaks for and against this match being a toponym."""
        token, last = self.tokens[match.first], self.tokens[match.last - 1]
        tag, edge = tag_of(token), self._edge(match)
        sense = match.senses[0]
        named = sense.named.name
        known = f"{named}:{sense.kind}:{min(7, int(math.log10(sense.population + 1)))}"
        found = [
            f"tag={tag}:{edge}",
            f"upos={last.upos}",
            f"words={min(3, match.last - match.first)}&tag={tag}",
            f"relation={token.deprel.partition(':')[0]}&upos={last.upos}",
            self._before(match),
            self._after(match),
            self._named(match),
        ]
        if sense.id.isdigit():
            found += [f"named={known}", f"tag={tag}&named={named}", f"tag={tag}&kind={sense.kind}"]
        else:
            found.append(f"own={sense.kind}")
        found += self._report(match, tag)
        return found

    def _edge(self, match: Toponym) -> str:
        first, after = self.tokens[match.first], match.last
        begins = first.entity[:1] != "I"
        ends = after >= len(self.tokens) or self.tokens[after].entity[:1] != "I"
        return "exact" if begins and ends else "start" if begins else "end" if ends else "inside"

    def _named(self, match: Toponym) -> str:
        """The type of the name that our own reading of names has here, and which part of it the match is. Adjectives
        are no mentions of their own."""
        if match.senses[0].named is NameKind.ADJECTIVE:
            return "name=adjective"
        name = self.names.get(match.first)
        if name is None:
            return "name=-"
        begins, ends = name.first >= match.first, name.last <= match.last
        return f"name={name.type}:{'exact' if begins and ends else 'start' if begins else 'end' if ends else 'inside'}"

    def _before(self, match: Toponym) -> str:
        if match.first in self.first_of_sentence:
            return "before=start"
        token = self.tokens[match.first - 1]
        word = token.form.lower()
        if word in _PREPOSITIONS or not word[0].isalnum():
            return f"before={word}"
        return f"before:{word}" if token.form[0].isupper() else f"before={token.upos}"

    def _after(self, match: Toponym) -> str:
        if match.last >= len(self.tokens) or match.last in self.first_of_sentence:
            return "after=end"
        token = self.tokens[match.last]
        word = token.form.lower()
        if not word[0].isalnum():
            return f"after={word}"
        return f"after:{word}" if token.form[0].isupper() else f"after={token.upos}"

    def _report(self, match: Toponym, tag: str) -> Iterator[str]:
        tags = self.tags[match.key]
        places = sum(tags[t] for t in ("GPE", "LOC", "FAC", "NORP"))
        share = places / sum(tags.values())
        yield f"elsewhere={int(share * 3)}&tagged={tag in _PLACE_TAGS}"
        if match.container is not None:
            yield "contained"
        if id(match) in self.contained_in:
            yield "container"
        if match.key in self.lowered:
            yield "lowered"
        if match.last - match.first == 1 and self.tokens[match.first].form in self.in_person:
            yield f"in_person&tag={tag}"
        if match.surface.isupper() and len(match.surface) > 4:
            yield "capitals"


def tag_of(token: Token) -> str:
    """The parser's own name tag without its B or I; ``-`` outside names."""
    return token.entity[2:] or "-"
