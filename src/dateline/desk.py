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
    from dateline.intake.found import About
    from dateline.knowledge.bearers import Bearer

FORMATS = ("text", "json", "standoff", "html", "conllu")
ROW_FORMATS = ("standoff", "json")


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
        published: date | str | None = None,
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
        published: date | str | None = None,
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
        day_from(published)
        day = None if published is None else str(published)
        found = found_in_bytes(raw, self.settings, id, About(title=title, published=day, publisher=publisher))
        return with_doubts(pipeline(self.settings).read(found.article), found.faults)

    def read_file(
        self,
        file: Path,
        *,
        title: str | None = None,
        published: date | str | None = None,
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
        web archives, tables, texts. What is given here wins over what the inputs say of themselves."""
        from dateline.batch.sources import read_sources, read_texts
        from dateline.intake.inputs import is_short_text

        about = _about(title, published, publisher)
        if all(is_short_text(source) for source in sources):  # no process need be started for these
            return read_texts(sources, self.settings, about)
        return read_sources(sources, self.settings, about)

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
        from dateline.wire import json_line

        for result in read_rows(lines, self.settings, _about(title, published, publisher)):
            told(result)
            yield json_line(_row(self._shown(result) if isinstance(result, Record) else result, to))

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
            from dateline.wire import json_line, to_json

            if to == "json" and not compact:
                return to_json(record, indent=1).decode() + "\n"
            return json_line(_row(record, to)).decode()
        raise DatelineError(f"no format {to!r}; the formats are {', '.join(FORMATS)}")


def _about(title: str | None, published: str | None, publisher: str | None) -> About:
    """What a caller says of every report. A day that cannot be read is his mistake, not a doubt about each."""
    from dateline.intake.days import day_from
    from dateline.intake.found import About

    day_from(published)
    return About(title=title, published=published, publisher=publisher)


def _row(result: object, to: str) -> object:
    from dateline.export.standoff import to_error, to_standoff

    if isinstance(result, Record):
        return result if to == "json" else to_standoff(result)
    return to_error(result.id, result.stage, result.reason)  # type: ignore[attr-defined]


def copy_lines(lines: Iterable[bytes], out: IO[bytes]) -> int:
    """Write lines as they come; how many there were."""
    count = 0
    for line in lines:
        out.write(line)
        count += 1
    return count
