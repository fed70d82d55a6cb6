"""Codes a phrase for somebody: words and a day in (``Ukrainian farmers``); country, PLOVER sector and why out.

By dated knowledge first (a name of the tables), then by the country word and the noun; the words before the first
preposition say who it is, those behind it where it belongs ("president of the Riigikogu", "police in Kyiv").
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from dateline.knowledge.actors import Actor, Actors, load_actors
from dateline.knowledge.companies import load_companies
from dateline.knowledge.gazetteer import load_gazetteer
from dateline.knowledge.names import normalise
from dateline.knowledge.nominals import load_nominals, word_set
from dateline.knowledge.sectors import FORMER, NOBODY, load_sectors

_WORD = re.compile(r"[^\W_]+(?:[.'’\-‑][^\W_]+)*\.?(?:['’]s?(?=\s|$))?|[,;]")
_LINKS = frozenset({"of", "in", "for", "from", "at", "with", "to", "by", "on", "against", "under", "near", "within"})
_RULING = 2
"""Ranks of the heads of state and government."""
_LONGEST = 7
"""Words of the longest name looked for inside a phrase."""
_TOWN = 5_000
"""People of a town whose country a bare name tells."""
_PLURALS = (("women", "woman"), ("men", "man"), ("people", "people"), ("ies", "y"))
"""Endings of plurals that the tables do not have; they know the plain -s."""
_ENDING = ("'s", "’s", "'", "’")


class Code(Struct, frozen=True):
    """What a phrase is coded as; ``country`` is alpha-3 or a PLOVER body code, ``why`` names what decided."""

    country: str | None = None
    sector: str | None = None
    why: str = ""


class Phrases:
    """One set of tables behind one question: who is meant by these words, on this day?"""

    def __init__(self, actors: Actors) -> None:
        self.actors = actors

    def code(self, phrase: str, on: date | None = None, country: str | None = None, acts: bool = True) -> Code:
        """The code of a phrase. ``country`` is the one in force around it, ``acts`` says that a capital named alone
        stands for its government (as it does where it is the actor)."""
        words = _words(phrase)
        if not words:
            return Code()
        if len(words) == 1 and words[0].lower() in load_nominals().pronouns:
            return Code(country, NOBODY, "pronoun")
        text = " ".join(words)
        found = self._named(text, on, country, acts) or self._described(words, on, country)
        return _with_country(found, country)

    # --- names ----------------------------------------------------------------------------------------------------

    def _named(self, text: str, on: date | None, country: str | None, acts: bool) -> Code | None:
        """The whole phrase as a name."""
        hit = self.actors.country(text)
        if hit is not None:
            capital = hit.how == "capital" and acts
            return Code(hit.country.code, hit.sector or ("GOV" if capital else None), f"country by {hit.how}")
        actor = self._actor(text, on, country)
        if actor is not None:
            return Code(actor.country, actor.sector, f"table of actors: {actor.id}")
        company = load_companies().find(text) if text[:1].isupper() else None
        if company is not None:
            return Code(company.country, company.sector, f"table of firms: {company.id}")
        return self._town(text)

    def _actor(self, text: str, on: date | None, country: str | None) -> Actor | None:
        """The one bearer of a name, or of a family name in office; a lower-case phrase is no name."""
        if not any(word[:1].isupper() for word in text.split()):
            return None
        found = self.actors.find(text, on)
        if country is not None and len(found) > 1:
            found = tuple(actor for actor in found if actor.country == country) or found
        if found:
            return found[0]
        bearers = self.actors.surname(text, on) if " " not in text and on is not None else ()
        ruling = [actor for actor in bearers if _rules(actor, on)]
        return ruling[0] if len(ruling) == 1 else None

    def _town(self, text: str) -> Code | None:
        """A town is told by a capital letter and belongs where the largest one of its name lies."""
        if not text[:1].isupper() or normalise(text) in load_nominals().nouns:
            return None
        senses = [sense for sense in load_gazetteer().find(text) if sense.population >= _TOWN]
        if not senses:
            return None
        best = max(senses, key=lambda sense: sense.population)
        known = self.actors.code(best.country or "")
        return Code(known.code, "CVL", "town") if known is not None else None

    def _opening_town(self, words: list[str]) -> str | None:
        """The country of the town that a body's name begins with, where all larger towns of the name lie in one."""
        for size in (2, 1):
            if len(words) > size and words[0][:1].isupper():
                senses = load_gazetteer().find(" ".join(words[:size]))
                largest = max((sense.population for sense in senses), default=0)
                lands = {sense.country for sense in senses if sense.population >= largest / 10}
                if largest >= _TOWN and len(lands) == 1:
                    known = self.actors.code(lands.pop() or "")
                    return known.code if known is not None else None
        return None

    # --- descriptions ---------------------------------------------------------------------------------------------

    def _described(self, words: list[str], on: date | None, country: str | None) -> Code:
        """By the parts of the phrase: countries and bodies named in it, and the noun that says what somebody is."""
        head, rest = _parts(words)
        marked = list(self._inner(head, on, country))
        plain = [word for i, word in enumerate(head) if not any(a <= i < b for a, b, _ in marked)]
        lands = [code for *_, code in marked]
        sector = self._sector(plain, head, rest)
        if not plain or sector in {None, NOBODY} or any(b == len(head) and code.sector for _, b, code in marked):
            sector = next((code.sector for code in lands if code.sector), None) or sector
        if rest:
            behind = self._described(rest, on, country) if len(rest) > 1 else self.code(rest[0], on, country, False)
            behind = self._named(" ".join(rest), on, country, False) or behind
            counted = word_set("part-of-group") | word_set("generic-office")
            if sector is None or (_lemma(head[-1]) in counted and behind.why != "town"):
                sector = behind.sector or sector
            lands.append(behind)
        where = next((code.country for code in lands if code.country), None) or (
            self._opening_town(head) if sector else None
        )
        return Code(where, sector, "words of the phrase")

    def _inner(self, words: list[str], on: date | None, country: str | None) -> Iterator[tuple[int, int, Code]]:
        """(first, last, code) of the country words and names of actors inside, the longest first at each place."""
        i = 0
        while i < len(words):
            size = next(
                (
                    n
                    for n in range(min(_LONGEST, len(words) - i), 0, -1)
                    if words[i][:1].isupper() and self._inside(words[i : i + n], on, country) is not None
                ),
                0,
            )
            if size:
                found = self._inside(words[i : i + size], on, country)
                if found is not None:
                    yield i, i + size, found
            i += size or 1

    def _inside(self, words: list[str], on: date | None, country: str | None) -> Code | None:
        text = " ".join(words)
        hit = self.actors.country(text)
        if hit is not None:
            return Code(hit.country.code, hit.sector, f"country by {hit.how}")
        if len(words) == 1 and not text.isupper():
            return None
        actor = self._actor(text, on, country)
        if actor is not None:
            return Code(actor.country, actor.sector, f"table of actors: {actor.id}")
        return None

    def _sector(self, plain: list[str], head: list[str], rest: list[str]) -> str | None:
        """Of the noun, with its complement where that belongs to it ("member of parliament")."""
        lemmas = [_lemma(word) for word in plain]
        whole = [*lemmas, *(_lemma(word) for word in rest[:3])] if rest else lemmas
        former = not {"former", "ex"}.isdisjoint(lemmas)
        found = self.actors.sector(whole) if plain else None
        if found is None and plain:
            found = self.actors.post(" ".join(plain))
        if found is None and plain and plain[-1] == head[-1]:
            found = self.actors.sector([_lemma(head[-1])])
        return FORMER if former and found in load_sectors().official else found


