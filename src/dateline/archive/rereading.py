"""An archive in, the same archive out with every report read by this version: judgements keep their places."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from dateline.archive.placing import kept, place, renewed_by
from dateline.batch.reading import Result
from dateline.intake.doubts import doubts_of
from dateline.intake.found import Found, Outcome
from dateline.merge.sketches import sketch_of
from dateline.model import Fault, MadeBy, Record, Rejection
from dateline.store import Store, report_id
from dateline.store.rows import made_words


def reread(
    store: Store, made_by: MadeBy, reading: Callable[[Iterator[Outcome]], Iterator[Result]]
) -> tuple[int, list[Rejection]]:
    """Reads again what another version, or with other knowledge, was read; how many reports were, and those that could
    not be (they stay as they were). What is done is done where it is stopped."""
    done, failed = 0, []
    for result in reading(_outdated(store, made_by)):
        if isinstance(result, Record):
            name = report_id(result.article)
            store.renew(renewed_by(store, name))
            store.refile(result, kept(sketch_of(result, name)))
            done += 1
        else:
            failed.append(result)
    place(store)
    return done, failed


def _outdated(store: Store, made_by: MadeBy) -> Iterator[Outcome]:
    current = made_words(made_by)
    for report in [report.id for report in store.reports() if report.made_by != current]:
        record = store.record(report)
        yield Found(record.article, _of_intake(record))


def _of_intake(record: Record) -> tuple[Fault, ...]:
    """The doubts that only taking the report in could have: reading finds the others again."""
    again = doubts_of(record.article, date.today())  # noqa: DTZ011 - as in the pipeline, decides a warning, no value
    return tuple(f for f in record.faults if f.stage == "intake" and f.kind == "warning" and f not in again)
