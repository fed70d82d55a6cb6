"""Plain text in, an :class:`Article` out: blocks with roles, the dateline. The text itself is never changed."""

from __future__ import annotations

import re
from datetime import date

from dateline.errors import InputError
from dateline.intake.days import Day, day_from
from dateline.intake.language import language_of
from dateline.model import Article, Block, BlockRole, Span

_BREAK = re.compile(r"\n[ \t\u00a0]*\n\s*|\r\n[ \t]*\r\n\s*|\u2029+")
_LINE = re.compile(r"\r\n|\n|\r|\u2028")
_ENDS = tuple(".!?:;\"'”’)]…")
_MONTH_DAY = r"(?:\d{1,2} [A-Z][a-z]{2,8}\.?|[A-Z][a-z]{2,8}\.? \d{1,2})(?:,? \d{4})?"
_AGENCIES = (
    r"(?:AP|AFP|Reuters|TASS|UPI|IPS|PTI|ANSA|DPA|dpa|Xinhua|Bloomberg|RIA Novosti|Interfax|Yonhap|Kyodo|EFE|APA)"
)
_CAPITALS = r"[A-Z][A-Z.'’\-]+(?: [A-Z][A-Z.'’\-]*){0,4}(?:[,/] ?[A-Z][\w.'’ \-]{1,24}){0,2}"
_NAME = r"[A-Z][\w.'’\-]+(?:[ ,] ?[A-Z][\w.'’\-]+){0,4}"
_DATELINE = re.compile(
    rf"[ \t]{{0,8}}(?P<line>{_CAPITALS}(?:[,.]? {_MONTH_DAY})?(?: ?\([^()\n]{{2,40}}\))?"
    rf"|{_NAME},? {_MONTH_DAY}(?: ?\([^()\n]{{2,40}}\))?"
    rf"|{_NAME} ?\({_AGENCIES}\))"
    r" ?(?:--|[\u2012-\u2015_]|-(?=\s))[ ]*"
)
_DATE_ONLY = re.compile(
    rf"(?:[A-Z][a-z]{{5,8}},? )?(?:{_MONTH_DAY}|\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}[./]\d{{1,2}}[./]\d{{4}})(?: at)?"
    r"(?:,? \d{1,2}[:.]\d{2}(?: ?[ap]\.?m\.?)?(?: [A-Z]{2,4})?)?"
)
_DAY_LAST = re.compile(r"\b(?:\d{4}-\d{2}-\d{2}|(?:19|20)\d{2})$")
"""A line that ends in a day is a dateline of its own."""
_SHORT = 60
"""Lines shorter than this are not wrapped text."""
_TOP = 4
"""Blocks among which a dateline is looked for."""


def article_from_text(
    text: str,
    *,
    id: str = "report",
    title: str | None = None,
    published: Day = None,
    published_words: str | None = None,
    publisher: str | None = None,
    url: str | None = None,
    byline: str | None = None,
    retrieved: date | None = None,
    origin: str | None = None,
    max_characters: int = 3_000_000,
) -> Article:
    """Make an article of a text. Raises :class:`InputError` for empty text, text over the limit and bad dates."""
    if not text.strip():
        raise InputError("the report is empty: there are no words in it")
    if len(text) > max_characters:
        raise InputError(
            f"the report has {len(text):,} characters, more than max_characters = {max_characters:,}; "
            "split it, or raise the limit in dateline.toml or DATELINE_MAX_CHARACTERS"
        )
    blocks, dateline = _blocks(text)
    return Article(
        id=id,
        text=text,
        title=title or None,
        published=day_from(published),
        published_words=published_words,
        publisher=publisher or None,
        url=url or None,
        byline=byline or None,
        retrieved=retrieved,
        dateline=dateline,
        language=language_of(text),
        blocks=blocks,
        origin=origin,
    )


def _blocks(text: str) -> tuple[tuple[Block, ...], Span | None]:
    """Paragraphs with their roles, the dateline split from the first one that has one."""
    blocks: list[Block] = []
    dateline: Span | None = None
    for start, end in _paragraphs(text):
        if len(blocks) < _TOP:
            found = _DATELINE.match(text, start, end) if dateline is None else None
            if found is not None:
                dateline = Span(found.start("line"), found.end("line"))
                blocks.append(Block(Span(start, found.end()), "dateline"))
                start = found.end()
            elif _DATE_ONLY.fullmatch(text, start, end):
                blocks.append(Block(Span(start, end), "dateline"))
                continue
        if start < end:
            blocks.append(Block(Span(start, end), _role(text, start, end, len(blocks))))
    return tuple(blocks), dateline


def _role(text: str, start: int, end: int, before: int) -> BlockRole:
    """A short first line without a full stop is a headline."""
    if before == 0 and end - start < 160 and not text[start:end].rstrip().endswith(_ENDS) and end < len(text.rstrip()):
        return "headline"
    return "paragraph"


def _paragraphs(text: str) -> list[tuple[int, int]]:
    """(start, end) of every paragraph, white space trimmed: blank lines part them; single newlines only where they do
    not look like wrapping."""
    found = []
    edges = [0, *(edge for m in _BREAK.finditer(text) for edge in (m.start(), m.end())), len(text)]
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        found.extend(_lines(text, start, end))
    return [(s, e) for s, e in (_trim(text, s, e) for s, e in found) if s < e]


def _lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Pieces of one stretch without blank lines."""
    pieces, first, line = [], start, start
    for m in _LINE.finditer(text, start, end):
        before, after = text[line : m.start()].rstrip(), text[m.end() : m.end() + 40].lstrip()
        if not before or not after or _ends_block(before, after):
            pieces.append((first, m.start()))
            first = m.end()
        line = m.end()
    pieces.append((first, end))
    return pieces


def _ends_block(before: str, after: str) -> bool:
    """True where a newline parts two blocks rather than wraps one."""
    if after[0].islower() or after[0] in ",;)":
        return False
    return before.endswith(_ENDS) or len(before) < _SHORT or _DAY_LAST.search(before) is not None


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
