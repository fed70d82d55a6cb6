"""The events stage: a read record in, the lines that a careful analyst would list out, each with how likely it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from dateline.knowledge.ontology import OTHER, act_of, load_ontology
from dateline.learned.reader import Sight, sight_of
from dateline.model import Event, Record
from dateline.stages.events.arguments import Cast, find_arguments, other_side
from dateline.stages.events.around import Around
from dateline.stages.events.assembly import Assembly
from dateline.stages.events.candidates import candidates
from dateline.stages.events.coding import governor
from dateline.stages.events.deciding import SAID, Decision, by_shares, by_table
from dateline.stages.events.evidence import Evidence
from dateline.stages.events.ground import Ground
from dateline.stages.events.likely import Calibration, Likely, features
from dateline.stages.events.roles import Roles
from dateline.stages.events.same_event import Trigger, tie
from dateline.stages.events.scene import Scene


class Events:
    """Fill ``events``: candidates, decided, with their arguments, coded, dated and placed, and tied where one event is
    told twice. Without ``learned`` the table of senses decides."""

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
        return {"events": tuple(Reading(record, sight).events())}


class Reading:
    """One record being read: what was decided, and who and what stands in each act."""

    def __init__(self, record: Record, sight: Sight | None) -> None:
        self.record, self.sight = record, sight
        self.ground = Ground(record)
        self.evidence = Evidence(self.ground)
        decide = by_shares if sight is not None else by_table
        decided = (decide(c) for c in candidates(self.evidence, sight))
        self.decisions: dict[int, Decision] = {d.token: d for d in decided if d is not None}
        self.roles: Roles | None = None
        if sight is not None:
            self.calibration = Calibration(sight.reader.about["calibration"], sight.reader.trees.get("line"))
            self.roles = Roles(self.ground, self.evidence, sight, self.calibration, self.decisions)
            self.around = Around(self.evidence, self.roles, self.decisions)

    def events(self) -> list[Event]:
        """Decided, put together and tied."""
        ontology = load_ontology()
        above = {i: governor(self.ground, i, self.decisions) for i in self.decisions}
        modes = self._modes(above)
        said = {i for i, d in self.decisions.items() if act_of(d.act).only_said}
        cues = {k for a in self.record.attributions for span in a.cue for k in self.ground.inside(span)}
        scene = Scene(self.ground, frozenset(said | cues), frozenset(self.decisions))
        assembly = Assembly(self.ground, ontology, scene, frozenset(said))
        found: list[Event] = []
        triggers: dict[str, Trigger] = {}
        casts = {i: self.cast(decision) for i, decision in sorted(self.decisions.items())}
        for (i, cast), likely in zip(casts.items(), self._likely(casts), strict=True):
            decision, over = self.decisions[i], above[i]
            event = assembly.event(
                decision, cast, self.decisions[over].act if over is not None else None, modes.get(i), likely
            )
            if event is not None:
                found.append(msgspec.structs.replace(event, id=f"v{len(found)}"))
                triggers[found[-1].id] = self._trigger(i)
        return _tied(found, triggers)

    def cast(self, decision: Decision) -> Cast:
        """Who and what stands in the act: by the reader's shares, or by the frame of the row of sense."""
        if self.roles is not None and decision.act != SAID:
            cast = self.roles.cast(decision)
            return Cast(other_side(self.ground, decision.token, decision.rule, cast.sure), cast.open)
        rule = decision.rule
        return Cast(find_arguments(self.ground, decision.token, rule) if rule is not None else [], [])

    def _likely(self, casts: Mapping[int, Cast]) -> list[Likely]:
        """How likely each line is right, in the order given."""
        decisions = [self.decisions[i] for i in casts]
        if self.roles is None:
            return [Likely(decision.event, True) for decision in decisions]
        return self.calibration.of(decisions, [self.features(d, casts[d.token]) for d in decisions])

    def features(self, decision: Decision, cast: Cast) -> dict[str, float]:
        """What a line's score is weighed from."""
        return features(decision, cast, self.around.of(decision))

    def _modes(self, above: dict[int, int | None]) -> dict[int, str]:
        """The modes of demands, threats and refusals by what is demanded, threatened or refused."""
        ontology, found = load_ontology(), dict[int, str]()
        for i, over in sorted(above.items()):
            if over is None:
                continue
            rule = self.decisions[i].rule
            mode = ontology.content_mode(self.decisions[over].act, self.decisions[i].act, rule.mode if rule else None)
            if mode is not None:
                found.setdefault(over, mode)
        return found

    def _trigger(self, i: int) -> Trigger:
        ground, token = self.ground, self.ground.tokens[i]
        article = ground.tree.kid(i, "det", "nmod:poss")
        definite = article is not None and ground.lemma(article) not in {"a", "an", "another", "some", "any", "no"}
        noun = token.upos == "NOUN"
        anaphor = noun and definite and ground.lemma(i) in ground.patterns.words["anaphor"]
        tellings = self.roles.tellings if self.roles is not None else None
        same = tellings.same(i) if tellings is not None and tellings.weighed else None
        words = self._repeated(token.sentence)
        return Trigger(ground.lemma(i), definite and noun, anaphor, words, token.sentence, ground.measured(i), i, same)

    def _repeated(self, sentence: int) -> str:
        """The words of a sentence among the first, where a headline is printed twice."""
        if sentence > 3:
            return ""
        s = self.record.sentences[sentence]
        return " ".join(t.form for t in self.record.tokens[s.first : s.last])


def _tied(events: list[Event], triggers: dict[str, Trigger]) -> list[Event]:
    """Tellings of one event tied; what is too doubtful to show stands by itself."""
    shown = {e.id: e for e in tie([e for e in events if e.type != OTHER], triggers)}
    return [shown.get(e.id) or msgspec.structs.replace(e, same_as=e.id) for e in events]
