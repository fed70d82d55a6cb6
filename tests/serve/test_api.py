"""The interface for programs: the queries of the command line, a page at a time, marks, problems, and a description
that every answer fits."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import msgspec
import pytest
from starlette.testclient import TestClient

from dateline.archive.keeping import Archive
from dateline.merge.worlds import World
from dateline.model import Record
from dateline.store import Hit, Query, Report, Status
from tests.archive.reports import IDS
from tests.serve.houses import client_of, house_of

QUERIES: tuple[tuple[dict[str, Any], Query], ...] = (
    ({}, Query()),
    ({"words": "boat"}, Query(words="boat")),
    ({"actor": "Norland"}, Query(actor="Norland")),
    ({"type": ["COERCE", "CONSULT"]}, Query(types=("COERCE", "CONSULT"))),
    ({"status": "planned"}, Query(statuses=("planned",))),
    ({"between": ["Norland", "Sudmark"]}, Query(between=("Norland", "Sudmark"))),
    ({"publisher": "Paper chess"}, Query(publisher="Paper chess")),
    ({"source": "AUTHOR"}, Query(holder="AUTHOR")),
    ({"box": "-90,-180,90,180"}, Query(box=(-90.0, -180.0, 90.0, 180.0))),
    ({"since": "2031-05-10", "until": "2031-06-01"}, Query(since=date(2031, 5, 10), until=date(2031, 6, 1))),
)


@pytest.mark.parametrize(("given", "query"), QUERIES)
def test_it_finds_what_the_command_line_finds(
    client: TestClient, archive: Archive, given: dict[str, Any], query: Query
) -> None:
    items = client.get("/api/search", params=given).json()["items"]
    assert msgspec.convert(items, list[Hit]) == archive.search(query)
    items = client.get("/api/chronicle", params=given).json()["items"]
    chronicle = archive.chronicle(query)
    assert {one["id"] for one in items} == {w.id for w in chronicle.every}


def test_a_type_that_a_person_gave_is_found(client: TestClient, archive: Archive) -> None:
    event = client.get("/api/search?words=chess").json()["items"][0]["world"]
    archive.give("retype", event, "AID", "ana")
    chronicle = archive.chronicle(Query(types=("AID",)))
    assert len(chronicle.worlds) == 1
    items = client_of(house_of(archive)).get("/api/chronicle?type=AID").json()["items"]
    assert [one["id"] for one in items] == [chronicle.worlds[0].id]


def test_rows_come_a_page_at_a_time(client: TestClient) -> None:
    seen, address = [], "/api/search?limit=3"
    while address:
        found = client.get(address).json()
        assert len(found["items"]) <= 3
        seen += [(one["report"], one["event"]) for one in found["items"]]
        address = found["next"]
    every = client.get("/api/search?limit=500").json()
    assert every["next"] is None
    assert seen == [(one["report"], one["event"]) for one in every["items"]]
    assert client.get("/api/chronicle?limit=1&offset=1&every=true").json()["total"] > 1
    assert "every=True" in client.get("/api/chronicle?limit=1&every=true").json()["next"]


def test_one_event_report_and_record(client: TestClient, archive: Archive) -> None:
    event = client.get("/api/search?words=chess").json()["items"][0]["world"]
    assert msgspec.convert(client.get(f"/api/events/{event}").json(), World) == archive.world(event)
    report = client.get(f"/api/reports/{IDS['chess'][:10]}")
    assert msgspec.convert(report.json(), Report) == archive.report(IDS["chess"])
    record = client.get(f"/api/reports/{IDS['chess']}/record")
    assert msgspec.json.decode(record.content, type=Record) == archive.record(IDS["chess"])
    assert msgspec.convert(client.get("/api/status").json(), Status) == archive.status()


def test_an_answer_is_sent_once(client: TestClient) -> None:
    first = client.get("/api/search?limit=2")
    mark = first.headers["etag"]
    assert client.get("/api/search?limit=2", headers={"if-none-match": mark}).status_code == 304
    assert client.get("/api/search?limit=2", headers={"if-none-match": f'"x", W/{mark}'}).status_code == 304
    assert client.get("/api/search?limit=2", headers={"if-none-match": '"x"'}).content == first.content


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/nothing", 404),
        ("/api/events/enothing", 404),
        ("/api/reports/rnothing", 404),
        ("/api/reports/x/record", 404),
        ("/api/search?limit=0", 422),
        ("/api/search?limit=501", 422),
        ("/api/search?limit=many", 422),
        ("/api/search?since=2031-02-30", 400),
        ("/api/search?since=soon", 422),
        ("/api/search?between=Norland", 400),
        ("/api/search?box=1,2,3", 422),
        ("/api/search?box=nan,nan,nan,nan", 422),
        ("/api/search?colour=red", 422),
        ("/api/search?status=maybe", 422),
        ("/api/search?country=Norland", 422),
        ("/api/who", 422),
        ("/api/chronicle?changed_since=2031-13-01", 400),
    ],
)
def test_what_is_wrong_is_a_problem(client: TestClient, address: str, status: int) -> None:
    found = client.get(address)
    assert found.status_code == status
    assert found.headers["content-type"] == "application/problem+json"
    told = found.json()
    assert told["status"] == status
    assert set(told) == {"type", "title", "status", "detail"}
    assert told["detail"]


def test_strange_words_are_only_words(client: TestClient) -> None:
    for words in (
        '"',
        "'; DROP TABLE reports; --",
        "* OR 1",
        "\x00",
        "\U0001f600",
        "%",
        "a" * 400,
        "NEAR(a b)",
        "\u202e",
    ):
        assert client.get("/api/search", params={"words": words}).status_code == 200, words
        assert client.get("/api/chronicle", params={"actor": words, "place": words}).status_code == 200, words


def test_every_address_is_described_and_its_schema_is_there(client: TestClient) -> None:
    described = client.get("/api/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    known = described["components"]["schemas"]
    paths = described["paths"]
    assert set(paths) == {
        "/api/status",
        "/api/corrections",
        "/api/search",
        "/api/reports",
        "/api/chronicle",
        "/api/events/{name}",
        "/api/reports/{name}",
        "/api/reports/{name}/record",
        "/api/who",
    }
    text = msgspec.json.encode(described).decode()
    for name in set(re.findall(r"#/components/schemas/([\w.]+)", text)):
        assert name in known, name
    for address in paths:
        assert address in client.get("/api").text
