"""What no page elsewhere may do (dateline.serve.guard, entering, refusals): every foreign name and origin is refused
before anything else sees the request."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from dateline.archive.keeping import Archive
from dateline.commands.serving import shown_name, token_for
from dateline.errors import DatelineError
from dateline.serve.app import is_loopback, names_of
from dateline.serve.guard import MOST_ADDRESS, MOST_BODY, RULES
from tests.serve.houses import HOST, HOSTS, client_of, form_token, house_of

FOREIGN_HOSTS = (
    "evil.example",
    "evil.example:8321",
    "127.0.0.1",
    "127.0.0.1:80",
    "127.0.0.1:8322",
    "localhost",
    "localhost:1",
    "127.0.0.1.evil.example:8321",
    "evil.example#127.0.0.1:8321",
    "127.0.0.1:8321.evil.example",
    "127.0.0.1:8321@evil",
    "user@127.0.0.1:8321",
    "127.0.0.2:8321",
    "127.1:8321",
    "2130706433:8321",
    "0x7f.1:8321",
    "0177.0.0.1:8321",
    "0.0.0.0:8321",
    "[::]:8321",
    "[::ffff:127.0.0.1]:8321",
    "::1:8321",
    "[::1]",
    "[::1]:80",
    "localhost.:8321",
    "localhost.evil.example:8321",
    "LOCALHOST.evil.example",
    "127.0.0.1:8321, evil.example",
    "127.0.0.1:8321 evil",
    "127.0.0.1:08321",
    "127.0.0.1:+8321",
    "127.0.0.1:",
    ":8321",
    "",
    " ",
    "*",
    "null",
    "file://",
    "169.254.169.254:8321",
    "xn--localhost-:8321",
    "127。0。0。1:8321".encode().decode("latin-1"),
)
FOREIGN_ORIGINS = (
    "http://evil.example",
    "https://evil.example",
    "http://evil.example:8321",
    "null",
    "file://",
    "http://127.0.0.1",
    "https://127.0.0.1:8321",
    "http://127.0.0.1:8322",
    "http://localhost",
    "http://localhost:8321.evil.example",
    "http://127.0.0.1:8321.evil.example",
    "http://127.0.0.1:8321@evil.example",
    "chrome-extension://abcdef",
    "",
    "http://[::1]",
    "http://0.0.0.0:8321",
    "http://127.0.0.2:8321",
    "moz-extension://x",
    "data:",
    "http://127.0.0.1:8321/",
)
PATHS = ("/", "/chronicle", "/map.json", "/api/search", "/static/explorer.css", "/nothing")


def test_there_are_as_many_names_as_are_asked_for() -> None:
    assert len(FOREIGN_HOSTS) == len(set(FOREIGN_HOSTS)) == 40
    assert len(FOREIGN_ORIGINS) == len(set(FOREIGN_ORIGINS)) == 20


@pytest.mark.parametrize("path", PATHS)
def test_foreign_names_are_refused(client: TestClient, path: str) -> None:
    for host in FOREIGN_HOSTS:
        found = client.get(path, headers={b"host": host.encode("latin-1")})
        assert found.status_code == 421, host
        assert "access-control-allow-origin" not in found.headers


@pytest.mark.parametrize("path", PATHS)
def test_foreign_origins_are_refused(client: TestClient, path: str) -> None:
    for origin in FOREIGN_ORIGINS:
        found = client.get(path, headers={"origin": origin})
        assert found.status_code == 403, origin
        assert "access-control-allow-origin" not in found.headers


@pytest.mark.parametrize("host", HOSTS)
def test_its_own_names_are_answered(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 200
    assert client.get("/", headers={"host": host.upper(), "origin": f"http://{host}"}).status_code == 200


def test_two_hosts_are_none(client: TestClient) -> None:
    twice = [("host", HOST), ("host", HOST)]
    assert client.get("/", headers=twice).status_code in {400, 421}


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_requests_of_pages_elsewhere_are_refused_but_a_link_is_followed(client: TestClient, site: str) -> None:
    link = {"sec-fetch-site": site, "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
    assert client.get("/", headers={"sec-fetch-site": site}).status_code == 403
    assert client.get("/", headers={**link, "sec-fetch-dest": "iframe"}).status_code == 403
    assert client.get("/", headers=link).status_code == 200
    assert client.get("/api/search", headers=link).status_code == 403
    assert client.post("/corrections", headers=link).status_code == 403


def test_posts_need_to_say_where_they_come_from(client: TestClient) -> None:
    assert client.post("/corrections", data={"kind": "retype"}).status_code == 403
    own = {"origin": f"http://{HOST}"}
    assert client.post("/corrections", content=b"x", headers={**own, "content-type": "text/plain"}).status_code == 415
    assert client.post("/corrections", json={}, headers=own).status_code == 415
    assert client.post("/corrections", data={"form": "guess"}, headers=own).status_code == 403


def test_other_methods_and_sizes_are_refused(client: TestClient) -> None:
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT"):
        assert client.request(method, "/").status_code == 405
    own = {"origin": f"http://{HOST}", "content-type": "application/x-www-form-urlencoded"}
    assert client.get("/chronicle?q=" + "a" * MOST_ADDRESS).status_code == 414
    assert client.post("/corrections", content=b"a" * (MOST_BODY + 1), headers=own).status_code == 413
    assert client.get("/", headers={"content-length": "-1"}).status_code == 413


@pytest.mark.parametrize("path", [*PATHS, "/event/nope", "/report/nope", "/chronicle?since=then"])
def test_every_answer_carries_the_rules_for_the_browser(client: TestClient, path: str) -> None:
    found = client.get(path)
    for name, value in RULES.items():
        assert found.headers[name] == value
    assert "unsafe" not in found.headers["content-security-policy"]
    assert "server" not in found.headers


def test_no_page_has_a_script_or_style_of_its_own(example: TestClient) -> None:
    import re

    for path in ("/", "/chronicle", "/map", "/timeline", "/network", "/differences", "/corrections", "/api"):
        page = example.get(path).text
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|javascript:", page), path


def test_the_token_is_wanted_everywhere_where_there_is_one(archive: Archive) -> None:
    client = client_of(house_of(archive), token="s3cret" * 4)
    for path in ("/", "/chronicle", "/map.json", "/static/explorer.js"):
        assert client.get(path).status_code == 401
    assert client.get("/api/search").headers["content-type"] == "application/problem+json"
    assert client.get("/", headers={"authorization": "Bearer wrong"}).status_code == 401
    assert client.get("/", headers={"authorization": f"Bearer {'s3cret' * 4}"}).status_code == 200
    own = {"origin": f"http://{HOST}"}
    assert client.post("/enter", data={"token": "wrong"}, headers=own).status_code == 401
    entered = client.post("/enter", data={"token": "s3cret" * 4}, headers=own)
    assert entered.status_code == 303
    assert "HttpOnly" in entered.headers["set-cookie"]
    assert "samesite=strict" in entered.headers["set-cookie"].lower()
    assert client.get("/").status_code == 200


def test_it_does_not_listen_wider_without_a_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATELINE_TOKEN", raising=False)
    assert token_for(loopback=True) is None
    with pytest.raises(DatelineError, match="DATELINE_TOKEN"):
        token_for(loopback=False)
    monkeypatch.setenv("DATELINE_TOKEN", "short")
    with pytest.raises(DatelineError, match="16"):
        token_for(loopback=False)
    monkeypatch.setenv("DATELINE_TOKEN", "a1" * 10)
    assert token_for(loopback=False) == "a1" * 10


def test_names_of_a_server() -> None:
    assert names_of("127.0.0.1", 8321) == HOSTS
    assert names_of("0.0.0.0", 8321, ["desk.example", "desk.example:9"]) == ("desk.example:8321", "desk.example:9")
    assert "localhost" in names_of("localhost", 80)
    assert is_loopback("::1")
    assert not is_loopback("0.0.0.0")
    assert not is_loopback("evil.example")


def test_no_password_is_shown() -> None:
    assert shown_name("postgresql://ana:secret@host/news?x=1") == "news"
    assert shown_name("/home/ana/news.db") == "news.db"


def test_files_outside_are_not_there(client: TestClient) -> None:
    for name in (
        "../app.py",
        "..%2fapp.py",
        "%2e%2e/app.py",
        "....//app.py",
        "/etc/passwd",
        "vendor/../../app.py",
        "C:\\x",
    ):
        assert client.get(f"/static/{name}").status_code == 404
    assert client.get("/report/..%2f..%2fetc").status_code == 404


def test_the_form_token_is_of_one_explorer(archive: Archive) -> None:
    one, other = client_of(house_of(archive)), client_of(house_of(archive))
    event = one.get("/api/chronicle").json()["items"][0]["id"]
    assert form_token(one.get(f"/event/{event}").text) != form_token(other.get(f"/event/{event}").text)
