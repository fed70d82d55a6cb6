"""What the lexicon can make of a word: a token in, the rules whose frame is met there and the acts it may tell out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from dateline.grammar import is_a
from dateline.knowledge.patterns import Filter, Rule
from dateline.knowledge.sectors import load_sectors
from dateline.stages.events.ground import Ground


class Senses(NamedTuple):
    """What the lexicon says of a word: ``fitting`` rules whose frame is met there, the most demanding first, and
    ``possible`` acts that the word can tell in some frame."""

    fitting: tuple[Rule, ...]
    possible: frozenset[str]


NONE = Senses((), frozenset())


def senses_at(ground: Ground, i: int) -> Senses:
    """The rules of the lexicon that the words around token ``i`` meet, and the acts that the word may tell at all."""
    token, patterns = ground.tokens[i], ground.patterns
    lemma = ground.lemma(i)
    if token.upos in {"VERB", "AUX"}:
        entries = [(rule, rest) for rest, rule in patterns.by_verb.get(lemma, ()) if _rest_fits(ground, i, rest)]
        fitting = [rule for rule, rest in entries if _verb_fits(ground, i, rule, f"{lemma} {rest}".strip())]
        return Senses(_once(fitting), frozenset(rule.act for rule, _ in entries))
    if token.upos == "ADJ":
        rules = patterns.by_adjective.get(lemma, ())
        return Senses(tuple(r for r in rules if _verb_fits(ground, i, r, lemma)), frozenset(r.act for r in rules))
    if token.upos in {"NOUN", "PROPN"} and not _name_part(ground, i):
        rules = patterns.by_noun.get(lemma, ())
        return Senses(tuple(r for r in rules if _noun_fits(ground, i, r)), frozenset(r.act for r in rules))
    return NONE


def _once(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    return tuple({rule.id: rule for rule in rules}.values())


def _name_part(ground: Ground, i: int) -> bool:
    """A word inside somebody's name ("Strike Force", "Conference Board") or before another noun is no event."""
    token = ground.tokens[i]
    if is_a(token.deprel, "compound"):
        return True
    return token.upos == "PROPN" and (i in ground.mention_at or bool(token.entity))


def _rest_fits(ground: Ground, i: int, rest: str) -> bool:
    """The particle or fixed words of a verb entry stand with the verb; a verb with a particle needs such an entry."""
    particle = ground.tree.kid(i, "compound:prt")
    if not rest:
        return particle is None or (ground.lemma(particle) in {"out", "off", "up", "down"} and _plain_too(ground, i))
    words = rest.split()
    if particle is not None and ground.lemma(particle) not in words:
        return False
    last = min(i + 7, len(ground.tokens))
    near = [ground.tokens[k] for k in range(i + 1, last) if _belongs(ground, k, i)]
    return all(any(t.lemma.lower() == word or t.form.lower() == word for t in near) for word in words)


def _belongs(ground: Ground, k: int, i: int) -> bool:
    """Whether a word stands with the verb itself: below it, or the preposition of a phrase below it."""
    head = ground.tokens[k].head
    return head == i or (
        head >= 0 and ground.tokens[head].head == i and ground.tokens[k].deprel in {"case", "amod", "advmod"}
    )


def _plain_too(ground: Ground, i: int) -> bool:
    """Verbs whose sense a particle does not turn ("kill off")."""
    return ground.lemma(i) in {"kill", "attack", "arrest", "protest", "withdraw", "meet"}


def matches(ground: Ground, i: int | None, asked: Filter) -> bool:
    """Whether the noun at ``i``, a member coordinated with it, or what it counts meets the filter."""
    if i is None:
        return False
    if asked.anything:
        return True
    for k in ground.tree.conjuncts(i):
        if _matches_one(ground, k, asked):
            return True
        inner = ground.partitive(k)
        if inner is not None and _matches_one(ground, inner, asked):
            return True
    return False


def _matches_one(ground: Ground, i: int, asked: Filter) -> bool:
    if ground.lemma(i) in asked.lemmas or ground.type_of(i) in asked.types:
        return True
    if (asked.actors and ground.is_actor(i)) or (asked.owned and ground.owner(i, 2) is not None):
        return True
    if asked.official and ground.lemma(i) not in ground.patterns.words["force"]:  # troops serve, but hold no office
        entity = ground.entity(i)
        if entity is not None and entity.sector in load_sectors().held:
            return True
    token = ground.tokens[i]
    if token.upos == "PRON" and "PRO" in asked.lemmas and ground.is_actor(i):
        return True
    return (
        token.upos == "PRON"
        and "PER" in asked.types
        and token.lemma.lower() in {"he", "she", "they", "we", "i"}
        and not ground.type_of(i)
    )


def _modifiers(ground: Ground, i: int) -> list[int]:
    return [
        k
        for k in ground.tree.children[i]
        if k < i and (is_a(ground.tokens[k].deprel, "amod") or is_a(ground.tokens[k].deprel, "compound"))
    ]


def _verb_fits(ground: Ground, i: int, rule: Rule, entry: str) -> bool:
    free = entry in rule.verb_free
    target = ground.object(i)
    if rule.object is not None and not free and not matches(ground, target, rule.object):
        return False
    if rule.modifier is not None and not (target is not None and _any_modifier(ground, target, rule.modifier)):
        return False
    if rule.of is not None and not (
        target is not None and matches(ground, ground.tree.kid(target, "nmod:of"), rule.of)
    ):
        return False
    return (
        _subject_fits(ground, i, rule)
        and _complement_asked(ground, i, rule.xcomp)
        and _modal_fits(ground, i, rule)
        and _preps_fit(ground, i, rule, free)
        and _any_fits(ground, i, rule, target)
    )


