"""Reports in, what they are to each other out: the story of each, the copies, and the events that they share."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence

from msgspec import Struct

from dateline.merge.copies import copies_of
from dateline.merge.corrections import Correction, corrected, ties
from dateline.merge.events import events_of, weights_of
from dateline.merge.judging import TellingId
from dateline.merge.neighbours import cosine
from dateline.merge.sketches import Sketch, sketch_of
from dateline.merge.stories import stories_of
from dateline.model import Event, Record

OWN = 0.6
"""What a report is taken to be like itself: two tellings that its own reading kept apart may still be of one event."""


class Merged(Struct, frozen=True, kw_only=True):
    """Reports side by side. ``stories``: report id -> story id. ``copies``: report id -> id of its origin.
    ``events``: (report id, id of the event's first mention there) -> event id across reports; why two tellings are
    one is told by :func:`dateline.merge.judging.judge`."""

    stories: dict[str, str]
    copies: dict[str, str]
    events: dict[TellingId, str]

    def event_of(self, article: str, event: Event) -> str:
        """The id that mentions of one event in the world share."""
        return self.events[article, event.same_as or event.id]


def merge(records: Iterable[Record]) -> Merged:
    """Lay records side by side. The order of the records changes nothing; their article ids must differ."""
    return merge_sketches([sketch_of(record) for record in records])


def merge_sketches(sketches: Iterable[Sketch], corrections: Sequence[Correction] = ()) -> Merged:
    """As :func:`merge`, of what is kept of reports; what a person corrected (in the order given) wins."""
    ordered = sorted((corrected(sketch, corrections) for sketch in sketches), key=lambda sketch: sketch.id)
    copies = copies_of(ordered)
    stories = stories_of(ordered, copies)
    tellings = [telling for sketch in ordered for telling in sketch.tellings]
    words = {sketch.id: sketch.words for sketch in ordered}
    likeness = functools.cache(lambda left, right: OWN if left == right else cosine(words[left], words[right]))
    weights = weights_of(tellings, stories, likeness, ties(tellings, corrections))
    return Merged(stories=stories, copies=copies, events=events_of(tellings, weights))
