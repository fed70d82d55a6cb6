"""Puts one event together: a decision and its arguments in, the event with codes, day, place and sources out."""

from __future__ import annotations

from typing import Any

from dateline.knowledge.ontology import OTHER, Ontology, act_of, shown_as
from dateline.knowledge.patterns import Rule
from dateline.knowledge.sectors import load_sectors
from dateline.model import Argument, Attribution, Event, Place, Status, Timex
from dateline.stages.events.arguments import Cast, Found, as_arguments
from dateline.stages.events.codes import Codes
from dateline.stages.events.coding import coded_type, standing
from dateline.stages.events.deciding import SAID, Decision
from dateline.stages.events.ground import PLACE_TYPES, Ground
from dateline.stages.events.likely import Likely
from dateline.stages.events.moment import Moment
from dateline.stages.events.roles import PATH
from dateline.stages.events.scene import Scene, narrow

_FEWEST_WORDS = 3
"""Words that a statement's content has at least."""


class Assembly:
    """The parts that one record's events share."""

    def __init__(self, ground: Ground, ontology: Ontology, scene: Scene, said: frozenset[int]) -> None:
        self.ground, self.ontology, self.scene, self.said = ground, ontology, scene, said
        self.codes = Codes(ground)
        self._cued = self._cues()
        self._holding = self._by_token()
        self._by_source: dict[int, list[Attribution]] = {}
        for attribution in ground.record.attributions:
            for span in attribution.source:
                for k in ground.inside(span):
                    self._by_source.setdefault(k, []).append(attribution)

    def event(
        self, decision: Decision, cast: Cast, above: str | None, mode_of_content: str | None, likely: Likely
    ) -> Event | None:
        """The event of a decision with its arguments; None for a statement that quotes nobody. Below the threshold of
        showing it moves no scene and has the type ``other``."""
        i = decision.token
        found = self._found(decision, cast.sure)
        if found is None:
            return None
        predicate = self.ground.predicate_at.get(i)
        status, negated = standing(self.ground, predicate, above)
        status = decision.status or status
        moment = self.scene.moment(i, status, self._told_time(i, found), moves=likely.shown)
        place, place_by = self._place(decision, found, status, moment, likely.shown)
        parties = [f for f in found if f.role in {"actor", "recipient"}]
        attributions = self._attributions(i, found)
        scenery = self._scenery(found, place if place_by == "clause" else None, moment)
        actor, recipient = self._coded_sides(i, parties, _country(place), decision.act)
        return Event(
            id="",
            span=self.ground.tokens[i].span,
            by=decision.by,
            score=likely.score,
            **self._coded(decision, above, mode_of_content, (status, negated), likely),
            act=decision.act,
            contexts=self._contexts(i, decision.act, decision.rule),
            predicate=predicate.id if predicate is not None else "",
            arguments=(*self._arguments(decision, found, bool(attributions)), *scenery),
            actor_code=actor,
            recipient_code=recipient,
            earliest=moment.earliest,
            latest=moment.latest,
            day_by=moment.by,
            place=place.id if place is not None else None,
            status=status,
            attributions=attributions,
            weight=decision.weight,
            others=decision.others,
            open=tuple(a for f in cast.open for a in as_arguments(self.ground, self.codes, f, f.path)),
        )

    def _coded(
        self,
        decision: Decision,
        above: str | None,
        mode_of_content: str | None,
        held: tuple[Status, bool],
        likely: Likely,
    ) -> dict[str, Any]:
        """Type, ontology, mode and CAMEO code; ``held`` is the status and whether the act is negated."""
        act, rule = decision.act, decision.rule
        kind, mode = coded_type(self.ontology, self.ground, decision.token, act, rule, above, *held)
        kind = shown_as(kind) if likely.shown else OTHER
        plover = self.ontology.is_plover(kind)
        return {
            "type": kind,
            "ontology": "plover" if plover else "dateline",
            "mode": (mode_of_content or mode) if plover else None,
            "cameo": rule.cameo if rule is not None and kind == act else None,
        }

    def _found(self, decision: Decision, found: list[Found]) -> list[Found] | None:
        """The arguments; None for a word of saying that quotes nobody ("adds salt", "has not commented", "the wrong
        address"), for a noun that speaks itself ("said a ministry statement") or tells how it was said ("said in a
        statement")."""
        if decision.act != SAID:
            return found
        i = decision.token
        told, noun = self._told(i), self.ground.tokens[i].upos == "NOUN"
        spoken = told is not None or (noun and any(f.role == "actor" for f in found))
        if not spoken or (noun and (i in self._by_source or self._beside_verb(told))):
            return None
        return self._said_by(i, found, told)

    def _arguments(self, decision: Decision, found: list[Found], attributed: bool) -> list[Argument]:
        """Who and what, and who it is told by where no attribution says it."""
        left = {"place", "time", "source"} if attributed or decision.act == SAID else {"place", "time"}
        filed = [
            a
            for f in sorted(found, key=lambda f: f.role == "source")
            if f.role not in left
            for a in as_arguments(self.ground, self.codes, f, decision.by if f.path != PATH else PATH)
        ]
        told = self._told(decision.token) if decision.act == SAID else None
        if told is not None:
            said = max(told.content, key=lambda span: (span.end - span.start, -span.start))
            filed = [a for a in filed if a.role != "topic"]
            filed.append(Argument(role="topic", span=said, name=said.of(self.ground.text), by=told.id))
        return filed

    def _scenery(self, found: list[Found], place: Place | None, moment: Moment) -> list[Argument]:
        """Where and when; ``place`` is that of the own clause, a scene's place stands on the event alone."""
        filed = [a for f in found if f.role == "place" for a in as_arguments(self.ground, self.codes, f, f.path)]
        if place is not None and not any(self._names(a, place) for a in filed):
            filed.append(Argument(role="place", span=place.span, ref=place.id, name=place.name, by="clause"))
        timex = moment.timex
        if timex is not None:
            filed.append(Argument(role="time", span=timex.span, ref=timex.id, name=timex.value, by=moment.by or ""))
        return filed

    def _names(self, argument: Argument, place: Place) -> bool:
        """Whether an argument tells of a place already."""
        entity = self.ground.entity_of.get(place.mention or "")
        same = argument.ref is not None and argument.ref in {place.id, entity.id if entity is not None else None}
        return same or argument.span.overlaps(place.span)

    # --- when and where -------------------------------------------------------------------------------------------

    def _told_time(self, i: int, found: list[Found]) -> Timex | None:
        """The time that was found for the act, the surest first."""
        times = sorted((f for f in found if f.role == "time"), key=lambda f: -(f.score or 0))
        told = (self.ground.timex_at[f.head] for f in times)
        return next((t for t in told if t.earliest and t.latest and self.scene.may_date(t, i)), None)

    def _place(
        self, decision: Decision, found: list[Found], status: Status, moment: Moment, moves: bool
    ) -> tuple[Place | None, str]:
        """The event's place: of those found for it the surest that is narrow, else by clause and scene."""
        places = sorted((f for f in found if f.role == "place"), key=lambda f: -(f.score or 0))
        told = [where for f in places if (where := self._toponym(f.head)) is not None]
        named = min(told, key=lambda p: not narrow(p)) if told else None
        return self.scene.place(decision.token, status, moment, act_of(decision.act).spoken, named, moves)

    def _toponym(self, i: int) -> Place | None:
        """The toponym at a word, or the last one before it that the word takes up ("boarded in the port city")."""
        entity = self.ground.entity(i) if i not in self.ground.place_at else None
        if entity is None or entity.type not in PLACE_TYPES:
            return self.ground.place_at.get(i)
        own, start = set(entity.mentions), self.ground.tokens[i].start
        named = [p for p in self.ground.record.places if p.mention in own and not p.acts and p.span.start < start]
        return max(named, key=lambda p: p.span.start, default=None)

    # --- who ------------------------------------------------------------------------------------------------------

    def _told(self, i: int) -> Attribution | None:
        """The attribution whose cue is this verb, where it has a source and enough content to be a statement."""
        found = self._cued.get(i)
        if found is None or not found.source or not found.content:
            return None
        words = sum(len(self.ground.inside(span)) for span in found.content)
        return found if words >= _FEWEST_WORDS else None

    def _beside_verb(self, told: Attribution | None) -> bool:
        """Whether a cue has a verb that says it already."""
        words = (k for span in told.cue for k in self.ground.inside(span)) if told is not None else ()
        return any(k in self.said and self.ground.tokens[k].upos == "VERB" for k in words)

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
        if actor is None and act_of(act).unknown_hand and recipient is not None and self._unknown_hand(i):
            actor = f"{where or ''}UAF"
        return actor, recipient

    def _sides(self, parties: list[Found], where: str | None, act: str) -> tuple[str | None, str | None]:
        """Codes of both sides; one without a country is taken to be at home with the other, or where the event is."""
        known = act_of(act)
        actors = [f.head for f in parties if f.role == "actor"]
        others = [f.head for f in parties if f.role == "recipient"] or actors[1:]
        if len(actors) == 1 and not others and (members := self.codes.members(actors[0])):
            return members[0], members[1]
        sides = [
            next((h for h in heads if self.codes.of(h)), None) for heads in (actors[:1] if others else actors, others)
        ]
        countries = [c for h in sides if h is not None and (c := self.codes.parts(h)[0])]
        home = (countries[0] if countries and not known.abroad else None) or where
        actor, recipient = self._code(sides[0], home, known.domestic), self._code(sides[1], home, known.domestic)
        if (
            sides[1] is not None
            and self.ground.type_of(sides[1]) in {"FAC", "LOC"}
            and not self.codes.parts(sides[1])[0]
        ):
            recipient = where
        return actor, recipient or (where if known.felt_at_home else None)

    def _code(self, head: int | None, home: str | None, named: bool) -> str | None:
        if head is None:
            return None
        country, sector = self.codes.parts(head)
        serves = sector in load_sectors().at_home or (named and sector is not None)
        titled = serves and self.ground.type_of(head) == "PER"
        if country is None and (titled or self.codes.at_home(head)):
            country = home
        return f"{country or ''}{sector or ''}" or None

    # --- why and says who -------------------------------------------------------------------------------------------

    def _contexts(self, i: int, act: str, rule: Rule | None) -> tuple[str, ...]:
        own = rule.contexts if rule is not None else ()
        if not self.ontology.is_plover(act):
            return own
        sentence = self.ground.record.sentences[self.ground.tokens[i].sentence]
        words = self.ontology.context_words
        found = [c for k in range(sentence.first, sentence.last) for c in words.get(self.ground.lemma(k), ())]
        return tuple(sorted({*own, *found}))

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

    def _attributions(self, i: int, found: list[Found]) -> tuple[str, ...]:
        """The attributions whose content holds the trigger, the outermost first; where none does, the nearest one of
        the source that was found for the act."""
        raised = self.ground.raised(i)
        told = self._cued.get(raised) if raised is not None else None
        holding = dict.fromkeys(sorted(self._holding.get(i, ())))
        held = tuple(number for _, number in holding if told is None or number != told.id)
        return held or tuple(a.id for f in found if f.role == "source" and (a := self._spoken_by(f, i)) is not None)

    def _spoken_by(self, source: Found, i: int) -> Attribution | None:
        """The attribution nearest to an act in which somebody is the source, of its sentence or one beside it."""
        sentence, tokens = self.ground.tokens[i].sentence, self.ground.tokens
        near = [
            (abs(self.ground.inside(a.span)[0] - i), a.id, a)
            for a in self._by_source.get(source.head, ())
            if len(self.ground.inside(a.span)) and abs(tokens[self.ground.inside(a.span)[0]].sentence - sentence) <= 1
        ]
        return min(near)[2] if near else None


def _country(place: Place | None) -> str | None:
    return place.best.country if place is not None and place.best is not None else None
