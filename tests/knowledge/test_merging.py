"""The fitted weights of merging."""

from __future__ import annotations

from dateline.knowledge.merging import load_merging


def test_clashes_never_speak_for_one_event_and_far_days_rule_it_out_by_themselves() -> None:
    told = load_merging().tellings
    assert all(told[name] <= 0 for name in ("days far", "moved", "turned", "place-", "mode-", "number"))
    assert told["days far"] <= -3


def test_what_two_reports_share_beyond_their_story_speaks_for_one_event() -> None:
    reports = load_merging().reports
    assert reports["own words"] > 0
    assert reports["words"] + reports["own words"] > 0
    assert reports["later"] <= 0
