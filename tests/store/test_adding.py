"""Adding (dateline.store.adding, ledger, rows): every input ends once, the same twice changes nothing, forgotten stays
so."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from dateline.errors import StoreError
from dateline.model import MadeBy, Rejection
from dateline.store import Key, Provenance, Query, SketchRow, Store, input_key, open_store, report_id
from tests.store.reports import EVENTS, golden, record

REJECTED = Rejection(id="a9", stage="intake", reason="not text", hint="give text", origin="shelf/x.pdf", offset=3)


def exported(store: Store) -> bytes:
    out = io.BytesIO()
    store.export(out)
    return out.getvalue()


def test_a_record_comes_back_as_it_was_added(store: Store) -> None:
    for one in (*golden(), record()):
        outcome = store.add(one)
        assert outcome.kind == "record"
        assert outcome.report == report_id(one.article)
        assert store.record(outcome.report) == one


def test_the_same_input_twice_changes_nothing_and_is_told_as_duplicate(store: Store) -> None:
    first = store.add(record())
    before, lines = store.status(), exported(store)
    again = store.add(record())
    assert (again.kind, again.report, again.counted) == ("duplicate", first.report, False)
    assert (store.status(), exported(store)) == (before, lines)


def test_the_same_report_from_elsewhere_is_a_duplicate_of_its_own(store: Store) -> None:
    first = store.add(record(), Provenance(origin="feed.xml", offset=1))
    other = store.add(record(id="other"), Provenance(origin="page.html"))
    assert (other.kind, other.report, other.counted) == ("duplicate", first.report, True)
    status = store.status()
    assert (status.inputs, status.records, status.duplicates, status.errors) == (2, 1, 1, 0)
    assert store.record(str(first.report)).article.id == "a0"


def test_a_rejection_is_kept_with_its_reason(store: Store) -> None:
    assert store.add(REJECTED).counted
    assert not store.add(REJECTED).counted
    assert list(store.errors()) == [REJECTED]
    status = store.status()
    assert (status.inputs, status.records, status.duplicates, status.errors) == (1, 0, 0, 1)


def test_errors_come_by_origin_and_offset(store: Store) -> None:
    places = [("b", None), ("a", 2), ("a", 10), ("a", None)]
    for origin, offset in places:
        store.add(Rejection(id="x", stage="intake", reason="cut off", origin=origin, offset=offset))
    assert [(e.origin, e.offset) for e in store.errors()] == [("a", None), ("a", 2), ("a", 10), ("b", None)]


def test_an_input_that_failed_and_now_is_read_is_counted_once_as_a_record(store: Store) -> None:
    page = Provenance(origin="page.html", fingerprint="f1")
    store.add(Rejection(id="page", stage="fence", reason="took too long"), page)
    assert store.add(record(), page).kind == "record"
    assert store.add(Rejection(id="page", stage="fence", reason="took too long"), page).kind == "duplicate"
    status = store.status()
    assert (status.inputs, status.records, status.errors) == (1, 1, 0)
    assert list(store.check()) == []


def test_one_input_read_into_another_text_keeps_the_sums(store: Store) -> None:
    page = Provenance(origin="page.html", fingerprint="f1")
    store.add(record(1), page)
    assert store.add(record(2), page).kind == "record"
    assert store.add(record(2), page).kind == "duplicate"
    status = store.status()
    assert (status.inputs, status.records, status.duplicates) == (2, 2, 0)
    assert list(store.check()) == []


def test_finished_names_the_inputs_that_need_not_be_parsed_again(store: Store) -> None:
    pages = [Provenance(origin=f"page{n}.html", fingerprint=f"f{n}") for n in range(4)]
    store.add(record(0), pages[0])
    store.add(record(0), pages[1])
    store.add(REJECTED, pages[2])
    keys = [input_key(page) for page in pages]
    assert store.finished(keys) == set(keys[:3])
    assert store.finished([]) == set()


def test_inputs_are_records_and_duplicates_and_errors(store: Store) -> None:
    for n in range(12):
        store.add(record(n % 5), Provenance(origin="shelf", offset=n))
        store.add(Rejection(id=str(n), stage="intake", reason="empty", origin="shelf", offset=100 + n))
    status = store.status()
    assert status.inputs == 24 == status.records + status.duplicates + status.errors
    assert (status.records, status.duplicates, status.events) == (5, 7, 5 * EVENTS)
    assert list(store.check()) == []


def test_words_that_a_column_cannot_hold_do_no_harm(store: Store) -> None:
    strange = record(1, title="Seized\0 trawler", publisher="Cour\0ier")
    outcome = store.add(strange)
    assert store.record(str(outcome.report)) == strange
    assert next(store.reports()).title == "Seized trawler"
    store.add(Rejection(id="x", stage="intake", reason="bad \ud800 byte", origin="a\0b"))
    assert [e.reason for e in store.errors()] == ["bad ? byte"]
    assert list(store.check()) == []


def test_a_forgotten_report_is_gone_and_is_not_taken_in_again_unasked(store: Store) -> None:
    page = Provenance(origin="page.html", fingerprint="f1")
    sketch = SketchRow(data=b"sketch", keys=(Key("day", "4"),))
    gone = str(store.add(record(1), page, sketch=sketch).report)
    store.add(record(2))
    store.add(record(1), Provenance(origin="other.html"))
    store.forget(gone, "asked by its subject")
    with pytest.raises(StoreError, match="no report"):
        store.record(gone)
    assert [hit.report for hit in store.search(Query()) if hit.report == gone] == []
    assert list(store.reports(Query(words="number 1"))) == []
    assert store.neighbours([Key("day", "4")], 9) == {}
    status = store.status()
    assert (status.inputs, status.records, status.duplicates, status.forgotten) == (1, 1, 0, 1)
    assert store.finished([input_key(page)]) == {input_key(page)}

    assert store.add(record(1), page).kind == "error"
    refused = store.add(record(1), Provenance(origin="third.html"))
    assert (refused.kind, refused.report) == ("error", None)
    (error,) = store.errors()
    assert "asked by its subject" in error.reason
    assert "readmit" in str(error.hint)
    assert list(store.check()) == []

    assert store.add(record(1), page, readmit=True).kind == "record"
    assert store.record(gone) == record(1)
    assert store.status().forgotten == 0
    assert list(store.check()) == []


def test_forgetting_what_is_not_there_says_so(store: Store) -> None:
    with pytest.raises(StoreError, match="no report r0"):
        store.forget("r0", "no reason")


def test_a_forgotten_text_leaves_no_byte_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    secret = "Quillabamba"
    with open_store(path) as store:
        kept = [store.add(record(n)) for n in range(20)]
        told = record(99, title=f"{secret} and the trawler", text=record(99).article.text + f" {secret}.")
        store.forget(str(store.add(told).report), "asked")
        assert len(kept) == 20
        files = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert secret.encode() not in files
    assert secret.casefold().encode() not in files
    assert secret.casefold().encode() not in path.read_bytes()


SOME = [*(record(n) for n in range(5)), record(1, title="Another headline"), record(9, url=None)]


def export_of(path: Path, turn: list[int]) -> bytes:
    with open_store(path) as store:
        for place, n in enumerate(turn):
            store.add(SOME[n], Provenance(origin=f"shelf {path}", offset=place))
        assert {len(store.editions(r.id)) for r in store.reports()} == {1, 2}
        return exported(store)


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return export_of(tmp_path_factory.mktemp("reference") / "a.db", [*range(7)])


@given(st.permutations(range(7)), st.lists(st.integers(0, 6), max_size=5))
@settings(max_examples=15, deadline=None)
def test_the_export_does_not_depend_on_the_order_of_adding(
    tmp_path_factory: pytest.TempPathFactory, reference: bytes, order: list[int], again: list[int]
) -> None:
    assert export_of(tmp_path_factory.mktemp("order") / "a.db", [*order, *again]) == reference
    assert reference.count(b"\n") == 7


def test_a_newer_reading_takes_the_place_of_the_old_one_and_judgements_stay(store: Store) -> None:
    report = str(store.add(record(1), Provenance(origin="a.txt"), sketch=SketchRow(data=b"old")).report)
    judged = store.judge("rename", "one", value="other", by="somebody", reports=(report,))
    told = len(list(store.search(Query(limit=None))))
    before = store.record(report)
    newer = replace(before, events=before.events[:1], made_by=MadeBy(dateline="9.9"))
    store.refile(newer, SketchRow(data=b"new", keys=(Key("word", "x"),)))
    assert store.record(report) == newer
    assert len(list(store.search(Query(limit=None)))) == len(newer.events) < told
    assert (store.sketches([report]), store.stale()) == ({report: b"new"}, (report,))
    assert store.judgements() == (judged,)
    assert (store.status().inputs, store.status().made_by) == (1, {"9.9": 1})
    assert list(store.check()) == []


def test_a_report_that_is_not_there_cannot_be_read_anew(store: Store) -> None:
    with pytest.raises(StoreError, match="no report"):
        store.refile(record(1), SketchRow(data=b""))
