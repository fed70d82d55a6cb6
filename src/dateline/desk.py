"""One object behind every door: reads reports, lays them side by side, writes them out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import IO, TYPE_CHECKING

from dateline.errors import DatelineError, InputError
from dateline.model import Record, Rejection
from dateline.settings import Settings, settings

if TYPE_CHECKING:
    from dateline.archive.keeping import Archive
    from dateline.archive.viewing import Chronicle
    from dateline.batch.running import Batch, Progress
    from dateline.batch.settling import Summary
    from dateline.export.event_table import EventTable
    from dateline.intake.days import Day
    from dateline.intake.found import About
    from dateline.knowledge.bearers import Bearer

FORMATS = ("text", "json", "standoff", "html", "conllu", "compact")
ROW_FORMATS = ("standoff", "json", "compact")


class Desk:
    """Read, merge, export. Nothing heavy is loaded before the first report."""

    def __init__(self, configured: Settings | None = None) -> None:
        self.settings = configured or settings()

    def read_text(
        self,
        text: str,
        *,
        id: str = "report",
        title: str | None = None,
        published: Day = None,
        publisher: str | None = None,
        url: str | None = None,
        origin: str | None = None,
    ) -> Record:
        """The record of one report. Raises :class:`InputError` for text that cannot be one."""
        from dateline.intake.text import article_from_text
        from dateline.pipeline import pipeline

        article = article_from_text(
            text,
            id=id,
            title=title,
            published=published,
            publisher=publisher,
            url=url,
            origin=origin,
            max_characters=self.settings.max_characters,
        )
        return pipeline(self.settings).read(article)

    def read_bytes(
        self,
        raw: bytes,
        *,
        id: str,
        title: str | None = None,
        published: Day = None,
        publisher: str | None = None,
    ) -> Record:
        """The record of a file's bytes, a text or a page; what was doubtful about them is marked on it. Feeds, archives
        and tables hold several reports: see :meth:`read_sources`."""
        from dateline.batch.reading import with_doubts
        from dateline.intake.days import day_from
        from dateline.intake.found import About
        from dateline.intake.sources import found_in_bytes
        from dateline.pipeline import pipeline

        if len(raw) > self.settings.max_bytes:
            limit = self.settings.max_bytes
            raise InputError(f"it has {len(raw):,} bytes, more than max_bytes = {limit:,}; raise the limit to read it")
        day = day_from(published)
        found = found_in_bytes(
            raw, self.settings, id, About(title=title, published=str(day) if day else None, publisher=publisher)
        )
        return with_doubts(pipeline(self.settings).read(found.article), found.faults)

    def read_file(
        self,
        file: Path,
        *,
        title: str | None = None,
        published: Day = None,
        publisher: str | None = None,
    ) -> Record:
        """The record of a file. Raises :class:`InputError` for a missing or unreadable one."""
        try:
            with file.open("rb") as stream:
                raw = stream.read(self.settings.max_bytes + 1)
        except OSError as error:
            raise InputError(f"it cannot be opened: {error.strerror or error}") from None
        return self.read_bytes(raw, id=file.name, title=title, published=published, publisher=publisher)

    def read_sources(
        self,
        sources: Sequence[str],
        *,
        title: str | None = None,
        published: str | None = None,
        publisher: str | None = None,
    ) -> Iterator[Record | Rejection]:
        """A record or a rejection for every report of files, folders, patterns, web addresses or ``-``: pages, feeds,
        web archives, tables, texts, all opened and read in processes that are ended where they break ``max_seconds``
        or ``max_memory`` (a script that calls this stands behind ``if __name__ == "__main__":``). What is given here
        wins over what the inputs say of themselves."""
        from dateline.batch.sources import read_sources

        return read_sources(sources, self.settings, _about(title, published, publisher))

    def rows(
        self,
        lines: Iterable[bytes],
        to: str,
        published: str | None = None,
        publisher: str | None = None,
        title: str | None = None,
        told: Callable[[Record | Rejection], None] = lambda _result: None,
    ) -> Iterator[bytes]:
        """JSON Lines in, JSON Lines out, in order; a row that cannot be read becomes an error row. What is given here
        wins over what the rows say. ``told`` hears of each result."""
        from dateline.batch.rows import read_rows

        for result in read_rows(lines, self.settings, _about(title, published, publisher)):
            told(result)
            yield _line(self._shown(result) if isinstance(result, Record) else result, to)

    def merged_rows(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        """As :meth:`rows` in standoff, laid side by side: ``story``, ``copy_of``, and event ids across documents."""
        from dateline.batch.rows import read_rows
        from dateline.export.merged import to_merged_standoff
        from dateline.wire import json_line

        results = list(read_rows(lines, self.settings))
        for row in to_merged_standoff(results):
            yield json_line(row)

    def archive(self, where: str | None = None, *, create: bool = False, read_only: bool = False) -> Archive:
        """The archive of the settings, or another one. Raises :class:`StoreError` where it cannot be opened."""
        from dateline.archive.keeping import Archive

        return Archive(where or self.settings.archive, self.settings, create=create, read_only=read_only)

    @staticmethod
    def events(records: Record | Iterable[Record]) -> EventTable:
        """The events of one record or several as rows, for frames and files."""
        from dateline.export.event_table import table_of

        return table_of(records)

    @staticmethod
    def event_formats() -> tuple[str, ...]:
        """The names of the formats that rows of events are written in."""
        from dateline.export.formats import FORMATS as FILES

        return tuple(FILES)

    @staticmethod
    def event_suffix(to: str) -> str:
        """The ending of files in such a format."""
        from dateline.export.formats import FORMATS as FILES

        return FILES[to].suffix

    @staticmethod
    def batch(batch: Batch, archive: str | None, told: Callable[[str, Progress], None]) -> tuple[Summary, str | None]:
        """Runs a batch to its end, and files it in an archive where one is named: what it came to, and what the archive
        holds then. ``told`` hears how far each of the two is."""
        from dateline.archive.filing import file_batch
        from dateline.batch.running import run

        plan, summary = run(batch, lambda progress: told("read", progress))
        held = file_batch(batch, plan, archive, lambda progress: told("file", progress)) if archive else None
        return summary, held

    @staticmethod
    def restore(backup: Path, where: str) -> None:
        """Makes an archive of a backup, which is checked first."""
        from dateline.store import restore

        restore(backup, where)

    @staticmethod
    def shown(chronicle: Chronicle, to: str, width: int = 100) -> str:
        """A chronicle as ``text``, ``html`` or ``json``."""
        if to == "json":
            from dateline.wire import json_line

            return json_line(chronicle).decode()
        if to == "html":
            from dateline.export.archive_html import to_archive_html

            return to_archive_html(
                chronicle.worlds,
                chronicle.ahead,
                chronicle.reports,
                chronicle.notes,
                chronicle.since,
                chronicle.background,
            )
        from dateline.export.archive_text import to_archive_text

        return to_archive_text(
            chronicle.worlds,
            chronicle.ahead,
            chronicle.reports,
            width,
            chronicle.notes,
            chronicle.since,
            chronicle.background,
        )

    @staticmethod
    def who(name: str, on: date | None = None) -> tuple[Bearer, ...]:
        """Everybody and everything that the tables hold under a name on a day, the linked one first, with reasons."""
        from dateline.knowledge.bearers import bearers

        return bearers(name, on)

    @staticmethod
    def check_knowledge() -> Iterator[str]:
        """What is wrong with the knowledge files; nothing for a sound set."""
        from dateline.knowledge.checks import problems

        return problems()

    @staticmethod
    def build_knowledge() -> Path:
        """The gazetteer's file, built now where it is missing."""
        from dateline.knowledge.gazetteer_build import ready

        return ready()

    def _shown(self, record: Record) -> Record:
        """The record as the settings want it shown."""
        from dateline.export.doubtful import with_doubtful

        return with_doubtful(record) if self.settings.doubtful else record

    def export(self, record: Record, to: str, *, colour: bool = False, width: int = 100, compact: bool = False) -> str:
        """One record as text of a format of :data:`FORMATS`; ``compact`` JSON is one line. Lines that are too doubtful
        to show stand in it where the setting ``doubtful`` says so."""
        record = self._shown(record)
        if to == "text":
            from dateline.export.text import to_text

            return to_text(record, colour=colour, width=width)
        if to == "html":
            from dateline.export.html import to_html

            return to_html(record)
        if to == "conllu":
            from dateline.export.conllu import to_conllu

            return to_conllu(record)
        if to in ROW_FORMATS:
            from dateline.wire import to_json

            if to == "json" and not compact:
                return to_json(record, indent=1).decode() + "\n"
            return _line(record, to).decode()
        raise DatelineError(f"no format {to!r}; the formats are {', '.join(FORMATS)}")


def _about(title: str | None, published: str | None, publisher: str | None) -> About:
    """What a caller says of every report. A day that cannot be read is his mistake, not a doubt about each."""
    from dateline.intake.days import day_from
    from dateline.intake.found import About

    day_from(published)
    return About(title=title, published=published, publisher=publisher)


def _line(result: Record | Rejection, to: str) -> bytes:
    """A line of JSON Lines in a format of :data:`ROW_FORMATS`; an error row for a rejection, in any of them."""
    from dateline.compact import to_compact
    from dateline.export.standoff import to_error, to_standoff
    from dateline.wire import json_line

    if isinstance(result, Rejection):
        return json_line(to_error(result.id, result.stage, result.reason))
    if to == "compact":
        return to_compact(result)
    return json_line(result if to == "json" else to_standoff(result))


def copy_lines(lines: Iterable[bytes], out: IO[bytes]) -> int:
    """Write lines as they come; how many there were."""
    count = 0
    for line in lines:
        out.write(line)
        count += 1
    return count
