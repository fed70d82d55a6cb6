"""A page in, what it says about itself out: headline, day, outlet, authors, address."""

from __future__ import annotations

import html
import itertools
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from msgspec import Struct

_LONGEST = 500_000
"""Characters of JSON-LD that are looked at."""
_TAGS, _SCRIPTS = 1000, 50
"""Tags of a kind that are looked at."""
_META = re.compile(r"(?i)<meta\s([^<>]{1,4000})>")
_LINK = re.compile(r"(?i)<link\s([^<>]{1,2000})>")
_JSON_LD = re.compile(r"(?i)<script\s[^<>]{0,300}?application/ld\+json[^<>]{0,300}>")
_SCRIPT_END = re.compile(r"(?i)</script")
_ATTRIBUTE = re.compile(r"""([\w:.-]{1,60})\s{0,9}=\s{0,9}(?:"([^"]*)"|'([^']*)'|([^\s"'>]{1,2000}))""")
_STEPS = 2_000
"""Values of JSON-LD that are looked at, so that no nest of lists keeps the reader busy."""
_REPORTS = (
    *("NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "BackgroundNewsArticle", "OpinionNewsArticle"),
    *("LiveBlogPosting", "Article", "BlogPosting"),
)
_TYPES = (*_REPORTS, "WebPage")
_DAY = (
    *("article:published_time", "og:article:published_time", "datepublished", "parsely-pub-date", "sailthru.date"),
    *("dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date", "citation_publication_date", "publish-date"),
    *("publish_date", "pub_date", "publication_date", "article.published", "pubdate", "date"),
)
_TITLE = ("og:title", "twitter:title", "dc.title")
_ADDRESS = ("og:url",)
_OUTLET = ("og:site_name", "application-name", "apple-mobile-web-app-title", "twitter:site_name", "dc.publisher")
_TOLD = ("description", "alternativeHeadline")
_DESCRIPTION = ("og:description", "description", "twitter:description")
_AUTHOR = ("author", "article:author", "dc.creator", "byl", "parsely-author")
_BY = re.compile(r"(?i)^\s*by\s+")


class Facts(Struct, frozen=True, kw_only=True):
    """What a page says about itself, as it says it; None where it is silent. ``stamps`` are all that it says of its
    day of publication, best first; ``outlets`` other names of the outlet; ``told`` what it says in short;
    ``is_report`` whether it calls itself one."""

    title: str | None = None
    stamps: tuple[str, ...] = ()
    publisher: str | None = None
    outlets: tuple[str, ...] = ()
    byline: str | None = None
    url: str | None = None
    told: tuple[str, ...] = ()
    is_report: bool = False


def facts_of(page: str) -> Facts:
    """JSON-LD first, then ``<meta>``: they keep the hour and the outlet's own name, which extractors drop. The tags are
    found in the page's source: asking a parsed tree for them takes minutes where there are thousands."""
    report, meta = _report(page), _meta(page)
    return Facts(
        title=_text(report.get("headline")) or _first(meta, _TITLE),
        stamps=tuple(filter(None, (_text(report.get("datePublished")), *(meta.get(name) for name in _DAY)))),
        publisher=_name(report.get("publisher")) or meta.get("og:site_name"),
        outlets=tuple(meta[name] for name in _OUTLET if name in meta),
        byline=_names(report.get("author")) or _byline(_first(meta, _AUTHOR)),
        url=_link(_canonical(page)) or _link(_first(meta, _ADDRESS)) or _link(_text(report.get("url"))),
        told=tuple(filter(None, (*map(_text, map(report.get, _TOLD)), *(meta.get(name) for name in _DESCRIPTION)))),
        is_report=_is_report(report, meta),
    )


def _is_report(report: Mapping[str, Any], meta: Mapping[str, str]) -> bool:
    kinds = report.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return any(k in _REPORTS for k in kinds) or meta.get("og:type", "").lower() in {"article", "news", "newsarticle"}


def host_of(url: str | None) -> str | None:
    """The host of an address without ``www.``, None where there is none."""
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def _attributes(tag: str) -> dict[str, str]:
    """The attributes of a tag, names in lower case, entities undone."""
    return {m[1].lower(): html.unescape(m[2] or m[3] or m[4] or "") for m in _ATTRIBUTE.finditer(tag)}


def _meta(page: str) -> dict[str, str]:
    """The first non-empty content of every named ``<meta>``, names in lower case."""
    found: dict[str, str] = {}
    for tag in itertools.islice(_META.finditer(page), _TAGS):
        given = _attributes(tag[1])
        name = given.get("property") or given.get("name") or given.get("itemprop")
        value = " ".join(given.get("content", "").split())
        if name and value:
            found.setdefault(name.lower(), value[:1000])
    return found


def _report(page: str) -> Mapping[str, Any]:
    """The JSON-LD object of the report itself: the best of the known types, in their order."""
    best: tuple[int, Mapping[str, Any]] = (len(_TYPES), {})
    for script in itertools.islice(_JSON_LD.finditer(page), _SCRIPTS):
        end = _SCRIPT_END.search(page, script.end(), script.end() + _LONGEST)
        for item in _objects(page[script.end() : end.start()] if end else ""):
            kinds = item.get("@type")
            kinds = kinds if isinstance(kinds, list) else [kinds]
            rank = min((_TYPES.index(k) for k in kinds if k in _TYPES), default=len(_TYPES))
            if rank < best[0]:
                best = rank, item
    return best[1]


def _objects(text: str) -> Iterator[Mapping[str, Any]]:
    try:
        waiting: list[Any] = [json.loads(text[:_LONGEST], strict=False)]
    except (ValueError, RecursionError):
        return
    for _ in range(_STEPS):
        if not waiting:
            return
        value = waiting.pop(0)
        if isinstance(value, list):
            waiting.extend(value[:_STEPS])
        elif isinstance(value, dict):
            yield value
            waiting.extend(value[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in value)


def _text(value: Any) -> str | None:
    """Words of a JSON-LD value, or None where it is no text."""
    if isinstance(value, list) and value:
        value = value[0]
    return " ".join(html.unescape(value).split())[:1000] or None if isinstance(value, str) else None


def _name(value: Any) -> str | None:
    if isinstance(value, list) and value:
        value = value[0]
    return _text(value.get("name")) if isinstance(value, dict) else _text(value)


def _names(value: Any) -> str | None:
    names = [_byline(_name(one)) for one in (value if isinstance(value, list) else [value])[:20]]
    return ", ".join(dict.fromkeys(name for name in names if name)) or None


def _byline(value: str | None) -> str | None:
    """A byline without its "By"; an address (some pages name the author's page) is none."""
    return None if not value or value.startswith(("http://", "https://")) else _BY.sub("", value) or None


def _first(meta: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((meta[name] for name in names if name in meta), None)


def _canonical(page: str) -> str | None:
    links = (_attributes(tag[1]) for tag in itertools.islice(_LINK.finditer(page), _TAGS))
    return next((link.get("href") for link in links if link.get("rel", "").lower() == "canonical"), None)


def _link(value: str | None) -> str | None:
    """An http(s) address, or None: nothing else (``javascript:``, a path) is kept as one."""
    value = (value or "").strip()
    return value if value.lower().startswith(("http://", "https://")) and host_of(value) else None
