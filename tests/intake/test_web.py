"""An address in, bytes out, from public hosts only; nothing here reaches a network."""

# ruff: noqa: E501 - sample texts stand on one line
from __future__ import annotations

import contextlib
import gzip
import socket
import threading
import time
from collections.abc import Iterator

import pytest

from dateline.errors import InputError
from dateline.intake.addresses import is_public
from dateline.intake.web import Fetched, fetch

PUBLIC = "93.184.215.14"


@pytest.mark.parametrize("address", [PUBLIC, "8.8.8.8", "2606:4700::1111", "192.0.1.1", "172.15.0.1"])
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(address)


CLOSED = ["0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.1.2.3", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.8", "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1", "198.19.9.9", "198.51.100.1", "203.0.113.9", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255", "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:0:127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1", "2002:7f00:1::", "2002:a00:1::", "3fff::1", "5f00::1", "fc00::1", "fd12:3456::1", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "localhost", "x"]  # fmt: skip


@pytest.mark.parametrize("address", CLOSED)
def test_addresses_of_this_machine_and_of_special_networks_are_not(address: str) -> None:
    assert not is_public(address)


HOSTS = ["127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.0.0.1", "0177.0.0.1", "017700000001", "0", "0.0.0.0", "127.127.127.127", "127.000.000.001", "localhost", "localhost.localdomain", "[::1]", "[::]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[fe80::1]", "[fc00::1]", "[::ffff:169.254.169.254]", "１２７.０.０.１", "127。0。0。1", "①②⑦.⓪.⓪.①", "169.254.169.254", "2852039166", "0xa9fea9fe", "0251.0376.0251.0376", "169.254.43518", "10.0.0.1", "167772161", "192.168.0.1", "3232235521", "172.16.0.1", "100.64.0.1", "198.18.0.1", "192.0.0.192", "224.0.0.1", "255.255.255.255"]  # fmt: skip
URLS = [f"http://{host}:{{port}}/" for host in HOSTS] + [
    "http://user@127.0.0.1:{port}/",
    "http://public.example@127.0.0.1:{port}/",
    "http://127.0.0.1:{port}#@public.example/",
    "http://127.0.0.1:{port}\\@public.example/",
    "https://127.0.0.1:{port}/",
    "http://127.0.0.1:0/",
    "http:///127.0.0.1:{port}/",
    "http://[::1/",
    "http://",
    "file:///etc/passwd",
    "gopher://127.0.0.1:{port}/_x",
    "ftp://127.0.0.1:{port}/",
    "dict://127.0.0.1:{port}/",
]


@pytest.fixture
def canary() -> Iterator[tuple[int, list[object]]]:
    """A listener on loopback and what it accepted."""
    accepted: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        stop = threading.Event()

        def listen() -> None:
            while not stop.is_set():
                try:
                    accepted.append(server.accept())
                except TimeoutError:
                    continue

        thread = threading.Thread(target=listen)
        thread.start()
        yield server.getsockname()[1], accepted
        stop.set()
        thread.join()


def test_every_spelling_of_a_closed_host_is_refused_and_nobody_is_asked(canary: tuple[int, list[object]]) -> None:
    port, accepted = canary
    assert len(URLS) >= 49
    for url in URLS:
        with pytest.raises(InputError):
            fetch(url.format(port=port), 1000, 5)
    assert accepted == []


class Web:
    """Hosts that answer from a list, and a resolver that may change its mind."""

    def __init__(self, *answers: bytes, addresses: list[list[str]] | None = None) -> None:
        self.answers, self.addresses = list(answers), addresses
        self.asked: list[tuple[str, int]] = []
        self.looked_up: list[str] = []

    def resolve(self, host: str, port: int) -> list[str]:
        self.looked_up.append(host)
        return [PUBLIC] if self.addresses is None else self.addresses.pop(0)

    def connect(self, address: str, port: int) -> socket.socket:
        self.asked.append((address, port))
        ours, theirs = socket.socketpair()
        answer = self.answers.pop(0)

        def say() -> None:
            with theirs:
                theirs.recv(65_536)
                with contextlib.suppress(OSError):
                    theirs.sendall(answer)

        threading.Thread(target=say, daemon=True).start()
        return ours

    def fetch(self, url: str = "http://news.example/a", max_bytes: int = 1000, max_seconds: float = 5) -> Fetched:
        return fetch(url, max_bytes, max_seconds, self.resolve, self.connect)


def answer(status: str, body: bytes = b"", headers: str = "") -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n{headers}\r\n".encode() + body


def moved(to: str) -> bytes:
    return answer("302 Found", b"x", f"Location: {to}\r\n")


