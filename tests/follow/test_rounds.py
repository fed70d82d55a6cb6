"""Sources asked in their turn (dateline.follow.rounds, manners, memory): what they may be asked, when, and what is
filed of it."""

from __future__ import annotations

from email.utils import formatdate
from itertools import pairwise
from pathlib import Path

import pytest

from dateline.errors import DatelineError
from dateline.follow.manners import DAY, FIRST_QUIET, agent_of
from dateline.follow.memory import Asked, Memory
from dateline.intake.web import ask
from dateline.store import open_store
from tests.follow.conftest import Run
from tests.follow.newsroom import Clock, Page, Web, feed, told

FEED = "http://news.example/rss"
PLAN = f'[[feed]]\nurl = "{FEED}"\n'
TWO = f'{PLAN}[[page]]\nurl = "http://news.example/about"\n'
ONE = feed(("a", told("Norland")))
PAGE = f"<html><body><article><h1>Boat</h1><p>{told('Norland')}. {told('Sudmark')}.</p></article></body></html>"


def test_what_is_as_it_was_is_asked_for_by_its_marks_and_not_read_again(run: Run, web: Web, seen: list[str]) -> None:
    web.pages["news.example/rss"] = Page(body=ONE, etag='"v1"', modified="Mon, 05 May 2031 09:00:00 GMT")
    first = run(PLAN).round
    assert (first.asked, first.unchanged, first.added.records, seen) == (1, 0, 1, ["http://news.example/a"])
    second = run(PLAN).round
    assert (second.asked, second.unchanged, second.added.inputs) == (1, 1, 0)
    assert "if-none-match" not in web.asked[1].headers
    assert web.asked[2].headers["if-none-match"] == '"v1"'
    assert web.asked[2].headers["if-modified-since"] == "Mon, 05 May 2031 09:00:00 GMT"


def test_entries_that_moved_down_are_not_read_again(run: Run, web: Web, seen: list[str]) -> None:
    web.pages["news.example/rss"] = Page(body=ONE)
    run(PLAN)
    web.pages["news.example/rss"] = Page(body=feed(("b", told("Sudmark")), ("a", told("Norland"))))
    added = run(PLAN).round.added
    assert (added.records, added.known, seen[1:]) == (1, 1, ["http://news.example/b"])


def test_marks_hold_only_for_an_archive_that_has_what_came_with_them(run: Run, web: Web, tmp_path: Path) -> None:
    web.pages["news.example/rss"] = Page(body=ONE, etag='"v1"')
    run(PLAN)
    for file in tmp_path.glob("news.db*"):
        file.unlink()
    assert run(PLAN).round.added.records == 1


def test_a_page_is_kept_under_its_address_and_again_when_it_changes(run: Run, web: Web, tmp_path: Path) -> None:
    plan = '[[page]]\nurl = "http://news.example/page"\npublisher = "Harbour Paper"\n'
    web.pages["news.example/page"] = Page(body=PAGE, headers={"Content-Type": "text/html; charset=utf-8"})
    assert run(plan).round.added.records == 1
    assert run(plan).round.added.known == 1
    web.pages["news.example/page"].body = PAGE.replace("eleven", "twelve")
    assert run(plan).round.added.editions == 1
    with open_store(tmp_path / "news.db") as store:
        assert {(r.url, r.publisher) for r in store.reports()} == {("http://news.example/page", "Harbour Paper")}


def test_what_robots_txt_closes_is_never_asked(run: Run, web: Web, heard: list[tuple[str, str]]) -> None:
    robots = "User-agent: *\nDisallow: /\n\nUser-agent: dateline\nAllow: /about\nDisallow: /*ss$\n"
    web.pages |= {"news.example/robots.txt": Page(body=robots), "news.example/about": Page(body=PAGE)}
    found = run(TWO).round
    assert (found.failed, found.added.records) == (1, 1)
    assert web.paths(robots=True) == ["news.example/robots.txt", "news.example/about"]
    assert [(name, "does not let" in words) for name, words in heard] == [(FEED, True)]


