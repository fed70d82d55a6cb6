"""Follows the relation paths of event rules: a trigger and a path (``object.owner``) in, head tokens out."""

from __future__ import annotations

from collections.abc import Callable

from dateline.grammar import is_a
from dateline.stages.events.ground import THING_TYPES, Ground

_CLAUSES = ("ccomp", "xcomp", "advcl:that")
_PARTY_PREPOSITIONS = ("with", "to", "against", "from", "on", "in", "for")


def heads(ground: Ground, i: int, path: str, role: str) -> list[int]:
    """The head tokens that a path of ``frames.yaml`` leads to from a trigger, coordinated members included."""
    step, _, rest = path.partition(".")
    if step == "clause" and rest:
        clause = _inner_clause(ground, i)
        found = _rest(ground, clause, rest, role) if clause is not None else []
    else:
        found = _step(ground, i, step)
        if rest:
            found = [k for h in found if h is not None for k in _rest(ground, h, rest, role)]
    return [k for h in found if h is not None for k in _members(ground, h)]


def _members(ground: Ground, i: int) -> list[int]:
    return [k for k in ground.tree.conjuncts(i) if k == i or ground.tokens[k].upos in {"NOUN", "PROPN", "PRON", "NUM"}]


def _rest(ground: Ground, i: int, rest: str, role: str) -> list[int | None]:
    """The second step of a path, from the noun or clause that the first one led to."""
    if rest == "owner":
        return [ground.owner(i)]
    if rest == "party":
        near = [ground.object(i), *(ground.prep(i, p) for p in ("with", "to", "from", "against"))]
        return [next((k for k in near if k is not None and ground.is_actor(k)), None)]
    if rest == "object":
        target = ground.object(i)
        thing = target is not None and (ground.is_actor(target) or ground.type_of(target) in THING_TYPES)
        return [target] if role == "artifact" or thing else [_party_around(ground, i, target)]
    return [ground.prep(i, rest)]


def _party_around(ground: Ground, i: int, target: int | None) -> int | None:
    """The party in a clause whose object is none: inside the object, in an oblique, or the subject of what is let or
    made happen ("refused to allow planes to land")."""
    inner = ground.tree.kid(i, "ccomp", "xcomp") if target is None else None
    moved = ground.tree.kid(inner, "nsubj", "nsubj:pass") if inner is not None else None
    if moved is not None:
        return moved if ground.is_actor(moved) else ground.owner(moved)
    owner = ground.owner(target) if target is not None else None
    if owner is not None and ground.tokens[owner].upos != "PRON":  # "their disapproval for ...": the doers again
        return owner
    near = [i] if target is None else [i, target]
    found = [ground.prep(at, p) for p in _PARTY_PREPOSITIONS for at in near]
    obliques = [k for k in found if k is not None]
    party = next((k for k in obliques if ground.is_actor(k)), None)
    return party or (ground.owner(obliques[0]) if obliques else None) or owner


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
    if preposition == "by" and ground.tokens[i].upos == "VERB" and not ground.passive(i):
        return None
    found = ground.prep(i, preposition)
    if found is None and preposition == "by":
        found = ground.tree.kid(i, "obl:agent")
    if found is not None:
        return found
    around = (ground.tree.kid(i, "obj"), ground.carrier(i))
    return next((k for n in around if n is not None and (k := ground.prep(n, preposition)) is not None), None)


def is_noun(ground: Ground, i: int) -> bool:
    """Whether the trigger is a noun: its paths start from possessor and prepositions."""
    return ground.tokens[i].upos in {"NOUN", "PROPN"}


def _person(ground: Ground, i: int) -> list[int | None]:
    target = ground.object(i)
    return [target] if target is not None and ground.is_actor(target) else []


def _goods(ground: Ground, i: int) -> list[int | None]:
    target = ground.object(i)
    return [target] if target is not None and not ground.is_actor(target) else []


def _clause(ground: Ground, i: int) -> list[int | None]:
    clause = ground.tree.kid(i, "ccomp", "xcomp")
    if clause is None and is_noun(ground, i):
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
    if ground.passive(carrier) and ground.tokens[i].deprel == "obj":
        return [ground.subject(carrier)]
    return [ground.tree.kid(carrier, "iobj")]


def _passive_to(ground: Ground, i: int) -> list[int | None]:
    """ "Kyiv was given tanks": the subject of the passive is the one who gets."""
    if ground.passive(i) and ground.tree.kid(i, "obj") is not None:
        return [ground.subject(i)]
    return []


_PLAIN: dict[str, Callable[[Ground, int], list[int | None]]] = {
    "agent": lambda g, i: [g.noun_agent(i) if is_noun(g, i) else g.agent(i)],
    "subject": lambda g, i: [g.noun_agent(i) if is_noun(g, i) else g.subject(i)],
    "object": lambda g, i: [g.prep(i, "of") if is_noun(g, i) else g.object(i)],
    "iobj": lambda g, i: [g.tree.kid(i, "iobj")],
    "person": _person,
    "goods": _goods,
    "content": lambda g, i: [g.tree.kid(i, *_CLAUSES)],
    "clause": _clause,
    "poss": _poss,
    "adj": lambda g, i: [g.adjective_party(i)],
    "light": _light,
    "light_to": _light_to,
    "passive_to": _passive_to,
    "asker": lambda g, i: [g.subject(g.tokens[i].head)] if g.asked(i) is not None else [],
}
