"""Every page of the explorer on the example archive: what it shows, that its links lead somewhere, empty and wrong
states."""

from __future__ import annotations

from collections import deque
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from dateline.archive.keeping import Archive
from dateline.serve.house import SECTIONS
from dateline.settings import Settings
from dateline.store import open_store
from tests.serve.houses import client_of, house_of, links_of

MOST_PAGES = 260


def test_every_link_leads_to_a_page(example: TestClient) -> None:
    waiting, seen = deque(address for address, _ in SECTIONS), {address for address, _ in SECTIONS}
    kinds: dict[str, int] = {}
    while waiting and len(seen) < 4000:
        address = waiting.popleft()
        kind = address.partition("?")[0].split("/")[1]
        kinds[kind] = kinds.get(kind, 0) + 1
        if kinds[kind] > MOST_PAGES // 10:
            continue
        found = example.get(address)
        assert found.status_code in {200, 303}, (address, found.status_code)
        for link in links_of(found.text) if "text/html" in found.headers.get("content-type", "") else ():
            there = link.partition("#")[0] or address
            there = there if not there.startswith("?") else address.partition("?")[0] + there
            if there.startswith("/") and there not in seen and not there.startswith("/corrections/"):
                seen.add(there)
                waiting.append(there)
            assert there.startswith(("/", "https://")), link
    assert {"event", "report", "actor", "place", "chronicle", "timeline", "api"} <= set(kinds)


def test_the_first_page_tells_the_latest_day_and_steps_back(example: TestClient) -> None:
    page = example.get("/").text
    assert "Sunday 18 May 2025" in page
    assert "Twelve crossed the river" in page
    assert "Thursday 15 May 2025" in example.get("/?day=2025-05-15").text


def test_facets_and_words_narrow_the_chronicle_down(example: TestClient) -> None:
    every = example.get("/chronicle?every=1").text
    assert "event" in every
    norway = example.get("/chronicle?actor=country%3ANOR").text
    assert "Take out" in norway
    assert "Norway" in norway
    none = example.get("/chronicle?q=zebra").text
    assert "No event is found so" in none
    days = example.get("/chronicle?since=2025-05-17&until=2025-05-17").text
    assert "Saturday 17 May 2025" in days
    assert "Monday 5 May 2025" not in days


def test_an_event_shows_who_says_what(example: TestClient) -> None:
    found = example.get("/api/chronicle?type=COERCE").json()["items"]
    event = max(found, key=lambda one: one["reports"])
    page = example.get(f"/event/{event['id']}").text
    assert "they differ" in page
    assert "reprinted by" in page
    assert "West Africa Monitor" in page
    assert "#:~:text=" in page
    assert 'rel="noreferrer noopener nofollow"' in page
    assert "Correct it" in page


def test_quotations_of_an_event_are_shown(example: TestClient) -> None:
    pages = (example.get(f"/event/{e['id']}").text for e in example.get("/api/chronicle?limit=100").json()["items"])
    assert any('id="quotations"' in page for page in pages)


def test_a_report_shows_its_text_with_marks_and_the_way_back(example: TestClient) -> None:
    report = example.get("/api/reports", params={"words": "Twelve crossed"}).json()["items"][0]
    page = example.get(f"/report/{report['id']}").text
    assert "Faidherbe bridge" in page
    assert report["url"] in page
    assert 'data-marks="' in page
    to = example.get(f"/report/{report['id']}/at/120")
    assert to.status_code == 303
    assert to.headers["location"].startswith(f"/report/{report['id']}#")
    assert to.headers["location"].partition("#")[2] in page
    assert example.get(f"/report/{report['id'][:8]}").status_code == 200


def test_a_copy_and_an_edition_say_so(example: TestClient) -> None:
    rows = example.get("/api/reports?limit=100").json()["items"]
    copy = next(row for row in rows if row.get("copy_of"))
    edition = next(row for row in rows if row.get("edition_of"))
    assert "A copy of" in example.get(f"/report/{copy['id']}").text
    assert "Editions" in example.get(f"/report/{edition['id']}").text


def test_an_actor_has_partners_and_spellings(example: TestClient) -> None:
    page = example.get("/actor", params={"key": "country:NOR"}).text
    assert "As the reports call it" in page
    assert "Norway" in page
    names = example.get("/actors?q=norw").text
    assert "country%3ANOR" in names
    assert example.get("/actor", params={"key": "country:ZZZ"}).status_code == 400
    assert example.get("/actor").status_code == 422


def test_names_are_suggested(example: TestClient) -> None:
    assert "Mauritania" in example.get("/suggest?q=maur").text
    assert example.get("/suggest?q=m").text.strip() == ""


def test_a_page_is_sent_once(example: TestClient) -> None:
    first = example.get("/chronicle")
    again = example.get("/chronicle", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/nothing", 404),
        ("/event/enothing", 404),
        ("/report/rnothing", 404),
        ("/report/x", 404),
        ("/chronicle?since=then", 400),
        ("/chronicle?since=2025-02-30", 400),
        ("/chronicle?page=999", 400),
        ("/?day=x", 400),
        ("/report/rnothing/at/x", 422),
        ("/chronicle?page=x&order=y&every=maybe&other=1", 200),
        ("/chronicle?" + "&".join(f"actor=a{n}" for n in range(60)), 400),
        ("/chronicle?actor=%00&q=%22%22%22", 200),
        ("/map?place=nowhere", 200),
        ("/timeline?since=0001-01-01&until=9999-12-31", 200),
        ("/timeline?since=9999-12-31", 200),
        ("/timeline?until=0001-01-01", 200),
        ("/network?actor=nobody", 200),
    ],
)
def test_wrong_and_empty_states_say_what_to_do(example: TestClient, address: str, status: int) -> None:
    found = example.get(address)
    assert found.status_code == status
    assert "Traceback" not in found.text
    assert "<h1>" in found.text or "h1" in found.text


def test_an_empty_archive_says_how_to_fill_it(tmp_path: Path) -> None:
    open_store(tmp_path / "empty.db", create=True).close()
    with Archive(tmp_path / "empty.db", Settings()) as opened:
        client = client_of(house_of(opened))
        assert "dateline add" in client.get("/").text
        for address, _ in SECTIONS:
            assert client.get(address).status_code == 200, address


def test_pages_speak_plain_and_name_themselves(example: TestClient) -> None:
    for address, _ in SECTIONS:
        page = example.get(address).text
        assert page.startswith("<!DOCTYPE html>")
        assert page.count("<h1") == 1, address
        assert 'lang="en"' in page
        assert "Skip to the content" in page
