"""A page of HTML in, an article out: its main text read twice, by two parsers that fail differently."""

from __future__ import annotations

import copy
import itertools
import logging
import re
from typing import TYPE_CHECKING, Any

import msgspec

from dateline.errors import InputError
from dateline.intake.days import readable_day
from dateline.intake.decoding import decode
from dateline.intake.found import About, Found, doubt
from dateline.intake.outlets import headline, publisher
from dateline.intake.page_days import day_of_page
from dateline.intake.page_facts import Facts, facts_of, host_of
from dateline.intake.page_parts import (
    is_list_of_reports,
    plain_prose,
    with_lost_prose,
    with_standfirst,
    without_other_parts,
)
from dateline.intake.text import article_from_text
from dateline.model import Fault
from dateline.settings import Settings

if TYPE_CHECKING:
    from resiliparse.parse.html import HTMLTree

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]{0,40})")
_LONG_TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9]{0,20})\b[^<>]{20000,}>")
"""Both parsers take a second for 16,000 attributes of one element and an hour for a million."""
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())  # noqa: SIM905
_CLOSED_BY_NEXT = frozenset("p li dt dd tr td th thead tbody option".split())  # noqa: SIM905
_BLOCKS = frozenset({"p", "head", "item", "quote", "row", "list", "table", "code", "div", "fw"})
_SENTENCE_END = tuple(".!?…\"”’'»)")
_SPACES = re.compile(r"[ \t\f\v\u00a0]+")
_PROSE = 8
"""Words that a line of prose has at least; menus and labels have fewer."""
_READ, _RESET = itertools.count(1), 200
"""Pages between two clearings of the extractor's caches: they grow with every page, and after a clearing the next one
takes four times as long (12 ms against 3)."""
_SLACK = 30
"""Words by which two readings may differ before one counts as having lost text."""


def found_in_page(
    raw: bytes,
    configured: Settings,
    *,
    id: str = "page",
    origin: str | None = None,
    charset: str | None = None,
    about: About = About(),  # noqa: B008 - immutable
) -> Found:
    """The article of a page's bytes, offsets over its extracted text. Raises :class:`InputError` for a page without
    text, over ``max_characters``, or that is no text."""
    html, faults = decode(raw, charset)
    text, facts, doubts = page_text(html, configured)
    url = about.url or facts.url
    if about.published:
        published, unclear = readable_day(about.published)
    else:
        published, unclear = day_of_page(html, facts.stamps, url, about.retrieved)
    article = article_from_text(
        text,
        id=id,
        title=about.title or headline(facts.title, (about.publisher, facts.publisher, *facts.outlets), url),
        published=published,
        published_words=unclear,
        publisher=about.publisher or publisher((facts.publisher, *facts.outlets)) or host_of(url),
        url=url,
        byline=facts.byline,
        retrieved=about.retrieved,
        origin=origin,
        max_characters=configured.max_characters,
    )
    return Found(article, (*faults, *doubts))


def page_text(html: str, configured: Settings) -> tuple[str, Facts, tuple[Fault, ...]]:
    """(main text, what the page says of itself, doubts). Blocks are parted by blank lines; nothing is added to the
    page's words: no bullets, no rules of tables."""
    from resiliparse.parse.html import HTMLTree

    html = _LONG_TAG.sub(r"<\1>", html.replace("\0", " "))
    tree = HTMLTree.parse(html)
    facts, limit = facts_of(html), _limit(html, configured)
    if limit is not None:
        text = plain_text(tree, main=False) if "max_depth" in limit else _fullest(tree)
        faults: tuple[Fault, ...] = (doubt(f"{limit}; its text was taken whole: words of menus may stand in it"),)
    else:
        text, more, faults = _read_twice(html, tree, facts)
        facts = msgspec.structs.replace(
            facts,
            title=facts.title or more.title,
            outlets=(*facts.outlets, *more.outlets),
            byline=facts.byline or more.byline,
            url=facts.url or more.url,
        )
    if not text.strip():
        raise InputError("the page holds no text that could be read (a picture, a frame, or a page made by scripts?)")
    return text, facts, faults


def plain_text(html: Any, *, main: bool) -> str:
    """The visible text of a page or a piece of HTML, blocks parted by blank lines."""
    from resiliparse.extract.html2text import extract_plain_text

    text = extract_plain_text(html, main_content=main, list_bullets=False, alt_texts=False)
    return "\n".join(line.strip() for line in text.split("\n")).strip()


