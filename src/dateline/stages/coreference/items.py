"""Reads what coreference asks of each mention: mentions and trees in; items with number, gender, country out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from dateline.grammar import Tree, is_a
from dateline.knowledge.actors import Actors, CountryHit
from dateline.knowledge.countries import only_said_of
from dateline.knowledge.equipment import load_equipment
from dateline.knowledge.names import normalise
from dateline.knowledge.nominals import Nominals
from dateline.knowledge.whose import Whose, country_word
from dateline.model import Mention, Token

SUBJECTS = ("nsubj", "nsubj:pass")
_OFFICE = frozenset({"NOUN", "ADJ", "PROPN"})
_GROUPS = {"ship": "ship", "submarine": "ship", "aircraft": "aircraft", "helicopter": "aircraft", "drone": "aircraft"}
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_CONTENT = frozenset({"NOUN", "PROPN", "ADJ", "NUM"})
_PARTY_AND_STATE = re.compile(r" ?\([RDI]\.?[-‑–][A-Z]")
_QUOTES = {"“": 1, "”": -1, '"': 0, "«": 1, "»": -1}


@dataclass(slots=True)
class Item:
    """A mention as coreference sees it. ``number`` is sg, pl or empty; ``gender`` m, f, n or empty; ``definite`` is
    ``the``, ``a``, ``own`` (possessive) or empty; ``modifiers`` are the lemmas of the content words around the head;
    ``country`` is told by the words of the phrase itself; ``quote`` numbers the quotation it stands in, 0 outside;
    ``hit`` is the country word that a name is, ``acts`` says that it stands for a government (both by the places
    layer first); ``land`` marks a country's own name or adjective; ``title_body`` is the body in "IAEA chief"."""

    place: int
    mention: Mention
    kind: str
    type: str
    words: tuple[str, ...]
    key: str
    lemma: str
    number: str
    gender: str
    sentence: int
    definite: str
    group: str
    modifiers: frozenset[str]
    country: str | None
    subject: bool
    quote: int
    hit: CountryHit | None = None
    acts: bool = False
    land: bool = False
    title: tuple[str, ...] = ()
    title_body: int = -1
    title_country: str | None = None
    title_first: int = -1
    roles: list[tuple[str, str | None, int, int]] = field(default_factory=list)


