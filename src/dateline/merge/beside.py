"""What stands before the reports of a day and is still open: where it was placed, and who is laid beside what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from dateline.merge.sketches import Sketch
from dateline.merge.tellings import Telling


class Place(Struct, frozen=True, kw_only=True, gc=False):
    """Where an earlier report was placed: its story, its origin where it is a copy, and the event of the world of each
    of its own events (by the id of the first mention)."""

    story: str
    copy_of: str | None
    events: Mapping[str, str]


class Beside(Struct, frozen=True, kw_only=True, gc=False):
    """Earlier reports by id, where each was placed, and for each report of the day those beside which it is laid, with
    their similarity, the most alike first. Those that a person's judgement ties to it stand there too."""

    sketches: Mapping[str, Sketch]
    places: Mapping[str, Place]
    nearest: Mapping[str, Mapping[str, float]]

    def of(self, report: str) -> Mapping[str, float]:
        """The earlier reports beside which one is laid."""
        return self.nearest.get(report, {})

    def tellings(self, reports: Iterable[str]) -> list[Telling]:
        """What the earlier reports tell beside which these are laid, in order."""
        names = sorted({name for report in reports for name in self.of(report)})
        return [telling for name in names for telling in self.sketches[name].tellings]

    def event_of(self, telling: Telling) -> str | None:
        """The event of the world that an earlier telling was placed in."""
        return self.places[telling.article].events.get(telling.event)

    def originals(self) -> Sequence[Sketch]:
        """The earlier reports that are no copies."""
        return [sketch for name, sketch in sorted(self.sketches.items()) if self.places[name].copy_of is None]


NOTHING = Beside(sketches={}, places={}, nearest={})
"""Before the first day."""
