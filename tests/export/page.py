"""A small reader of the page for tests: elements in order, their attributes, and the text inside."""

from __future__ import annotations

from html.parser import HTMLParser

VOID = {"meta", "input", "br", "rect", "path", "circle", "ellipse", "link", "img"}


class Element:
    """One element with its own and its inner text."""

    def __init__(self, tag: str, attributes: dict[str, str]) -> None:
        self.tag, self.attributes, self.text = tag, attributes, ""

    def __getitem__(self, name: str) -> str:
        return self.attributes.get(name, "")


class Page(HTMLParser):
    """Every element of the page, in order of its start."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.feed(html)
        self.close()
        self.left_open = [element.tag for element in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        assert tag != "a" or "a" not in [e.tag for e in self._open], f"a link within a link: {attrs}"
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert [e.tag for e in self._open[-1:]] == [tag], f"</{tag}> closes {[e.tag for e in self._open[-3:]]}"
            self._open.pop()

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text += data

    def all(self, tag: str) -> list[Element]:
        """Every element of a kind."""
        return [element for element in self.elements if element.tag == tag]

    def by_id(self, key: str) -> Element:
        """The one element with this id."""
        (found,) = (element for element in self.elements if element["id"] == key)
        return found
