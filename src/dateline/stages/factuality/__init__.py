"""How sure, and who says so: tokens and attributions in, ``predicates`` and ``factualities`` (a holder each) out."""

from __future__ import annotations

from typing import Any

from dateline.grammar import Tree, tree_of
from dateline.model import AUTHOR, Factuality, FactValue, Predicate, Record
from dateline.stages.factuality.holders import Holders
from dateline.stages.factuality.predicates import find_predicates
from dateline.stages.factuality.weigh import Scale, Weight


class Factualities:
    """Fill ``predicates`` with status and polarity, and ``factualities`` for the author and each source."""

    name = "factuality"
    needs = frozenset({"tokens", "attributions", "timexes"})
    gives = frozenset({"predicates", "factualities"})

    def __call__(self, record: Record) -> dict[str, tuple[Any, ...]]:
        tree = tree_of(record)
        scale = Scale(tree)
        holders = Holders(tree, record.attributions)
        predicates: list[Predicate] = []
        factualities: list[Factuality] = []
        for n, i in enumerate(find_predicates(tree)):
            weight, name = scale.weigh(i), f"r{n}"
            predicates.append(_predicate(tree, i, name, weight, scale.negation(i) is not None))
            factualities.append(_factuality(tree, name, AUTHOR, weight))
            factualities.extend(_factuality(tree, name, a.id, holders.weigh(a, i)) for a in holders.of(i))
        return {"predicates": tuple(predicates), "factualities": tuple(factualities)}


def _predicate(tree: Tree, i: int, name: str, weight: Weight, negated: bool) -> Predicate:
    token = tree.tokens[i]
    return Predicate(
        id=name,
        span=token.span,
        by=weight.by,
        token=i,
        negated=negated,
        status=weight.status,
        cues=tuple(tree.tokens[k].span for k in sorted(set(weight.cues))),
    )


def _factuality(tree: Tree, predicate: str, holder: str, weight: Weight) -> Factuality:
    cues = tuple(tree.tokens[k].span for k in sorted(set(weight.cues)))
    number = round(weight.number, 2)
    return Factuality(predicate=predicate, holder=holder, value=_value(number), number=number, cues=cues, by=weight.by)


def _value(number: float) -> FactValue:
    """FactBank's value: certain from 2.2, probable from 1.4, possible from 0.6, with the sign of the number."""
    size = abs(number)
    if size < 0.6:
        return "Uu"
    if number > 0:
        return "CT+" if size >= 2.2 else "PR+" if size >= 1.4 else "PS+"
    return "CT-" if size >= 2.2 else "PR-" if size >= 1.4 else "PS-"