def test_a_redirect_is_no_way_around_robots_txt(run: Run, web: Web) -> None:
    web.pages["news.example/rss"] = Page(status=302, headers={"Location": "http://other.example/rss"})
    web.pages["other.example/robots.txt"] = Page(body="User-agent: *\nDisallow: /rss\n")
    web.pages["other.example/rss"] = Page(body=ONE)
    assert run(PLAN).round.failed == 1
    assert "other.example/rss" not in web.paths()


@pytest.mark.parametrize("status", [404, 403, 410])
def test_without_a_robots_txt_everything_is_open_and_it_is_asked_once_a_day(
    status: int, run: Run, web: Web, clock: Clock
) -> None:
    web.pages |= {"news.example/robots.txt": Page(status=status), "news.example/rss": Page(body=ONE)}
    for hours in (0, 1, 25):
        clock.now += hours * 3600
        assert run(PLAN).round.failed == 0
    assert web.paths(robots=True).count("news.example/robots.txt") == 2


@pytest.mark.parametrize("status", [500, 503, 429])
def test_while_robots_txt_cannot_be_got_nothing_is_asked(status: int, run: Run, web: Web, clock: Clock) -> None:
    web.pages |= {"news.example/robots.txt": Page(status=status), "news.example/rss": Page(body=ONE)}
    assert run(PLAN).round.waiting == 1
    assert run(PLAN).round.waiting == 1
    assert web.paths(robots=True) == ["news.example/robots.txt"]
    web.pages["news.example/robots.txt"] = Page(body="")
    clock.now += FIRST_QUIET + 1
    assert run(PLAN).round.added.records == 1


def test_one_host_is_asked_one_at_a_time_with_a_pause_between(run: Run, web: Web) -> None:
    web.pages |= {"news.example/rss": Page(body=ONE), "news.example/about": Page(body=PAGE)}
    run(f"pause = 7\n{TWO}")
    times = [request.at for request in web.asked]
    assert len(times) == 3
    assert all(later - earlier >= 7 for earlier, later in pairwise(times))
    assert web.most == 1


def test_pauses_of_one_host_pass_while_others_are_asked(run: Run, web: Web, clock: Clock) -> None:
    began = clock.now
    others = "".join(f'[[feed]]\nurl = "http://{n}.example/rss"\n' for n in "xyz")
    web.pages = {f"{n}.example/rss": Page(body=ONE) for n in ("news", "x", "y", "z")}
    run(f"pause = 7\n{PLAN}{others}")
    assert {r.host for r in web.asked} == {"news.example", "x.example", "y.example", "z.example"}
    assert clock.now - began == 28  # a pause between robots.txt and feed of each


def test_a_crawl_delay_that_is_longer_wins_and_too_long_a_one_is_left_for_the_next_round(
    run: Run, web: Web, clock: Clock
) -> None:
    web.pages |= {"news.example/rss": Page(body=ONE), "news.example/about": Page(body=PAGE)}
    web.pages["news.example/robots.txt"] = Page(body="User-agent: *\nCrawl-delay: 40\n")
    run(f"pause = 1\n{TWO}")
    times = [request.at for request in web.asked]
    assert [later - earlier for earlier, later in pairwise(times)] == [40, 40]
    clock.now += DAY + 1
    web.pages["news.example/robots.txt"] = Page(body="User-agent: *\nCrawl-delay: 900\n")
    assert run(f"pause = 1\n{TWO}").round.waiting == 2
    clock.now += 901
    assert run(f"pause = 1\n{TWO}").round.waiting == 1


@pytest.mark.parametrize("date", [False, True])
def test_retry_after_holds_for_the_whole_host(date: bool, run: Run, web: Web, clock: Clock) -> None:
    wanted = formatdate(clock.now + 3600, usegmt=True) if date else "3600"
    web.pages["news.example/rss"] = Page(status=503, headers={"Retry-After": wanted})
    web.pages["news.example/about"] = Page(body=PAGE)
    assert (run(TWO).round.failed, run(TWO).round.waiting) == (1, 2)
    asked = len(web.asked)
    clock.now += 3300
    assert run(TWO).round.waiting == 2
    assert len(web.asked) == asked
    clock.now += 400
    web.pages["news.example/rss"] = Page(body=ONE)
    assert run(TWO).round.added.records == 2