def _with_country(code: Code, country: str | None) -> Code:
    """International bodies stand in the country's place; a phrase without a country takes the one in force."""
    where, sector = load_sectors().slots(code.country, code.sector)
    if code.sector in load_sectors().bodies:
        return Code(where, sector, code.why)
    return code if code.country or country is None else Code(country, code.sector, code.why)


def _rules(actor: Actor, on: date | None) -> bool:
    """Known by family name alone: who holds, or has held, the highest office."""
    ranks = [post.rank for post in actor.roles if on is None or post.since is None or post.since <= on]
    return min(ranks, default=99) <= _RULING


def _words(phrase: str) -> list[str]:
    """The words up to the first comma behind a noun, without article and possessive ending."""
    words: list[str] = []
    for word in _WORD.findall(phrase):
        if word in {",", ";"}:
            if words:
                break
            continue
        words.append(word)
    while words and words[0].lower() in {"the", "a", "an"}:
        words.pop(0)
    return words


def _parts(words: list[str]) -> tuple[list[str], list[str]]:
    """What stands before the first preposition, and what behind it."""
    at = next((i for i, word in enumerate(words) if word.lower() in _LINKS and 0 < i < len(words) - 1), None)
    if at is None:
        return words, []
    rest = words[at + 1 :]
    while len(rest) > 1 and rest[0].lower() in {"the", "a", "an"}:
        rest = rest[1:]
    return words[:at], rest


def _lemma(word: str) -> str:
    low = word.lower()
    for ending in _ENDING:
        low = low.removesuffix(ending)
    for plural, single in _PLURALS:
        if low.endswith(plural) and len(low) > len(plural) + 2:
            return low.removesuffix(plural) + single
    return low


@functools.cache
def load_phrases() -> Phrases:
    """The coder over the installed tables."""
    return Phrases(load_actors())
