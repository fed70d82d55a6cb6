"""The events stage: a read record in, one event for every predicate that a rule reads out."""

from __future__ import annotations

from typing import Any

from dateline.grammar import is_a
from dateline.knowledge.ontology import Ontology, load_ontology
from dateline.knowledge.patterns import Rule
from dateline.model import Argument, Event, Predicate, Record
from dateline.stages.events.arguments import Found, as_arguments, find_arguments
from dateline.stages.events.codes import Codes
from dateline.stages.events.days_and_places import Scene
from dateline.stages.events.ground import Ground
from dateline.stages.events.same_event import tie
from dateline.stages.events.triggers import rule_at
from dateline.stages.events.typing import FOLDING, coded_type, content_mode, governor, standing

_FELT_AT_HOME = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "PROTEST", "CONCEDE"})
"""Acts that the country where they happen is at the other end of when the words name nobody."""
_ABROAD = frozenset(
    {"CONSULT", "AGREE", "SUPPORT", "COOPERATE", "AID", "gift", "showing", "transaction", "statement", "announcement"}
)
"""Acts whose other side is often abroad: one side's country says nothing of the other's."""
_NEEDS_ACTOR = frozenset({"production", "market", "movement", "test", "statement"})
"""Wider acts whose noun alone ("the manufacture of") tells no event."""
_REPORTING = frozenset({"statement", "announcement"})


class Events:
    """Fill ``events``: type each predicate, find its arguments, day and place, and tie tellings of one event."""

    name = "events"
    needs = frozenset(
        {"tokens", "mentions", "entities", "timexes", "places", "attributions", "predicates", "factualities"}
    )
    gives = frozenset({"events"})

    def __call__(self, record: Record) -> dict[str, Any]:
        """The events of one record, in text order."""
        return {"events": tuple(_Reading(record).events())}


