from __future__ import annotations

from datetime import date

from dateline.export.archive_text import to_archive_text, to_world_text
from tests.export.archive_worlds import chronicle, hostile, shown
from tests.merge.made import telling, together


def text(width: int = 100) -> str:
    return to_archive_text(shown(chronicle()), width)


def entry(id: str) -> str:
    """The lines of one event."""
    after = text().partition(f"  [{id}]")[2]
    return after.partition("\n  [")[0]


def test_days_are_headings_in_order_and_what_has_no_day_stands_under_that_of_its_first_report() -> None:
    headings = [line for line in text().splitlines() if line and not line.startswith(" ")]
    assert headings == [
        "4 events told by 6 reports",
        "Monday 5 May 2031",
        "By Monday 5 May 2031",
        "Wednesday 14 May 2031",
        "Friday 16 May 2031",
    ]


def test_an_event_names_its_parties_and_counts_reports_outlets_and_independent_sources() -> None:
    assert "happened: Norland → Sudmark" in entry("w0")
    assert "3 reports, 3 outlets, 2 independent sources: the coast guard; the owner" in entry("w0")


def test_what_one_outlet_tells_on_its_own_word_is_not_counted_at_length() -> None:
    assert "1 report" not in entry("w3")
    assert "“What f tells.” (Paper f, 2031-05-05)" in entry("w3")


def test_reports_that_differ_are_shown_with_words_and_with_who_says_so_there() -> None:
    lines = " ".join(entry("w0").split())
    assert "They differ on the number of crew:" in lines
    assert (
        "- 11 (1 source, 2 reports): “11 crew” Paper a, citing the coast guard | “its eleven” Paper b, a copy" in lines
    )
    assert "- 13 (1 source, 1 report): “13 men” Paper c, citing the owner; Paper c, citing the coast guard" in lines


def test_a_plan_says_what_became_of_it_and_the_outcome_which_plan_it_was() -> None:
    assert "→ it was moved: [w2] (planned for 2031-05-14, told of 2031-05-16)" in entry("w1")
    assert "→ instead of: [w1]" in entry("w2")


def test_what_lies_ahead_stands_under_its_own_heading_and_notes_at_the_top() -> None:
    worlds = chronicle()
    found = to_archive_text(shown(worlds[:1], worlds[2:3], 1, left_out=3))
    assert found.startswith("2 events told by 1 report\nLeft out: 3 statements")
    assert found.index("PLANNED AHEAD") > found.index("Monday 5 May")
    assert "PLANNED AHEAD" not in text()


def test_no_line_is_wider_than_the_screen() -> None:
    assert max(len(line) for line in text(60).splitlines()) <= 60


def test_an_empty_chronicle_says_so() -> None:
    assert to_archive_text(shown((), (), 0)) == "0 events told by 0 reports\n"


def test_one_event_is_shown_with_every_value_and_every_telling() -> None:
    found = to_world_text(chronicle()[0])
    assert "the number of crew (they differ)" in found
    assert found.count("What ") == 4
    assert all(anchor in found for anchor in ("a@0", "b@0", "c@0", "c@40"))


def test_no_words_of_a_report_steer_the_terminal_or_break_a_line() -> None:
    worlds = hostile()
    for found in (to_archive_text(shown(worlds, worlds)), *(to_world_text(world) for world in worlds)):
        assert not {c for c in found if (ord(c) < 32 and c != "\n") or c in "\x7f\x9b\u202e\u2066"}
        assert all(line.startswith(("  ", "[", "PLANNED", "No day")) or line[:1].isalnum() or not line
                   or line[0] == "→" for line in found.splitlines())  # fmt: skip


def test_where_changes_are_asked_for_the_new_report_is_quoted() -> None:
    worlds = together([telling("a"), telling("b", published=date(2031, 5, 9))])
    assert "“What a tells.”" in to_archive_text(shown(worlds))
    assert "“What b tells.”" in to_archive_text(shown(worlds, since=date(2031, 5, 8)))
