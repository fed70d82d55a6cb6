"""JSON Lines rows in, a record or a rejection a row out: in order, the same for any number of workers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from dateline.batch.reading import Result, read_found
from dateline.errors import DatelineError, InputError
from dateline.intake.days import readable_day
from dateline.intake.found import About, Found, Outcome
from dateline.intake.text import article_from_text
from dateline.model import Record, Rejection
from dateline.settings import Settings
from dateline.wire import row_from


def read_rows(
    lines: Iterable[bytes],
    configured: Settings,
    about: About = About(),  # noqa: B008 - immutable
) -> Iterator[Result]:
    """A result a row, in order; blank lines are no rows. A second row with an id already seen is a rejection. ``about``
    wins over what the rows say. The rows are read behind the fence (:mod:`dateline.batch.fence`)."""
    outcomes = (_outcome(n, line, configured, about) for n, line in enumerate(lines, 1) if line.strip())
    seen: Counter[str] = Counter()
    for result in read_found(outcomes, configured):
        name = result.article.id if isinstance(result, Record) else result.id
        seen[name] += 1
        if seen[name] > 1 and isinstance(result, Record):
            yield Rejection(
                id=name, stage="intake", reason=f"the id {name!r} stands in an earlier row; ids must differ"
            )
        else:
            yield result


def _outcome(number: int, line: bytes, configured: Settings, about: About) -> Outcome:
    name = f"line-{number}"
    try:
        if len(line) > configured.max_bytes:
            raise InputError(f"the row has {len(line):,} bytes, more than max_bytes = {configured.max_bytes:,}")
        row = row_from(line)
        published, unclear = readable_day(about.published or row.published)
        name = str(row.id) if row.id is not None else name
        article = article_from_text(
            row.text,
            id=name,
            title=about.title or row.title,
            published=published,
            published_words=unclear,
            publisher=about.publisher or row.publisher,
            url=row.url,
            max_characters=configured.max_characters,
        )
        return Found(article)
    except DatelineError as error:
        return Rejection(id=name, stage=error.stage, reason=str(error))