class Reader:
    """Makes the items of one report."""

    def __init__(self, tree: Tree, lexicon: Nominals, actors: Actors, whose: Whose) -> None:
        self.tree, self.tokens, self.lexicon, self.actors = tree, tree.tokens, lexicon, actors
        self.whose, self.placed = whose, whose.placed
        self.quotes = quote_numbers(tree.tokens)
        self.bodies: dict[int, int] = {}
        self.names: dict[int, list[str]] = {}

    def items(self, mentions: Sequence[Mention]) -> list[Item]:
        """The items in text order."""
        self.bodies = {
            i: n for n, m in enumerate(mentions) if m.type == "ORG" for i in range(m.first, m.last) if m.kind == "NAM"
        }
        self.names = {
            n: [t.form for t in self.tokens[mentions[n].first : mentions[n].last]] for n in self.bodies.values()
        }
        return [self._item(place, mention) for place, mention in enumerate(mentions)]

    def _item(self, place: int, mention: Mention) -> Item:
        head = self.tokens[mention.head]
        words = tuple(t.form for t in self.tokens[mention.first : mention.last])
        name = mention.kind == "NAM"
        item = Item(
            place=place,
            mention=mention,
            kind=mention.kind,
            type=mention.type,
            words=words,
            key=normalise(" ".join(words)) if name else head.lemma.lower(),
            lemma=head.lemma.lower(),
            number="",
            gender="",
            sentence=head.sentence,
            definite="",
            group="",
            modifiers=frozenset(),
            country=None,
            subject=head.deprel in SUBJECTS,
            quote=self.quotes[mention.head],
        )
        if name:
            self._read_name(item)
        elif mention.kind == "NOM":
            self._read_nominal(item)
        else:
            self._read_pronoun(item)
        return item

    # --- names ----------------------------------------------------------------------------------------------------

    def _read_name(self, item: Item) -> None:
        item.number = "pl" if self.tokens[item.mention.head].xpos == "NNPS" and item.type == "NORP" else "sg"
        if item.type == "PER":
            self._read_title(item)
            item.title_country = item.title_country or self._of_name(item)
            item.gender = item.gender or (self.lexicon.given.get(item.words[0], "") if len(item.words) > 1 else "")
        else:
            item.gender = "n"
            item.group = _vehicle_group(item.mention.by)
            self._read_country(item)
            if item.country is None and item.type == "ORG":
                item.country = self._only_country(self.tokens[item.mention.first : item.mention.last])
                item.country = item.country or self._whose_body(item)

    def _read_country(self, item: Item) -> None:
        """The country a name is or lies in: of the place it was found to be ("Paris" in Texas), else of its words."""
        item.hit = country_word(self.actors, " ".join(item.words))
        placed = self.placed.country_of(item.mention.span) if item.type != "ORG" or item.hit is not None else None
        if placed is not None:
            if item.hit is not None and item.hit.country.code != placed.country:
                item.hit = None
            item.acts = placed.acts
        item.country = placed.country if placed is not None else item.hit.country.code if item.hit is not None else None
        if only_said_of(self.tokens, item.mention.first):
            item.country = None
        item.land = item.hit is not None and item.hit.how in {"name", "adjective"} and item.number != "pl"

    def _read_title(self, item: Item) -> None:
        """The words before a personal name that say who it is: ``Russian Defence Minister`` Sergei Shoigu."""
        first = start = item.mention.first
        sentence = self.tokens[first].sentence
        while start > 0 and self.tokens[start - 1].sentence == sentence and self._may_describe(start - 1):
            start -= 1
        words = [self.tokens[i] for i in range(start, first)]
        if not words:
            return
        last = next((k - 1 for k, w in enumerate(words) if w.form in {"of", "for"} and k), len(words) - 1)
        row = self.lexicon.titles.get(words[last].form.lower())
        noun = self.lexicon.nouns.get(words[last].lemma.lower())
        if row is None and (noun is None or noun.type != "PER"):
            return
        item.gender = (row.gender if row else "") or (noun.gender if noun else "")
        if row is not None and row.kind == "honorific":
            return
        item.title_first = start
        countries = self.whose.words(words)
        item.title_country = next((code for _, code in countries), None)
        named = {i for i, _ in countries}
        for i in range(len(words)):
            if start + i in self.bodies:
                item.title_body = self.bodies[start + i]
                named.add(i)
        item.title = tuple(t.lemma.lower() for i, t in enumerate(words) if i not in named)

    def _of_name(self, item: Item) -> str | None:
        """ "England's Ben Duckett", "Alice Moyo of Zimbabwe": never the place that somebody is in. American papers put
        party and state in brackets: "Rep. Alice Moyo (D-Ohio)"."""
        after = self.tree.text[item.mention.span.end : item.mention.span.end + 6]
        return "USA" if _PARTY_AND_STATE.match(after) else self.whose.owner(item.mention.head)

    def _may_describe(self, i: int) -> bool:
        token = self.tokens[i]
        if token.form in {"-", "‑"}:
            return True
        if token.form in {"of", "for"}:  # Secretary of State Ann Lee
            return (
                i > 0
                and self.tokens[i + 1].form[0].isupper()
                and self.tokens[i - 1].form[0].isupper()
                and self._title(i - 1)
            )
        if token.upos not in _CONTENT or token.upos == "NUM":
            return False
        if token.deprel in {"compound", "amod", "nmod", "flat"}:
            return True
        return token.form[0].isupper() and token.form.lower() in self.lexicon.titles

    def _title(self, i: int) -> bool:
        return self.tokens[i].form.lower() in self.lexicon.titles

    def _whose_body(self, item: Item) -> str | None:
        """Whose a named body is; of the place it is in only what every country has ("the Foreign Ministry in Oslo")."""
        everywhere = self.actors.institution(" ".join(item.words))
        return self.whose.of(item.mention.head, placed=everywhere)

    def _only_country(self, words: Sequence[Token]) -> str | None:
        """The country in a body's name, where it has just one."""
        found = {code for _, code in self.whose.words(words)} if len(words) > 1 else set()
        return found.pop() if len(found) == 1 else None

    # --- nominals and pronouns ------------------------------------------------------------------------------------

    def _read_nominal(self, item: Item) -> None:
        mention, tokens = item.mention, self.tokens
        head = tokens[mention.head]
        entry = mention.by.partition(":")[2]
        row = self.lexicon.nouns.get(entry) or self.lexicon.nouns.get(head.form.lower())
        plural = head.xpos in {"NNS", "NNPS"} or (row is not None and row.number == "pl")
        item.number = "pl" if plural else "sg"
        item.group = row.group if row else ""
        if " of " in entry or "-" in entry:
            item.lemma = item.key = entry
        item.gender = (row.gender if row else "") or ("" if item.type == "PER" else "n")
        first = tokens[mention.first]
        low = first.form.lower()
        if low in _DEFINITE:
            item.definite = "the"
        elif first.xpos == "PRP$" or any(t.xpos == "POS" for t in tokens[mention.first : mention.head]):
            item.definite = "own"
        elif first.upos == "DET" or low in {"a", "an", "one", "another"}:
            item.definite = "a"
        inside = list(tokens[mention.first : mention.head])
        kids = self.tree.children[mention.head]
        after = [tokens[k] for k in kids if k > mention.head and tokens[k].deprel.startswith("nmod")]
        named = self.whose.words(inside) if item.type in {"PER", "ORG"} else []
        if item.type in {"PER", "ORG"}:
            item.title = _office(inside, item.lemma, {i for i, _ in named})
        item.modifiers = frozenset(t.lemma.lower() for t in [*inside, *after] if t.upos in _CONTENT)
        if item.type == "MISC":
            return
        of_a_body = any(self._named_body(k) for k in self.tree.kids(mention.head, "compound", "amod", "nmod:poss"))
        item.country = self.whose.of(mention.head, placed=item.type in {"PER", "ORG"} and not of_a_body)

    def _named_body(self, i: int) -> bool:
        """A body of one name, that no other country has ("NATO", never "Coast Guard")."""
        body = self.bodies.get(i)
        return body is not None and not self.actors.institution(" ".join(self.names[body]))

    def _read_pronoun(self, item: Item) -> None:
        row = self.lexicon.pronouns.get(item.words[0].lower())
        if row is not None:
            item.number, item.gender, item.definite = row.number, row.gender, row.case
            item.group = str(row.person)


