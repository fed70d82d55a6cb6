from __future__ import annotations

import contextlib

from msgspec.structs import replace

from dateline.archive.adding import Added, add, input_of
from dateline.intake.found import Found
from dateline.model import Fault, Rejection
from dateline.store import Store, report_id
from tests.archive.reports import SHELF, put, reader

BROKEN = Rejection(id="x", stage="intake", reason="cut off", origin="shelf/x", offset=3)


def found(*names: str) -> list[Found]:
    return [Found(SHELF[name].article) for name in names]


def test_every_input_ends_as_new_there_already_or_in_error(store: Store) -> None:
    again = replace(SHELF["first"].article, origin="shelf/elsewhere")
    added = add(store, [*found("first", "chess"), Found(again), BROKEN], reader(SHELF))
    assert (added.inputs, added.records, added.duplicates, added.errors, added.placed) == (4, 2, 1, 1, 2)
    status = store.status()
    assert status.inputs == status.records + status.duplicates + status.errors == 4


def test_a_second_run_reads_nothing_again(store: Store) -> None:
    put(store, "first", "chess")
    seen: list[str] = []
    added = add(store, found("first", "chess", "owner"), reader(SHELF, seen))
    assert (seen, added.known, added.records) == (["owner"], 2, 1)


def test_a_run_that_was_stopped_goes_on_behind_what_was_filed(store: Store) -> None:
    def stopping(added: Added, _error: Rejection | None) -> None:
        if added.inputs == 2:
            raise KeyboardInterrupt

    names = ("first", "chess", "owner")
    with contextlib.suppress(KeyboardInterrupt):
        add(store, found(*names), reader(SHELF), told=stopping)
    seen: list[str] = []
    added = add(store, found(*names), reader(SHELF, seen))
    assert (seen, added.known, added.placed) == (["owner"], 2, 3)
    assert list(store.check()) == []


def test_an_edition_is_kept_and_told(store: Store) -> None:
    first = replace(SHELF["first"].article, url="https://paper.example/boat")
    second = replace(SHELF["owner"].article, url="https://paper.example/boat", id="first")
    records = {**SHELF, "first": SHELF["first"]}
    added = add(store, [Found(first), Found(replace(second, id="owner"))], reader(records))
    assert (added.records, added.editions) == (2, 1)


def test_each_input_is_told_of_errors_with_their_reason(store: Store) -> None:
    heard: list[tuple[int, str | None]] = []
    add(
        store,
        [*found("first"), BROKEN],
        reader(SHELF),
        told=lambda a, e: heard.append((a.inputs, e.reason if e else None)),
    )
    assert heard == [(1, None), (2, "cut off")]


def test_what_was_forgotten_stays_out_unless_it_is_asked_back(store: Store) -> None:
    from dateline.archive.placing import forget
    from tests.archive.reports import IDS

    put(store, "first", "owner")
    forget(store, IDS["first"], "by mistake")
    assert put(store, "first").records == 0
    assert store.status().records == 1
    assert put(store, "first", again=True).records == 1


def test_an_input_is_named_by_all_that_was_published_of_it() -> None:
    article = SHELF["first"].article
    others = [replace(article, **{name: "other"}) for name in ("text", "title", "publisher", "url", "origin", "id")]
    assert len({str(input_of(a)) for a in (article, *others)}) == 7
    assert input_of(article) == input_of(replace(article))


def test_an_input_that_failed_and_is_read_later_ends_as_a_report_alone(store: Store) -> None:
    article = SHELF["first"].article
    refused = Rejection(id=article.id, stage="intake", reason="more bytes than max_bytes = 10", origin=article.origin)
    other = replace(refused, reason="more bytes than max_bytes = 20")
    for error in (refused, other, other):
        add(store, [error], reader(SHELF))
    status = store.status()
    assert (status.inputs, status.errors) == (1, 1)
    assert [error.reason for error in store.errors()] == [other.reason]
    assert add(store, found("first"), reader(SHELF)).records == 1
    status = store.status()
    assert (status.inputs, status.records, status.errors) == (1, 1, 0)
    add(store, [refused], reader(SHELF))
    assert (store.status().inputs, store.status().errors) == (1, 0)
    assert list(store.check()) == []


def test_a_part_that_is_read_settles_the_error_of_its_whole_and_of_no_other(store: Store) -> None:
    part = replace(SHELF["first"].article, id="first#1", origin="shelf/week.warc")
    whole = Rejection(id="first", stage="intake", reason="no space left", origin="shelf/week.warc")
    errors = [whole, replace(whole, id="fir"), replace(whole, id="first#2", offset=2), replace(whole, origin="b.warc")]
    records = {"first#1": SHELF["first"]}
    add(store, [*errors, Found(part)], reader(records))
    assert {(e.id, e.origin) for e in store.errors()} == {(e.id, e.origin) for e in errors[1:]}


def test_a_report_on_which_a_stage_failed_is_counted_and_told(store: Store) -> None:
    fault = Fault(stage="attribution", reason="IndexError: list index out of range")
    later = Fault(stage="events", reason="not read: attributions missing")
    doubt = Fault(stage="intake", reason="no day", kind="warning")
    shelf = {
        "first": replace(SHELF["first"], faults=(doubt, fault, later)),
        "chess": replace(SHELF["chess"], faults=(doubt,)),
    }
    heard: list[str] = []
    added = add(store, found("first", "chess"), reader(shelf), told=lambda _, e: heard.append(e.reason if e else ""))
    assert (added.records, added.errors, added.incomplete) == (2, 0, 1)
    assert added.summary.endswith("1 incomplete")
    assert heard == [f"{fault.reason}; the report is filed without what attribution, events would read in it", ""]
    status = store.status()
    assert (status.faulty, status.faulty_first) == (1, (report_id(SHELF["first"].article),))
