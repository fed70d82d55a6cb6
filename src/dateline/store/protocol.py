"""What an archive can do, whatever engine is under it: records and rejections in, reports, hits and counts out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Protocol, Self

from dateline.model import Record, Rejection
from dateline.store.nouns import (
    Change,
    Edition,
    Hit,
    Judgement,
    JudgementKind,
    Key,
    Placement,
    Provenance,
    Query,
    Receipt,
    Report,
    SketchRow,
    Status,
    Story,
    WorldHits,
)


class Store(Protocol):
    """An archive. Each call that changes something is one transaction: it is there whole or not at all, readers see
    the state before or after it, and it is on disk when the call returns. Iterators see one state from their first
    step to their last. Any call may raise :class:`~dateline.errors.StoreError` (busy for too long, disk full, not
    writable, server gone), which says what to do; the archive is then as it was. May be shared by threads; each
    process opens its own."""

    # What was handed in

    def add(
        self,
        result: Record | Rejection,
        given: Provenance | None = None,
        *,
        sketch: SketchRow | None = None,
        readmit: bool = False,
    ) -> Receipt:
        """Files what came of one input, with its sketch. Without ``given`` the input is what record or rejection say
        of themselves (origin, offset, id). A report that the archive holds is a duplicate and changes nothing. One
        that was forgotten ends as an error, unless ``readmit``."""
        ...

    def refile(self, record: Record, sketch: SketchRow) -> None:
        """Puts a newer reading of a report in the place of the one before, with its sketch, and marks it stale. The
        report's article must be as it was: its id is. Judgements, editions and the ledger stay. Raises
        :class:`~dateline.errors.StoreError` where there is no such report."""
        ...

    def finished(self, keys: Collection[str]) -> set[str]:
        """Those of some input keys (:func:`dateline.store.input_key`) that need not be handed in again: they ended as
        a record, a duplicate or an error, or were forgotten."""
        ...

    def errors(self) -> Iterator[Rejection]:
        """Every input that ended as an error, by origin and offset."""
        ...

    def forget(self, report: str, reason: str, *, renew: Collection[str] = ()) -> None:
        """Takes a report out: record, events, words, sketch and ledger entries. Its hash stays, so that adding it
        again is refused. ``renew`` are reports that become stale in the same transaction. Raises
        :class:`~dateline.errors.StoreError` where there is no such report."""
        ...

    # Reading

    def report(self, id: str) -> Report:
        """A report by its id, or by a beginning of it that no other has (4 characters or more). Raises
        :class:`~dateline.errors.StoreError` where there is none, or more than one."""
        ...

    def record(self, report: str) -> Record:
        """The record of a report, as it was added, checked against its hash. Raises
        :class:`~dateline.errors.DamageError` where it differs, :class:`~dateline.errors.StoreError` where there is
        none."""
        ...

    def reports(self, query: Query | None = None) -> Iterator[Report]:
        """Reports in which something of the query is found, by day of publication (undated last), then id. A query for
        an event finds the reports that tell one. None: every report."""
        ...

    def search(self, query: Query) -> Iterator[Hit]:
        """The events found, by day (undated last), then publication, report, and place in the text."""
        ...

    def status(self) -> Status:
        """Counts, size and versions."""
        ...

    def state(self) -> str:
        """Words that differ once anything was written; cheap, so that what is laid out of an archive can be kept until
        then. They may differ where nothing that is read has changed."""
        ...

    def stamp(self) -> str | None:
        """Words that are the same as long as nothing is written, also after the archive was closed and opened, and
        others afterwards (but for one chance in two thousand million); None where the engine has none."""
        ...

    # Editions

    def editions(self, report: str) -> tuple[Edition, ...]:
        """All editions of a report in the order in which they were seen, itself included; one where there is no
        other."""
        ...

    def changes(self, left: str, right: str) -> tuple[Change, ...]:
        """What differs between two reports, field by field and, within the text, by stretches of words."""
        ...

    # What the merge keeps here

    def put_sketch(self, report: str, sketch: SketchRow) -> None:
        """Puts another sketch and other keys in the place of a report's, and marks it stale."""
        ...

    def sketches(self, reports: Collection[str]) -> dict[str, bytes]:
        """Sketches by report id; a report without one, or not here, is absent."""
        ...

    def neighbours(self, keys: Iterable[Key], limit: int | None) -> dict[Key, tuple[str, ...]]:
        """The reports that hold each key, in order of id, at most ``limit`` a key (ask for one more than you want in
        order to see that a key is too common; None is all). A key that none holds is absent."""
        ...

    def stale(self, limit: int | None = None) -> tuple[str, ...]:
        """Ids of the reports whose place is to be found (again), by day of publication (undated last), then id; the
        first ``limit`` of them."""
        ...

    def renew(self, reports: Collection[str]) -> None:
        """Marks reports stale; those that are not here are passed over."""
        ...

    def turn(self) -> int:
        """A number that grows with every judgement and withdrawal; see :meth:`place`."""
        ...

    def place(
        self,
        placements: Iterable[Placement],
        *,
        as_of: int | None = None,
        seen: Mapping[str, Collection[str]] | None = None,
        beside: Mapping[str, Placement] | None = None,
        renew: Collection[str] = (),
    ) -> bool:
        """Files where reports belong and marks them merged, all in one transaction. Reports that are no longer here
        are passed over. An event of a report that a placement leaves out loses its world's event. With ``as_of`` (a
        :meth:`turn` taken before the judgements were read) nothing is filed, and False returned, where a person has
        judged meanwhile; with ``seen`` (the members of every component that the reports stood in) where another
        program has placed or forgotten one of them; with ``beside`` (where each report stood beside which they were
        laid) where one of those stands elsewhere now: read again what there is. ``renew`` are reports that become
        stale in the same transaction, since they were laid beside these."""
        ...

    def components(self, reports: Collection[str]) -> dict[str, str]:
        """The component of each report; one that was never placed is absent."""
        ...

    def placements(self, reports: Collection[str]) -> dict[str, Placement]:
        """Where reports stand now; a report that was never placed is absent."""
        ...

    def members(self, components: Collection[str]) -> dict[str, tuple[str, ...]]:
        """Report ids by component, in order; a component without members is absent."""
        ...

    def stories(self) -> Iterator[Story]:
        """Stories by first day (undated last), then id."""
        ...

    def worlds(self, query: Query) -> Iterator[WorldHits]:
        """Events of the world that have a telling in the query, by first day (undated last), then id. ``limit`` and
        ``offset`` count events of the world."""
        ...

    # What a person decided

    def judge(
        self,
        kind: JudgementKind,
        left: str,
        right: str | None = None,
        value: str | None = None,
        *,
        by: str,
        note: str = "",
        reports: Collection[str] = (),
    ) -> Judgement:
        """Adds a judgement and marks the reports that it names stale. Nothing is overwritten: later ones stand beside
        it."""
        ...

    def judgements(self, *, withdrawn: bool = False) -> tuple[Judgement, ...]:
        """Judgements in the order in which they were given; those withdrawn only where asked for."""
        ...

    def withdraw(self, judgement: int) -> Judgement:
        """Marks a judgement withdrawn (it stays on record) and its reports stale; a second time changes nothing.
        Raises :class:`~dateline.errors.StoreError` where there is none of that number."""
        ...

    # Keeping

    def check(self) -> Iterator[str]:
        """One line for everything that is not as it was written, naming the report where it is one's; none when all is
        well. Covers the engine's own check, the hash of every record, the search tables and words against the records,
        the ledger's sums."""
        ...

    def backup(self, to: Path, *, replace: bool = False) -> None:
        """Writes the archive as it is now into one embedded archive file, while others read and write; the file
        appears whole or not at all, and is checked before. A server's archive too: :func:`dateline.store.restore` takes
        either back. Raises :class:`~dateline.errors.DamageError` for a damaged archive, and
        :class:`~dateline.errors.StoreError` where there is a file: an older backup is replaced only with ``replace``,
        anything else never."""
        ...

    def export(self, out: BinaryIO) -> int:
        """Writes ``{"report", "record"}`` a line in order of id and returns the number of lines. The bytes depend on
        the reports alone, not on when, whence or in which order they came: ``id`` of the article is the report's,
        ``origin`` and ``retrieved`` are left out. Raises :class:`~dateline.errors.DamageError` at a damaged record."""
        ...

    def close(self) -> None:
        """Lets go of the file or server; further calls fail."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