def _office(inside: Sequence[Token], lemma: str, named: set[int]) -> tuple[str, ...]:
    """The words of a description without its country: ``deputy foreign minister``."""
    words = [t.lemma.lower() for i, t in enumerate(inside) if i not in named and t.upos in _OFFICE]
    if words and lemma.startswith(f"{words[-1]}-"):  # the head may be the last word of "commander-in-chief"
        words.pop()
    return (*words, lemma)


def _vehicle_group(system_id: str) -> str:
    """``ship`` or ``aircraft`` for a vehicle of the equipment tables."""
    system = load_equipment().get(system_id) if system_id.startswith("equipment:") else None
    return _GROUPS.get(system.kind, "") if system is not None else ""


def quote_numbers(tokens: Sequence[Token]) -> list[int]:
    """For each token the number of the quotation it stands in, 0 outside; an unclosed one ends with its sentence's
    successor at the latest, so that a lost mark cannot swallow the report."""
    numbers, current, opened, last = [], 0, 0, 0
    for token in tokens:
        mark = _QUOTES.get(token.form)
        if mark == 1 or (mark == 0 and not current):
            opened += 1
            current, last = opened, token.sentence
        elif current and (mark is not None or token.sentence > last + 4):
            current = 0
        numbers.append(current)
    return numbers


def same_clause(tree: Tree, left: int, right: int) -> bool:
    """Both are arguments of one predicate, so that a plain pronoun cannot mean the other ("Kim greeted him")."""
    a, b = tree.tokens[left], tree.tokens[right]
    if a.head < 0 or b.head < 0:
        return False
    if a.head == b.head:
        return not (is_a(a.deprel, "nmod:poss") or is_a(b.deprel, "nmod:poss") or is_a(b.deprel, "conj"))
    return False
