"""Codes an act: what was read and how it stands (planned, refused, denied) in, the PLOVER type and mode out."""

from __future__ import annotations

from collections.abc import Container

from dateline.grammar import is_a
from dateline.knowledge.ontology import Ontology, status_of
from dateline.knowledge.patterns import Rule
from dateline.model import Predicate, Status
from dateline.stages.events.ground import Ground

_LINKS = (
    "xcomp",
    "ccomp",
    "obj",
    "obl:for",
    "obl:to",
    "obl:of",
    "nmod:for",
    "nmod:to",
    "nmod:of",
    "acl",
    "nmod:on",
    "advcl:of",
    "conj",
    "obl:against",
)


def governor(ground: Ground, i: int, acts: Container[int]) -> int | None:
    """The nearest event above of whose words this one is the content ("demanded the withdrawal"), or None."""
    at = i
    for _ in range(6):
        token = ground.tokens[at]
        if token.head < 0 or not any(is_a(token.deprel, link) for link in _LINKS):
            return None
        at = token.head
        if at in acts and not is_a(token.deprel, "conj"):
            return at
    return None


def coded_type(
    ontology: Ontology,
    ground: Ground,
    i: int,
    act: str,
    rule: Rule | None,
    above: str | None,
    status: Status,
    negated: bool,
) -> tuple[str, str | None]:
    """The type and mode after status: a future AID is an AGREE, "would not provide" a REJECT; else the act itself.
    Giving way that is agreed to or offered ("is willing to withdraw") is an AGREE, what is only announced a CONCEDE."""
    known, mode = ontology.types.get(act), rule.mode if rule is not None else None
    if known is None:
        return act, None
    if negated and ground.tokens[i].upos == "VERB" and _refuses(ground, i) and known.refused:
        return known.refused, ontology.content_mode(known.refused, act, mode)
    if status_of(status).threat_on_condition and _conditional(ground, i) and ontology.threatens(act, mode):
        return "THREATEN", ontology.content_mode("THREATEN", act, mode)
    if status == "planned" and known.planned == "CONCEDE" and above == "AGREE":
        return "AGREE", None
    if status == "planned" and known.planned and known.planned != act:
        if known.planned != "THREATEN":
            return known.planned, None
        verb = i if ground.tokens[i].upos == "VERB" else ground.carrier(i)
        if verb is not None and _declared(ground, verb) and ground.agent(verb) is not None:
            return "THREATEN", ontology.content_mode("THREATEN", act, mode)
    return act, mode


def _declared(ground: Ground, verb: int) -> bool:
    """Announced by its own words: "will impose", "plans to impose"; a decision or order to attack is no threat."""
    return ground.tree.modal(verb) is not None or is_a(ground.tokens[verb].deprel, "xcomp")


def _conditional(ground: Ground, i: int) -> bool:
    """ "Will withdraw unless they talk": what is announced on a condition is a threat."""
    return ground.tree.kid(i, "advcl:unless") is not None and ground.tree.modal(i) is not None


def _refuses(ground: Ground, i: int) -> bool:
    """ "will not", "would not": a refusal; "did not" only reports that nothing happened."""
    modal = ground.tree.modal(i)
    return modal is not None and ground.lemma(modal) in {"will", "would", "wo", "shall", "'ll", "'d"}


def standing(ground: Ground, predicate: Predicate | None, above: str | None) -> tuple[Status, bool]:
    """Status and negation of an event by the rules of certainty; what is agreed or offered (``above`` is the act whose
    content it is) is planned whatever its own form says."""
    if predicate is None:
        return "unknown", False
    if ground.turned_to(predicate.token):
        return "happened", predicate.negated
    if predicate.status == "ongoing" and ground.headline(predicate.token):
        return "happened", predicate.negated
    if above == "AGREE" and status_of(predicate.status).planned_where_agreed:
        return "planned", predicate.negated
    return predicate.status, predicate.negated
