"""Sources in, a filled archive out: what is new is read, every input ends in the ledger, then each finds its place."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from msgspec import Struct

from dateline.archive.placing import kept, place
from dateline.batch.reading import Result
from dateline.intake.found import Found, Outcome
from dateline.merge.sketches import sketch_of
from dateline.model import Article, Record, Rejection
from dateline.store import Provenance, Store, input_key, report_id
from dateline.store.nouns import Receipt

ASKED = 64
"""Articles whose ledger entries are looked up at once."""
Reading = Callable[[Iterable[Outcome]], Iterator[Result]]


class Added(Struct, kw_only=True):
    """What came of an import: reports new to the archive, editions of others among them, repetitions, errors, and
    inputs that an earlier run had finished (they were not read again). On ``incomplete`` of
    the new reports a stage failed. ``placed`` reports found their place."""

    records: int = 0
    editions: int = 0
    duplicates: int = 0
    errors: int = 0
    known: int = 0
    incomplete: int = 0
    placed: int = 0

    @property
    def inputs(self) -> int:
        """All that was handed in."""
        return self.records + self.duplicates + self.errors + self.known

    @property
    def summary(self) -> str:
        """The counts in a line."""
        parts = [f"{self.inputs} inputs: {self.records} new"]
        if self.editions:
            parts[0] += f" ({self.editions} editions of reports there)"
        parts += [f"{self.duplicates} there already", f"{self.errors} in error"]
        if self.known:
            parts.append(f"{self.known} finished by an earlier run")
        if self.incomplete:
            parts.append(f"{self.incomplete} incomplete")
        return ", ".join(parts)


def add(
    store: Store,
    outcomes: Iterable[Outcome],
    reading: Reading,
    *,
    readmit: bool = False,
    told: Callable[[Added, Rejection | None], None] = lambda _added, _error: None,
) -> Added:
    """Files every outcome of intake: articles that the ledger does not know are read (``reading``: articles in, records
    or rejections out, in order). Stopped at any moment it leaves a sound archive, and run again goes on behind what was
    filed. ``told`` hears of each input, and of what went wrong with it: a rejection, or the faults of a record."""
    added = Added()
    for result in reading(_unknown(store, outcomes, added, readmit)):
        if isinstance(result, Rejection):
            filed = store.add(result)
        else:
            filed = _filed(store, result, readmit)
        _count(added, filed)
        fault = failed(result) if isinstance(result, Record) and filed.kind == "record" else None
        added.incomplete += fault is not None
        told(added, result if isinstance(result, Rejection) else fault)
    added.placed = place(store)
    return added


def _unknown(store: Store, outcomes: Iterable[Outcome], added: Added, readmit: bool) -> Iterator[Outcome]:
    """The outcomes that no earlier run finished."""
    waiting = iter(outcomes)
    while some := list(islice(waiting, ASKED)):
        keys = {n: input_key(input_of(o.article)) for n, o in enumerate(some) if isinstance(o, Found)}
        finished = set() if readmit else store.finished(list(keys.values()))
        for n, outcome in enumerate(some):
            if keys.get(n) in finished:
                added.known += 1
            else:
                yield outcome


def _filed(store: Store, record: Record, readmit: bool) -> Receipt:
    sketch = kept(sketch_of(record, report_id(record.article)))
    return store.add(record, input_of(record.article), sketch=sketch, readmit=readmit)


def failed(record: Record) -> Rejection | None:
    """What to tell of a record that is filed without some of its layers, None for a whole one."""
    faults = [fault for fault in record.faults if fault.kind == "error"]
    if not faults:
        return None
    layers = ", ".join(dict.fromkeys(fault.stage for fault in faults))
    reason = f"{faults[0].reason}; the report is filed without what {layers} would read in it"
    return Rejection(id=record.article.id, stage=faults[0].stage, reason=reason, origin=record.article.origin)


def input_of(article: Article) -> Provenance:
    """The input that an article was, named before it is read."""
    parts = (article.text, article.title, article.publisher, article.url, str(article.published))
    content = "\0".join(part or "" for part in parts)
    fingerprint = hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()
    return Provenance(origin=article.origin or "-", id=article.id, fingerprint=fingerprint)


def _count(added: Added, filed: Receipt) -> None:
    if not filed.counted:
        added.known += 1
    elif filed.kind == "record":
        added.records += 1
        added.editions += filed.edition_of is not None
    elif filed.kind == "duplicate":
        added.duplicates += 1
    else:
        added.errors += 1
