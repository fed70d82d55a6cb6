"""Finds stretches that may be names: the tokens of a report in, token ranges that end and begin at name edges out.

Capitals are read first (the tagger misses every third name outside its training texts); the tagger's own spans decide
where capitals tell nothing: in headline case, in capitals throughout, between two names side by side.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from dateline.knowledge.countries import Countries
from dateline.knowledge.nominals import Nominals, word_set
from dateline.model import Sentence, Token

NAME_TAGS = frozenset(
    {"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW", "LANGUAGE"}
)
_ARTICLES = frozenset({"the", "a", "an"})
_NOT_NAMES = frozenset({"PRON", "DET", "AUX", "ADP", "CCONJ", "SCONJ", "PUNCT", "INTJ", "PART", "SYM", "NUM", "ADV"})
_CAPITAL = re.compile(r"(?:(?:[dl]|al|el|ad|as|ash|at|an|ar|az|bin|mac)['’\-])?[^\W\d_a-zß-öø-ÿ][\w.'’&/\-]*\Z")
_WEAK_TITLES = frozenset({"modifier", "qualifier"})
_HYPHENS = frozenset("-‐‑–")
_HEADLINE, _STOPPED = 0.6, 0.9
"""Share of capitalised words over which a sentence is in headline case and its capitals say nothing; the second figure
is for sentences with a full stop, which headlines lack."""
_STOPS = frozenset({".", "!", "?", "”", '"'})
_SURE_TAGS = frozenset({"PERSON", "GPE", "NORP"})


class Chunk(NamedTuple):
    """Tokens ``first`` to ``last`` (exclusive) that may be a name; ``title`` is what was cut off before it."""

    first: int
    last: int
    title: str = ""


class Chunker:
    """Finds the chunks of one report. ``seen`` are forms that stand capitalised inside ordinary sentences;
    ``taken`` are tokens that are something else (a weapon's name)."""

    def __init__(
        self,
        tokens: Sequence[Token],
        sentences: Sequence[Sentence],
        lexicon: Nominals,
        countries: Countries,
        taken: frozenset[int] = frozenset(),
    ) -> None:
        self.tokens, self.sentences, self.lexicon, self.countries = tokens, sentences, lexicon, countries
        self.capital = [i not in taken and _CAPITAL.match(t.form) is not None for i, t in enumerate(tokens)]
        self.particles, self.function, self.calendar = word_set("particle"), word_set("function"), word_set("calendar")
        self.plain = [not self._headline(s) for s in sentences]
        self.seen = self._seen()

    def chunks(self) -> list[Chunk]:
        """All chunks in text order; they never overlap."""
        found: list[Chunk] = []
        for number, sentence in enumerate(self.sentences):
            i = sentence.first
            while i < sentence.last:
                if not (self.capital[i] and self._may_open(i, sentence.first, self.plain[number])):
                    i += 1
                    continue
                end = self._grow(i, sentence.last, self.plain[number])
                found.extend(self._parts(self._over_article(i, sentence.first), end))
                i = end
        return found

    # --- which capitals count -------------------------------------------------------------------------------------

    def _headline(self, sentence: Sentence) -> bool:
        words = capitals = 0
        for i in range(sentence.first, sentence.last):
            token = self.tokens[i]
            if len(token.form) > 3 and token.form[0].isalpha():
                words += 1
                capitals += self.capital[i]
        stopped = self.tokens[sentence.last - 1].form in _STOPS
        return words > 3 and capitals > (_STOPPED if stopped else _HEADLINE) * words

    def _seen(self) -> frozenset[str]:
        forms = set()
        for number, sentence in enumerate(self.sentences):
            if self.plain[number]:
                for i in range(sentence.first + 1, sentence.last):
                    if (
                        self.capital[i]
                        and self.tokens[i].upos == "PROPN"
                        and self.tokens[i - 1].form not in {"“", '"', ":"}
                    ):
                        forms.add(self.tokens[i].form.casefold())
        return frozenset(forms)

    def _tagged(self, i: int) -> bool:
        return self.tokens[i].entity[2:] in NAME_TAGS

    def _may_open(self, i: int, first: int, plain: bool) -> bool:
        token = self.tokens[i]
        low = token.form.casefold()
        if (
            low in self.calendar
            or low in _ARTICLES
            or (low in self.lexicon.pronouns and (low == "i" or not token.form.isupper()))
        ):
            return False
        if low in self.function and not (token.form.isupper() and len(low) > 1) and not self._opens_name(i):
            return False
        if not plain:
            return self._in_headline(i)
        if self._tagged(i):
            return not (i == first and self._common_opening(i))
        if token.entity and not (token.form.isupper() and token.upos == "PROPN"):
            return False
        if token.upos in _NOT_NAMES:
            return False
        if i == first and self._common_opening(i):
            return False
        opens_sentence = i == first or self.tokens[i - 1].form in {"“", '"', "‘", ":", "•", "-", "–"}
        acronym = token.form.isupper() and len(low) > 2
        return token.upos == "PROPN" or not opens_sentence or acronym or low in self.seen

    def _opens_name(self, i: int) -> bool:
        """ "New" in "New York", "the New York Times": tagged a proper noun, and the tagger's name goes on behind it."""
        kind = self.tokens[i].entity[2:]
        goes_on = i + 1 < len(self.tokens) and self.tokens[i + 1].entity == f"I-{kind}"
        return goes_on and kind in {"GPE", "LOC", "ORG"} and self.tokens[i].upos == "PROPN"

    def _in_headline(self, i: int) -> bool:
        """Where every word has a capital: names seen elsewhere in the report, and the tags that seldom err."""
        token = self.tokens[i]
        known = token.form.casefold() in self.seen
        if self._tagged(i):
            return known or token.entity[2:] in _SURE_TAGS
        return known and token.upos == "PROPN"

    def _common_opening(self, i: int) -> bool:
        """``Rebels attacked``: a noun of the table that opens a sentence, never seen capitalised inside one."""
        low = self.tokens[i].form.casefold()
        if low in self.seen or (i + 1 < len(self.capital) and self.capital[i + 1]):
            return False
        return low.removesuffix("s") in self.lexicon.nouns or low in self.lexicon.nouns

    def _over_article(self, i: int, first: int) -> int:
        """``al-Qaida``, ``el-Sisi``: the article before a tight hyphen belongs to the name."""
        if i - 2 < first:
            return i
        article, hyphen, name = self.tokens[i - 2 : i + 1]
        if hyphen.form not in _HYPHENS or article.form.lower() not in self.particles:
            return i
        return i - 2 if article.end == hyphen.start and hyphen.end == name.start else i

    # --- how far a name goes --------------------------------------------------------------------------------------

    def _grow(self, i: int, stop: int, plain: bool) -> int:
        """The end (exclusive) of the name that begins at ``i``."""
        end = i + 1
        while end < stop:
            reach = self._reach(i, end, stop, plain)
            if reach == end:
                return end
            end = reach
        return end

    def _reach(self, first: int, end: int, stop: int, plain: bool) -> int:
        """Where the name goes on to from ``end``, or ``end`` where it stops."""
        token = self.tokens[end]
        if token.form in _HYPHENS:
            return self._over_hyphen(end, stop)
        if self._continues(end, plain):
            return end if self._new_name(end) else end + 1
        if token.xpos == "POS" or (token.upos == "PUNCT" and token.form != ","):
            return end
        at = end
        while at < stop and at < end + 3 and self.tokens[at].form.lower() in self.particles:
            at += 1
        if end < at < stop and self._continues(at, plain) and not self._new_name(at):
            return at + 1
        return self._over_connector(first, end, stop, plain)

    def _continues(self, i: int, plain: bool) -> bool:
        token = self.tokens[i]
        if not self.capital[i]:
            return token.entity[:2] == "I-" and self._tagged(i) and token.form.isalnum() and token.form[0].isdigit()
        if token.form.casefold() in self.calendar or token.xpos in {"PRP", "PRP$", "MD"}:
            return self._tagged(i)
        if not plain:
            return self._in_headline(i) or token.entity[:2] == "I-"
        return token.upos not in _NOT_NAMES or self._tagged(i)

    def _new_name(self, i: int) -> bool:
        """The tagger opens another name here, of another type than the one before; or a person's behind the last word
        of an office ("Secretary of State Antony Blinken")."""
        last, here = self.tokens[i - 1], self.tokens[i].entity
        before = last.entity
        if before == "":
            return here == "B-PERSON" and last.deprel == "nmod:of"
        return (
            here[:2] == "B-"
            and here[2:] != before[2:]
            and self._tagged(i)
            and {here[2:], before[2:]} != {"ORG", "PRODUCT"}
        )

    def _over_hyphen(self, at: int, stop: int) -> int:
        """``Jong-un``, ``al-Sisi``: a tight hyphen ties, but not a participle (``US-backed``)."""
        if at + 1 >= stop:
            return at
        left, hyphen, right = self.tokens[at - 1], self.tokens[at], self.tokens[at + 1]
        if left.end != hyphen.start or hyphen.end != right.start:
            return at
        if self.capital[at + 1]:
            both = self._is_country(left.form) and self._is_country(right.form)
            return at if both or right.xpos.startswith("VB") else at + 2
        if self._hyphen_chain(at, stop):
            return at + 4
        if right.entity[:2] == "I-" or (right.upos == "PROPN" and len(right.form) <= 5) or right.form.isdigit():
            return at + 2
        return at

    def _hyphen_chain(self, at: int, stop: int) -> bool:
        """``Rostov-on-Don``, ``Commander-in-Chief``: a small word between tight hyphens."""
        if (
            at + 3 >= stop
            or not self.capital[at + 3]
            or self.tokens[at + 2].form not in _HYPHENS
            or len(self.tokens[at + 1].form) > 4
        ):
            return False
        chain = self.tokens[at : at + 4]
        return all(a.end == b.start for a, b in pairwise(chain))

    def _over_connector(self, first: int, end: int, stop: int, plain: bool) -> int:
        """Over ``of (the)``, ``for``, ``and``, ``&``, a comma: only inside bodies and places, never between persons."""
        word = self.tokens[end].form.lower()
        at = end + 1
        if at < stop and word in {"of", "for", "on"} and self.tokens[at].form.lower() == "the":
            at += 1
        if at >= stop or not self.capital[at] or not self._continues(at, plain):
            return end
        within = self.tokens[end].entity[:2] == "I-" and self.tokens[at].entity[:2] == "I-" and self._tagged(at)
        if word == "&":
            return at + 1
        if word == "of":
            return at + 1 if self._heads(end - 1) or (within and not self._is_title(end - 1)) else end
        if word in {"for", "on"}:
            return at + 1 if self._heads_body(end - 1) else end
        if word in {"and", ","}:
            return at + 1 if within and self._body_between(first, end, at, stop) else end
        return end

    def _heads(self, i: int) -> bool:
        noun = self.lexicon.nouns.get(self.tokens[i].form.lower())
        return noun is not None and noun.heads_name

    def _heads_body(self, i: int) -> bool:
        noun = self.lexicon.nouns.get(self.tokens[i].form.lower())
        return noun is not None and noun.heads_name and noun.type == "ORG"

    def _is_title(self, i: int) -> bool:
        return self.tokens[i].form.lower() in self.lexicon.titles

    def _body_between(self, first: int, end: int, at: int, stop: int) -> bool:
        """``Ministry of Trade and Industry``, ``Food and Agriculture Organization``: one body, not two names."""
        if any(self._heads_body(k) and self.tokens[k + 1].form.lower() in {"of", "for"} for k in range(first, end - 1)):
            return True
        last = at
        while last + 1 < stop and self.tokens[last + 1].entity[:2] == "I-":
            last += 1
        return self._heads_body(last)

    # --- titles ---------------------------------------------------------------------------------------------------

    def _parts(self, first: int, end: int) -> list[Chunk]:
        """The chunk without its titles; what stands before the title (a nationality, a body) is a chunk of its own."""
        while end > first and (
            not self.tokens[end - 1].form[0].isalnum() or self.tokens[end - 1].form.lower() in self.particles
        ):
            end -= 1
        found = self._title_at(first, end)
        if found is None:
            return self._without_nationality(first, end) if end > first else []
        start, title = found
        while start > first and (
            self._title_word(start - 1) or (start - 1 > first and self.tokens[start - 1].form in _HYPHENS)
        ):
            start -= 1
        words = " ".join(t.form.lower() for t in self.tokens[start:title])
        parts = [Chunk(first, start)] if start > first else []
        if title < end:
            parts.append(Chunk(title, end, words))
        return parts

    def _is_country(self, form: str) -> bool:
        hit = self.countries.find(form)
        return (hit is not None and hit.how != "seat") or form in {"EU", "UN"}

    def _without_nationality(self, first: int, end: int) -> list[Chunk]:
        """``Spanish Caritas``: a nationality before a name that it is no part of (``Indian Ocean`` stays)."""
        if end - first < 2:
            return [Chunk(first, end)]
        hit = self.countries.find(self.tokens[first].form)
        if hit is None or hit.how not in {"adjective", "demonym"} or self.tokens[first + 1].form in _HYPHENS:
            return [Chunk(first, end)]
        rest = self.tokens[first + 1 : end]
        one = (
            all(t.entity[2:] == self.tokens[first].entity[2:] for t in rest)
            and self.tokens[first].entity[2:] in NAME_TAGS
        )
        if one or any(self._heads(i) for i in range(first + 1, end)):
            return [Chunk(first, end)]
        return [Chunk(first, first + 1), *self._parts(first + 1, end)]

    def _title_word(self, i: int) -> bool:
        return self.tokens[i].form.lower() in self.lexicon.titles

    def _joined(self, first: int, end: int) -> str:
        """The words without the spaces that hyphens do not have."""
        return (
            "".join(t.form.lower() for t in self.tokens[first:end]) if self.tokens[first + 1].form in _HYPHENS else ""
        )

    def _title_at(self, first: int, end: int) -> tuple[int, int] | None:
        """The last title of the chunk, begin and end; None without one, or in a body's name."""
        found = None
        i = first
        while i < end:
            size = 5 if i + 5 <= end and self._joined(i, i + 5) in self.lexicon.titles else 1
            row = self.lexicon.titles.get(self.tokens[i].form.lower())
            inside = i - 2 >= first and self.tokens[i - 1].form in _HYPHENS and not self._title_word(i - 2)
            if size > 1 or (row is not None and row.kind not in _WEAK_TITLES and not inside):
                found = (i, i + size)
            elif self.tokens[i].form.lower() in {"of", "for"}:
                break
            i += size
        if found is None or self._titled_body(found[1], end):
            return None
        return found

    def _titled_body(self, after: int, end: int) -> bool:
        """``General Assembly``: a body's or a building's name, whatever title it opens with."""
        if after >= end:
            return False
        if self._heads(end - 1) and self.tokens[end - 1].entity[2:] != "PERSON":
            return True
        return self.tokens[after].form.lower() in {"of", "for", "-"}
