"""The learned weights of the places stage: what each piece of evidence says, from ``data/places/weights.csv``."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence

from dateline.errors import KnowledgeError
from dateline.knowledge import files

SENSE_FEATURES = (
    "population",
    "ahead",
    "country",
    "region",
    "county",
    "area",
    "facility",
    "airport",
    "other_name",
    "contained",
    "region_hint",
    "city_hint",
    "company_country",
    "company_region",
    "company_near",
    "capital",
    "acting_capital",
    "beside_best_known",
    "small_capital_in_company",
    "region_of_a_capitals_name",
)
"""What a sense is judged by, in the order of its row of numbers."""


class PlaceWeights:
    """``span``: evidence that words are a toponym. ``alone`` and ``together``: how a sense is judged without and
    with the report's other names."""

    __slots__ = ("_alone", "_span", "_together", "span_bias")

    def __init__(self, span: Mapping[str, float], alone: Sequence[float], together: Sequence[float]) -> None:
        self._span, self._alone, self._together = dict(span), tuple(alone), tuple(together)
        self.span_bias = self._span.get("bias", 0.0)

    def span_weight(self, evidence: str) -> float:
        """What one piece of evidence adds; nothing where it was never learned."""
        return self._span.get(evidence, 0.0)

    def sense_score(self, row: Sequence[float], together: bool) -> float:
        """The score of one sense from its row of :data:`SENSE_FEATURES`."""
        weights = self._together if together else self._alone
        return sum(w * x for w, x in zip(weights, row, strict=True) if x)

    def tables(self) -> dict[str, dict[str, float]]:
        """The sense weights by model and feature, as the file holds them."""
        named = {"alone": self._alone, "together": self._together}
        return {model: dict(zip(SENSE_FEATURES, weights, strict=True)) for model, weights in named.items()}


@functools.cache
def load_place_weights() -> PlaceWeights:
    """The shipped weights. Raises :class:`KnowledgeError` where a feature has none."""
    tables: dict[str, dict[str, float]] = {"span": {}, "alone": {}, "together": {}}
    for row in files.rows(files.path("places", "weights.csv"), ("model", "evidence", "weight")):
        tables[row["model"]][row["evidence"]] = float(row["weight"])
    for model in ("alone", "together"):
        missing = [f for f in SENSE_FEATURES if f not in tables[model]]
        if missing:
            raise KnowledgeError(f"places/weights.csv: model {model!r} has no weight for {', '.join(missing)}")
    alone, together = ([tables[m][f] for f in SENSE_FEATURES] for m in ("alone", "together"))
    return PlaceWeights(tables["span"], alone, together)