def test_a_source_that_fails_is_left_alone_longer_and_longer_and_others_are_not(
    run: Run, web: Web, clock: Clock, tmp_path: Path
) -> None:
    web.pages |= {"news.example/rss": Page(status=500), "news.example/about": Page(body=PAGE)}
    quiet = []
    for _ in range(12):
        found = run(f"pause = 0\n{TWO}").round
        assert (found.asked, found.failed) == (2, 1)
        known = Memory(tmp_path / "state", "feeds").asked().sources[FEED]
        quiet.append(known.quiet - clock.now)
        clock.now = known.quiet
    assert quiet[:4] == [FIRST_QUIET, 2 * FIRST_QUIET, 4 * FIRST_QUIET, 8 * FIRST_QUIET]
    assert max(quiet) <= DAY
    web.pages["news.example/rss"] = Page(body=ONE)
    assert run(TWO).round.failed == 0
    assert Memory(tmp_path / "state", "feeds").asked().sources[FEED].failures == 0


def test_a_retry_after_of_years_is_followed_for_a_week(run: Run, web: Web, clock: Clock) -> None:
    web.pages["news.example/rss"] = Page(status=429, headers={"Retry-After": "99999999999"})
    run(PLAN)
    clock.now += 7 * DAY + 1
    web.pages["news.example/rss"] = Page(body=ONE)
    assert run(PLAN).round.added.records == 1


def test_closed_addresses_are_not_asked(run: Run, web: Web, heard: list[tuple[str, str]]) -> None:
    port = web.port
    plan = f'[[feed]]\nurl = "http://127.0.0.1:{port}/rss"\n[[feed]]\nurl = "http://localhost:{port}/rss"\n'
    found = run(plan, ask=ask).round
    assert (found.waiting, found.added.inputs, web.asked) == (2, 0, [])
    assert len(heard) == 2


def test_an_address_that_moved_for_good_is_told(run: Run, web: Web, heard: list[tuple[str, str]]) -> None:
    web.pages["news.example/rss"] = Page(status=301, headers={"Location": "http://new.example/rss"})
    web.pages["new.example/rss"] = Page(body=ONE)
    assert run(PLAN).round.added.records == 1
    assert heard == [(FEED, "it has moved for good to http://new.example/rss; put that address in the plan")]


def test_a_feed_that_cannot_be_read_spoils_no_other(run: Run, web: Web, heard: list[tuple[str, str]]) -> None:
    web.pages |= {"news.example/rss": Page(body=feed()), "news.example/about": Page(body=PAGE)}
    for errors in (1, 0):
        added = run(TWO).round.added
        assert (added.errors, added.records + added.known) == (errors, 2 - errors)
    assert any(name == FEED for name, _ in heard)


def test_requests_say_who_asks_and_for_whom(run: Run, web: Web) -> None:
    web.pages["news.example/rss"] = Page(body=ONE)
    run(f'contact = "desk@example.org"\n{PLAN}')
    assert {r.headers["user-agent"] for r in web.asked} == {agent_of("desk@example.org")}
    assert "desk@example.org" in agent_of("desk@example.org\r\nX: y")
    assert "\n" not in agent_of("desk@example.org\r\nX: y")


def test_a_state_that_cannot_be_read_is_begun_anew(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "state", "feeds")
    for raw in (b"", b"{", b"\xff", b'{"version": 99}', b'{"hosts": 3}'):
        (tmp_path / "state" / "asked.json").write_bytes(raw)
        (tmp_path / "state" / "feeds.told").write_bytes(raw)
        assert memory.asked() == Asked()
        assert memory.told() is None


def test_two_programs_do_not_follow_into_one_archive(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "state", "feeds")
    with (
        memory.held(),
        pytest.raises(DatelineError, match="another `dateline follow`"),
        Memory(tmp_path / "state", "others").held(),
    ):
        pass
    with memory.held():
        pass
