"""Ties tellings of one event: events in text order in, each with the id of its first telling and the reason out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

import msgspec

from dateline.knowledge.numbers import number_of
from dateline.knowledge.ontology import act_of, status_of
from dateline.model import Event
from dateline.stages.events.tellings import REACH, kin

_SAME = 0.6
"""How likely two tellings are one event from which they are tied."""
_NAMED_BEFORE = "the noun names an act told before"
_THINGS = ("artifact", "equipment")
_DECIMAL = re.compile(r"\d[\d,]*\.\d+")
_SIDES = ("actor", "recipient", "artifact", "equipment")


Days = tuple[date, date] | None
"""The days of a telling, both inclusive; None where it tells none."""


class Trigger(msgspec.Struct, frozen=True):
    """What the words of a trigger say about sameness."""

    lemma: str
    definite: bool = False
    anaphor: bool = False
    sentence: str = ""
    """Its sentence: a headline that is printed twice tells its acts once."""
    number: int = -1
    """Its sentence's number."""
    measured: bool = False
    """Whether another act is told to be before or after it: in one sentence these are two events."""
    token: int = -1
    same: Mapping[int, float] | None = None
    """Other triggers of other sentences, by their tokens, that may tell the same event, each with how likely it is;
    None where that was not asked."""


def tie(events: Sequence[Event], triggers: Mapping[str, Trigger]) -> list[Event]:
    """Each event with ``same_as`` and ``same_by``; ``triggers`` by event id."""
    kept: list[Event] = []
    acts: dict[str, list[Event]] = {}
    at: dict[int, Event] = {}
    days: dict[str, set[Days]] = {}
    for event in events:
        mine = triggers[event.id]
        earlier = acts.setdefault(event.act or "", [])
        likely = [at[k] for k in mine.same or () if k in at and k < mine.token]
        near = earlier[-REACH:]
        apart = {
            key
            for key in {e.same_as for e in (*near, *likely)}
            if not all(_meet(_days(event), told) for told in days[key])
        }
        first, reason = _likeliest(event, [e for e in likely if e.same_as not in apart], triggers)
        if first is None:
            first, reason = _first(event, [e for e in near if e.same_as not in apart], triggers)
        told = msgspec.structs.replace(event, same_as=first.same_as if first else event.id, same_by=reason)
        if first is not None and first.status == "planned" and event.status == "happened":
            told = msgspec.structs.replace(told, status=first.status, type=first.type, mode=first.mode)
        kept.append(told)
        days.setdefault(told.same_as, set()).add(_days(told))
        earlier.append(told)
        at[mine.token] = told
    return _dated(kept)


def _likeliest(event: Event, earlier: Sequence[Event], triggers: Mapping[str, Trigger]) -> tuple[Event | None, str]:
    """The earlier telling that is likeliest of the same event, where that is likely enough."""
    mine, same = triggers[event.id], triggers[event.id].same or {}
    ranked = sorted(earlier, key=lambda e: (-same[triggers[e.id].token], triggers[e.id].token))
    for other in ranked:
        likely = same[triggers[other.id].token]
        if likely < _SAME:
            break
        if _compatible(event, mine, other, triggers[other.id]):
            return other, f"learned, {likely:.2f}"
    return None, ""


def _dated(events: list[Event]) -> list[Event]:
    """A telling without a day takes that of another telling of the same event."""
    days: dict[str, Event] = {}
    for event in events:
        if event.earliest is not None:
            days.setdefault(event.same_as, event)
    return [
        msgspec.structs.replace(
            e, earliest=days[e.same_as].earliest, latest=days[e.same_as].latest, day_by="same event"
        )
        if e.earliest is None and e.same_as in days
        else e
        for e in events
    ]


def _first(event: Event, earlier: Sequence[Event], triggers: Mapping[str, Trigger]) -> tuple[Event | None, str]:
    mine = triggers[event.id]
    taken_up, repeated = None, None
    for other in reversed(earlier):
        theirs = triggers[other.id]
        if mine.sentence and mine.sentence == theirs.sentence and mine.lemma == theirs.lemma:
            return other, "the sentence stands twice"
        if not _compatible(event, mine, other, theirs):
            continue
        named = not _parties(event, *_SIDES)
        if named and mine.definite and kin(mine.lemma, theirs.lemma):
            return other, _NAMED_BEFORE
        if mine.anaphor and named:
            taken_up = taken_up or other
            continue
        if _unlike(mine, theirs):
            continue
        reason = _reason(event, mine, other, theirs)
        if reason:
            return other, reason
        if repeated is None and mine.lemma == theirs.lemma and _nothing_against(event, other):
            repeated = other
    if taken_up is None and repeated is not None:
        return repeated, "the same word, and nothing against it"
    return taken_up, _NAMED_BEFORE if taken_up else ""


def _unlike(mine: Trigger, theirs: Trigger) -> bool:
    """Whether what was learned sees no likeness of two tellings; those of one sentence are two acts."""
    return mine.same is not None and theirs.token not in mine.same


def _compatible(event: Event, mine: Trigger, other: Event, theirs: Trigger) -> bool:
    """Neither day, place, parties nor standing tell them apart."""
    if mine.number == theirs.number and (mine.measured or theirs.measured):
        return False
    if not _meet(_days(event), _days(other)) or not _places_agree(event, other) or _others(event, other):
        return False
    if _other_amount(event, other):
        return False
    return status_of(event.status).family == status_of(other.status).family or _looks_ahead(event, mine, other, theirs)


