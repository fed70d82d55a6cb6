"""A record in, the same record with the lines that were too doubtful to show under their own types out."""

from __future__ import annotations

import msgspec

from dateline.knowledge.ontology import OTHER, load_ontology, shown_as
from dateline.model import Event, Record


def with_doubtful(record: Record) -> Record:
    """Every line that was decided, also those below the threshold of showing."""
    return msgspec.structs.replace(record, events=tuple(_shown(event) for event in record.events))


def _shown(event: Event) -> Event:
    if event.type != OTHER or not event.act:
        return event
    kind = shown_as(event.act)
    plover = load_ontology().is_plover(kind)
    return msgspec.structs.replace(event, type=kind, ontology="plover" if plover else "dateline")
