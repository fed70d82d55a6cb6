from __future__ import annotations

from datetime import date, timedelta

from dateline.archive.placing import place
from dateline.archive.viewing import chronicle, worlds
from dateline.store import Query, Store
from tests.archive.reports import DAY, IDS, SHELF, anchor, put


def tellers(store: Store, query: Query, **more: bool) -> list[set[str]]:
    names = {report: name for name, report in IDS.items()}
    return [{names[t.report] for t in w.tellings} for w in worlds(store, query, **more)]


def test_an_event_is_shown_whole_though_only_one_telling_of_it_was_found(store: Store) -> None:
    put(store, *SHELF)
    assert tellers(store, Query(words="licence valid")) == [{"first", "reprint", "owner", "undated"}]


def test_the_limit_of_a_search_does_not_cut_the_chronicle(store: Store) -> None:
    put(store, *SHELF)
    assert worlds(store, Query(limit=1)) == worlds(store, Query(limit=None))


def test_acts_that_no_rule_types_are_left_out_unless_asked_for(store: Store) -> None:
    put(store, "chess")
    assert tellers(store, Query()) == []
    assert tellers(store, Query(), every=True) == [{"chess"}] == tellers(store, Query(types=("other",)))


def test_what_a_copy_tells_is_no_second_source(store: Store) -> None:
    put(store, "first", "reprint")
    (world,) = worlds(store, Query())
    assert (world.reports, world.independent) == (2, 1)


def test_events_that_a_person_called_one_are_shown_whole_across_stories(store: Store) -> None:
    put(store, *SHELF)
    reports = (IDS["chess"], IDS["first"])
    store.judge("same", anchor("chess"), anchor("first"), by="ana", reports=reports)
    place(store)
    for words in ("chess", "licence valid"):
        assert any({"chess", "first"} <= found for found in tellers(store, Query(words=words), every=True))


def test_a_plan_and_its_outcome_are_tied_and_the_plan_no_longer_lies_ahead(store: Store) -> None:
    put(store, "plan")
    assert [w.status for w in chronicle(store, Query()).ahead] == ["planned"]
    put(store, "held")
    found = chronicle(store, Query())
    assert found.ahead == ()
    assert {w.status: [link.kind for link in w.links] for w in found.worlds} == {
        "happened": ["plan"],
        "planned": ["happened"],
    }


def test_changes_since_a_day_are_events_that_a_report_of_that_day_or_later_tells(store: Store) -> None:
    put(store, *SHELF)
    since = DAY + timedelta(days=12)
    found = chronicle(store, Query(), since=since)
    assert found.since == since
    assert {t.report for w in found.worlds for t in w.tellings if t.published and t.published >= since} == {
        IDS["held"],
        IDS["late"],
    }
    assert chronicle(store, Query(), since=date(2040, 1, 1)).worlds == ()


def test_a_new_type_is_found_by_and_the_old_one_is_not(store: Store) -> None:
    put(store, "first", "owner")
    (world,) = worlds(store, Query())
    for name in ("first", "owner"):
        store.judge("retype", anchor(name), value="ASSAULT", by="ana", reports=(IDS[name],))
    (changed,) = worlds(store, Query(types=("ASSAULT",)))
    assert (changed.type, {t.report for t in changed.tellings}) == ("ASSAULT", {t.report for t in world.tellings})
    assert worlds(store, Query(types=("COERCE",))) == []


def test_an_empty_archive_has_an_empty_chronicle(store: Store) -> None:
    found = chronicle(store, Query())
    assert (found.worlds, found.ahead, found.reports, found.today) == ((), (), 0, None)
