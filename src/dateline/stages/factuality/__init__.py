"""How sure, and who says so: tokens and attributions in, ``predicates`` and ``factualities`` (a holder each) out."""

from __future__ import annotations

from typing import Any

from dateline.grammar import Tree, tree_of
from dateline.knowledge.lexicons import load_cues
from dateline.model import AUTHOR, Attribution, Factuality, FactValue, Predicate, Record, Span
from dateline.stages.factuality.predicates import find_predicates
from dateline.stages.factuality.weigh import Scale, Weight

DEEPEST = 8
"""Sources that are asked about one predicate; deeper nesting is no news."""


class Factualities:
    """Fill ``predicates`` with status and polarity, and ``factualities`` for the author and each source."""

    name = "factuality"
    needs = frozenset({"tokens", "attributions", "timexes"})
    gives = frozenset({"predicates", "factualities"})

    def __call__(self, record: Record) -> dict[str, tuple[Any, ...]]:
        tree = tree_of(record)
        scale = Scale(tree)
        holders = _Holders(tree, record.attributions)
        predicates: list[Predicate] = []
        factualities: list[Factuality] = []
        for n, i in enumerate(find_predicates(tree)):
            weight, name = scale.weigh(i), f"r{n}"
            predicates.append(_predicate(tree, i, name, weight, scale.negation(i) is not None))
            factualities.append(_factuality(tree, name, AUTHOR, weight))
            factualities.extend(_factuality(tree, name, a.id, holders.weigh(a, i)) for a in holders.of(i))
        return {"predicates": tuple(predicates), "factualities": tuple(factualities)}


_UNKNOWN = {"speech": "certain", "evidence": "certain", "belief": "probable", "attitude": "open"}
"""What the source of a cue outside the lexicon is taken to claim, by its stance."""


class _Holders:
    """The attributions of one report by the tokens that their content covers."""

    def __init__(self, tree: Tree, attributions: tuple[Attribution, ...]) -> None:
        self._tree = tree
        self._scales: dict[int, Scale] = {}
        self._at: dict[int, list[Attribution]] = {}
        self._heads: dict[str, int | None] = {}
        starts = [token.start for token in tree.tokens]
        for attribution in attributions:
            self._heads[attribution.id] = _head_of(tree, starts, attribution.cue)
            for span in attribution.content:
                for k in _between(starts, span):
                    held = self._at.setdefault(k, [])
                    if len(held) < DEEPEST:
                        held.append(attribution)

    def of(self, i: int) -> list[Attribution]:
        """The sources that speak of token ``i``, outermost first."""
        return self._at.get(i, [])

    def weigh(self, attribution: Attribution, i: int) -> Weight:
        """What this source claims: everything above its cue left out, its own commitment put in."""
        head = self._heads[attribution.id]
        if head is None:
            return Scale(self._tree).weigh(i)
        scale = self._scales.setdefault(head, Scale(self._tree, head))
        weight = scale.weigh(i)
        cue, token = load_cues().get(_row_of(attribution.by)), self._tree.tokens[i]
        statement = token.upos == "NOUN" and (token.lemma.lower(), "noun") in load_cues()
        if cue is not None and cue.commitment == "denied" and statement:
            return weight  # who denies a report does not deny that there was one
        return _committed(weight, cue.commitment if cue is not None else _UNKNOWN[attribution.stance], head)


def _row_of(by: str) -> tuple[str, str]:
    word, _, pos = by.removeprefix("cues:").rpartition("/")
    return word, pos


def _committed(weight: Weight, commitment: str, head: int) -> Weight:
    """A source that suspects, denies or only wishes is less sure than its words for the thing itself."""
    number, cues = weight.number, (*weight.cues, head)
    if commitment == "denied":
        return Weight(-2.6 if number > 0 else -number, "denied", cues, "commitment")
    if commitment == "open" and weight.status not in {"possible", "planned"}:
        return Weight(max(-0.5, min(number, 0.5)), weight.status, cues, "commitment")
    ceiling = {"probable": 2.0, "possible": 1.0}.get(commitment)
    if ceiling is None or abs(number) <= ceiling:
        return weight
    return Weight(ceiling if number > 0 else -ceiling, weight.status, cues, "commitment")


def _between(starts: list[int], span: Span) -> range:
    from bisect import bisect_left

    return range(bisect_left(starts, span.start), bisect_left(starts, span.end))


def _head_of(tree: Tree, starts: list[int], cue: tuple[Span, ...]) -> int | None:
    """The topmost token of a cue."""
    if not cue:
        return None
    inside = _between(starts, cue[0])
    return next((k for k in inside if tree.tokens[k].head not in inside), None)


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