def _fullest(tree: HTMLTree) -> str:
    return plain_text(tree, main=True) or plain_text(tree, main=False)


def _limit(html: str, configured: Settings) -> str | None:
    """Why a page is not laid before the extractor: it drops deep text silently, and its time grows faster than size."""
    depth = _depth(html)
    if depth > configured.max_depth:
        return f"the page nests {depth:,} elements, more than max_depth = {configured.max_depth:,}"
    elements = html.count("<")
    if elements > configured.max_elements:
        return f"the page has {elements:,} tags, more than max_elements = {configured.max_elements:,}"
    return None


def _depth(html: str) -> int:
    """The deepest nest of elements, counted from the tags: an upper bound, since a parser closes some by itself."""
    depth = deepest = 0
    for slash, name in _TAG.findall(html):
        name = name.lower()
        if name in _VOID or name in _CLOSED_BY_NEXT:
            continue
        depth = max(depth + (-1 if slash else 1), 0)
        deepest = max(deepest, depth)
    return deepest


def _read_twice(html: str, tree: HTMLTree, facts: Facts) -> tuple[str, Facts, tuple[Fault, ...]]:
    """The extractor's text, or the second reading where the first lost prose. Both read the page without its other
    parts. Raises :class:`InputError` for a list of reports."""
    from lxml.html import tostring
    from resiliparse.parse.html import HTMLTree
    from trafilatura.utils import load_html

    page = load_html(html)
    if page is not None:
        without_other_parts(page)
        if not facts.is_report and is_list_of_reports(page):
            raise InputError("this page is a list of reports (headlines that lead on), not a report; name its reports")
        tree = HTMLTree.parse(tostring(page, encoding="unicode"))
        plain_prose(page)
    text, more = _extracted(html, page)
    if page is not None and text.strip():
        text = with_standfirst(with_lost_prose(text, page), page, facts.told)
    second = plain_text(tree, main=True)
    if not text.strip():
        return second or plain_text(tree, main=False), more, ()
    first, other = _prose(text), _prose(second)
    if other <= 2 * first + _SLACK:
        return text, more, ()
    reason = f"the first reading of the page had {first} words of prose and the second {other}; the second was taken"
    return second, more, (doubt(reason),)


def _prose(text: str) -> int:
    """Words in lines that look like sentences."""
    lines = ((line, len(line.split())) for line in text.split("\n"))
    return sum(words for line, words in lines if words >= _PROSE and line.rstrip().endswith(_SENTENCE_END))


def _extracted(html: str, page: Any) -> tuple[str, Facts]:
    """The main text and the metadata that trafilatura finds; empty where it finds none or fails."""
    from trafilatura import bare_extraction
    from trafilatura.meta import reset_caches

    for name in ("trafilatura", "htmldate"):  # they write to standard error whatever they stumble on
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    try:
        found = bare_extraction(
            html if page is None else copy.deepcopy(page),
            include_comments=False,
            with_metadata=True,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except (DeprecationWarning, Exception):  # noqa: BLE001 - the second reading stands in for any failure of the first
        return "", Facts()
    finally:
        if next(_READ) % _RESET == 0:
            reset_caches()
    if found is None or isinstance(found, dict):
        return "", Facts()
    facts = Facts(
        title=found.title or None,
        outlets=(found.sitename,) if found.sitename else (),
        byline=(found.author or "").replace("; ", ", ") or None,
        url=found.url or None,
    )
    return _rendered(found.body), facts


def _rendered(body: Any) -> str:
    """The text of trafilatura's tree: a block a paragraph, heading, item or row; cells parted by tabs."""
    from lxml.etree import iterwalk

    blocks: list[list[str]] = [[]]
    for event, element in iterwalk(body, events=("start", "end")):
        start = event == "start"
        if element.tag in _BLOCKS:
            blocks.append([])
        elif element.tag == "lb" and start:
            blocks[-1].append("\n")
        elif element.tag == "cell" and not start:
            blocks[-1].append("\t")
        words = element.text if start else element.tail
        if words and element is not body:
            blocks[-1].append(words.replace("\n", " "))
    lines = ("\n".join(_tidy(line) for line in "".join(block).split("\n")).strip() for block in blocks)
    return "\n\n".join(line for line in lines if line)


def _tidy(line: str) -> str:
    return _SPACES.sub(lambda m: "\t" if "\t" in m[0] else " ", line).strip()
