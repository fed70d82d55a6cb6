"""Real clicks in a real browser: every section, keys, search as one types, lists that go on, back, corrections; and
words of strangers that stay words. Skipped where there is no Chromium."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dateline.archive.keeping import Archive
from dateline.serve.house import SECTIONS
from dateline.settings import Settings
from dateline.store import open_store
from tests.serve.browsing import Noted, browser, listening
from tests.serve.hostile import PAYLOADS, PLACES, fill

__all__ = ["browser"]
WAIT = 30_000
MARKS = ("__ran", "evil.example", "data:image")
"""One of these is in the words of every payload."""
BAD = "a[href^='javascript:' i],a[href^='data:' i],a[href^='vbscript:' i],base,iframe,object,embed,[onerror],[onload]"


def until(page: Any, condition: str, seconds: float = 30) -> None:
    """Waits for a condition of the page; its policy forbids Playwright's own way, which evaluates words as script."""
    end = time.monotonic() + seconds
    while not page.evaluate(condition):
        assert time.monotonic() < end, condition
        page.wait_for_timeout(50)


@pytest.fixture(scope="module")
def base(example_file: Path, browser: Any) -> Iterator[str]:
    with Archive(example_file, Settings()) as opened, listening(opened) as address:
        yield address


@pytest.fixture
def page(browser: Any, base: str) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=base)
    opened = context.new_page()
    opened.set_default_timeout(WAIT)
    noted = Noted(opened, base)
    yield opened
    context.close()
    assert noted.wrong == []


def test_every_section_is_a_click_away(page: Any) -> None:
    page.goto("/")
    for address, name in SECTIONS:
        page.get_by_role("navigation", name="Sections").get_by_role("link", name=name, exact=True).click()
        page.wait_for_url(f"**{address}")
        assert page.locator("h1").count() == 1
        assert page.locator(f'.sections a[href="{address}"]').get_attribute("aria-current") == "page"


def test_a_facet_narrows_down_and_back_widens(page: Any) -> None:
    page.goto("/chronicle")
    every = page.locator("h1").inner_text()
    page.locator('.facet[data-facet="actor"] .offers a').first.click()
    page.wait_for_url("**actor=**")
    assert page.locator("h1").inner_text() != every
    page.locator(".chip").first.click()
    page.wait_for_url("**/chronicle")
    page.go_back()
    page.wait_for_url("**actor=**")
    assert page.locator(".chip").count() == 1


def test_it_finds_as_one_types(page: Any) -> None:
    page.goto("/chronicle?every=1")
    page.locator("#q").press_sequentially("searchlight", delay=20)
    page.wait_for_url("**q=searchlight**")
    until(page, "document.querySelectorAll('.chip').length === 2")
    assert page.locator(".event").count() > 0
    page.locator("#q").fill("zebra")
    page.get_by_text("No event is found so").wait_for()


def test_names_are_suggested_and_chosen_by_key(page: Any) -> None:
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.type("maurit", delay=20)
    page.locator("#suggestions a").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/chronicle?**")


def test_keys_walk_through_events(page: Any) -> None:
    page.goto("/chronicle")
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.locator(".event.here").count() == 1
    page.keyboard.press("Enter")
    page.wait_for_url("**/event/**")
    page.keyboard.press("g")
    page.keyboard.press("d")
    page.wait_for_url("**/differences")


def test_a_long_list_goes_on(page: Any) -> None:
    page.goto("/chronicle?every=1")
    before = page.locator(".event").count()
    page.mouse.wheel(0, 100_000)
    until(page, f"document.querySelectorAll('.event').length > {before}")
    headings = page.locator("#rows .day").all_inner_texts()
    assert len(headings) == len(set(headings))


def test_from_an_event_to_the_words_and_back(page: Any) -> None:
    page.goto("/differences")
    page.locator("a.main").first.click()
    page.wait_for_url("**/event/**")
    page.locator("#sentences p a").first.click()
    page.wait_for_url("**/report/**#**")
    place = page.url.partition("#")[2]
    assert page.locator(f"#{place}").is_visible()
    page.go_back()
    page.wait_for_url("**/event/**")


