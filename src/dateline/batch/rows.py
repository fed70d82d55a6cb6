"""JSON Lines rows in, a record or a rejection a row out: in order, the same for any number of workers."""

from __future__ import annotations

import itertools
import multiprocessing
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from dateline.errors import DatelineError, InputError
from dateline.intake.text import article_from_text, readable_day
from dateline.model import Article, Record, Rejection
from dateline.pipeline import pipeline
from dateline.settings import Settings
from dateline.wire import row_from

CHUNK = 32
"""Rows handed to a worker at once."""
AHEAD = 4
"""Chunks in flight a worker: enough to keep it busy, few enough to bound memory."""


Result = Record | Rejection
Numbered = tuple[int, bytes]


def read_rows(lines: Iterable[bytes], configured: Settings) -> Iterator[Result]:
    """A result a row, in order; blank lines are no rows. A second row with an id already seen is a rejection."""
    numbered = ((n, line) for n, line in enumerate(lines, 1) if line.strip())
    results = _here(numbered, configured) if configured.workers <= 1 else _spread(numbered, configured)
    seen: Counter[str] = Counter()
    for result in results:
        name = result.article.id if isinstance(result, Record) else result.id
        seen[name] += 1
        if seen[name] > 1 and isinstance(result, Record):
            yield Rejection(
                id=name, stage="intake", reason=f"the id {name!r} stands in an earlier row; ids must differ"
            )
        else:
            yield result


def _here(numbered: Iterable[Numbered], configured: Settings) -> Iterator[Result]:
    for chunk in _chunks(numbered):
        yield from read_chunk(chunk, configured)


def _chunks(numbered: Iterable[Numbered]) -> Iterator[list[Numbered]]:
    rows = iter(numbered)
    while chunk := list(itertools.islice(rows, CHUNK)):
        yield chunk


def read_chunk(chunk: list[Numbered], configured: Settings) -> list[Result]:
    """The results of some rows. One row's failure is that row's alone."""
    prepared = [_article(number, line, configured) for number, line in chunk]
    records = iter(list(pipeline(configured).read_all([a for a in prepared if isinstance(a, Article)])))
    return [next(records) if isinstance(item, Article) else item for item in prepared]


def _article(number: int, line: bytes, configured: Settings) -> Article | Rejection:
    name = f"line-{number}"
    try:
        if len(line) > configured.max_bytes:
            raise InputError(f"the row has {len(line):,} bytes, more than max_bytes = {configured.max_bytes:,}")
        row = row_from(line)
        published, unclear = readable_day(row.published)
        name = str(row.id) if row.id is not None else name
        return article_from_text(
            row.text,
            id=name,
            title=row.title,
            published=published,
            published_words=unclear,
            publisher=row.publisher,
            url=row.url,
            max_characters=configured.max_characters,
        )
    except DatelineError as error:
        return Rejection(id=name, stage=error.stage, reason=str(error))


def _spread(numbered: Iterable[Numbered], configured: Settings) -> Iterator[Result]:
    """The chunks over several processes, results in order. Workers are spawned: numpy's threads make fork unsafe.
    Where a worker dies, its chunk is read row by row and the pool is made anew."""
    pool = _pool(configured.workers)
    waiting: deque[tuple[list[Numbered], Future[list[Result]]]] = deque()
    chunks = _chunks(numbered)
    try:
        while True:
            for chunk in itertools.islice(chunks, configured.workers * AHEAD - len(waiting)):
                waiting.append((chunk, pool.submit(read_chunk, chunk, configured)))
            if not waiting:
                return
            chunk, future = waiting.popleft()
            try:
                yield from future.result()
            except BrokenProcessPool:
                pool.shutdown(wait=False, cancel_futures=True)
                yield from _one_by_one(chunk, configured)
                pool = _pool(configured.workers)
                waiting = deque((again, pool.submit(read_chunk, again, configured)) for again, _ in waiting)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _pool(workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))


def _one_by_one(chunk: list[Numbered], configured: Settings) -> Iterator[Result]:
    """The results of rows of which one kills its process: that one is rejected, the process made anew."""
    pool = _pool(1)
    for row in chunk:
        try:
            yield pool.submit(read_chunk, [row], configured).result()[0]
        except BrokenProcessPool:
            reason = "the process that read this row died (out of memory, or a crash in a library)"
            yield Rejection(id=f"line-{row[0]}", stage="batch", reason=reason)
            pool = _pool(1)
    pool.shutdown()
