"""Puts one event together: a predicate and its rule in, the event with arguments, codes, day, place and sources out."""

from __future__ import annotations

from dateline.grammar import is_a
from dateline.knowledge.ontology import Ontology
from dateline.knowledge.patterns import Rule
from dateline.model import Argument, Attribution, Event, Place, Predicate
from dateline.stages.events.arguments import Found, as_arguments, find_arguments
from dateline.stages.events.codes import Codes
from dateline.stages.events.days_and_places import Moment, Scene
from dateline.stages.events.ground import Ground
from dateline.stages.events.learned import OTHER, PATH, VIOLENT, LearnedArguments
from dateline.stages.events.typing import coded_type, standing

_DOMESTIC = frozenset({"COERCE", "ASSAULT", "PROTEST", "CONCEDE", "RETREAT", "REJECT", "SANCTION"})
"""Acts that a titled person without a country ("President X") is taken to be at home in."""
SPOKEN = frozenset(
    {"ACCUSE", "REQUEST", "REJECT", "THREATEN", "SUPPORT", "AGREE", "CONCEDE", "statement", "announcement", "wish"}
)
"""Acts in words: where they were spoken is not where the story stands, and the story's scene is not theirs."""
REPORTING = frozenset({"statement", "announcement"})
_NEEDS_ACTOR = frozenset({"production", "market", "movement", "test", "statement", "AID", "COOPERATE"})
"""Wider acts whose noun alone ("the manufacture of") tells no event."""
_SAYING = "statement.say"
"""The rule whose verbs tell a statement only where somebody is quoted."""
_FEWEST_WORDS = 3
"""Words that a statement's content has at least."""
_NEEDS_PARTY = frozenset({"transaction", "AID", "ACCUSE", "REQUEST", "AGREE"})
"""Acts that somebody does to or with somebody: without either side nothing is told."""
_NO_PURPOSE = frozenset({"SUPPORT", "AID", "COOPERATE", "market"})
_AT_HOME = frozenset({"JUD", "COP", "LEG"})
"""Sectors whose people act at home, whatever they do."""
_FELT_AT_HOME = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "PROTEST", "CONCEDE"})
"""Acts that the country where they happen is at the other end of when the words name nobody."""
_ABROAD = frozenset(
    {
        "CONSULT",
        "AGREE",
        "SUPPORT",
        "COOPERATE",
        "AID",
        "gift",
        "showing",
        "transaction",
        "statement",
        "announcement",
        "state",
    }
)
"""Acts whose other side is often abroad: one side's country says nothing of the other's."""


