"""Tells whose a body is where its own phrase leaves that out ("the Defence Ministry"): clusters in, a country out.

Never the state that was named last. What tells is: the same body, once said with its country; of bodies that act at
home alone (police, courts, parliaments) the place and the official subject of their clause; the official who speaks of
"the government"; the dateline's place; the report's only state, where it acts itself. Else nothing is told.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable, Iterator

from dateline.grammar import Tree, is_a
from dateline.knowledge.nominals import word_set
from dateline.knowledge.sectors import load_sectors
from dateline.knowledge.whose import Whose
from dateline.stages.coreference.clusters import Clusters
from dateline.stages.coreference.items import Item

_GROUPS = frozenset({"government", "body", "force", "legislature"})
_POLICE = "COP"
_BARE = frozenset({"parliament", "government", "congress"})
"""Bodies besides the police of which reports speak without an article."""
_CONTENT = frozenset({"NOUN", "PROPN", "ADJ"})
_STATES = frozenset({"GPE", "NORP", "ORG"})
_CLAUSES = 3

Told = Callable[[int], tuple[str | None, str | None]]
"""Country and sector of a cluster by one of its items, as far as they are known without asking where it is at home."""


class Home:
    """The countries that one report gives its bodies."""

    def __init__(self, clusters: Clusters, tree: Tree, whose: Whose, told: Told) -> None:
        self.clusters, self.tree, self.whose, self.told = clusters, tree, whose, told
        self.total: Counter[str] = Counter(
            item.country for item in clusters.items if item.kind == "NAM" and item.country and item.type in _STATES
        )
        self._by_head = {item.mention.head: item for item in clusters.items}
        self._bodies = self._said()

    def mentioned(self, country: str | None) -> bool:
        """Whether the report names the country at all."""
        return country is not None and country in self.total

    def of(self, items: list[Item], sector: str | None) -> str | None:
        """The country of a body or office holder, by the first of its items."""
        item = items[0]
        if not _institution(item, sector) or self._counted(item):
            return None
        at_home = sector in load_sectors().at_home or item.lemma in word_set("local")
        return (
            self._once_said(item)
            or (self._place(item) if at_home else None)
            or self._speaker(item, at_home)
            or (self._sentence(item) if at_home else None)
            or self.whose.placed.home
            or self._only_state()
        )

    def _counted(self, item: Item) -> bool:
        """ "Both governments", "the two ministries" are not of one country."""
        inside = self.tree.tokens[item.mention.first : item.mention.head]
        return (item.lemma == "government" and item.number == "pl") or any(t.upos == "NUM" for t in inside)

    # --- the same body --------------------------------------------------------------------------------------------

    def _said(self) -> dict[tuple[str, ...], set[str]]:
        """The countries that the report gives to words: whole phrases and pairs inside them ("Mauritanian coast guard
        vessel" says whose the coast guard is)."""
        found: dict[tuple[str, ...], set[str]] = {}
        for item in self.clusters.items:
            if item.country is None or item.kind == "PRO" or item.type in {"GPE", "NORP"}:
                continue
            words = self._content(item)
            pairs = [words[k : k + 2] for k in range(len(words) - 1)]
            for part in (words, *pairs):
                found.setdefault(part, set()).add(item.country)
        return found

    def _content(self, item: Item) -> tuple[str, ...]:
        tokens = self.tree.tokens[item.mention.first : item.mention.last]
        named = {k for k, _ in self.whose.words(tokens)}
        words = (t.lemma.lower() for k, t in enumerate(tokens) if t.upos in _CONTENT and k not in named)
        return tuple(word.replace("defense", "defence") for word in words)

    def _once_said(self, item: Item) -> str | None:
        found = self._bodies.get(self._content(item), set())
        return next(iter(found)) if len(found) == 1 else None

    # --- the clause -----------------------------------------------------------------------------------------------

    def _place(self, item: Item) -> str | None:
        """Where it acts: "police arrested two men in Lima"."""
        token = self.tree.tokens[item.mention.head]
        if token.head < 0 or not (is_a(token.deprel, "nsubj") or token.deprel in {"obl:by", "obl:agent"}):
            return None
        places = self.tree.kids(token.head, "obl:in", "obl:at", "obl:near")
        found = {code for k in places if (code := self.whose.phrase(k)) is not None}
        return found.pop() if len(found) == 1 else None

    def _speaker(self, item: Item, at_home: bool) -> str | None:
        """The country of the official or state that is the subject above: "President Ruto said the government would".
        In one clause with them stand those they meet as well; of these only a body that is at home everywhere tells."""
        for clause, subject in self._subjects(item.mention.head):
            country, sector = self.told(subject.place)
            if subject.type in {"GPE", "NORP"}:
                sector = "GOV" if subject.land or subject.acts else None
            if country is None or sector not in load_sectors().held:
                continue
            return country if at_home or clause else None
        return None

    def _subjects(self, head: int) -> Iterator[tuple[int, Item]]:
        """The subjects of the clauses above a word, with how many clauses up they are; its own phrase's left out."""
        clause = 0
        for above in self.tree.ancestors(head):
            token = self.tree.tokens[above]
            subject = self.tree.kid(above, "nsubj", "nsubj:pass")
            other = self._by_head.get(subject) if subject is not None else None
            if other is not None and subject != head and not self._holds(other, head):
                yield clause, other
            clause += is_a(token.deprel, "ccomp") or is_a(token.deprel, "xcomp")
            if clause > _CLAUSES or token.deprel.startswith(("conj", "parataxis")):
                return

    @staticmethod
    def _holds(item: Item, token: int) -> bool:
        return item.mention.first <= token < item.mention.last

    # --- the report -----------------------------------------------------------------------------------------------

    def _sentence(self, item: Item) -> str | None:
        """Of bodies that act at home alone: the only country whose officials or places its sentence names, or the one
        before in the paragraph; else the only one of the report. People may be foreign: "police held two Swedes"."""
        blocks = self.tree.sentences
        back = item.sentence > 0 and blocks[item.sentence - 1].block == blocks[item.sentence].block
        found = self._around(item, item.sentence) or (self._around(item, item.sentence - 1) if back else set())
        found = found or (self._named() & self._acting)
        return found.pop() if len(found) == 1 else None

    @functools.cached_property
    def _acting(self) -> set[str]:
        """The countries of all officials, states and places of the report, where it names no other."""
        acting = {code for sentence in range(len(self.tree.sentences)) for code in self._around(None, sentence)}
        return acting if self._named() == acting else set()

    def _around(self, item: Item | None, sentence: int) -> set[str]:
        """The countries of the officials, states and places of a sentence."""
        near = [i for i in self.clusters.items if i.sentence == sentence and i is not item and i.kind != "PRO"]
        found = {code for i in near if i.type in {"PER", "ORG"} and (code := self._official(i)) is not None}
        found |= set(self.whose.placed.by_sentence.get(sentence, ()))
        return found | {i.country for i in near if i.country and _a_place(i)}

    def _official(self, item: Item) -> str | None:
        country, sector = self.told(item.place)
        serves = sector in load_sectors().held - load_sectors().abroad
        return country if serves and item.lemma not in word_set("posted") else None

    def _named(self) -> set[str]:
        """Every country that the report names, lies in, or has persons of our tables from."""
        named = {code for codes in self.whose.placed.by_sentence.values() for code in codes} | set(self.total)
        known = (self.told(item.place)[0] for item in self.clusters.items if item.kind == "NAM" and item.type == "PER")
        return named | {code for code in known if code is not None}

    def _only_state(self) -> str | None:
        """The only country that the report names or lies in, where it acts as a state itself."""
        named = self._named()
        if len(named) != 1:
            return None
        only = named.pop()
        subjects = (item for item in self.clusters.items if item.subject and item.country == only)
        return only if any(item.land or item.acts or self._official(item) == only for item in subjects) else None


def _a_place(item: Item) -> bool:
    """A place or state by its name; "Danish" says of somebody else where they are from."""
    said = item.hit is not None and item.hit.how in {"adjective", "demonym"}
    return item.kind == "NAM" and item.type in {"GPE", "LOC", "FAC"} and not said


def _institution(item: Item, sector: str | None) -> bool:
    """A body's name, or a definite phrase for one or for the holder of an office: never "two leaders", "bombers".
    Of the police and of parliament a report speaks without an article."""
    if item.lemma in word_set("posted"):
        return False
    if item.kind == "NAM":
        return item.type == "ORG"
    if item.definite == "" and item.type == "ORG" and (sector == _POLICE or item.lemma in _BARE):
        return True
    return item.definite == "the" and (item.number == "sg" or item.group in _GROUPS)
