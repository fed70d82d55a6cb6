"""Reads who, whom and what: a trigger and its rule in, arguments with spans, references and codes out."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from dateline.knowledge.ontology import act_of
from dateline.knowledge.patterns import Rule
from dateline.model import Argument, Span
from dateline.stages.events.codes import Codes
from dateline.stages.events.ground import ACTOR_TYPES, Ground
from dateline.stages.events.paths import heads, is_noun

_THINGS = frozenset({"equipment", "artifact", "thing", "recipient"})
"""Roles in which a thing may stand."""
_NOBODY = frozenset({"what", "other", "which", "that"})
"""Pronouns that name no other side: "what", and the head of "each other"."""


class Found:
    """One argument before it is filed: role, head token, the path that gave it, its score where it was learned."""

    __slots__ = ("head", "path", "role", "score")

    def __init__(self, role: str, head: int, path: str, score: float | None = None) -> None:
        self.role, self.head, self.path, self.score = role, head, path, score


class Cast(NamedTuple):
    """Who and what stands in an act: what is sure enough, and what stays open."""

    sure: list[Found]
    open: list[Found]


def find_arguments(ground: Ground, i: int, rule: Rule) -> list[Found]:
    """Every argument of the trigger, in the order of the rule's roles; nobody stands twice."""
    noun = ground.tokens[i].upos in {"NOUN", "PROPN"}
    taken: dict[int, str] = {}
    found: list[Found] = []
    for role, paths in rule.noun_roles if noun else rule.verb_roles:
        every = role == "parties"
        for path in paths:
            leading = [h for h in heads(ground, i, path, role) if h is not None and h != i]
            fitting = [
                Found(side_of(ground, role, f), f, path)
                for h in leading
                for f in _fitting(ground, role, path, h, rule)
                if f not in taken
            ]
            fitting = list({f.head: f for f in fitting}.values())
            for f in fitting:
                taken[f.head] = f.role
            found.extend(fitting)
            if fitting and not every:
                break
    found += _unread_object(ground, i, rule, found)
    found = named_before(ground, found)
    return _one_side(ground, found, rule)


def other_side(ground: Ground, i: int, rule: Rule | None, found: list[Found]) -> list[Found]:
    """The actor's own troops are what an act is done with, not its other side ("will remove its military from
    Georgia"): that is whom the frame of the row names."""
    actors = {e.id for f in found if f.role == "actor" and (e := ground.entity(f.head))}
    own = [f for f in found if f.role == "recipient" and _own_troops(ground, f.head, actors)]
    if not own or rule is None:
        return found
    kept = [Found("artifact", f.head, f.path, f.score) if f in own else f for f in found]
    taken = {f.head for f in kept if f.role != "place"}
    framed = [
        f
        for f in find_arguments(ground, i, rule)
        if f.role == "recipient" and f.head not in taken and ground.is_actor(f.head)
    ]
    return kept + [Found(f.role, f.head, f.path, own[0].score) for f in framed]


def _own_troops(ground: Ground, head: int, actors: set[str]) -> bool:
    owner = ground.tree.kid(head, "nmod:poss")
    entity = ground.entity(owner) if owner is not None else None
    return entity is not None and entity.id in actors and ground.lemma(head) in ground.patterns.words["force"]


def named_before(ground: Ground, found: list[Found]) -> list[Found]:
    """The types that stand before a common noun ("Il-76 and Il-78 transports") are the arguments, in its place."""
    taken = {f.head for f in found}
    named: list[Found] = []
    for f in found:
        below: list[int] = []
        if f.role in _THINGS and ground.tokens[f.head].upos == "NOUN":
            below = [k for first in _modifiers(ground, f.head) for k in ground.tree.conjuncts(first)]
        types = dict.fromkeys(k for k in below if k not in taken and ground.type_of(k) in {"WEA", "VEH"})
        named += [Found(f.role, k, f.path, f.score) for k in types] or [f]
    return named


def _modifiers(ground: Ground, i: int) -> list[int]:
    near = ground.tree.kids(i, "compound", "amod", "nmod", "appos")
    return [k for k in near if ground.tokens[k].upos == "PROPN" or any(c.isdigit() for c in ground.tokens[k].form)]


def _one_side(ground: Ground, found: list[Found], rule: Rule) -> list[Found]:
    """The same entity cannot stand on both sides of an act unless the words are reflexive."""
    actors = {e.id for f in found if f.role == "actor" and (e := ground.entity(f.head))}
    kept = []
    for f in found:
        entity = ground.entity(f.head)
        if f.role == "recipient" and entity is not None and entity.id in actors and not rule.mutual:
            continue
        kept.append(f)
    return kept


def side_of(ground: Ground, role: str, head: int) -> str:
    """Parties of a mutual act are actors; a bomb or missile that does it is an instrument."""
    if role not in {"actor", "parties"}:
        return role
    armed = ground.type_of(head) == "WEA" or ground.lemma(head) in ground.patterns.words["explosive"] - {
        "car",
        "vehicle",
    }
    return "instrument" if armed and not ground.is_actor(head) else "actor"


def _unread_object(ground: Ground, i: int, rule: Rule, found: list[Found]) -> list[Found]:
    """What the verb's object names where no role of the rule took it: what it is about, or what it is done to."""
    target = ground.object(i) if not is_noun(ground, i) else None
    if target is None or any(f.head == target for f in found) or ground.tokens[target].upos == "PRON":
        return []
    return [Found("topic" if act_of(rule.act).object_is_topic else "artifact", target, "object")]


