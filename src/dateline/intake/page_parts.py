"""A page's tree in, the same tree out without what is no part of a report: comments, embedded posts, calls to
subscribe, boxes on authors, links to other reports; and what extractors lose of a report found again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from dateline.knowledge.page_parts import container_names, names_of

_CONTAINERS = frozenset("div section aside ul ol form blockquote article iframe figure nav footer details".split())  # noqa: SIM905
_LINES = frozenset("p h2 h3 h4 h5 h6 li div strong em".split())  # noqa: SIM905
_INLINE = frozenset("a abbr b bdi cite code em i mark q s small span strong sub sup time u".split())  # noqa: SIM905
_WORD = re.compile(r"\S+")
_PIECES = re.compile(r"[^A-Za-z0-9]+|(?<=[a-z])(?=[A-Z])")
_COMMENT = frozenset({"comment", "comments", "commentlist", "commentlists", "disqus", "replies"})
_PROSE, _ABOVE = 8, 20
"""Words that a line of prose has at least; words of prose that stand before what follows a report."""
_ENDS = tuple(".!?…\"”’'»):;")
_LONGEST_LINE = 60
"""Words of a line that leads elsewhere."""
_NODES = 20_000
"""Elements that are looked at: pages with more are not laid before the extractors at all."""
_TEASERS, _LINK_WORDS, _REPORT_WORDS = 6, 4, 100
"""A list of reports has so many headlines that are links of so many words, and no so long stretch of prose."""


def without_other_parts(tree: Any) -> None:
    """Takes what is no part of the report out of a tree. A container goes by its whole name, never for a part of one
    ("comment-rule-intro"), and only where it cannot hold the report: prose or the headline stand before it."""
    words, headed = 0, False
    for element in list(tree.iter())[:_NODES]:
        if not isinstance(element.tag, str) or not _within(element, tree):
            continue
        headed = headed or element.tag == "h1"
        if (element.tag in _CONTAINERS and _is_other(element) and _stands_apart(element, words, headed)) or (
            element.tag in _LINES and _leads_elsewhere(element)
        ):
            element.drop_tree()
        elif element.tag == "p":
            words += _prose_of(element)


def plain_prose(tree: Any) -> None:
    """Takes the names from paragraphs of prose: extractors leave a paragraph out whose class only looks like one of
    another part ("related-rule")."""
    for element in tree.iter("p"):
        if _prose_of(element):
            for name in ("class", "id", "role", "data-component"):
                element.attrib.pop(name, None)


def with_lost_prose(text: str, tree: Any) -> str:
    """The text with the paragraphs of prose that an extractor lost between ones that it kept, side by side in one
    element of the page."""
    blocks = text.split("\n\n")
    seen = {_key(block): n for n, block in enumerate(blocks)}
    whole = "\n".join(seen)
    after: dict[int, list[str]] = {}
    for parent in {id(p.getparent()): p.getparent() for p in tree.iter("p") if p.getparent() is not None}.values():
        children = [(_line(child), child) for child in parent if child.tag == "p"]
        kept = [seen[_key(line)] for line, _ in children if _key(line) in seen]
        if len(kept) < 2:
            continue
        at = min(kept) - 1
        for line, child in children:
            if _key(line) in seen:
                at = seen[_key(line)]
            elif _prose_of(child) and _key(line) not in whole:
                after.setdefault(at, []).append(line)
    out = after.get(-1, [])
    for number, block in enumerate(blocks):
        out += [block, *after.get(number, [])]
    return "\n\n".join(out)


def with_standfirst(text: str, tree: Any, told: Sequence[str]) -> str:
    """The text with the standfirst that the page shows between its headline and its text, where an extractor left it
    out: by its name, or because the head of the page says the same words (``told``)."""
    blocks = text.split("\n\n")
    keys = {_key(block) for block in blocks}
    whole = _key(text)
    for element in _top(tree, keys):
        line = _line(element)
        key = _key(line)
        if len(_WORD.findall(line)) < 6 or key in whole or not (_is_standfirst(element) or _is_told(key, told)):
            continue
        first = (
            1 if (heading := next(tree.iter("h1"), None)) is not None and _key(_line(heading)) == _key(blocks[0]) else 0
        )
        return "\n\n".join([*blocks[:first], line, *blocks[first:]])
    return text


def is_list_of_reports(tree: Any) -> bool:
    """Whether a page is a front page or a list: many headlines that are links, and no stretch of prose of its own."""
    headlines = sum(
        1
        for tag in ("h2", "h3", "h4")
        for heading in tree.iter(tag)
        if (link := _link_of(heading)) is not None and len(_line(link).split()) >= _LINK_WORDS
    )
    if headlines < _TEASERS:
        return False
    parents = {id(p.getparent()): p.getparent() for p in tree.iter("p") if p.getparent() is not None}
    return all(sum(_prose_of(c) for c in parent if c.tag == "p") < _REPORT_WORDS for parent in parents.values())


def _within(element: Any, tree: Any) -> bool:
    """Whether an element was not taken out with one around it."""
    while element is not None and element is not tree:
        element = element.getparent()
    return element is tree


def _names(element: Any) -> list[str]:
    return f"{element.get('class') or ''} {element.get('id') or ''}".split()


def _is(element: Any, names: frozenset[str]) -> bool:
    return any(name.lower() in names for name in _names(element))


def _is_other(element: Any) -> bool:
    if _is(element, container_names()) or "schema.org/Comment" in (element.get("itemtype") or ""):
        return True
    return any(_is_of_comments(set(_PIECES.split(name)) - {""}) for name in _names(element))


def _is_of_comments(pieces: set[str]) -> bool:
    """Whether a name is made of "comment" and words of layout alone: "comment-rule" is of something else."""
    lower = {piece.lower().rstrip("0123456789") for piece in pieces} - {""}
    return bool(lower & _COMMENT) and lower <= names_of("comment-piece")


def _stands_apart(element: Any, words: int, headed: bool) -> bool:
    """Whether a container cannot hold the report: ``words`` of prose, or the headline (``headed``), stand before it."""
    if next(element.iter("h1"), None) is not None:
        return False
    return words >= _ABOVE or _is(element, names_of("embed")) or (headed and _prose_in(element) < _ABOVE)


def _prose_in(element: Any) -> int:
    return sum(_prose_of(p) for p in element.iter("p"))


def _is_line(element: Any) -> bool:
    """Whether an element holds no other block."""
    return all(child.tag in _INLINE or child.tag == "br" or callable(child.tag) for child in element.iterdescendants())


def _line(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _key(line: str) -> str:
    """A line as it is compared: letters and figures alone."""
    return "".join(c for c in line.casefold() if c.isalnum())


def _prose_of(element: Any) -> int:
    """Words of an element that holds prose: a sentence, most of it no link."""
    line = _line(element)
    count = len(_WORD.findall(line))
    if count < _PROSE or not line.endswith(_ENDS):
        return 0
    linked = sum(len(_line(link).split()) for link in element.iter("a"))
    return count if 2 * linked <= count else 0


def _link_of(heading: Any) -> Any:
    """The link that a headline is, in it or around it."""
    inside = next(heading.iter("a"), None)
    return inside if inside is not None else (heading.getparent() if heading.getparent().tag == "a" else None)


def _leads_elsewhere(element: Any) -> bool:
    """Whether a line leads to another report, or calls to subscribe: by its first words, with a link in it."""
    if any(
        child.tag not in _INLINE and child.tag != "br"
        for child in element.iterdescendants(tag=None)
        if isinstance(child.tag, str)
    ):
        return False
    line = _line(element)
    if not line or len(line.split()) > _LONGEST_LINE:
        return False
    links = [_line(link) for link in element.iter("a")]
    start = line.lower().replace("’", "'").lstrip("•▶►>»→-–— [(*")
    label, colon, rest = start.partition(":")
    if links and colon and label.strip(" *") in names_of("label") and rest.strip():
        return True
    linked = sum(len(link.split()) for link in links)
    if 2 * linked > len(line.split()) and any(start.startswith(f"{name} ") for name in names_of("label")):
        return True
    return bool(links) and any(start.startswith(f"{call} ") for call in names_of("call"))


def _top(tree: Any, keys: set[str]) -> Iterator[Any]:
    """The lines between the headline and the first paragraph that an extractor kept."""
    heading = next(tree.iter("h1"), None)
    passed = heading is None
    title = _key(_line(heading)) if heading is not None else ""
    for element in tree.iter("h1", "h2", "h3", "p", "div", "span"):
        if element is heading:
            passed = True
        elif passed and _is_line(element):
            key = _key(_line(element))
            if element.tag == "p" and key in keys and key != title and _prose_of(element):
                return
            if element.getparent() is None or element.getparent() is not heading:
                yield element


def _is_standfirst(element: Any) -> bool:
    names = {piece.lower() for name in _names(element) for piece in _PIECES.split(name)}
    return bool(names & names_of("standfirst")) or element.get("itemprop") in {"description", "alternativeHeadline"}


def _is_told(key: str, told: Sequence[str]) -> bool:
    return any(key == other or (len(key) > 40 and other.startswith(key)) for other in map(_key, told) if other)
