"""Reads who, whom and what: a trigger and its rule in, arguments with spans, references and codes out."""

from __future__ import annotations

import msgspec

from dateline.grammar import is_a
from dateline.knowledge.patterns import Rule
from dateline.model import Argument
from dateline.stages.events.codes import Codes
from dateline.stages.events.ground import THING_TYPES, Ground

_CLAUSES = ("ccomp", "xcomp", "advcl:that")


_VERBAL = frozenset({"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "statement"})


class Found:
    """One argument before it is filed: the role, the head token, the path that gave it."""

    __slots__ = ("head", "path", "role")

    def __init__(self, role: str, head: int, path: str) -> None:
        self.role, self.head, self.path = role, head, path


def find_arguments(ground: Ground, i: int, rule: Rule) -> list[Found]:
    """Every argument of the trigger, in the order of the rule's roles; nobody stands twice."""
    noun = ground.tokens[i].upos in {"NOUN", "PROPN"}
    taken: dict[int, str] = {}
    found: list[Found] = []
    for role, paths in rule.noun_roles if noun else rule.verb_roles:
        every = role == "parties"
        for path in paths:
            heads = [h for h in _heads(ground, i, path, role) if h is not None and h != i]
            fitting = [
                Found(_role(ground, role, f), f, path)
                for h in heads
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
    return _one_side(ground, found, rule)


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


def _role(ground: Ground, role: str, head: int) -> str:
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
    target = ground.object(i) if not _is_noun(ground, i) else None
    if target is None or any(f.head == target for f in found) or ground.tokens[target].upos == "PRON":
        return []
    return [Found("topic" if rule.act in _VERBAL else "artifact", target, "object")]


def _heads(ground: Ground, i: int, path: str, role: str) -> list[int | None]:
    """The head tokens a path leads to, coordinated members included."""
    step, _, rest = path.partition(".")
    if step == "clause" and rest:
        clause = _inner_clause(ground, i)
        heads = _rest(ground, clause, rest, role) if clause is not None else []
    else:
        heads = _step(ground, i, step)
        if rest:
            heads = [k for h in heads if h is not None for k in _rest(ground, h, rest, role)]
    return [k for h in heads if h is not None for k in _members(ground, h)]


def _members(ground: Ground, i: int) -> list[int]:
    return [k for k in ground.tree.conjuncts(i) if k == i or ground.tokens[k].upos in {"NOUN", "PROPN", "PRON", "NUM"}]


def _rest(ground: Ground, i: int, rest: str, role: str) -> list[int | None]:
    if rest == "owner":
        return [ground.owner(i)]
    if rest == "party":
        near = [ground.object(i), *(ground.prep(i, p) for p in ("with", "to", "from", "against"))]
        return [next((k for k in near if k is not None and ground.is_actor(k)), None)]
    if rest == "object":
        target = ground.object(i)
        if role == "artifact":
            return [target]
        if target is None or not (ground.is_actor(target) or ground.type_of(target) in THING_TYPES):
            owner = ground.owner(target) if target is not None else None
            near = [i] if target is None else [i, target]
            obliques = [
                k
                for p in ("with", "to", "against", "from", "on", "in", "for")
                for at in near
                if (k := ground.prep(at, p)) is not None
            ]
            inner = ground.tree.kid(i, "ccomp", "xcomp") if target is None else None
            if inner is not None and (moved := ground.tree.kid(inner, "nsubj", "nsubj:pass")) is not None:
                return [moved if ground.is_actor(moved) else ground.owner(moved)]
            parties = [k for k in obliques if ground.is_actor(k)]
            return [owner] if owner is not None else parties[:1] or [ground.owner(k) for k in obliques[:1]]
        return [target]
    return [ground.prep(i, rest)]


def _step(ground: Ground, i: int, step: str) -> list[int | None]:
    plain = _PLAIN.get(step)
    if plain is not None:
        return plain(ground, i)
    if step.endswith("_owner"):
        noun = ground.prep(i, step[:-6])
        return [ground.owner(noun)] if noun is not None else []
    return [_prep(ground, i, step)]


def _prep(ground: Ground, i: int, preposition: str) -> int | None:
    """A phrase under the trigger, its object ("a ban on rallies") or the light verb that carries it."""
    if preposition == "by" and ground.tokens[i].upos == "VERB" and not ground.tree.passive(i):
        return None
    found = ground.prep(i, preposition)
    if found is None and preposition == "by":
        found = ground.tree.kid(i, "obl:agent")
    if found is not None:
        return None if found in ground.timex_at or ground.lemma(found) in ground.patterns.words["set_phrase"] else found
    for near in (ground.tree.kid(i, "obj"), ground.carrier(i)):
        if near is not None:
            found = ground.prep(near, preposition)
            if found is not None and found not in ground.timex_at:
                return found
    return None


def _is_noun(ground: Ground, i: int) -> bool:
    return ground.tokens[i].upos in {"NOUN", "PROPN"}


def _person(ground: Ground, i: int) -> list[int | None]:
    target = ground.object(i)
    return [target] if target is not None and ground.is_actor(target) else []


def _goods(ground: Ground, i: int) -> list[int | None]:
    target = ground.object(i)
    return [target] if target is not None and not ground.is_actor(target) else []


def _clause(ground: Ground, i: int) -> list[int | None]:
    clause = ground.tree.kid(i, "ccomp", "xcomp")
    if clause is None and _is_noun(ground, i):
        above = ground.tokens[i].head
        clause = ground.tree.kid(i, "acl") or (ground.tree.kid(above, "ccomp") if above >= 0 else None)
        return [ground.tree.kid(clause, "nsubj", "nsubj:pass")] if clause is not None else []
    if clause is None:
        return []
    return [ground.subject(clause)] if is_a(ground.tokens[clause].deprel, "ccomp") else [ground.object(i)]


def _inner_clause(ground: Ground, i: int) -> int | None:
    own = ground.tree.kid(i, "xcomp", "ccomp", "acl", "advcl:of", "advcl:to")
    if own is not None:
        return own
    carrier = ground.carrier(i)
    purpose = ground.tree.kids(carrier if carrier is not None else i, "advcl")
    return next((k for k in purpose if ground.tree.tense(k) == "infinitive"), None)


def _poss(ground: Ground, i: int) -> list[int | None]:
    return [ground.poss(i)]


def _light(ground: Ground, i: int) -> list[int | None]:
    carrier = ground.carrier(i)
    return [ground.agent(carrier)] if carrier is not None else []


def _light_to(ground: Ground, i: int) -> list[int | None]:
    carrier = ground.carrier(i)
    if carrier is None:
        return []
    if ground.tree.passive(carrier) and ground.tokens[i].deprel == "obj":
        return [ground.subject(carrier)]
    return [ground.tree.kid(carrier, "iobj")]


def _passive_to(ground: Ground, i: int) -> list[int | None]:
    """ "Kyiv was given tanks": the subject of the passive is the one who gets."""
    if ground.tree.passive(i) and ground.tree.kid(i, "obj") is not None:
        return [ground.subject(i)]
    return []


_PLAIN = {
    "agent": lambda g, i: [g.noun_agent(i) if _is_noun(g, i) else g.agent(i)],
    "subject": lambda g, i: [g.noun_agent(i) if _is_noun(g, i) else g.subject(i)],
    "object": lambda g, i: [g.prep(i, "of") if _is_noun(g, i) else g.object(i)],
    "iobj": lambda g, i: [g.tree.kid(i, "iobj")],
    "person": _person,
    "goods": _goods,
    "by_person": lambda g, i: [],
    "content": lambda g, i: [g.tree.kid(i, *_CLAUSES)],
    "clause": _clause,
    "that": lambda g, i: [],
    "reciprocal": lambda g, i: [],
    "poss": _poss,
    "adj": lambda g, i: [g.adjective_party(i)],
    "light": _light,
    "light_to": _light_to,
    "passive_to": _passive_to,
}


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
        return [head] if ground.lemma(head) in {"it", "its", "their", "his", "her"} else []
    owner = ground.owner(head) if path in {"agent", "subject", "light", "by"} else None
    return [owner] if owner is not None else []


def _as_recipient(ground: Ground, head: int, path: str, rule: Rule) -> list[int]:
    if ground.is_actor(head) or head in ground.place_at:
        return [head]
    if ground.lemma(head) in ground.patterns.words["concrete"] or ground.tokens[head].upos in {"PRON", "NUM"}:
        return [head]
    if ground.type_of(head) in {"LOC", "FAC", "VEH", "WEA"}:
        return [head]
    owner = ground.owner(head, 2 if path in {"about", "over", "at"} else 0)
    if owner is not None:
        return [owner]
    return (
        [head]
        if rule.act in {"ASSAULT", "COERCE", "SANCTION", "death", "injury", "ACCUSE", "REJECT", "SUPPORT", "market"}
        and path in {"object", "subject"}
        else []
    )


def as_arguments(ground: Ground, codes: Codes, found: Found, by: str) -> list[Argument]:
    """The argument as it is filed; a group whose members are known ("the two leaders") gives one for each."""
    whole = _as_argument(ground, codes, found, by)
    members = codes.group(found.head) if found.role in {"actor", "recipient"} else []
    return [
        msgspec.structs.replace(whole, ref=e.id, name=e.name, code=f"{e.country or ''}{e.sector or ''}" or None)
        for e in members
    ] or [whole]


def _as_argument(ground: Ground, codes: Codes, found: Found, by: str) -> Argument:
    """Its phrase, the entity or place it refers to, its name and code."""
    head = found.head
    mention, entity, place = ground.mention_at.get(head), ground.entity(head), ground.place_at.get(head)
    if ground.tokens[head].upos == "VERB":
        span = ground.tree.clause(head)
    elif mention is not None and mention.kind != "NAM":
        span = mention.span
    elif mention is not None:
        span = mention.span
    else:
        span = ground.tree.phrase(head)
    party = found.role in {"actor", "recipient"}
    ref = entity.id if entity is not None else place.id if place is not None else None
    name = entity.name if entity is not None else place.name if place is not None else span.of(ground.text)
    return Argument(role=found.role, span=span, ref=ref, name=name, code=codes.of(head) if party else None, by=by)