def test_a_report_shows_marks_that_lead_to_lines(page: Any) -> None:
    page.goto("/chronicle")
    page.locator(".words a").first.click()
    page.wait_for_url("**/report/**")
    page.locator("#text a.k-events").first.click()
    assert page.locator(".found").count() >= 1 or page.locator("#chooser button").count() > 1


def test_the_map_draws_and_the_slider_moves(page: Any) -> None:
    page.goto("/map")
    until(page, "document.getElementById('globe').dataset.ready === '1'", seconds=90)
    assert page.locator("#drawn").is_hidden()
    slider = page.locator("#slide-from")
    if slider.is_visible():
        slider.focus()
        page.keyboard.press("ArrowRight")
        assert "to" in page.locator("#slide-days").inner_text()


def test_the_timeline_comes_closer_and_back(page: Any) -> None:
    page.goto("/timeline")
    page.keyboard.press("+")
    page.wait_for_url("**since=**")
    closer = page.url
    page.locator('#zoom a[data-step="›"]').click()
    until(page, f"location.href !== {closer!r}")
    page.go_back()
    until(page, f"location.href === {closer!r}")
    page.locator("svg.wide a:has(text)").first.click()
    page.wait_for_url("**/event/**")


def test_the_network_leads_to_the_events_between_two(page: Any) -> None:
    page.goto("/network")
    page.locator("table a[href*='between=']").first.click()
    page.wait_for_url("**between=**")
    assert page.locator(".event").count() > 0


def test_a_correction_and_its_undoing(page: Any) -> None:
    page.goto("/chronicle?q=teachers")
    page.locator("a.main").first.click()
    page.wait_for_url("**/event/**")
    page.keyboard.press("s")
    page.locator("#c-status").select_option("denied")
    page.get_by_role("button", name="Note the status").click()
    page.wait_for_url("**noted=**")
    assert "denied" in page.locator(".tags.big").inner_text()
    page.keyboard.press("u")
    page.keyboard.press("Enter")
    page.wait_for_url("**/corrections?undone=**")
    assert page.locator("tr.gone").count() >= 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_wider_than_a_phone(browser: Any, base: str, scheme: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, color_scheme=scheme, base_url=base)
    page = context.new_page()
    events, reports = ("/chronicle", "a.main"), ("/reports", "a.main")
    addresses = [address for address, _ in SECTIONS]
    for address, link in (events, reports):
        page.goto(address)
        addresses.append(page.locator(link).first.get_attribute("href") or "")
    for address in addresses:
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, address
    context.close()


def test_pages_work_without_a_script(browser: Any, base: str) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=base)
    page = context.new_page()
    page.goto("/chronicle?every=1")
    page.locator("#q").fill("searchlight")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**q=searchlight**")
    page.locator("a.main").first.click()
    page.wait_for_url("**/event/**")
    page.goto("/map")
    assert page.locator("svg.map.wide").is_visible()
    page.goto("/chronicle?every=1")
    page.locator("a[rel=next]").click()
    page.wait_for_url("**page=2**")
    context.close()


def test_words_of_strangers_never_run(browser: Any, tmp_path: Path) -> None:
    """Every payload in every place, on every page that shows it: no script runs, nothing is asked of anybody else, and
    nothing had to be stopped by the content security policy."""
    assert len(PAYLOADS) * len(PLACES) >= 300
    with open_store(tmp_path / "hostile.db") as store:
        fill(store)
    with Archive(tmp_path / "hostile.db", Settings()) as archive, listening(archive) as base:
        context = browser.new_context(base_url=base)
        page = context.new_page()
        noted = Noted(page, base)
        addresses = [address for address, _ in SECTIONS if address != "/map"] + ["/chronicle?order=weight&page=1"]
        addresses += [f"/report/{report.id}" for report in archive.reports()]
        addresses += [f"/event/{world.id}" for world in archive.prepared().worlds]
        addresses += [f"/suggest?q={word}" for word in ("script", "<img", "onerror")]
        for address in addresses:
            page.goto(address, wait_until="load")
            if address.startswith(("/report/", "/event/")):
                assert any(mark in page.inner_text("main") for mark in MARKS), address
            assert page.evaluate("window.__ran") is None, address
            assert page.locator(BAD).count() == 0, address
        page.goto("/map")
        page.wait_for_timeout(1500)
        assert page.evaluate("window.__ran") is None
        context.close()
        assert noted.wrong == []
