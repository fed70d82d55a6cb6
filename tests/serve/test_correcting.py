"""Corrections on the pages: noted, seen at once, taken back, and who did it when."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from dateline.archive.keeping import Archive
from dateline.errors import InputError
from dateline.serve.correcting import MOST_FIELDS, fields
from tests.archive.reports import IDS, anchor
from tests.serve.houses import HOST, client_of, form_token, house_of

OWN = {"origin": f"http://{HOST}"}


def seized(client: TestClient) -> str:
    """The seizure of the boat."""
    found = client.get("/api/search", params={"words": "Breaking"}).json()["items"]
    return str(found[0]["world"])


def post(client: TestClient, path: str = "/corrections", **given: str) -> tuple[int, str]:
    token = form_token(client.get(f"/event/{seized(client)}").text)
    found = client.post(path, data={"form": token, **given}, headers=OWN)
    return found.status_code, found.headers.get("location", found.text)


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ({"kind": "retype", "value": "ASSAULT"}, "attack"),
        ({"kind": "status", "value": "denied"}, "denied"),
        ({"kind": "day", "value": "2031-06-01", "until": "2031-06-02"}, "2031-06-01 to 2031-06-02"),
        ({"kind": "day", "value": ""}, "By Monday 5 May 2031"),
        ({"kind": "place", "value": "Portvale", "at": "44.1, 28.5"}, "44.10, 28.50"),
        ({"kind": "actor", "value": "Sudmark"}, "Sudmark"),
        ({"kind": "recipient", "value": "Sudmark"}, "Sudmark"),
        ({"kind": "rename", "old": "Norland", "value": "Northland"}, "Northland"),
    ],
)
def test_a_correction_shows_at_once_and_can_be_undone(client: TestClient, given: dict[str, str], shown: str) -> None:
    event = seized(client)
    before = client.get(f"/event/{event}").text
    status, to = post(client, event=event, back=f"/event/{event}", note="seen on film", **given)
    assert (status, to) == (303, f"/event/{event}?noted=1")
    page = client.get(to).text
    assert shown in page
    assert "correction 1" in page
    listed = client.get("/corrections").text
    assert "ana" in listed
    assert "seen on film" in listed
    assert "1 correction" in listed
    status, to = post(client, "/corrections/undo", number="1")
    assert (status, to) == (303, "/corrections?undone=1#c1")
    assert "taken back" in client.get("/corrections").text
    assert client.get(f"/event/{event}").text == before


def test_events_are_called_the_same_and_different(client: TestClient) -> None:
    event = seized(client)
    status, to = post(client, kind="same", event=event, value=anchor("chess"), back=f"/event/{event}")
    assert status == 303
    assert to.startswith("/corrections?noted=1")
    assert IDS["chess"] in client.get(f"/api/events/{seized(client)}").text
    assert post(client, kind="different", event=anchor("first"), value=anchor("owner"))[0] == 303
    assert post(client, kind="no event", event=anchor("chess"))[0] == 303
    assert [j["kind"] for j in client.get("/api/corrections").json()["items"]] == ["same", "different", "no event"]


@pytest.mark.parametrize(
    "given",
    [
        {"kind": "retype", "value": "DANCE"},
        {"kind": "status", "value": "maybe"},
        {"kind": "day", "value": "yesterday"},
        {"kind": "day", "value": "2031-06-02", "until": "2031-06-01"},
        {"kind": "place", "value": ""},
        {"kind": "place", "value": "a|b"},
        {"kind": "place", "value": "Portvale", "at": "north"},
        {"kind": "place", "value": "Portvale", "at": "91 0"},
        {"kind": "rename", "old": "Nobody of that name", "value": "Somebody"},
        {"kind": "rename", "old": "Norland", "value": ""},
        {"kind": "rubbish", "value": "x"},
        {"kind": "actor", "value": "x" * 501},
    ],
)
def test_what_cannot_be_is_refused_and_nothing_noted(client: TestClient, given: dict[str, str]) -> None:
    status, _ = post(client, event=seized(client), **given)
    assert status == 400
    assert client.get("/api/corrections").json()["total"] == 0


def test_what_is_not_there_is_not_corrected(client: TestClient) -> None:
    assert post(client, kind="retype", event="enothing", value="AID")[0] == 404
    assert post(client, "/corrections/undo", number="77")[0] == 404
    assert post(client, "/corrections/undo", number="x")[0] == 400


def test_nothing_is_corrected_where_only_looking_is_allowed(archive: Archive) -> None:
    house = house_of(archive, writes=False)
    client = client_of(house)
    page = client.get(f"/event/{seized(client)}").text
    assert "<form method" not in page
    found = client.post("/corrections", data={"form": house.form_token, "kind": "retype"}, headers=OWN)
    assert found.status_code == 403


@pytest.mark.parametrize(
    "body", [b"\xff=\xfe", b"&".join(b"a%d=1" % n for n in range(MOST_FIELDS + 1)), b"note=" + b"x" * 501]
)
def test_a_form_that_is_none_is_refused(body: bytes) -> None:
    with pytest.raises(InputError):
        fields(body)


def test_fields_of_a_form() -> None:
    assert fields(b"kind=day&value=&note=a+b%26c") == {"kind": "day", "value": "", "note": "a b&c"}