def _subject_fits(ground: Ground, i: int, rule: Rule) -> bool:
    if rule.subject is None:
        return True
    subject = ground.agent(i)
    if subject is None and ground.passive(i) and "cause" not in rule.needs:
        return True
    return matches(ground, subject, rule.subject)


def _complement_asked(ground: Ground, i: int, asked: Filter | None) -> bool:
    """What is opened by the verb, or meant by an infinitive beside it ("called him to discuss the border")."""
    if asked is None:
        return True
    complement = ground.tree.kid(i, "xcomp", "ccomp")
    if complement is None:
        complement = ground.tree.kid(i, "advcl")
        if complement is None or not _infinitive(ground, complement):
            complement = _purpose(ground, ground.object(i))
    elif is_a(ground.tokens[complement].deprel, "ccomp") and not _untensed(ground, complement):
        return False
    return matches(ground, complement, asked)


def _untensed(ground: Ground, k: int) -> bool:
    """An infinitive, or a clause without a verb ("found him guilty")."""
    if _infinitive(ground, k):
        return True
    return ground.tokens[k].upos in {"ADJ", "NOUN"} and ground.tree.kid(k, "cop", "aux") is None


def _infinitive(ground: Ground, k: int) -> bool:
    return ground.tree.tense(k) == "infinitive"


def _purpose(ground: Ground, target: int | None) -> int | None:
    """The infinitive that hangs on an object ("sent inspectors to verify"), or None."""
    told = ground.tree.kid(target, "acl") if target is not None else None
    return told if told is not None and _infinitive(ground, told) else None


def _modal_fits(ground: Ground, i: int, rule: Rule) -> bool:
    """What is said to be owed ("said that they must leave") is asked for."""
    if not rule.clause_modal:
        return True
    clause = ground.tree.kid(i, "ccomp")
    modal = ground.tree.modal(clause) if clause is not None else None
    if clause is None or modal is None or ground.lemma(modal) not in rule.clause_modal:
        return False
    subject = ground.subject(clause)
    return subject is not None and ground.is_actor(subject)


def _preps_fit(ground: Ground, i: int, rule: Rule, free: bool = False) -> bool:
    return not rule.prep or free or any(matches(ground, _prep_near(ground, i, p), f) for p, f in rule.prep)


def _prep_near(ground: Ground, i: int, preposition: str) -> int | None:
    """The phrase under the trigger, its object or the verb that carries it."""
    found = ground.prep(i, preposition)
    if found is not None:
        return found
    target = ground.tree.kid(i, "obj")
    if target is not None:
        found = ground.prep(target, preposition)
        if found is not None:
            return found
    carrier = ground.carrier(i) if ground.tokens[i].upos in {"NOUN", "PROPN"} else None
    return ground.prep(carrier, preposition) if carrier is not None else None


def _any_fits(ground: Ground, i: int, rule: Rule, target: int | None) -> bool:
    if rule.any is None:
        return True
    near = [target, ground.agent(i)] if ground.tokens[i].upos in {"VERB", "AUX"} else []
    near += [ground.tree.kid(i, "nmod:poss"), ground.prep(i, "of"), ground.prep(i, "by")]
    carrier = ground.carrier(i)
    if carrier is not None:
        near.append(ground.agent(carrier))
    if any(matches(ground, k, rule.any) for k in near):
        return True
    if any(p for p in rule.any.lemmas if p == "against") and ground.prep(i, "against") is not None:
        return True
    return _any_modifier(ground, i, rule.any) or (target is not None and _any_modifier(ground, target, rule.any))


def _any_modifier(ground: Ground, i: int, asked: Filter) -> bool:
    return any(
        asked.anything
        or ground.lemma(k) in asked.lemmas
        or ground.type_of(k) in asked.types
        or ground.tokens[k].form.lower() in asked.lemmas
        for k in _modifiers(ground, i)
    )


def _noun_fits(ground: Ground, i: int, rule: Rule) -> bool:
    if rule.modifier is not None and not _any_modifier(ground, i, rule.modifier):
        return False
    if rule.light_only:
        carrier = (
            ground.tokens[i].head
            if is_a(ground.tokens[i].deprel, "obj") or is_a(ground.tokens[i].deprel, "nsubj")
            else None
        )
        if carrier is None or ground.lemma(carrier) not in rule.light_only:
            return False
    if rule.object is not None and not rule.noun_free and not _noun_object_fits(ground, i, rule.object):
        return False
    if rule.of is not None and not matches(ground, ground.tree.kid(i, "nmod:of"), rule.of):
        return False
    return _preps_fit(ground, i, rule) and _any_fits(ground, i, rule, None)


def _noun_object_fits(ground: Ground, i: int, asked: Filter) -> bool:
    """What a noun is about: its ``of``, ``for``, ``on``, ``to`` phrase, a noun before it, its possessor."""
    near = [ground.prep(i, p) for p in ("of", "for", "on", "to")] + [ground.tree.kid(i, "nmod:poss")]
    return any(matches(ground, k, asked) for k in near if k is not None) or _any_modifier(ground, i, asked)
