"""The events stage: a read record in, one event for every predicate that a rule reads out."""

from __future__ import annotations

from typing import Any

import msgspec

from dateline.grammar import is_a
from dateline.knowledge.ontology import load_ontology
from dateline.knowledge.patterns import Rule
from dateline.learned.reader import Sight, sight_of
from dateline.model import Event, Record
from dateline.stages.events.assembly import REPORTING, Assembly
from dateline.stages.events.days_and_places import Scene
from dateline.stages.events.ground import Ground
from dateline.stages.events.learned import OTHER, LearnedArguments
from dateline.stages.events.same_event import Trigger, tie
from dateline.stages.events.triggers import rule_at
from dateline.stages.events.typing import FOLDING, content_mode, governor


class Events:
    """Fill ``events``: type each predicate, find its arguments, day and place, and tie tellings of one event. With
    ``learned`` the learned reader adds arguments, and the acts that no rule types."""

    name = "events"
    needs = frozenset(
        {"tokens", "mentions", "entities", "timexes", "places", "attributions", "predicates", "factualities"}
    )
    gives = frozenset({"events"})

    def __init__(self, learned: bool = False) -> None:
        self.learned = learned

    def __call__(self, record: Record) -> dict[str, Any]:
        """The events of one record, in text order."""
        sight = sight_of(record) if self.learned and record.tokens else None
        return {"events": tuple(_Reading(record, sight).events())}


class _Reading:
    """One record being read."""

    def __init__(self, record: Record, sight: Sight | None) -> None:
        self.record = record
        self.ground = Ground(record)
        self.ontology = load_ontology()
        self.rules: dict[int, Rule] = {}
        for predicate in record.predicates:
            rule = rule_at(self.ground, predicate.token)
            if rule is not None:
                self.rules[predicate.token] = rule
        reporting = {i for i, rule in self.rules.items() if rule.act in REPORTING}
        cues = {k for a in record.attributions for span in a.cue for k in self.ground.inside(span)}
        self.learned = LearnedArguments(self.ground, sight) if sight is not None else None
        scene = Scene(self.ground, frozenset(reporting | cues))
        self.assembly = Assembly(self.ground, self.ontology, scene, self.learned)
        self.modes: dict[int, str] = {}
        self.dropped: set[int] = set()
        self.above = {i: governor(self.ground, i, self.rules) for i in self.rules}
        for i in sorted(self.rules):
            self._fold(i)

    def events(self) -> list[Event]:
        """Typed and tied."""
        found: list[Event] = []
        triggers: dict[str, Trigger] = {}
        for predicate in sorted(self.record.predicates, key=lambda p: p.token):
            rule = self.rules.get(predicate.token) or (OTHER if self.learned is not None else None)
            if rule is None or predicate.token in self.dropped:
                continue
            over = self.above.get(predicate.token)
            above = self.rules[over] if over is not None else None
            event, is_bare = self.assembly.event(
                f"v{len(found)}", predicate, rule, above, self.modes.get(predicate.token)
            )
            if event is not None:
                found.append(event)
                triggers[event.id] = self._trigger(predicate.token, is_bare)
        return _renumbered(tie(found, triggers))

    def _trigger(self, i: int, tail: bool) -> Trigger:
        ground, token = self.ground, self.ground.tokens[i]
        article = ground.tree.kid(i, "det", "nmod:poss")
        definite = article is not None and ground.lemma(article) not in {"a", "an", "another", "some", "any", "no"}
        noun = token.upos == "NOUN"
        anaphor = noun and definite and ground.lemma(i) in ground.patterns.words["anaphor"]
        return Trigger(ground.lemma(i), definite and noun, anaphor, tail, self._repeated(token.sentence))

    def _repeated(self, sentence: int) -> str:
        """The words of a sentence among the first, where a headline is printed twice."""
        if sentence > 3:
            return ""
        s = self.record.sentences[sentence]
        return " ".join(t.form for t in self.record.tokens[s.first : s.last])

    def _fold(self, i: int) -> None:
        """What is demanded, threatened or refused only tells how; what is agreed takes the agreement's place."""
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
        if carrier in self.rules and not self.ontology.is_plover(rule.act) and self.rules[carrier].act == "SUPPORT":
            self.dropped.add(i)  # "signed a contract": the signing tells it

    def _fold_demands(self, verb: int) -> None:
        """What protesters demand is no second event."""
        for k in self.ground.tree.kids(verb, "advcl", "xcomp"):
            if k in self.rules and self.rules[k].act in {"REQUEST", "ACCUSE"}:
                self.dropped.add(k)

    def _fold_under(self, i: int, rule: Rule, above: int) -> None:
        governing, token = self.rules[above].act, self.ground.tokens[i]
        if governing in FOLDING:
            mode = content_mode(governing, rule.act, rule.mode)
            if mode and above not in self.modes:
                self.modes[above] = mode
            if rule.act not in FOLDING or token.upos != "VERB" or is_a(token.deprel, "xcomp"):
                self.dropped.add(i)
        elif not is_a(token.deprel, "xcomp"):
            return
        elif governing == "AGREE" and self.ontology.planned(rule.act) in {"AGREE", "CONCEDE"} and rule.act != "AGREE":
            same = self.ground.agent(i) == self.ground.agent(above)
            self.dropped.add(above if same else i)
        elif governing == "wish":
            self.dropped.add(i)


def _renumbered(events: list[Event]) -> list[Event]:
    number = {event.id: f"v{n}" for n, event in enumerate(events)}
    return [msgspec.structs.replace(e, id=number[e.id], same_as=number[e.same_as]) for e in events]
