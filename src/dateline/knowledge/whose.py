"""Tells whose a body or a person is by the words it stands with: the head of a phrase in, a country code out.

"The Foreign Ministry in Moscow", "Gaza's health ministry", "a Romanian frigate", "the head of the Chadian army": an
adjective says more than an owner, an owner more than "of", that more than a place. Where two countries are told on one
step, or none on any, nothing is. What stands in another clause, or is only the topic ("the minister for Europe", "a
ministry that reports on Gaza"), says nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dateline.grammar import Tree, is_a
from dateline.knowledge.actors import Actors, CountryHit
from dateline.knowledge.countries import only_said_of
from dateline.knowledge.gazetteer import load_gazetteer
from dateline.knowledge.nominals import word_set
from dateline.knowledge.placed import PlacedWords
from dateline.knowledge.sectors import load_sectors
from dateline.model import Token

_TOWN = 20_000
"""People a town needs for its country to be taken from the gazetteer."""
_BEFORE = ("amod", "compound", "flat", "nmod")
_WITHIN = ("nmod:in", "nmod:at")
_ASIDE = ("acl", "appos", "punct", "case", "det", "nmod", "cop", "mark", "advcl", "nsubj", "advmod")
_NOMINAL = frozenset({"NOUN", "PROPN", "NUM"})
_DEEP = 4


class Whose:
    """The countries that the phrases of one report tell."""

    def __init__(self, tree: Tree, actors: Actors, placed: PlacedWords) -> None:
        self.tree, self.tokens, self.actors, self.placed = tree, tree.tokens, actors, placed

    # --- words ----------------------------------------------------------------------------------------------------

    def words(self, words: Sequence[Token]) -> list[tuple[int, str]]:
        """(index, country) of the country words and resolved places; "North Korean" counts as one."""
        found: list[tuple[int, str]] = []
        if not any(t.form[0].isupper() for t in words):
            return found
        i = 0
        while i < len(words):
            size, code = (0, "") if only_said_of(words, i) else self._opening(words[i:])
            found.extend((i + k, code) for k in range(size))
            i += size or 1
        return found

    def _opening(self, words: Sequence[Token]) -> tuple[int, str]:
        """How many of the words are a country's or a place's, from the first one on, and the country."""
        placed = self.placed.opening(words)
        if placed is not None:
            return placed
        for size in (3, 2, 1):
            if len(words) >= size and words[0].form[0].isupper():
                hit = country_word(self.actors, " ".join(t.form for t in words[:size]))
                if hit is not None:
                    return size, hit.country.code
        return 0, ""

    # --- phrases --------------------------------------------------------------------------------------------------

    def of(self, head: int, placed: bool = True, depth: int = 0) -> str | None:
        """The country told by the words of the phrase headed by a token, the head's own left out. ``placed`` says that
        a place it is in may tell ("police in Kyiv"); never that of those who may be abroad ("a diplomat in Kyiv")."""
        if depth > _DEEP:
            return None
        near = self._near(head, depth)
        if near:
            return next(iter(near)) if len(near) == 1 else None
        theirs = self.tokens[head].lemma.lower() in word_set("relational")
        owner = self.tree.kid(head, "nmod:poss")
        if owner is not None and not theirs:
            return self.phrase(owner, depth + 1)
        found = self._above(head)
        behind = None if found or theirs else self.tree.kid(head, "nmod:of")
        if behind is not None:
            found = self.phrase(behind, depth + 1)
        if found is None:
            found = self._from(head, depth)
        if found is None and placed and not self._abroad(head):
            found = self._within(head, depth)
        return found or self._beside(head, depth)

    def owner(self, head: int) -> str | None:
        """The country that has a person or is where one is from: "England's Ben Duckett", "Alice Moyo of Zimbabwe"."""
        ties = (self.tree.kid(head, relation) for relation in ("nmod:poss", "nmod:of", "nmod:from"))
        return next((code for k in ties if k is not None and (code := self.phrase(k)) is not None), None)

    def adjective(self, head: int) -> str | None:
        """The country of the adjectives and nouns right before the head alone."""
        near = self._near(head, 0)
        return near.pop() if len(near) == 1 else None

    def phrase(self, head: int, depth: int = 0) -> str | None:
        """The country that a whole phrase is or tells; None for two ("Britain and France")."""
        inside = self.tree.descendants(head, _ASIDE)
        found = self._codes(inside)
        if len(found) == 1:
            return found.pop()
        return None if found else self.of(head, depth=depth)

    def _codes(self, indices: Iterable[int]) -> set[str]:
        return {code for _, code in self.words([self.tokens[i] for i in indices if not only_said_of(self.tokens, i)])}

    def _near(self, head: int, depth: int) -> set[str]:
        """Countries of the adjectives and nouns right before the head, or of the body's name that they are ("Russian
        Foreign Ministry spokeswoman"). The first of two in a row tells where they live ("Croatian Serb refugees")."""
        for k in self.tree.children[head]:
            relation = self.tokens[k].deprel
            if k < head and relation in _BEFORE:
                codes = self._codes(self.tree.descendants(k, ("acl", "appos", "punct", "case", "det")))
                if not codes and relation == "compound" and self.tree.kid(k, "nmod:poss") is not None:
                    told = self.of(k, depth=depth + 1)
                    codes = {told} if told else set()
                if codes:
                    return codes
        return set()

    def _above(self, head: int) -> str | None:
        """What stands before a body that stands before a noun itself: "Sri Lanka's Parliament speaker"."""
        token = self.tokens[head]
        if token.head < head or token.deprel != "compound":
            return None
        before = [k for k in self.tree.kids(token.head, "nmod:poss", "amod", "compound") if k < head]
        found = {code for k in before for code in self._codes(self.tree.descendants(k, ("case", "det", "punct")))}
        return found.pop() if len(found) == 1 else None

    def _from(self, head: int, depth: int) -> str | None:
        """ "A trader from Chad"; of what is from somewhere by nature ("a letter from Chad") nobody asks here."""
        behind = self.tree.kid(head, "nmod:from")
        return self.phrase(behind, depth + 1) if behind is not None else None

    def _within(self, head: int, depth: int) -> str | None:
        """The place it is in, also where the parser hung that on the verb ("said the ministry in Moscow")."""
        behind = self.tree.kid(head, *_WITHIN)
        if behind is None and is_a(self.tokens[head].deprel, "nsubj"):
            last = max(self.tree.descendants(head, ("acl", "appos", "punct", "conj", "cc")))
            if last + 2 < len(self.tokens) and self.tokens[last + 1].form in {"in", "at"}:
                size, code = self._opening(self.tokens[last + 2 : last + 6])
                return code if size else None
        return self.phrase(behind, depth + 1) if behind is not None else None

    def _beside(self, head: int, depth: int) -> str | None:
        """What stands before the first of several goes for all of them: "Kenya's army and police"."""
        token = self.tokens[head]
        if token.deprel != "conj" or token.head < 0 or self.tokens[token.head].upos not in _NOMINAL:
            return None
        if self.tree.kid(head, "det", "nmod:poss", "amod", "nummod") is not None:
            return None
        near = self._near(token.head, depth)
        owner = self.tree.kid(token.head, "nmod:poss")
        if not near and owner is not None:
            return self.phrase(owner, depth + 1)
        return near.pop() if len(near) == 1 and self.tree.kid(token.head, "amod") is not None else None

    def _abroad(self, head: int) -> bool:
        """Whether they may well be in a country that is not theirs."""
        lemma = self.tokens[head].lemma.lower()
        if lemma in word_set("posted") or lemma in word_set("in-office"):
            return True
        kids = [k for k in self.tree.kids(head, "compound", "amod") if k < head]
        before = [self.tokens[i].lemma.lower() for k in kids for i in self.tree.descendants(k, ("punct", "case"))]
        return self.actors.sector([*before, lemma]) in load_sectors().abroad


def country_word(actors: Actors, text: str) -> CountryHit | None:
    """The country that words stand for; of a capital only where the largest place of its name is that capital."""
    hit = actors.country(text)
    if hit is not None and hit.how == "capital":
        senses = load_gazetteer().find(text)
        largest = max(senses, key=lambda sense: sense.population, default=None)
        lies_in = actors.code(largest.country) if largest is not None and largest.population >= _TOWN else None
        if lies_in is not None and lies_in.code != hit.country.code and hit.country.alpha2:
            return None
    return hit


def town_lands(name: str) -> set[str]:
    """The countries of the largest places of a name: those with a tenth of the people of the largest and more."""
    senses = load_gazetteer().find(name)
    largest = max((sense.population for sense in senses), default=0)
    if largest < _TOWN:
        return set()
    return {sense.country for sense in senses if sense.population >= largest / 10 and sense.country}
