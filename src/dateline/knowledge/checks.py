"""The knowledge files in, a list of what is wrong with them out: file, row, what was found."""

from __future__ import annotations

import importlib
from collections.abc import Iterator

from dateline.errors import KnowledgeError
from dateline.knowledge.documents import document
from dateline.knowledge.files import DATA, data_files, name_of, rows

VIEWS = (
    "acting.load_acting",
    "actors.load_actors",
    "agents.load_agents",
    "calendar.load_words",
    "cameo_actors.load_cameo_actors",
    "calendar.load_holidays",
    "calendar.load_eras",
    "calendar.load_date_orders",
    "companies.load_companies",
    "countries.load_countries",
    "equipment.load_equipment",
    "gazetteer.load_gazetteer",
    "lemma_spread.load_lemma_spread",
    "same_event.load_same_event",
    "lexicons.load_cues",
    "lexicons.load_event_nouns",
    "lexicons.load_certainty",
    "merging.load_merging",
    "nominals.load_nominals",
    "ontology.load_acts",
    "ontology.load_ontology",
    "ontology.load_statuses",
    "outlines.load_outlines",
    "patterns.load_patterns",
    "phrases.load_phrases",
    "place_weights.load_place_weights",
    "sectors.load_sectors",
    "timeforms.load_grammar",
    "transfers.load_transfers",
    "wording.load_wording",
)
SOURCES = "SOURCES.yaml"


def problems() -> Iterator[str]:
    """Every file that does not load, every table without an origin, every view that cannot be made of its files."""
    yield from _files()
    yield from _origins()
    for view in VIEWS:
        module, _, load = view.partition(".")
        try:
            getattr(importlib.import_module(f"dateline.knowledge.{module}"), load)()
        except (KnowledgeError, KeyError, ValueError) as error:
            yield f"{view}: {error}"


def _files() -> Iterator[str]:
    for file in data_files():
        try:
            if file.suffix == ".csv":
                yield from _table(name_of(file), rows(file))
            elif file.suffix == ".yaml":
                document(file)
        except KnowledgeError as error:
            yield str(error)


def _table(name: str, found: list[dict[str, str]]) -> Iterator[str]:
    """A row that stands twice; white space at an edge of a value."""
    seen: set[tuple[str, ...]] = set()
    for number, row in enumerate(found, 2):
        values = tuple(row.values())
        if values in seen:
            yield f"{name}: line {number} stands twice: {', '.join(values)[:60]}"
        seen.add(values)
        bad = [column for column, value in row.items() if value != value.strip()]
        if bad:
            yield f"{name}: line {number}: white space at an edge of {', '.join(bad)}"


def _origins() -> Iterator[str]:
    """Tables that no entry of SOURCES.yaml covers (a key is a path below data/, or its beginning and a ``*``)."""
    origins = document(DATA / SOURCES)
    for file in data_files():
        name = name_of(file)
        covered = name == SOURCES or any(name == key or name.startswith(key.removesuffix("*")) for key in origins)
        if not covered:
            yield f"{name}: no entry in {SOURCES}"
