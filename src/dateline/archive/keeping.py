"""One object over an open archive: read into it, find in it, lay side by side, correct, keep it safe."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self, Unpack

from dateline.archive import correcting, laid, viewing
from dateline.archive.adding import Added, add
from dateline.archive.asking import Filters, query_from
from dateline.archive.placing import forget
from dateline.archive.prepared import Prepared
from dateline.archive.rereading import reread
from dateline.archive.tabling import rows_of, table_of
from dateline.batch.reading import read_found
from dateline.batch.sources import fenced_articles
from dateline.errors import StoreError
from dateline.export.archive_view import Chronicle
from dateline.export.event_rows import EventRow
from dateline.export.event_table import EventTable
from dateline.intake.days import Day, day_from
from dateline.intake.found import About, Outcome
from dateline.merge.worlds import World
from dateline.model import Record, Rejection
from dateline.pipeline import pipeline
from dateline.settings import Settings
from dateline.store import Edition, Hit, Judgement, Query, Report, Status, Store, open_store
from dateline.store.nouns import JudgementKind

Told = Callable[[Added, Rejection | None], None]
MANY = 1000
"""Reports from which on what is laid out is kept also where somebody only asks for the chronicle."""


class Archive:
    """An open archive. ``where`` is a file or ``postgresql://…``. Whatever changes what reports say together lays them
    side by side again at once; looking writes nothing into it, so that it waits for nobody and does on a disk that
    cannot be written (``read_only``); beside a large one it keeps what it laid out (:mod:`dateline.archive.laid`).
    Raises :class:`StoreError` where it cannot be opened."""

    def __init__(
        self, where: str | Path, configured: Settings, *, create: bool = False, read_only: bool = False
    ) -> None:
        self.settings = configured
        self.store: Store = open_store(where, create=create, read_only=read_only)
        self._file = None if "://" in str(where) else Path(where)
        self._laid: laid.Laid | None = None

    def __repr__(self) -> str:
        try:
            counts = self.store.status()
        except StoreError:
            return f"<{self.store!r}: closed or out of reach>"
        return f"<{self.store!r}: {counts.records:,} reports, {counts.worlds:,} events>"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.store.close()

    def add(
        self,
        sources: Sequence[str],
        about: About = About(),  # noqa: B008 - immutable
        *,
        again: bool = False,
        told: Told = lambda _added, _error: None,
    ) -> Added:
        """Reads sources into the archive; see :func:`dateline.archive.adding.add`. ``again`` takes back in what was
        forgotten."""
        outcomes = fenced_articles(sources, self.settings, about, several=True)
        return self.file(outcomes, again=again, told=told)

    def file(
        self,
        outcomes: Iterable[Outcome],
        *,
        again: bool = False,
        told: Told = lambda _added, _error: None,
    ) -> Added:
        """Reads what intake found into the archive, as :meth:`add` does."""
        return add(self.store, outcomes, lambda found: read_found(found, self.settings), readmit=again, told=told)

    def reread(self) -> tuple[int, list[Rejection]]:
        """Reads again what another version of the program or of its knowledge read; see
        :func:`dateline.archive.rereading.reread`."""
        made_by = pipeline(self.settings).made_by
        return reread(self.store, made_by, lambda found: read_found(found, self.settings))

    def status(self) -> Status:
        """Counts, size, versions."""
        return self.store.status()

    def search(self, query: Query) -> list[Hit]:
        """The events found, as single reports tell them."""
        return list(self.store.search(query))

    @property
    def waiting(self) -> int:
        """Reports that have not found their place among the others (again): somebody is adding, or was stopped."""
        return len(self.store.stale())

    def reports(self, query: Query | None = None) -> Iterator[Report]:
        """The reports in which something of the query is found."""
        return self.store.reports(query)

    def record(self, report: str) -> Record:
        """The record of a report, by its id or the beginning of it."""
        return self.store.record(self.store.report(report).id)

    def chronicle(self, query: Query, *, since: date | None = None, every: bool = False) -> Chronicle:
        """What the reports say together."""
        return viewing.chronicle(self.store, query, since=since, every=every, among=self._laid_out())

    def _laid_out(self) -> Sequence[World] | None:
        """All events, where it pays to lay them out once and keep them for the next question; else None."""
        if self._file is None:
            return None
        before = self._laid or laid.kept(self._file)
        if before is None or self.store.stamp() != before.stamp:
            if self.store.status().records < MANY:
                return None
            before = laid.laid_out(self.store, before)
            self._keep(before)
        self._laid = before
        return before.worlds

    def every(self) -> tuple[list[World], frozenset[str]]:
        """All events that the archive holds, by day, and the ids of those that the chronicle leaves out."""
        found = viewing.every_world(self.store)
        return found, frozenset(world.id for world in found if viewing.slight(world))

    def of_those(self, worlds: Sequence[World], query: Query) -> list[World]:
        """Those of some events of which a telling is found by a query."""
        return viewing.found_among(self.store, worlds, query)

    def events(self, *, changed_since: Day = None, every: bool = False, **filters: Unpack[Filters]) -> EventTable:
        """The events of the chronicle as rows, for frames and files: ``archive.events(since="2025-05-05",
        until="2025-05-11").to_pandas()``. The filters are those of :class:`~dateline.archive.asking.Filters`; with
        ``changed_since`` only what a report of that day or later tells, with ``every`` statements and the like too."""
        return self.table(self.chronicle(query_from(filters), since=day_from(changed_since), every=every))

    def table(self, chronicle: Chronicle) -> EventTable:
        """The events of a chronicle as rows."""
        return table_of(self.store, chronicle)

    def rows(self, worlds: Sequence[World]) -> list[EventRow]:
        """Some events as rows."""
        return list(rows_of(self.store, worlds))

    def world(self, name: str) -> World:
        """An event of the world by its id. Raises :class:`InputError` where there is none."""
        return correcting.world(self.store, name)

    def forget(self, report: str, reason: str) -> None:
        """Takes a report out; see :func:`dateline.archive.placing.forget`. What was laid out for looking goes too."""
        forget(self.store, self.store.report(report).id, reason)
        self._laid = None
        if self._file is not None:
            laid.drop(self._file)

    def same(self, left: str, right: str, same: bool, by: str, note: str = "") -> Judgement:
        """A person's judgement that two events (ids of the world, or ``report@start``) are one, or are not."""
        return correcting.called(self.store, same, left, right, by, note)

    def rename(self, old: str, new: str, by: str, note: str = "") -> Judgement:
        """A person's name for somebody or something, in place of a name (or knowledge id) that was read."""
        return correcting.renamed(self.store, old, new, by, note)

    def give(self, kind: JudgementKind, event: str, value: str | None, by: str, note: str = "") -> Judgement:
        """A person's type, place, day, status, actor or recipient for one telling of an event, or for every telling of
        an event of the world; or that it is ``no event``. One act is one judgement, whatever it touches."""
        return correcting.given(self.store, kind, event, value, by, note)

    def withdraw(self, judgement: int) -> Judgement:
        """Takes a person's judgement back."""
        return correcting.withdrawn(self.store, judgement)

    def corrections(self, *, withdrawn: bool = False) -> Iterable[Judgement]:
        """What persons decided, in the order of their acts; what they took back only where asked for."""
        return self.store.judgements(withdrawn=withdrawn)

    def state(self) -> str:
        """Words that differ once the archive was written to."""
        return self.store.state()

    def prepared(self, before: Prepared | None = None) -> Prepared:
        """All of the archive as it is now, laid out for looking: about a second for a thousand reports, of those that
        tell something else than what was laid out ``before``."""
        return Prepared(self.store, before=before.laid if before is not None else None)

    def prepared_before(self) -> Prepared | None:
        """The archive as it was laid out and kept (:meth:`keep`) by this or an earlier program; its ``state`` is none
        of the archive's where something was written since. None where nothing is kept of this archive."""
        found = laid.kept(self._file) if self._file else None
        if found is None:
            return None
        state = self.store.state()
        if self.store.stamp() == found.stamp:
            return Prepared(self.store, found, state)
        return Prepared(self.store, found, "before") if laid.is_of(found, self.store) else None

    def keep(self, prepared: Prepared) -> None:
        """Keeps what was laid out in a file beside the archive's own, for the next program; not of a server, nor where
        nothing can be written, nor where the archive was written to meanwhile."""
        self._keep(prepared.laid)

    def _keep(self, now: laid.Laid) -> None:
        if self._file is None or self.store.stamp() != now.stamp:
            return
        laid.keep(now, self._file)
        if self.store.stamp() != now.stamp:  # perhaps something was forgotten
            laid.drop(self._file)

    def report(self, name: str) -> Report:
        """A report by its id or the beginning of it."""
        return self.store.report(name)

    def editions(self, report: str) -> tuple[Edition, ...]:
        """All editions of a report, each with what differs from the one before it."""
        return self.store.editions(report)

    def export(self, out: BinaryIO) -> int:
        """Every record, canonical; how many there were."""
        return self.store.export(out)
