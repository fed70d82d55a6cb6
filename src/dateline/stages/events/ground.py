"""Lays out a record for the event rules: a token index in, the mention, entity, place, timex or predicate there out."""

from __future__ import annotations

from dateline.grammar import Tree, is_a, joined_lemmas, tree_of
from dateline.knowledge.actors import Actors, load_actors
from dateline.knowledge.countries import only_said_of
from dateline.knowledge.patterns import Patterns, load_patterns
from dateline.model import Entity, Mention, Place, Predicate, Record, Span, Timex

ACTOR_TYPES = frozenset({"PER", "ORG", "GPE", "NORP"})
PLACE_TYPES = frozenset({"GPE", "LOC", "FAC"})
THING_TYPES = frozenset({"VEH", "WEA", "FAC"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ", "SYM"})
_CONTROL_MARKS = ("advcl:of", "advcl:for", "advcl:from", "advcl:into", "advcl:with")


class Ground:
    """One record, laid out. Everything is an index into ``record.tokens``; nothing is changed."""

    def __init__(self, record: Record, actors: Actors | None = None, patterns: Patterns | None = None) -> None:
        self.record, self.text = record, record.article.text
        self.tree: Tree = tree_of(record)
        self.tokens = record.tokens
        self.actors = actors or load_actors()
        self.patterns = patterns or load_patterns()
        self._entities: dict[int, Entity | None] = {}
        self._foretold: dict[int, int | None] = {}
        self._carriers: dict[int, int | None] = {}
        aliases = self.patterns.aliases
        lemmas = [
            aliases.get(t.lemma.lower(), t.lemma.lower()) if t.upos == "VERB" else t.lemma.lower()
            for t in record.tokens
        ]
        self._lemmas = joined_lemmas(record.tokens, lemmas, self.patterns.hyphenated)
        self.mention_at = self._mentions()
        self.entity_of: dict[str, Entity] = {m: e for e in record.entities for m in e.mentions}
        self.place_at: dict[int, Place] = {}
        for place in record.places:
            for i in self.inside(place.span):
                self.place_at.setdefault(i, place)
        self.predicate_at: dict[int, Predicate] = {p.token: p for p in record.predicates}
        self.timex_at: dict[int, Timex] = {}
        for timex in record.timexes:
            for i in self.inside(timex.span):
                self.timex_at.setdefault(i, timex)

    def _mentions(self) -> dict[int, Mention]:
        """The mention whose head is a token: names before nominals, then the longest."""
        found: dict[int, Mention] = {}
        for mention in sorted(self.record.mentions, key=lambda m: (m.kind != "NAM", m.span.start - m.span.end)):
            found.setdefault(mention.head, mention)
        return found

    def inside(self, span: Span) -> range:
        """The tokens that begin inside a span."""
        return self.tree.inside(span)

    def lemma(self, i: int) -> str:
        """Lower-case lemma."""
        return self._lemmas[i]

    def entity(self, i: int) -> Entity | None:
        """The entity whose mention is headed here."""
        if i not in self._entities:
            self._entities[i] = self._find_entity(i)
        return self._entities[i]

    def _find_entity(self, i: int) -> Entity | None:
        if self.tokens[i].xpos in {"PRP", "PRP$"} and (told := self.foretold(i)) is not None:
            return self.entity(told)
        mention = self.mention_at.get(i)
        return self.entity_of.get(mention.id) if mention else None

    def foretold(self, i: int) -> int | None:
        """The person that a pronoun in an opening phrase runs ahead of ("After his arrival, the envoy met ...")."""
        if i not in self._foretold:
            self._foretold[i] = self._find_foretold(i)
        return self._foretold[i]

    def _find_foretold(self, i: int) -> int | None:
        word = self.tokens[i].form.lower()
        mention = self.mention_at.get(i)
        if word not in {"his", "her", "he", "she", "their"}:
            return None
        if word != "their" and mention is not None and mention.id in self.entity_of:
            return None
        root = self.tree.root(self.tokens[i].sentence)
        subject = self.tree.kid(root, "nsubj", "nsubj:pass")
        if subject is None or subject <= i or self.tokens[subject].upos == "PRON" or self.type_of(subject) != "PER":
            return None
        if word == "their" and self.tokens[subject].xpos != "NNS":
            return None
        top = next((k for k in (i, *self.tree.ancestors(i)) if self.tokens[k].head == root), None)
        opening = top is not None and any(is_a(self.tokens[top].deprel, r) for r in ("obl", "advcl", "nmod"))
        return subject if opening else None

    def type_of(self, i: int) -> str:
        """The type of the entity here, or of the mention, or empty."""
        mention = self.mention_at.get(i)
        if mention is None:
            return ""
        entity = self.entity_of.get(mention.id)
        return entity.type if entity else mention.type

    # --- who ------------------------------------------------------------------------------------------------------

    def is_actor(self, i: int) -> bool:
        """Whether the noun here can do things: a name or pronoun of a party, an agent noun, or a count of such."""
        kind = self.type_of(i)
        if kind and kind != "MISC":
            return kind in ACTOR_TYPES
        token = self.tokens[i]
        if token.upos == "PRON":
            return token.lemma.lower() in {"he", "she", "they", "we", "i", "who", "you"}
        if token.upos == "PROPN":
            return (
                i in self.place_at
                or token.entity[2:] in {"PERSON", "ORG", "GPE", "NORP"}
                or self.country_word(i) is not None
            )
        inner = self.partitive(i)
        if inner is not None:
            return self.is_actor(inner)
        lemma, words = token.lemma.lower(), self.patterns.words
        return lemma in words["crowd"] or lemma in words["hurt"] or self.actors.sector([lemma]) is not None

    def partitive(self, i: int) -> int | None:
        """What a counting noun counts ("dozens of Kurds"), or None."""
        token = self.tokens[i]
        if token.upos in {"NUM", "DET", "PRON"} or self.lemma(i) in self.patterns.words["partitive"]:
            return self.tree.kid(i, "nmod:of")
        return None

    def owner(self, i: int, depth: int = 0) -> int | None:
        """The party named inside a noun's phrase: possessor, then adjective, then ``of``, ``by``, ``from``."""
        if depth > 2:
            return None
        poss = self.tree.kid(i, "nmod:poss")
        if poss is not None:
            return self.possessor(poss)
        party = self.adjective_party(i)
        if party is not None:
            return party
        for relation in (
            "nmod:of",
            "nmod:by",
            "nmod:from",
            "nmod:in",
            "nmod:for",
            "nmod:against",
            "nmod:between",
            "nmod:to",
        ):
            noun = self.tree.kid(i, relation)
            if noun is not None:
                if self.is_actor(noun) or noun in self.place_at:
                    return noun
                inner = self.owner(noun, depth + 1)
                if inner is not None:
                    return inner
        return None

    def possessor(self, i: int) -> int | None:
        """The possessor, where it is a party."""
        return (
            i
            if self.is_actor(i) or i in self.place_at or self.tokens[i].upos in {"PRON", "PROPN"}
            else self.owner(i, 1)
        )

    def adjective_party(self, i: int) -> int | None:
        """A party named by an adjective or noun before the head ("the Israeli raid", "a Taliban attack")."""
        for k in self.tree.children[i]:
            relation = self.tokens[k].deprel
            if k < i and (is_a(relation, "amod") or is_a(relation, "compound") or relation == "nmod"):
                if self._town(k) or only_said_of(self.tokens, k) or self.lemma(k) in self.patterns.words["trade"]:
                    continue
                if self.type_of(k) in ACTOR_TYPES or self.country_word(k):
                    return k
                if self.tokens[k].upos == "NOUN" and self.actors.sector([self.lemma(k)]):
                    return k
        return None

    def _town(self, k: int) -> bool:
        """ "The London protest": a town before an act's noun is where, not who."""
        place = self.place_at.get(k)
        return place is not None and not place.acts and place.best is not None and place.best.kind == "city"

    def country_word(self, i: int) -> str | None:
        """The country code of a name, adjective or people at this token."""
        token = self.tokens[i]
        if token.upos not in {"PROPN", "ADJ", "NOUN"} or not token.form[:1].isupper() or only_said_of(self.tokens, i):
            return None
        hit = (
            self.actors.country(f"{self.tokens[i - 1].form} {token.form}")
            if i and self.tokens[i - 1].form[:1].isupper()
            else None
        )
        hit = hit or self.actors.country(token.form)
        return hit.country.code if hit and hit.how != "capital" else None

    # --- grammar beyond the tree ----------------------------------------------------------------------------------

    def subject(self, i: int, depth: int = 0) -> int | None:
        """The subject, also where it is the object of the verb above ("accused X of shelling", "barred X from")."""
        token = self.tokens[i]
        raised = self.raised(i)
        if raised is None and is_a(token.deprel, "xcomp") and self.tree.object(token.head) is None:
            raised = self.raised(token.head)
        if raised is not None:
            return self.subject(raised, depth + 1)
        if self._verbal_noun(i):
            return None
        if self.tree.kid(i, "nsubj", "nsubj:pass", "csubj") is None and token.head >= 0:
            if token.deprel in _CONTROL_MARKS and self.tokens[token.head].upos == "VERB":
                controlled = self.tree.object(token.head)
                if controlled is not None and self.is_actor(controlled):
                    return controlled
            if is_a(token.deprel, "conj") and depth < 3 and self.tokens[token.head].upos in {"VERB", "AUX"}:
                return self.subject(token.head, depth + 1)
            if is_a(token.deprel, "advcl") and token.xpos == "VBG" and self.passive(token.head):
                return self.tree.agent(token.head)
            if (
                is_a(token.deprel, "acl")
                and not self.passive(i)
                and token.xpos == "VB"
                and not self.is_actor(token.head)
            ):
                return self.noun_agent(token.head)
        asked = self.asked(i)
        found = asked if asked is not None else self.antecedent(self.tree.subject(i))
        return found if found is not None else self.torn(i)

    def _verbal_noun(self, i: int) -> bool:
        """ "After shelling": a bare -ing form under a preposition of time names an act of anybody."""
        token = self.tokens[i]
        if token.xpos != "VBG" or token.deprel.rpartition(":")[2] not in {
            "after",
            "before",
            "despite",
            "amid",
            "since",
        }:
            return False
        return all(self.tokens[k].deprel in {"mark", "case", "punct"} for k in self.tree.children[i])

    def torn(self, i: int) -> int | None:
        """The subject of the sentence before, for an infinitive left alone by a stray full stop ("to interest us.")."""
        sentence = self.tokens[i].sentence
        here = self.record.sentences[sentence]
        if self.tokens[i].head >= 0 or sentence == 0 or self.tokens[here.first].form != "to" or here.last - i > 8:
            return None
        root = self.tree.root(sentence - 1)
        return self.tree.kid(root, "nsubj", "nsubj:pass")

    def asked(self, i: int) -> int | None:
        """Who is to do an infinitive that hangs on "turn to X", "call on X"; None elsewhere."""
        token = self.tokens[i]
        preps = self.patterns.oblique_control.get(self.lemma(token.head), ()) if token.head >= 0 else ()
        if not preps or token.xpos != "VB" or self.tree.kid(i, "nsubj", "nsubj:pass") is not None:
            return None
        return next((k for p in preps if (k := self.tree.kid(token.head, f"obl:{p}")) is not None), None)

    def antecedent(self, i: int | None) -> int | None:
        """What a relative pronoun stands for, else the token itself."""
        if i is None:
            return None
        token = self.tokens[i]
        if token.xpos in {"WDT", "WP"} and token.head >= 0:
            for above in self.tree.ancestors(i):
                if is_a(self.tokens[above].deprel, "acl") and self.tokens[above].head >= 0:
                    return self.tokens[above].head
        return i

    def passive(self, i: int) -> bool:
        """The tree's passive, and that of headlines, which leave out "be" ("airliner hijacked to China")."""
        token, lemma = self.tokens[i], self.lemma(i)
        words = self.patterns.words
        if self.tree.passive(i):
            return lemma not in words["no_passive"] or self.tree.kid(i, "aux:pass") is not None
        if token.xpos == "VBN" and is_a(token.deprel, "conj") and self.tree.kid(i, "nsubj", "obj", "aux") is None:
            return self.tree.passive(token.head)
        if lemma not in words["needs_object"] or token.xpos not in {"VBN", "VBD"}:
            return False
        if self.tree.kid(i, "obj", "aux", "xcomp", "ccomp") is not None:
            return False
        return self.tree.kid(i, "nsubj") is not None and not is_a(token.deprel, "acl")

    def tense(self, i: int) -> str:
        """The tree's tense; the participle of a verb without a passive is a past ("hundreds protested")."""
        token = self.tokens[i]
        if token.xpos == "VBN" and is_a(token.deprel, "acl") and self.lemma(i) in self.patterns.words["no_passive"]:
            return "past"
        return self.tree.tense(i)

    def agent(self, i: int) -> int | None:
        """Who does it: the ``by`` phrase of a passive, the subject of an active verb."""
        return self.tree.kid(i, "obl:agent", "obl:by") if self.passive(i) else self.subject(i)

    def object(self, i: int) -> int | None:
        """What it is done to; a reduced relative or relative clause gives the noun it modifies."""
        if self.passive(i):
            own = self.tree.kid(i, "nsubj:pass", "nsubj")
            return self.antecedent(own if own is not None else self.tree.subject(i))
        return self.antecedent(self.tree.kid(i, "obj"))

    def raised(self, i: int) -> int | None:
        """The verb of saying that a plain past belongs beside, where the parser joined it to the content ("said its
        jets were flying and vowed to go on"); None elsewhere."""
        token = self.tokens[i]
        if not is_a(token.deprel, "conj") or token.xpos != "VBD" or self.tree.kid(i, "nsubj", "aux") is not None:
            return None
        first = self.tokens[token.head]
        helped = any(
            self.tokens[k].lemma == "have" or (self.tokens[k].lemma == "be" and first.xpos == "VBG")
            for k in self.tree.kids(token.head, "aux")
        )
        if not helped or not is_a(first.deprel, "ccomp") or first.head < 0 or self.tree.tense(first.head) != "past":
            return None
        return first.head if self.tokens[first.head].upos == "VERB" else None

    def poss(self, i: int) -> int | None:
        """The possessor; a pronoun ("continued their strike") gives way to the subject of the carrying verb."""
        poss = self.tree.kid(i, "nmod:poss")
        if poss is not None and self.tokens[poss].upos == "PRON" and self.carrier(i) is not None:
            return None
        return poss

    def noun_agent(self, i: int) -> int | None:
        """Who stands behind a noun: possessor, ``by``, adjective, or the subject of the verb that carries it."""
        poss = self.poss(i)
        if poss is not None:
            return poss
        by = self.tree.kid(i, "nmod:by")
        if by is not None:
            return by
        party = self.adjective_party(i)
        if party is not None:
            return party
        carrier = self.carrier(i)
        return self.agent(carrier) if carrier is not None else None

    def carrier(self, i: int) -> int | None:
        """The light verb that carries a noun ("held talks", "talks were held", "went on strike"), or None."""
        if i not in self._carriers:
            self._carriers[i] = self._find_carrier(i)
        return self._carriers[i]

    def _find_carrier(self, i: int) -> int | None:
        at = i
        for _ in range(3):
            token = self.tokens[at]
            climbs = is_a(token.deprel, "conj") or (
                token.deprel == "nmod:of" and self.lemma(token.head) in self.patterns.words["partitive"]
            )
            if not climbs or token.head < 0 or self.tokens[token.head].upos not in _NOMINAL:
                break
            at = token.head
        token = self.tokens[at]
        if token.head < 0 or self.tokens[token.head].upos != "VERB":
            return None
        verb = token.head
        particle = self.tree.kid(verb, "compound:prt")
        key = (self.lemma(verb), self.lemma(particle) if particle is not None else "")
        if (
            is_a(token.deprel, "obj")
            or is_a(token.deprel, "nsubj:pass")
            or (is_a(token.deprel, "nsubj") and self.passive(verb))
        ):
            return verb if key in self.patterns.light else None
        preposition = token.deprel.partition(":")[2]
        return verb if is_a(token.deprel, "obl") and preposition in self.patterns.light_oblique.get(key, ()) else None

    def measured(self, i: int) -> bool:
        """Whether another act is told to be before or after the one here ("three days after the *talks*")."""
        return self.tokens[i].deprel.endswith((":after", ":before", ":following"))

    def turned_to(self, i: int) -> bool:
        """ "After turning to A to deliver X": told as background, what A was turned to for has been done."""
        above = self.tokens[i].head
        return self.asked(i) is not None and self.tokens[above].deprel in {"advcl:after", "advcl:since"}

    def headline(self, i: int) -> bool:
        """Whether a verb stands in a headline's present, which tells what happened."""
        if self.tokens[i].xpos not in {"VBZ", "VBP"} or self.tree.kid(i, "aux") is not None:
            return False
        block = self.record.sentences[self.tokens[i].sentence].block
        blocks = self.record.article.blocks
        return 0 <= block < len(blocks) and blocks[block].role == "headline"

    def prep(self, i: int, preposition: str) -> int | None:
        """The noun of the first such phrase under a token that is neither a time nor a set phrase ("in addition")."""
        phrases = self.tree.kids(i, f"obl:{preposition}", f"nmod:{preposition}")
        return next((k for k in phrases if k not in self.timex_at and not self._set_phrase(k)), None)

    def _set_phrase(self, k: int) -> bool:
        return self.lemma(k) in self.patterns.words["set_phrase"]