class Assembly:
    """The parts that one record's events share."""

    def __init__(
        self, ground: Ground, ontology: Ontology, scene: Scene, learned: LearnedArguments | None = None
    ) -> None:
        self.ground, self.ontology, self.scene, self.learned = ground, ontology, scene, learned
        self.codes = Codes(ground)
        self._cued = self._cues()
        self._holding = self._by_token()
        self._speaking = {k for a in ground.record.attributions for span in a.source or () for k in ground.inside(span)}

    def event(
        self, number: str, predicate: Predicate, rule: Rule, above: Rule | None, content_mode: str | None
    ) -> tuple[Event | None, bool]:
        """The event, None where evidence is missing; and whether it is a bare noun that must tie to another telling."""
        i = predicate.token
        found = self._found(i, rule)
        if found is None:
            return None, False
        status, negated = standing(self.ground, predicate, above)
        moment = self.scene.moment(i, status)
        place, place_by = self.scene.place(i, status, moment, rule.act in SPOKEN)
        parties = [f for f in found if f.role in {"actor", "recipient"}]
        if not self._enough(i, rule, found, parties, moment.by):
            return None, False
        kind, mode = coded_type(self.ontology, self.ground, i, rule, above, status, negated)
        plover, told = self.ontology.is_plover(kind), place if place_by == "clause" else None
        actor, recipient = self._coded_sides(i, parties, _country(place), rule.act)
        event = Event(
            id=number,
            span=self.ground.tokens[i].span,
            by=rule.id,
            type=kind,
            ontology="plover" if plover else "dateline",
            act=rule.act,
            mode=(content_mode or mode) if plover else None,
            contexts=self._contexts(i, rule),
            cameo=rule.cameo if kind == rule.act else None,
            predicate=predicate.id,
            arguments=self._arguments(i, found, rule, told, moment),
            actor_code=actor,
            recipient_code=recipient,
            earliest=moment.earliest,
            latest=moment.latest,
            day_by=moment.by,
            place=place.id if place is not None else None,
            status=status,
            attributions=self._attributions(predicate),
        )
        return event, self._bare(i, rule, found, moment)

    def _found(self, i: int, rule: Rule) -> list[Found] | None:
        """The arguments; None for a verb of saying that quotes nobody ("adds salt", "has not commented") and for a
        noun that speaks itself ("said a ministry statement")."""
        if rule is OTHER:
            return self.learned.all(i) if self.learned is not None else []
        found = find_arguments(self.ground, i, rule)
        if rule.act not in REPORTING:
            return found
        told, noun = self._told(i), self.ground.tokens[i].upos == "NOUN"
        if (told is None and rule.id == _SAYING and not noun) or (noun and i in self._speaking):
            return None
        return self._said_by(i, found, told)

    def _filled(self, i: int, rule: Rule, found: list[Found]) -> list[Found]:
        """With the instrument that the learned reader sees where the rule found none."""
        if self.learned is None or rule.act not in VIOLENT:
            return found
        return [*found, *self.learned.instruments(i, found)]

    def _arguments(
        self, i: int, found: list[Found], rule: Rule, place: Place | None, moment: Moment
    ) -> tuple[Argument, ...]:
        found = self._filled(i, rule, found)
        filed = [
            a for f in found for a in as_arguments(self.ground, self.codes, f, OTHER.id if f.path == PATH else rule.id)
        ]
        told = self._told(i) if rule.act in REPORTING else None
        if told is not None:
            said = max(told.content, key=lambda span: (span.end - span.start, -span.start))
            filed = [a for a in filed if a.role != "topic"]
            filed.append(Argument(role="topic", span=said, name=said.of(self.ground.text), by=told.id))
        if place is not None:  # of the own clause; a scene's place stands on the event alone
            filed.append(Argument(role="place", span=place.span, ref=place.id, name=place.name, by="clause"))
        timex = moment.timex
        if timex is not None:
            filed.append(Argument(role="time", span=timex.span, ref=timex.id, name=timex.value, by=moment.by or ""))
        return tuple(filed)

    # --- evidence -------------------------------------------------------------------------------------------------

    def _enough(self, i: int, rule: Rule, found: list[Found], parties: list[Found], day: str | None) -> bool:
        """Whether there is the evidence that the rule asks for."""
        roles = {f.role for f in found}
        met = {
            "party": bool(parties),
            "day": day == "clause",
            "actor": "actor" in roles,
            "recipient": "recipient" in roles,
        }
        if rule is OTHER:
            return bool(parties)
        if not all(met.get(need, need in roles) for need in rule.needs):
            return False
        token = self.ground.tokens[i]
        if token.upos != "NOUN":
            if rule.act in _NEEDS_PARTY and not parties:
                return False
            return (bool(found) or rule.bare) and not (rule.act in _NO_PURPOSE and self._purpose(i))
        if rule.act in _NEEDS_ACTOR and not parties and self.ground.carrier(i) is None:
            return False
        if rule.act == "disaster" and day != "clause" and not self._strikes(i):
            return False
        if rule.bare and not found and day != "clause":
            return token.head < 0 or is_a(token.deprel, "nsubj") or is_a(token.deprel, "obj")
        return True

    def _purpose(self, i: int) -> bool:
        """ "Sent a memo to support the plan": what something is meant for is no act of its own."""
        ground, token = self.ground, self.ground.tokens[i]
        if not is_a(token.deprel, "advcl") or ground.tense(i) != "infinitive" or ground.asked(i) is not None:
            return False
        return ground.tree.modal(token.head) is None and ground.tense(token.head) in {"past", "perfect", "present"}

    def _strikes(self, i: int) -> bool:
        """A disaster is told where it does something; else it is what the story stands before ("the pandemic")."""
        token = self.ground.tokens[i]
        subject = (
            is_a(token.deprel, "nsubj") and self.ground.lemma(token.head) in self.ground.patterns.words["striking"]
        )
        return subject or self.ground.tree.kid(i, "nmod:in") is not None

    def _bare(self, i: int, rule: Rule, found: list[Found], moment: Moment) -> bool:
        """A noun that names no party and brings nothing new: it may only take up an act told before."""
        token = self.ground.tokens[i]
        if token.upos != "NOUN":
            return False
        if rule.act in _NEEDS_PARTY - {"transaction"} and not any(f.role in {"actor", "recipient"} for f in found):
            return True
        if rule.bare or rule.light_only or (rule.object is not None and not rule.noun_free):
            return False
        if any(self.ground.tokens[f.head].upos != "PRON" or self.ground.entity(f.head) is not None for f in found):
            return False
        return not self._introduced(i, moment)

    def _introduced(self, i: int, moment: Moment) -> bool:
        """A new act, none referred back to: an indefinite subject or object, or dated by its own words."""
        token, tree = self.ground.tokens[i], self.ground.tree
        if moment.by == "clause":
            return True
        if not (token.head < 0 or is_a(token.deprel, "nsubj") or is_a(token.deprel, "obj")):
            return False
        article = tree.kid(i, "det", "nmod:poss")
        indefinite = article is None and token.xpos == "NNS" and tree.kid(i, "amod", "nummod", "compound") is not None
        return indefinite or (article is not None and self.ground.lemma(article) in {"a", "an", "another", "some"})

    # --- who ------------------------------------------------------------------------------------------------------

    def _told(self, i: int) -> Attribution | None:
        """The attribution whose cue is this verb, where it has a source and enough content to be a statement."""
        found = self._cued.get(i)
        if found is None or not found.source or not found.content:
            return None
        words = sum(len(self.ground.inside(span)) for span in found.content)
        return found if words >= _FEWEST_WORDS else None

    def _cues(self) -> dict[int, Attribution]:
        """Attributions by the tokens of their cues."""
        cued: dict[int, Attribution] = {}
        for attribution in self.ground.record.attributions:
            for span in attribution.cue:
                for k in self.ground.inside(span):
                    cued.setdefault(k, attribution)
        return cued

    def _said_by(self, i: int, found: list[Found], told: Attribution | None) -> list[Found]:
        """The source that attribution found for this cue is who speaks, also where the words are turned round
        ("..., assured the governor")."""
        if told is None or self.ground.tokens[i].upos != "VERB":
            return found
        inside = self.ground.inside(told.source[0])
        head = next((k for k in inside if self.ground.tokens[k].head not in inside), None)
        if head is None:
            return found
        if not any(f.role == "actor" and f.head in inside for f in found):
            found = [Found("actor", head, "source"), *(f for f in found if f.role != "actor" and f.head not in inside)]
        return [f for f in found if f.role != "recipient" or not self._inside(told, f.head)]

    def _unknown_hand(self, i: int) -> bool:
        """ "Killed by a roadside bomb", "a car bomb explosion": somebody laid it, PLOVER's unknown armed men."""
        explosive = self.ground.patterns.words["laid"]
        near = [i, *self.ground.tree.children[i]]
        return any(self.ground.lemma(k) in explosive for n in near for k in (n, *self.ground.tree.children[n]))

    def _inside(self, told: Attribution, k: int) -> bool:
        return any(span.covers(self.ground.tokens[k].span) for span in told.content)

    def _coded_sides(self, i: int, parties: list[Found], where: str | None, act: str) -> tuple[str | None, str | None]:
        """Codes of both sides; of violence that nobody is seen at, the actor is PLOVER's unknown armed men."""
        actor, recipient = self._sides(parties, where, act)
        if actor is None and act == "ASSAULT" and recipient is not None and self._unknown_hand(i):
            actor = f"{where or ''}UAF"
        return actor, recipient

    def _sides(self, parties: list[Found], where: str | None, act: str) -> tuple[str | None, str | None]:
        """Codes of both sides; one without a country is taken to be at home with the other, or where the event is."""
        actors = [f.head for f in parties if f.role == "actor"]
        others = [f.head for f in parties if f.role == "recipient"] or actors[1:]
        if len(actors) == 1 and not others and (members := self.codes.members(actors[0])):
            return members[0], members[1]
        sides = [
            next((h for h in heads if self.codes.of(h)), None) for heads in (actors[:1] if others else actors, others)
        ]
        countries = [c for h in sides if h is not None and (c := self.codes.parts(h)[0])]
        home = (countries[0] if countries and act not in _ABROAD else None) or where
        named = act in _DOMESTIC
        actor, recipient = self._code(sides[0], home, named), self._code(sides[1], home, named)
        if (
            sides[1] is not None
            and self.ground.type_of(sides[1]) in {"FAC", "LOC"}
            and not self.codes.parts(sides[1])[0]
        ):
            recipient = where
        return actor, recipient or (where if act in _FELT_AT_HOME else None)

    def _code(self, head: int | None, home: str | None, named: bool) -> str | None:
        if head is None:
            return None
        country, sector = self.codes.parts(head)
        serves = sector in _AT_HOME or (named and sector is not None)
        titled = serves and self.ground.type_of(head) == "PER"
        if country is None and (titled or self.codes.at_home(head)):
            country = home
        return f"{country or ''}{sector or ''}" or None

    # --- why and says who -------------------------------------------------------------------------------------------

    def _contexts(self, i: int, rule: Rule) -> tuple[str, ...]:
        if not self.ontology.is_plover(rule.act):
            return rule.contexts
        sentence = self.ground.record.sentences[self.ground.tokens[i].sentence]
        words = self.ontology.context_words
        found = [c for k in range(sentence.first, sentence.last) for c in words.get(self.ground.lemma(k), ())]
        return tuple(sorted({*rule.contexts, *found}))

    def _by_token(self) -> dict[int, list[tuple[int, str]]]:
        """Attributions by the tokens of their content, each with how long its content is."""
        holding: dict[int, list[tuple[int, str]]] = {}
        for a in self.ground.record.attributions:
            if not a.content:
                continue
            length = min(s.start for s in a.content) - max(s.end for s in a.content)
            for span in a.content:
                for k in self.ground.inside(span):
                    holding.setdefault(k, []).append((length, a.id))
        return holding

    def _attributions(self, predicate: Predicate) -> tuple[str, ...]:
        """The attributions whose content holds the trigger, the outermost first."""
        raised = self.ground.raised(predicate.token)
        told = self._cued.get(raised) if raised is not None else None
        holding = dict.fromkeys(sorted(self._holding.get(predicate.token, ())))
        return tuple(number for _, number in holding if told is None or number != told.id)


def _country(place: Place | None) -> str | None:
    return place.best.country if place is not None and place.best is not None else None