def _fitting(ground: Ground, role: str, path: str, head: int, rule: Rule) -> list[int]:
    """The token that may stand in the role: a party for actors, a party or a concrete thing for recipients."""
    if path.startswith("clause.") and role == "recipient":
        return [head] if ground.is_actor(head) or head in ground.place_at else []
    token = ground.tokens[head]
    if token.upos == "VERB" or head in ground.timex_at:
        return [head] if role == "topic" and head not in ground.timex_at else []
    if role in {"actor", "parties"}:
        return _as_actor(ground, head, path)
    if role == "recipient":
        return _as_recipient(ground, head, path, rule)
    return [head]


def _as_actor(ground: Ground, head: int, path: str) -> list[int]:
    if ground.is_actor(head) or ground.type_of(head) in {"VEH", "WEA"}:
        return [head]
    if head in ground.place_at:
        return [head] if path != "in" else []
    if ground.tokens[head].upos == "PRON":
        if ground.entity(head) is not None and ground.type_of(head) not in ACTOR_TYPES:
            return []  # taken up to a thing: not a party, or wrongly resolved
        return [head] if ground.lemma(head) in {"it", "its", "their", "his", "her"} else []
    owner = ground.owner(head) if path in {"agent", "subject", "light", "by"} else None
    against = owner is not None and ground.tokens[owner].deprel in {"nmod:against", "nmod:to", "nmod:for"}
    return [owner] if owner is not None and not against else []


def _as_recipient(ground: Ground, head: int, path: str, rule: Rule) -> list[int]:
    if ground.tokens[head].upos == "PRON" and (ground.tokens[head].xpos == "PRP$" or ground.lemma(head) in _NOBODY):
        return [head] if ground.entity(head) is not None else []
    if ground.lemma(head) == "other" and ground.tokens[head].xpos != "NNS":
        return []  # "each other"
    if ground.is_actor(head) or head in ground.place_at:
        return [head]
    if ground.lemma(head) in ground.patterns.words["concrete"] or ground.tokens[head].upos in {"PRON", "NUM"}:
        return [head]
    if ground.type_of(head) in {"LOC", "FAC", "VEH", "WEA"}:
        return [head]
    owner = ground.owner(head, 2 if path in {"about", "over", "at"} else 0)
    distant = path in {"about", "over", "at"} and owner is not None and ground.tokens[owner].upos == "NOUN"
    if owner is not None and not distant:
        return [owner]
    return [head] if act_of(rule.act).any_recipient and path in {"object", "subject"} else []


def as_arguments(ground: Ground, codes: Codes, found: Found, by: str) -> list[Argument]:
    """The argument as it is filed; a group whose members are known ("the two leaders") gives one for each."""
    whole = _as_argument(ground, codes, found, by)
    members = codes.group(found.head) if found.role in {"actor", "recipient"} else []
    return [
        msgspec.structs.replace(whole, ref=e.id, name=e.name, code=f"{e.country or ''}{e.sector or ''}" or None)
        for e in members
    ] or [whole]


def _is_equipment(ground: Ground, head: int) -> bool:
    words = ground.patterns.words
    return ground.type_of(head) == "WEA" or ground.lemma(head) in words["weapon"] - words["dual_use"]


def _thing(ground: Ground, head: int) -> str:
    """What an act is done with or about: equipment, or anything else."""
    return "equipment" if _is_equipment(ground, head) else "artifact"


def _as_argument(ground: Ground, codes: Codes, found: Found, by: str) -> Argument:
    """Its phrase, the entity or place it refers to, its name and code. Some of a people or party ("two Democrats") are
    not that people or party."""
    head = found.head
    entity, place = ground.entity(head), ground.place_at.get(head)
    counted, some = ground.partitive(head), _some_of(ground, head)
    span = _words_of(ground, head, counted, some)
    party = found.role in {"actor", "recipient"}
    role = _thing(ground, counted or head) if found.role in {"artifact", "thing"} else found.role
    ref = entity.id if entity is not None else place.id if place is not None else None
    name = entity.name if entity is not None else place.name if place is not None else span.of(ground.text)
    if counted is not None or some:
        name = span.of(ground.text)
    code = codes.of(head) if party else None
    return Argument(role=role, span=span, ref=ref, name=name, code=code, by=by, score=found.score)


def _words_of(ground: Ground, head: int, counted: int | None, some: bool) -> Span:
    """The words of an argument: with what is counted ("tens of thousands of people"), a mention's, or the phrase."""
    mention = ground.mention_at.get(head)
    if ground.tokens[head].upos == "VERB":
        return ground.tree.clause(head)
    if counted is not None:
        first = head
        while ground.tokens[first].deprel == "nmod:of" and ground.partitive(ground.tokens[first].head) == first:
            first = ground.tokens[first].head
        return Span(ground.tree.phrase(first).start, max(ground.tree.phrase(counted).end, ground.tokens[head].end))
    return mention.span if mention is not None and not some else ground.tree.phrase(head)


def _some_of(ground: Ground, head: int) -> bool:
    """Whether a noun of people stands for a number of them ("three Russians", "several Democrats")."""
    if ground.tokens[head].xpos != "NNPS" or ground.type_of(head) not in {"NORP", "ORG"}:
        return False
    return any(
        ground.tokens[k].deprel == "nummod" or ground.lemma(k) in ground.patterns.words["some"]
        for k in ground.tree.children[head]
        if k < head
    )
