"""Tells what somebody is by the words of a phrase: its head in, a PLOVER sector out.

"Riot police", "a navy captain", "members of the council", "the General Prosecutor's Office": the noun with what stands
before it, and what stands behind "of" where the noun alone says nothing.
"""

from __future__ import annotations

import functools
from datetime import date

from dateline.grammar import Tree, is_a
from dateline.knowledge.actors import Actors, load_actors
from dateline.knowledge.nominals import load_nominals, word_set
from dateline.knowledge.phrases import load_phrases

_SAID = frozenset({"NOUN", "PROPN", "ADJ", "ADP"})
_PERSONAL = frozenset({"PER", "GPE", "LOC"})
_CHAMBERS = frozenset({"house", "senate", "congressional", "parliamentary"})
_PANELS = frozenset({"committee", "panel", "subcommittee", "commission"})
_PEOPLE = frozenset({"CVL", "ELI"})
"""Sectors of people, never of a body."""


class Trades:
    """The sectors that the phrases of one report tell, on its day."""

    def __init__(self, tree: Tree, actors: Actors, day: date | None) -> None:
        self.tree, self.tokens, self.actors, self.day = tree, tree.tokens, actors, day

    def of(self, head: int, first: int | None = None, last: int | None = None) -> str | None:
        """The sector of a common noun's phrase; ``first`` and ``last`` (exclusive) are those of its mention."""
        inside = self._inside(head, first, last)
        lemmas = tuple(self.tokens[k].lemma.lower() for k in inside if self.tokens[k].upos in _SAID)
        if self.civil(head) or lemmas[-2:] == ("task", "force"):
            return None
        if lemmas and lemmas[-1] == "manager":
            return "BUS"
        found = _sector_of(lemmas)
        return found if found or first is None else self._of_phrase(head, inside[0], inside[-1])

    def _inside(self, head: int, first: int | None, last: int | None) -> list[int]:
        if first is not None and last is not None:
            return list(range(first, last))
        before = [k for k in self.tree.kids(head, "compound", "amod") if k < head]
        return [*before, head]

    def _of_phrase(self, head: int, first: int, last: int) -> str | None:
        """With what stands behind "of": "members of the council"."""
        behind = self.tree.kid(head, "nmod:of")
        if behind is not None and behind > last:
            last = max(last, *self.tree.descendants(behind, ("acl", "appos", "punct", "conj")))
        text = self.tree.text[self.tokens[first].start : self.tokens[last].end]
        return _coded(" ".join(text.split()), self.day)

    def body(self, words: tuple[str, ...]) -> str | None:
        """The sector of a body's name, of its last noun alone or with what stands before it; a noun for people is none
        of a body's ("General Motors" is no general, "Schneider National" no citizen)."""
        name = [word.lower() for word in words]
        end = next((k for k, word in enumerate(name) if word in {"of", "for"} and k), len(name))
        known = load_nominals().noun(name[end - 1])
        if known is not None and known.type in _PERSONAL:
            return None
        if name[0] in _CHAMBERS and name[end - 1] in _PANELS:
            return "LEG"
        if known is None and _coded(" ".join(words), None) is None:
            return None
        found = _sector_of(tuple(name)) if known is not None and known.heads_name else _sector_of((name[end - 1],))
        found = found or _coded(" ".join(words), self.day)
        return None if found in _PEOPLE else found

    def civil(self, head: int) -> bool:
        """A pilot or captain is of the forces only where the words say so."""
        token = self.tokens[head]
        if token.upos != "NOUN" or token.lemma.lower() not in word_set("civil-crew"):
            return False
        near = {self.tokens[k].lemma.lower() for k in self.tree.kids(head, "amod", "compound", "nmod:of", "nmod:in")}
        return near.isdisjoint(word_set("of-the-forces"))

    def title(self, name: int) -> str | None:
        """The sector of the title before or beside a person's name that is no entity of its own."""
        before = [self.tokens[k].form for k in self.tree.kids(name, "compound", "amod") if k < name]
        found = self.actors.post(" ".join(before)) if before else None
        beside = self.tree.kid(name, "appos") if found is None else None
        return self.of(beside) if beside is not None else found

    def crew_of(self, head: int) -> str | None:
        """The sector of what runs a ship or an aircraft: of the body named before it, else of the forces where it is
        military by its kind ("a coast guard vessel", "two fighters")."""
        before = [self.tokens[k].lemma.lower() for k in self.tree.children[head] if k < head and self._noun(k)]
        return _sector_of(tuple(before)) if before else None

    def _noun(self, k: int) -> bool:
        return self.tokens[k].upos in {"NOUN", "PROPN", "ADJ"} and not is_a(self.tokens[k].deprel, "nmod:poss")


@functools.lru_cache(maxsize=10_000)
def _sector_of(lemmas: tuple[str, ...]) -> str | None:
    return load_actors().sector(lemmas)


@functools.lru_cache(maxsize=10_000)
def _coded(phrase: str, day: date | None) -> str | None:
    """The sector of a phrase by its words; a town's inhabitants are none of a body's."""
    code = load_phrases().code(phrase, day)
    return None if code.why == "town" else code.sector
