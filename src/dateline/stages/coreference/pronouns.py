"""Resolves pronouns: items in, each pronoun joined to its antecedent where one stands out, else left alone."""

from __future__ import annotations

from dateline.grammar import Tree, is_a
from dateline.knowledge.lexicons import load_cues
from dateline.knowledge.nominals import word_set
from dateline.stages.coreference.clusters import Clusters
from dateline.stages.coreference.items import SUBJECTS, Item, same_clause

_PEOPLE = frozenset({"PER"})
_ACTING = frozenset({"PER", "ORG", "GPE", "NORP"})
_THINGS = frozenset({"ORG", "GPE", "VEH", "WEA", "FAC", "LOC", "MISC"})
_MOST = 300
"""Mentions looked back over: the sentences of a report hold far fewer, a text without their ends may not."""
_BACK = 3
"""Sentences back in which an antecedent is looked for."""
_VAGUE = 0.6
_QUOTED = 0.6
_PARTIES = 0.5
"""What it speaks for a candidate of "they" that it can act."""
_SPEAKERS = 0.8
"""What it speaks for a candidate that both it and the pronoun are subjects of saying."""
_LEAD = 0.2
"""How far the best candidate must lie before the next one."""


class Pronouns:
    """Resolves the pronouns of one report in text order."""

    def __init__(self, clusters: Clusters, tree: Tree) -> None:
        self.clusters, self.tree, self.tokens = clusters, tree, tree.tokens
        self.cues = load_cues()
        self.by_head = {item.mention.head: item for item in clusters.items}
        self._speakers: dict[int, Item | None] = {}
        self.several: dict[int, tuple[int, ...]] = {}
        """For a plural pronoun that means all of a coordinated subject: their items."""

    def resolve(self) -> None:
        """All pronouns, the first ones first."""
        self._chain_quoted()
        for item in self.clusters.items:
            if item.kind != "PRO":
                continue
            if item.group == "1":
                self._first_person(item)
            elif item.group == "3":
                self._third_person(item)

    # --- I --------------------------------------------------------------------------------------------------------

    def _first_person(self, item: Item) -> None:
        """``I`` in a quotation is its speaker; outside one it is nobody's that the report names."""
        if not item.quote or item.number != "sg":
            return
        speaker = self.speaker(item.quote, item)
        if speaker is not None:
            self.clusters.join(speaker.place, item.place, "pronoun:speaker")

    def _chain_quoted(self) -> None:
        """``we`` and ``our``, ``I`` and ``my`` within one quotation are the same, whoever they are."""
        first: dict[tuple[int, str], int] = {}
        for item in self.clusters.items:
            if item.kind == "PRO" and item.group == "1" and item.quote:
                self.clusters.join(
                    first.setdefault((item.quote, item.number), item.place), item.place, "pronoun:quoted"
                )

    def speaker(self, quote: int, within: Item) -> Item | None:
        """The subject of the verb of saying beside a quotation; where it has none, the speaker just before it."""
        if quote not in self._speakers:
            found = self._find_speaker(within)
            before = self._speakers.get(quote - 1)
            if found is None and before is not None and within.sentence - before.sentence <= 1:
                found = before
            self._speakers[quote] = found
        return self._speakers[quote]

    def _find_speaker(self, within: Item) -> Item | None:
        sentence = self.tree.sentences[within.sentence]
        best = None
        for i in range(sentence.first, sentence.last):
            token = self.tokens[i]
            cue = self.cues.get((token.lemma.lower(), "verb")) if token.upos == "VERB" else None
            if cue is None or cue.stance != "speech" or self._quoted(i):
                continue
            subject = self.tree.subject(i)
            item = self.by_head.get(subject) if subject is not None else None
            if item is not None and item.type == "PER" and item.number == "sg" and not item.quote:
                best = item
        return best

    def _quoted(self, i: int) -> bool:
        """Whether a token stands in a quotation."""
        item = self.by_head.get(i)
        return bool(item and item.quote)

    # --- he, she, it, they ----------------------------------------------------------------------------------------

    def _third_person(self, item: Item) -> None:
        if item.definite == "reflexive" and self._reflexive(item):
            return
        if item.number == "pl" and self._several_before(item):
            return
        if not item.quote and self._of_saying(item):
            return
        ranked: dict[int, float] = {}
        speaker = self.speaker(item.quote, item) if item.quote else None
        says = self._says(item)
        acts = says or self._deed(item)
        for other in self._candidates(item):
            root = self.clusters.of(other.place)
            if acts and self.clusters.type(root) not in _ACTING:
                continue
            if speaker is not None and self.clusters.same(speaker.place, other.place):
                continue
            if self._forbidden(item, other, root):
                continue
            rank = self._rank(item, other) + (_SPEAKERS if says and self._says(other) else 0.0)
            ranked[root] = max(ranked.get(root, -99.0), rank)
        self._link(item, ranked)

    def _link(self, item: Item, ranked: dict[int, float]) -> None:
        """To the best candidate, if it stands out."""
        order = sorted(ranked, key=lambda root: (-ranked[root], -root))
        if not order or (len(order) > 1 and ranked[order[0]] - ranked[order[1]] < _LEAD):
            return
        self.clusters.join(order[0], item.place, "pronoun:nearest")

    def _reflexive(self, item: Item) -> bool:
        """The subject of its verb."""
        subject = (
            self.tree.subject(self.tokens[item.mention.head].head) if self.tokens[item.mention.head].head >= 0 else None
        )
        other = self.by_head.get(subject) if subject is not None else None
        if other is None or other.place > item.place or not self._agrees(item, other):
            return False
        return self.clusters.join(other.place, item.place, "pronoun:reflexive")

    def _of_saying(self, item: Item) -> bool:
        """``Syria says it is willing``: the subject of what somebody says, outside quotation marks, is mostly who says
        so, where number, gender and kind allow."""
        token = self.tokens[item.mention.head]
        if token.deprel not in SUBJECTS or token.head < 0 or not is_a(self.tokens[token.head].deprel, "ccomp"):
            return False
        verb = self.tokens[token.head].head
        cue = self.cues.get((self.tokens[verb].lemma.lower(), "verb")) if verb < item.mention.head else None
        subject = self.tree.kid(verb, "nsubj") if cue is not None and cue.stance in {"speech", "belief"} else None
        other = self.by_head.get(subject) if subject is not None else None
        if other is None or other.place >= item.place or not self._agrees(item, other):
            return False
        if self.clusters.type(self.clusters.of(other.place)) not in _ACTING:
            return False
        return self.clusters.join(other.place, item.place, "pronoun:saying")

    def _several_before(self, item: Item) -> bool:
        """``Chad and Niger announced their plan``: it means both, and no single one may be chosen."""
        head = self.tokens[item.mention.head].head
        for _ in range(4):
            if head < 0:
                break
            subject = self.tree.kid(head, "nsubj", "nsubj:pass")
            if subject is not None and subject < item.mention.head:
                return self._coordinated(item, subject)
            head = self.tokens[head].head
        return item.subject and item.sentence > 0 and self._opens(item)

    def _opens(self, item: Item) -> bool:
        """``They`` as the first party of its sentence may go on from the subject of the sentence before."""
        first = self.tree.sentences[item.sentence].first
        if item.place and self.clusters.items[item.place - 1].mention.head >= first:
            return False
        before = self.tree.sentences[item.sentence - 1]
        roots = (i for i in range(before.first, before.last) if self.tokens[i].head < 0)
        subjects = (self.tree.subject(i) for i in roots if self.tokens[i].upos == "VERB")
        return any(subject is not None and self._coordinated(item, subject) for subject in subjects)

    def _coordinated(self, item: Item, subject: int) -> bool:
        """Whether a subject is several ("A and B"); notes them as what the pronoun means."""
        if self.tree.kid(subject, "conj") is None or subject not in self.by_head:
            return False
        parts = [self.by_head[k] for k in (subject, *self.tree.kids(subject, "conj")) if k in self.by_head]
        if len(parts) > 1:
            self.several[item.place] = tuple(part.place for part in parts)
        return True

    def _says(self, item: Item) -> bool:
        """Whether an item is the subject of a verb of saying."""
        token = self.tokens[item.mention.head]
        if token.head < 0 or token.deprel != "nsubj":
            return False
        cue = self.cues.get((self.tokens[token.head].lemma.lower(), "verb"))
        return cue is not None and cue.stance == "speech"

    def _deed(self, item: Item) -> bool:
        """``their meeting``, ``its statement``: what only somebody who acts can have."""
        token = self.tokens[item.mention.head]
        return token.deprel == "nmod:poss" and self.tokens[token.head].lemma.lower() in word_set("deed")

    def _candidates(self, item: Item) -> list[Item]:
        found = []
        for place in range(item.place - 1, max(-1, item.place - 1 - _MOST), -1):
            other = self.clusters.items[place]
            if other.sentence < item.sentence - _BACK:
                break
            if self._agrees(item, other):
                found.append(other)
        return found

    def _agrees(self, item: Item, other: Item) -> bool:
        """Number, gender and type."""
        if other.kind == "PRO":
            return other.words[0].lower() != "it" and self._pronouns_agree(item, other)
        if item.gender in {"m", "f"}:
            if other.type not in _PEOPLE or other.number != "sg":
                return False
            return self.clusters.gender(other.place) in {"", item.gender}
        if item.number == "sg":
            return other.number == "sg" and other.type in _THINGS
        if other.number == "pl":
            return other.type != "NORP" or other.kind == "NAM"
        return other.type == "ORG" and other.kind == "NAM"

    def _pronouns_agree(self, item: Item, other: Item) -> bool:
        if other.group != "3" or len(self.clusters.members[self.clusters.of(other.place)]) < 2:
            return False
        return item.number == other.number and item.gender == other.gender

    def _forbidden(self, item: Item, other: Item, root: int) -> bool:
        """Binding: a plain pronoun is no other argument of its verb, and no part of the phrase it stands in."""
        if other.mention.first <= item.mention.head < other.mention.last:
            return True
        if item.definite == "reflexive":
            return not same_clause(self.tree, item.mention.head, other.mention.head)
        if item.definite != "possessive" and not is_a(self.tokens[item.mention.head].deprel, "nmod:poss"):
            for member in self.clusters.members[root]:
                head = self.clusters.items[member].mention.head
                if self.clusters.items[member].sentence == item.sentence and same_clause(
                    self.tree, item.mention.head, head
                ):
                    return True
        return False

    def _rank(self, item: Item, other: Item) -> float:
        """Nearness and prominence; weights set on the development texts."""
        rank = -1.2 * (item.sentence - other.sentence)
        token = self.tokens[other.mention.head]
        if token.deprel in SUBJECTS:
            rank += 1.0
            if item.subject:
                rank += 0.4
        elif is_a(token.deprel, "obj"):
            rank += 0.3
        elif is_a(token.deprel, "nmod") or is_a(token.deprel, "compound") or is_a(token.deprel, "amod"):
            rank -= 0.5
        if other.kind == "NAM":
            rank += 0.3
        size = len(self.clusters.members[self.clusters.of(other.place)])
        rank += 0.15 * min(size, 6)
        if item.sentence == other.sentence:
            rank += 0.3
        if other.type == "MISC" and other.kind == "NOM":
            rank -= _VAGUE
        if item.number == "pl" and other.type in _ACTING:
            rank += _PARTIES
        if other.quote and not item.quote:
            rank -= _QUOTED
        return rank - 0.01 * min(item.mention.first - other.mention.first, 60)
