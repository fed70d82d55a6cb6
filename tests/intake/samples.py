"""Inputs written for the tests: a page, a feed, an archive, a text; and how they are spoilt."""

# ruff: noqa: E501 - sample texts stand on one line
from __future__ import annotations

import gzip
import random

TEXT = (
    "BERGEN, May 18 (Reuters) - The frigate Nordstjerna left Bergen on Saturday, the navy said.\n\nShe sails north.\n"
)
PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Frigate leaves Bergen | The Harbour Times</title>
<meta property="og:site_name" content="The Harbour Times (web)"><meta property="og:title" content="Frigate leaves">
<meta property="article:published_time" content="2024-05-17T23:00:00Z">
<link rel="canonical" href="https://harbour.example/2024/frigate">
<script type="application/ld+json">{"@graph": [{"@type": "WebSite", "name": "x"}, {"@type": ["NewsArticle"],
"headline": "Frigate leaves Bergen after repairs", "datePublished": "2024-05-18T06:15:00Z",
"author": [{"@type": "Person", "name": "By Ada Nilsen"}, {"name": "Odd Berg"}],
"publisher": {"@type": "Organization", "name": "The Harbour Times"}}]}</script></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li></ul></nav>
<div class="cookie">We use cookies. <button>Accept</button></div>
<article><h1>Frigate leaves Bergen after repairs</h1><p class="byline">By Ada Nilsen and Odd Berg</p>
<p>BERGEN, May 18 (Reuters) - The frigate Nordstjerna left Bergen on Saturday after repairs, the navy said.</p>
<p>“She is ready,” said Commander Lars Holm.<br>The crew of 120 was on board.</p>
<ul><li>The bow sonar was replaced by a team from Horten.</li><li>Two engines were tested on Thursday.</li></ul>
<table><tr><th>Ship</th><th>Crew</th></tr><tr><td>Nordstjerna</td><td>120</td></tr></table>
<p>The ship is expected in Tromsø on Tuesday, <a href="/x">where it will join</a> <b>British</b> vessels.</p></article>
<aside><h3>Read more</h3><ul><li><a href="/a">Storm hits coast</a></li></ul></aside></body></html>"""
ENTRY = (
    "<item><title>Talks &amp; tea in Oslo</title><link>http://wire.example/{n}</link>"
    "<pubDate>Sat, 18 May 2024 06:15:00 +0200</pubDate><dc:creator>Ada Nilsen</dc:creator>"
    "<description>&lt;p&gt;Short.&lt;/p&gt;</description>"
    "<content:encoded><![CDATA[<p>Oman urged Yemen to hold talks.</p><ul><li>An <item> was agreed.</li></ul>"
    "<script>x()</script>]]></content:encoded></item>"
)


def feed(*entries: str, head: str = "") -> bytes:
    return (
        f'<?xml version="1.0" encoding="utf-8"?>{head}<rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:georss="http://www.georss.org/georss" xmlns:gml="http://www.opengis.net/gml">'
        f"<channel><title>The Wire</title>{''.join(entries)}</channel></rss>"
    ).encode()


def record(
    body: bytes,
    *,
    kind: str = "text/html",
    status: str = "200 OK",
    headers: str = "",
    n: int = 1,
    type: str = "response",
) -> bytes:
    http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{headers}\r\n".encode() + body
    return (
        f"WARC/1.0\r\nWARC-Type: {type}\r\nWARC-Target-URI: http://harbour.example/{n}\r\n"
        f"WARC-Date: 2024-05-19T06:00:00Z\r\nWARC-Record-ID: <urn:uuid:{n}>\r\n"
        f"Content-Type: application/http; msgtype={type}\r\nContent-Length: {len(http)}\r\n\r\n"
    ).encode() + http + b"\r\n\r\n"  # fmt: skip


def archive(count: int = 3) -> bytes:
    return b"".join(gzip.compress(record(PAGE.encode(), n=n + 1), mtime=0) for n in range(count))


SAMPLES = {
    "txt": TEXT.encode(),
    "html": PAGE.encode(),
    "xml": feed(ENTRY.format(n=1), ENTRY.format(n=2)),
    "warc": b"".join(record(PAGE.encode(), n=n + 1) for n in range(2)),
    "warc.gz": archive(2),
    "csv": b'id,title,date,outlet,body\n7,Ships leave,2024-05-18,The Wire,"The ship\nleft."\n,,,,She sails north.\n',
    "jsonl": b'{"id": "a", "text": "The ship left Bergen.", "published": "2024-05-18"}\n\n{"text": "She sails."}\n',
}
_SPLICES = [
    b"<",
    b">",
    b"&#x110000;",
    b"&#99999999999;",
    b"]]>",
    b"<![CDATA[",
    b"<!--",
    b"\0",
    b"\xff\xfe",
    b'"',
    b"\r\n",
]
_SPLICES += [b"<item>", b"</entry>", b"Content-Length: 99999999\r\n", b"<div>" * 300, b"{[" * 50, b"\x1f\x8b\x08"]


def spoilt(raw: bytes, rng: random.Random) -> bytes:
    """The bytes with one to eight random mistakes: flips, cuts, doubled stretches, hostile pieces."""
    data = bytearray(raw)
    for _ in range(rng.randint(1, 8)):
        at = rng.randrange(len(data) + 1)
        match rng.randrange(5):
            case 0 if data:
                data[at % len(data)] = rng.randrange(256)
            case 1:
                del data[at : at + rng.randint(1, 60)]
            case 2:
                data[at:at] = data[at : at + rng.randint(1, 200)]
            case 3:
                data[at:at] = rng.choice(_SPLICES)
            case _:
                if rng.random() < 0.2:
                    del data[at:]
    return bytes(data)
