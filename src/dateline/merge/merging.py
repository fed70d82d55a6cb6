"""Records in, what they are to each other out: the story of each, the copies, and the events that they share."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from dateline.merge.copies import copies_of
from dateline.merge.events import events_of, judgements_of
from dateline.merge.judging import Judgement, TellingId
from dateline.merge.stories import stories_of
from dateline.merge.tellings import tellings_of
from dateline.model import Event, Record


class Merged(Struct, frozen=True, kw_only=True):
    """Records side by side. ``stories``: article id -> story id. ``copies``: article id -> id of its origin.
    ``events``: (article id, id of the event's first mention there) -> event id across reports, with the
    ``judgements`` that led to it."""

    stories: dict[str, str]
    copies: dict[str, str]
    events: dict[TellingId, str]
    judgements: tuple[Judgement, ...]

    def event_of(self, article: str, event: Event) -> str:
        """The id that mentions of one event in the world share."""
        return self.events[article, event.same_as or event.id]


def merge(records: Iterable[Record]) -> Merged:
    """Lay records side by side. The order of the records changes nothing; their article ids must differ."""
    ordered = sorted(records, key=lambda record: record.article.id)
    copies = copies_of(ordered)
    stories = stories_of(ordered, copies)
    tellings = [telling for record in ordered for telling in tellings_of(record)]
    judgements = judgements_of(tellings, stories)
    return Merged(stories=stories, copies=copies, events=events_of(tellings, judgements), judgements=tuple(judgements))
