"""The event ontology (``data/ontology``) in, typed tables out: PLOVER types, modes, contexts, CAMEO, wider types."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from dateline.errors import KnowledgeError
from dateline.knowledge import files

QUADS = {"VC": "verbal cooperation", "MC": "material cooperation", "VX": "verbal conflict", "MX": "material conflict"}


class EventType(Struct, frozen=True, kw_only=True):
    """A PLOVER type. ``planned`` and ``refused`` are the types that a future or a refused act of it is coded as;
    ``modes`` maps a mode to its score on the scale from conflict (-10) to cooperation (10)."""

    name: str
    quad: str
    score: float
    definition: str
    unless: str
    recipient_required: bool = False
    planned: str | None = None
    refused: str | None = None
    modes: Mapping[str, float]
    mode_definitions: Mapping[str, str]


class CameoCode(Struct, frozen=True, kw_only=True):
    """A CAMEO code with the PLOVER type and mode it crosses to; ``plover`` is None for what PLOVER drops."""

    cameo: str
    name: str
    plover: str | None
    mode: str | None
    context: str | None


class Ontology(Struct, frozen=True, kw_only=True):
    """All of it. ``wider`` maps our own types to their definitions; ``context_words`` a lemma to contexts."""

    types: Mapping[str, EventType]
    wider: Mapping[str, str]
    contexts: Mapping[str, str]
    context_words: Mapping[str, tuple[str, ...]]
    cameo: Mapping[str, CameoCode]

    def is_plover(self, name: str) -> bool:
        """Whether this is one of the 16 types."""
        return name in self.types

    def score(self, name: str, mode: str | None = None) -> float | None:
        """The score of a type in a mode, None for our wider types."""
        known = self.types.get(name)
        if known is None:
            return None
        return known.modes.get(mode, known.score) if mode else known.score

    def planned(self, act: str) -> str:
        """The type that an act still to come is coded as."""
        known = self.types.get(act)
        return (known.planned if known else None) or act

    def refused(self, act: str) -> str | None:
        """The type that a refusal of the act is coded as, None where a refusal is no event of its own."""
        known = self.types.get(act)
        return known.refused if known else None


@functools.cache
def load_ontology() -> Ontology:
    """The shipped ontology, read once. Raises :class:`KnowledgeError` where a table names an unknown type or mode."""
    types = {row["name"]: _type(row) for row in files.document(files.path("ontology", "types.yaml"))}
    contexts = {
        r["context"]: r["definition"]
        for r in files.rows(files.path("ontology", "contexts.csv"), ("context", "definition"))
    }
    words: dict[str, list[str]] = {}
    for row in files.rows(files.path("ontology", "context_words.csv"), ("lemma", "context")):
        if row["context"] not in contexts:
            raise KnowledgeError(f"ontology/context_words.csv: {row['lemma']}: no context {row['context']!r}")
        words.setdefault(row["lemma"], []).append(row["context"])
    return Ontology(
        types=types,
        wider={row["name"]: row["definition"] for row in files.document(files.path("ontology", "wider_types.yaml"))},
        contexts=contexts,
        context_words={lemma: tuple(found) for lemma, found in words.items()},
        cameo={code.cameo: code for code in _cameo(types, contexts)},
    )


def _type(row: Mapping[str, Any]) -> EventType:
    modes = row.get("modes", {})
    if row["quad"] not in QUADS:
        raise KnowledgeError(f"ontology/types.yaml: {row['name']}: quad {row['quad']!r} is not one of {sorted(QUADS)}")
    return EventType(
        name=row["name"],
        quad=row["quad"],
        score=float(row["score"]),
        definition=row["definition"],
        unless=row.get("unless", ""),
        recipient_required=row.get("recipient") == "required",
        planned=row.get("planned"),
        refused=row.get("refused"),
        modes={name: float(mode["score"]) for name, mode in modes.items()},
        mode_definitions={name: mode["definition"] for name, mode in modes.items()},
    )


def _cameo(types: Mapping[str, EventType], contexts: Mapping[str, str]) -> list[CameoCode]:
    found = []
    for row in files.rows(files.path("ontology", "cameo.csv"), ("cameo", "name", "plover", "mode", "context")):
        plover, mode, context = row["plover"] or None, row["mode"] or None, row["context"] or None
        if plover is not None and (plover not in types or (mode and mode not in types[plover].modes)):
            raise KnowledgeError(f"ontology/cameo.csv: {row['cameo']}: {plover} has no mode {mode!r}")
        if context is not None and context not in contexts:
            raise KnowledgeError(f"ontology/cameo.csv: {row['cameo']}: no context {context!r}")
        found.append(CameoCode(cameo=row["cameo"], name=row["name"], plover=plover, mode=mode, context=context))
    return found
