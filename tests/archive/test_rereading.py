from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from dateline.archive.placing import place
from dateline.archive.rereading import reread
from dateline.archive.viewing import worlds
from dateline.batch.reading import Result
from dateline.intake.found import Found, Outcome
from dateline.model import MadeBy, Record, Rejection
from dateline.store import Query, Store
from tests.archive.reports import IDS, SHELF, anchor, put

NEWER = MadeBy(dateline="9.9")


def reader(store: Store, fails: str = "") -> object:
    """A reading that gives the kept records as a newer version would: without their last event."""

    def reading(found: Iterator[Outcome]) -> Iterator[Result]:
        for outcome in found:
            assert isinstance(outcome, Found)
            old = next(store.record(r.id) for r in store.reports() if r.article == outcome.article.id)
            if outcome.article.id == fails:
                yield Rejection(id=outcome.article.id, stage="fence", reason="too long")
            else:
                yield replace(old, made_by=NEWER)

    return reading


def test_every_report_is_read_again_once_and_corrections_stay(store: Store) -> None:
    put(store, *SHELF)
    store.judge("retype", anchor("first"), value="ASSAULT", by="ana", reports=(IDS["first"],))
    place(store)
    before = worlds(store, Query())
    done, failed = reread(store, NEWER, reader(store))  # type: ignore[arg-type]
    assert (done, failed) == (len(SHELF), [])
    assert worlds(store, Query()) == before
    assert store.status().made_by == {"9.9": len(SHELF)}
    assert reread(store, NEWER, reader(store)) == (0, [])  # type: ignore[arg-type]


def test_a_report_that_cannot_be_read_now_stays_as_it_was(store: Store) -> None:
    put(store, "first", "owner")
    name = store.report(IDS["owner"]).article
    kept: Record = store.record(IDS["owner"])
    done, failed = reread(store, NEWER, reader(store, name))  # type: ignore[arg-type]
    assert (done, [f.id for f in failed]) == (1, [name])
    assert store.record(IDS["owner"]) == kept