class _Reading:
    """One record being read."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.ground = Ground(record)
        self.codes = Codes(self.ground)
        self.ontology: Ontology = load_ontology()
        self.rules: dict[int, Rule] = {}
        for predicate in record.predicates:
            rule = rule_at(self.ground, predicate.token)
            if rule is not None:
                self.rules[predicate.token] = rule
        reporting = {i for i, rule in self.rules.items() if rule.act in _REPORTING}
        cues = {k for a in record.attributions for span in a.cue for k in self.ground.inside(span)}
        self.scene = Scene(self.ground, frozenset(reporting | cues))
        self.modes: dict[int, str] = {}
        self.dropped: set[int] = set()
        self.above = {i: governor(self.ground, i, self.rules) for i in self.rules}
        self._fold()

    def _fold(self) -> None:
        """What is demanded, threatened or refused only tells how; what is agreed takes the agreement's place."""
        for i in sorted(self.rules):
            rule, above = self.rules[i], self.above[i]
            if above is not None:
                self._fold_under(i, rule, above)
            carrier = self.ground.carrier(i) if self.ground.tokens[i].upos != "VERB" else None
            if rule.act == "PROTEST":
                self._fold_demands(i if carrier is None else carrier)
            if (
                carrier in self.rules
                and self.ontology.is_plover(rule.act)
                and not self.ontology.is_plover(self.rules[carrier].act)
            ):
                self.dropped.add(carrier)

    def _fold_demands(self, verb: int) -> None:
        """What protesters demand is no second event."""
        for k in self.ground.tree.kids(verb, "advcl", "xcomp"):
            if k in self.rules and self.rules[k].act in {"REQUEST", "ACCUSE"}:
                self.dropped.add(k)

    def _fold_under(self, i: int, rule: Rule, above: int) -> None:
        governing = self.rules[above].act
        if governing in FOLDING:
            mode = content_mode(governing, rule.act, rule.mode)
            if mode and above not in self.modes:
                self.modes[above] = mode
            if (
                rule.act not in FOLDING
                or self.ground.tokens[i].upos != "VERB"
                or is_a(self.ground.tokens[i].deprel, "xcomp")
            ):
                self.dropped.add(i)
        elif governing == "AGREE" and self.ontology.planned(rule.act) in {"AGREE", "CONCEDE"} and rule.act != "AGREE":
            if is_a(self.ground.tokens[i].deprel, "xcomp"):
                same = self.ground.agent(i) == self.ground.agent(above)
                self.dropped.add(above if same else i)
        elif governing == "wish" and is_a(self.ground.tokens[i].deprel, "xcomp"):
            self.dropped.add(i)

    def events(self) -> list[Event]:
        """Typed and tied."""
        found: list[Event] = []
        tails: set[str] = set()
        for predicate in sorted(self.record.predicates, key=lambda p: p.token):
            rule = self.rules.get(predicate.token)
            if rule is None or predicate.token in self.dropped:
                continue
            event, tail = self._event(f"e{len(found)}", predicate, rule)
            if event is not None:
                found.append(event)
                if tail:
                    tails.add(event.id)
        return _renumbered(tie(found, frozenset(tails)))

    def _event(self, number: str, predicate: Predicate, rule: Rule) -> tuple[Event | None, bool]:
        i = predicate.token
        found = find_arguments(self.ground, self.codes, i, rule)
        if rule.act in _REPORTING:
            found = self._said_by(i, found)
        over = self.above[i]
        above = self.rules[over] if over is not None else None
        status, negated = standing(self.ground, i, predicate, above)
        moment, place = self.scene.moment(i, status), self.scene.place(i, status)
        parties = [f for f in found if f.role in {"actor", "recipient"}]
        if not self._enough(i, rule, found, parties, moment.by):
            return None, False
        arguments = [a for f in found for a in as_arguments(self.ground, self.codes, f, rule.id)]
        if place is not None:
            arguments.append(Argument(role="place", span=place.span, ref=place.id, name=place.name, by="scene"))
        if moment.timex is not None:
            arguments.append(
                Argument(
                    role="time",
                    span=moment.timex.span,
                    ref=moment.timex.id,
                    name=moment.timex.value,
                    by=moment.by or "",
                )
            )
        kind, mode = coded_type(self.ontology, self.ground, i, rule, status, negated)
        where = place.best.country if place is not None and place.best else None
        actor, recipient = self._sides(parties, where, rule.act)
        if recipient is None and rule.act in _FELT_AT_HOME:
            recipient = where
        token = self.ground.tokens[i]
        event = Event(
            id=number,
            span=token.span,
            by=rule.id,
            type=kind,
            ontology="plover" if self.ontology.is_plover(kind) else "dateline",
            act=rule.act,
            mode=(self.modes.get(i) or mode) if self.ontology.is_plover(kind) else None,
            contexts=self._contexts(i, rule),
            cameo=rule.cameo if kind == rule.act else None,
            predicate=predicate.id,
            arguments=tuple(arguments),
            actor_code=actor,
            recipient_code=recipient,
            earliest=moment.earliest,
            latest=moment.latest,
            day_by=moment.by,
            place=place.id if place is not None else None,
            status=status,
            attributions=self._attributions(predicate),
        )
        named = [
            f for f in found if self.ground.tokens[f.head].upos != "PRON" or self.ground.entity(f.head) is not None
        ]
        bare = token.upos != "VERB" and not named and not rule.bare
        return event, bare

    def _enough(self, i: int, rule: Rule, found: list[Found], parties: list[Found], day: str | None) -> bool:
        """Whether there is the evidence that the rule asks for."""
        roles = {f.role for f in found}
        met = {
            "party": bool(parties),
            "day": day == "clause",
            "actor": "actor" in roles,
            "recipient": "recipient" in roles,
        }
        if not all(met.get(need, need in roles) for need in rule.needs):
            return False
        token = self.ground.tokens[i]
        if rule.act in _NEEDS_ACTOR and token.upos == "NOUN" and not parties and self.ground.carrier(i) is None:
            return False
        if rule.bare and token.upos == "NOUN" and not found and day != "clause":
            return token.head < 0 or is_a(token.deprel, "nsubj") or is_a(token.deprel, "obj")
        return token.upos == "NOUN" or bool(found) or rule.bare

    def _said_by(self, i: int, found: list[Found]) -> list[Found]:
        """The source that attribution found for this cue is who speaks, also where the words are turned round
        ("..., assured the governor")."""
        span = self.ground.tokens[i].span
        if self.ground.tokens[i].upos != "VERB":
            return found
        source = next(
            (a.source[0] for a in self.record.attributions if a.source and any(c.covers(span) for c in a.cue)), None
        )
        if source is None:
            return found
        inside = self.ground.inside(source)
        head = next((k for k in inside if self.ground.tokens[k].head not in inside), None)
        if head is None or any(f.role == "actor" and f.head in inside for f in found):
            return found
        return [Found("actor", head, "source"), *(f for f in found if f.role != "actor" and f.head not in inside)]

    def _sides(self, parties: list[Found], where: str | None, act: str) -> tuple[str | None, str | None]:
        """Codes of both sides; a side without a country is taken to be at home where the event is, else with the other."""
        actors = [f.head for f in parties if f.role == "actor"]
        others = [f.head for f in parties if f.role == "recipient"] or actors[1:]
        sides = [
            next((h for h in heads if self.codes.of(h)), None) for heads in (actors[:1] if others else actors, others)
        ]
        countries = [c for h in sides if h is not None and (c := self.codes.parts(h)[0])]
        home = (countries[0] if countries and act not in _ABROAD else None) or where
        if len(actors) == 1 and not others and (members := self.codes.members(actors[0])):
            return members[0], members[1]
        return self._code(sides[0], home), self._code(sides[1], home)

    def _code(self, head: int | None, home: str | None) -> str | None:
        if head is None:
            return None
        country, sector = self.codes.parts(head)
        if country is None and self.codes.at_home(head):
            country = home
        return f"{country or ''}{sector or ''}" or None

    def _contexts(self, i: int, rule: Rule) -> tuple[str, ...]:
        sentence = self.record.sentences[self.ground.tokens[i].sentence]
        words = self.ontology.context_words
        found = [c for k in range(sentence.first, sentence.last) for c in words.get(self.ground.lemma(k), ())]
        return tuple(sorted({*rule.contexts, *found})) if self.ontology.is_plover(rule.act) else rule.contexts

    def _attributions(self, predicate: Predicate) -> tuple[str, ...]:
        """The attributions whose content holds the trigger, the outermost first."""
        holding = [
            (min(s.start for s in a.content) - max(s.end for s in a.content), a.id)
            for a in self.record.attributions
            if any(span.covers(predicate.span) for span in a.content)
        ]
        return tuple(number for _, number in sorted(holding))


def _renumbered(events: list[Event]) -> list[Event]:
    import msgspec

    number = {event.id: f"e{n}" for n, event in enumerate(events)}
    return [msgspec.structs.replace(e, id=number[e.id], same_as=number[e.same_as]) for e in events]