def test_a_page_is_fetched_from_the_address_that_was_checked() -> None:
    web = Web(moved("/b"), answer("200 OK", gzip.compress(b"<p>Hi"), "Content-Encoding: gzip\r\nContent-Type: text/html; charset=koi8-r\r\n"))  # fmt: skip
    assert web.fetch() == Fetched("http://news.example/b", "koi8-r", b"<p>Hi")
    assert web.asked == [(PUBLIC, 80)] * 2
    assert web.looked_up == ["news.example"] * 2


@pytest.mark.parametrize("addresses", [[["127.0.0.1"]], [[PUBLIC, "10.0.0.1"]], [[]], [["::ffff:127.0.0.1"]]])
def test_a_name_that_leads_to_a_closed_address_is_refused(addresses: list[list[str]]) -> None:
    web = Web(answer("200 OK"), addresses=addresses)
    with pytest.raises(InputError, match="not a public address"):
        web.fetch()
    assert web.asked == []


def test_a_resolver_that_changes_its_mind_is_asked_once_and_again_after_a_redirect() -> None:
    web = Web(moved("http://news.example/b"), answer("200 OK"), addresses=[[PUBLIC], ["127.0.0.1"]])
    with pytest.raises(InputError, match="not a public address"):
        web.fetch()
    assert web.asked == [(PUBLIC, 80)]


@pytest.mark.parametrize(
    "to", ["file:///etc/passwd", "http://user@news.example/", "gopher://news.example/", "http://[::1"]
)
def test_a_redirect_may_not_leave_the_web(to: str) -> None:
    with pytest.raises(InputError):
        Web(moved(to), answer("200 OK")).fetch()


BAD = {
    "too many redirects": ([moved("/x")] * 9, "more than 5 times"),
    "an error": ([answer("500 Oops")], "answered 500"),
    "too large": ([answer("200 OK", b"x" * 1001)], "max_bytes = 1,000"),
    "a bomb": ([answer("200 OK", gzip.compress(b"x" * 9_000_000), "Content-Encoding: gzip\r\n")], "max_bytes = 1,000"),
    "no gzip": ([answer("200 OK", b"x" * 9, "Content-Encoding: gzip\r\n")], "gzip"),
    "no HTTP": ([b"SSH-2.0-x\r\n"], "could not be read"),
    "silence": ([b""], "could not be read"),
    "an early end": ([answer("200 OK", b"<p>Hi")[:-2]], "2 bytes before its Content-Length"),
    "half a gzip": (
        [answer("200 OK", gzip.compress(b"<p>Hi" * 9)[:-9], "Content-Encoding: gzip\r\n")],
        "middle of its gzip",
    ),
    "an odd port": ([moved("http://news.example:6379/")], "port 6379"),
    "an odd port with TLS": ([moved("https://news.example:22/")], "port 22"),
}


@pytest.mark.parametrize(("answers", "reason"), BAD.values(), ids=BAD)
def test_what_a_host_may_do_wrong_is_refused_with_the_reason(answers: list[bytes], reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        Web(*answers).fetch()


def test_every_member_of_a_gzip_is_unpacked() -> None:
    packed = gzip.compress(b"<p>One.") + gzip.compress(b"<p>Two.") + b"\0\0"
    assert Web(answer("200 OK", packed, "Content-Encoding: gzip\r\n")).fetch().body == b"<p>One.<p>Two."


def test_a_port_that_the_user_names_is_asked() -> None:
    web = Web(answer("200 OK", b"<p>Hi"))
    assert web.fetch("http://news.example:8080/a").body == b"<p>Hi"
    assert web.asked == [(PUBLIC, 8080)]


class Drip(Web):
    """A host that sends its answer again and again, a little at a time."""

    def connect(self, address: str, port: int) -> socket.socket:
        ours, theirs = socket.socketpair()
        said = self.answers.pop(0)

        def say() -> None:
            with theirs, contextlib.suppress(OSError):
                while True:
                    theirs.sendall(said)
                    time.sleep(0.02)

        threading.Thread(target=say, daemon=True).start()
        return ours


@pytest.mark.parametrize(
    "said",
    [b"H", b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 200 OK\r\nX: y\r\n"],
    ids=["slow first line", "endless 100 Continue", "slow headers"],
)
def test_a_host_that_never_comes_to_the_point_is_left_in_time(said: bytes) -> None:
    started = time.monotonic()
    with pytest.raises(InputError):  # in words of time, or of headers without end
        Drip(said).fetch(max_seconds=0.4)
    assert time.monotonic() - started < 3