def _others(event: Event, other: Event) -> bool:
    """Whether both tell both sides, and nobody of the one stands in the other: two acts of one kind."""
    sides = [_parties(e, role) for e in (event, other) for role in ("actor", "recipient")]
    return all(sides) and not (sides[0] | sides[1]) & (sides[2] | sides[3])


def _other_amount(event: Event, other: Event) -> bool:
    """Whether both tell amounts, and none of the one is one of the other ("rose to 40 per cent", "to 90 per cent")."""
    mine, theirs = _amounts(event), _amounts(other)
    return bool(mine) and bool(theirs) and not mine & theirs


def _amounts(event: Event) -> set[float]:
    """The numbers in what an act is about or done with."""
    words = (word for a in event.arguments if a.role in _THINGS for word in (a.name or "").split())
    return {found for word in words if (found := _figure(word)) is not None}


def _figure(word: str) -> float | None:
    return float(word.replace(",", "")) if _DECIMAL.fullmatch(word) else number_of(word)


def _reason(event: Event, mine: Trigger, other: Event, theirs: Trigger) -> str:
    """Why two compatible tellings are of one event; empty where nothing says so."""
    akin = kin(mine.lemma, theirs.lemma)
    if act_of(event.act).done_with_many and not akin and not mine.anaphor and not _well_shared(event, other):
        return ""
    reason = _parties_agree(event, other)
    near = akin or mine.anaphor or theirs.anaphor or act_of(event.act).either_way or _day_and_sides(event, other)
    return reason if near else ""


def _nothing_against(event: Event, other: Event) -> bool:
    """Neither side differs, and where both name somebody or something, they share one; what is said is another thing
    each time."""
    if act_of(event.act).only_said:
        return False
    for role in ("actor", "recipient"):
        mine, theirs = _parties(event, role), _parties(other, role)
        if mine and theirs and not mine & theirs:
            return False
    mine, theirs = _parties(event, *_SIDES), _parties(other, *_SIDES)
    return not mine or not theirs or bool(mine & theirs)


def _looks_ahead(event: Event, mine: Trigger, other: Event, theirs: Trigger) -> bool:
    """ "Confirmed the visit": a definite noun without a day takes up what was told as planned."""
    plain = mine.definite and event.earliest is None and event.status == "happened"
    return plain and other.status == "planned" and kin(mine.lemma, theirs.lemma)


def _well_shared(event: Event, other: Event) -> bool:
    """Two parties of the one are parties of the other, or one is on the same day."""
    shared = _parties(event, "actor", "recipient") & _parties(other, "actor", "recipient")
    return len(shared) > 1 or (bool(shared) and event.earliest is not None and event.earliest == other.earliest)


def _day_and_sides(event: Event, other: Event) -> bool:
    """Told in other words: the same day and the same other side."""
    same_day = event.earliest is not None and event.earliest == other.earliest
    return same_day and bool(_parties(event, "recipient") & _parties(other, "recipient"))


_PRONOUNS = frozenset(
    {"his", "her", "their", "its", "he", "she", "they", "it", "him", "them", "who", "our", "we", "us", "i"}
)


def _parties(event: Event, *roles: str) -> set[str]:
    """Who stands in the roles; a pronoun that nobody resolved is nobody."""
    found = {a.ref or (a.name or "").lower() for a in event.arguments if a.role in roles}
    return found - _PRONOUNS


def _parties_agree(event: Event, other: Event) -> str:
    """Why the parties are compatible; empty where they are not."""
    act = act_of(event.act)
    if act.many_told_in_report:
        things = ("artifact", "destination", "origin")
        same = _parties(event, "actor") & _parties(other, "actor") and _parties(event, *things) & _parties(
            other, *things
        )
        return "same party and the same thing" if same else ""
    if act.either_way:
        mine, theirs = _parties(event, "actor", "recipient"), _parties(other, "actor", "recipient")
        if act.needs_day_or_thing:
            dated = event.earliest is not None and event.earliest == other.earliest
            same_thing = bool(_parties(event, "equipment") & _parties(other, "equipment"))
            return "same act, a shared party, the same day or thing" if mine & theirs and (dated or same_thing) else ""
        if len(mine & theirs) >= 2 or (mine & theirs and (mine <= theirs or theirs <= mine)):
            return "same act, same parties, days and places agree"
        return ""
    actors = _parties(event, "actor"), _parties(other, "actor")
    recipients = _parties(event, "recipient"), _parties(other, "recipient")
    shared = bool(actors[0] & actors[1]), bool(recipients[0] & recipients[1])
    modes = event.mode is None or other.mode is None or event.mode == other.mode
    if all(shared):
        return "same act, same actor and recipient"
    if shared[0] and not (recipients[0] and recipients[1]) and modes:
        return "same act and actor, the other side told once"
    if shared[1] and not (actors[0] and actors[1]) and modes:
        return "same act and recipient, the actor told once"
    return ""


def _days(event: Event) -> Days:
    return (event.earliest, event.latest) if event.earliest is not None and event.latest is not None else None


def _meet(one: Days, other: Days) -> bool:
    """Whether two stretches share a day; what has none meets all."""
    return one is None or other is None or (one[0] <= other[1] and other[0] <= one[1])


def _places_agree(event: Event, other: Event) -> bool:
    mine = {a.name for a in event.arguments if a.role == "place"}
    theirs = {a.name for a in other.arguments if a.role == "place"}
    return not mine or not theirs or bool(mine & theirs) or event.earliest == other.earliest
