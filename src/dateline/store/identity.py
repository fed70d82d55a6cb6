"""Articles and inputs in, the names out under which an archive knows them: hashes of content, the same in every
archive."""

from __future__ import annotations

import hashlib
import json
from urllib.parse import parse_qsl, urlencode, urlsplit

from dateline.model import Article
from dateline.store.folding import folded
from dateline.store.nouns import Provenance

REPORT_DIGITS = 20
"""Hex digits of a report id, 80 bits: a second text for a given id takes 2^80 trials."""
TRACKING = ("utm_", "fbclid", "gclid", "mc_cid", "mc_eid")
"""Beginnings of query keys that say how a reader came to a page, not which page it is."""


def digest(*parts: object) -> str:
    """SHA-256 in hex of some values, each kept apart from the next."""
    return hashlib.sha256(json.dumps(parts, default=str).encode()).hexdigest()


def report_id(article: Article) -> str:
    """The archive's id of a report: ``r`` and 20 hex digits of address (or publisher, without one), title, day and
    text."""
    where = canonical_url(article.url) if article.url else article.publisher
    return "r" + digest(where, article.title, article.published, article.text)[:REPORT_DIGITS]


def input_key(given: Provenance) -> str:
    """The name of an input in the ledger: 32 hex digits."""
    return digest(given.origin, given.offset, given.id, given.fingerprint)[:32]


def canonical_url(url: str) -> str:
    """An address without what does not name the page: scheme, case of the host, standard port, fragment, last slash,
    tracking. What is no address is returned as it is."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return url
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return url
    host = parts.hostname if port in {None, 80, 443} else f"{parts.hostname}:{port}"
    kept = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not pair[0].startswith(TRACKING)]
    query = f"?{urlencode(kept)}" if kept else ""
    return f"{host}{parts.path.rstrip('/')}{query}"


def edition_keys(article: Article) -> tuple[str, ...]:
    """Two reports that share one of these are editions of one another: the same address; the same headline from one
    publisher on one day; or the same text from one publisher."""
    keys = [digest("url", canonical_url(article.url))] if article.url else []
    if article.publisher:
        publisher = folded(article.publisher)
        keys.append(digest("text", publisher, article.text))
        if article.title and folded(article.title):
            keys.append(digest("title", publisher, folded(article.title), article.published))
    return tuple(sorted(key[:32] for key in keys))
