"""The page: self-contained, inert under hostile words, every mark tied to its line and back."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import msgspec
import pytest

from dateline.export.html import PAGE, safe_link, to_html
from dateline.export.marks import LAYERS, marks_of
from dateline.model import Article, Record
from tests.export.hostile import NASTY, hostile_record
from tests.export.page import Element, Page
from tests.export.sample import TEXT, sample_record

BROWSER = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--enable-logging=stderr",
)


@pytest.fixture(scope="module")
def page() -> Page:
    return Page(to_html(sample_record()))


@pytest.fixture(scope="module")
def hostile() -> Page:
    return Page(to_html(hostile_record()))


def pieces(page: Page) -> list[Element]:
    return [element for element in page.elements if re.fullmatch(r"s\d+", element["id"])]


def test_every_element_is_closed_and_every_id_stands_once(page: Page) -> None:
    assert page.left_open == []
    ids = [element["id"] for element in page.elements if element["id"]]
    assert len(ids) == len(set(ids))


def test_every_link_inside_the_page_leads_somewhere(page: Page) -> None:
    ids = {element["id"] for element in page.elements}
    links = [element["href"] for element in page.all("a")]
    assert [link for link in links if link.startswith("#") and link[1:] not in ids] == []
    assert [link for link in links if not link.startswith("#")] == ["https://example.org/frigate"]


def test_every_link_says_where_it_leads(page: Page) -> None:
    links = page.all("a")
    assert [link.attributes for link in links if not link.text.strip() and not link["aria-label"]] == []


def test_the_page_asks_the_network_for_nothing(page: Page) -> None:
    html = to_html(sample_record())
    assert not {"link", "img", "iframe", "object", "embed", "base", "form"} & {element.tag for element in page.elements}
    assert not any(element["src"] or element["style"] for element in page.elements)
    assert "@import" not in html
    assert set(re.findall(r"url\(([^)]*)\)", html)) <= {
        f"#{n}-{q}" for n in ("wide", "narrow") for q in ("VC", "MC", "VX", "MX", "NN")
    }


def test_the_policy_allows_nothing_but_the_pages_own_style_and_script(page: Page) -> None:
    policy = next(m["content"] for m in page.all("meta") if m["http-equiv"] == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert len(page.all("script")) == len(page.all("style")) == 1
    assert "innerHTML" not in page.all("script")[0].text


def test_the_report_stands_on_the_page_word_for_word(page: Page) -> None:
    paragraphs = [TEXT[block.span.start : block.span.end] for block in sample_record().article.blocks]
    assert [e.text for e in page.all("p") if e["class"].startswith("b-")] == paragraphs


def test_every_annotation_of_every_layer_is_marked_on_its_words(page: Page) -> None:
    record = sample_record()
    for mark in marks_of(record):
        marked = "".join(p.text for p in pieces(page) if mark.id in p["data-marks"].split())
        assert mark.span.of(TEXT) in marked
    layers = (record.events, record.timexes, record.places, record.mentions, record.predicates, record.attributions)
    assert len({mark.id for mark in marks_of(record)}) == sum(len(layer) for layer in layers)


def test_every_layer_has_a_switch(page: Page) -> None:
    assert [e["id"] for e in page.all("input") if e["id"]] == [f"show-{layer}" for layer, _ in LAYERS]
    style = PAGE.joinpath("report.css").read_text(encoding="utf-8")
    assert all(f"#show-{layer}:not(:checked)" in style for layer, _ in LAYERS)


def test_a_mark_leads_to_its_line_and_the_line_back(page: Page) -> None:
    met = next(p for p in pieces(page) if p.text == "met")
    assert met["href"] == "#l-e0"
    assert page.by_id("l-e0")["data-has"] == "events-e0 events-e1"
    back = [e for e in page.all("a") if e["href"] == f"#{met['id']}" and e["class"] == "quote"]
    assert back
    assert back[0].text == "“met” [107–110]"


def test_every_mark_has_a_row_that_tells_about_it(page: Page) -> None:
    marks = {mark for piece in pieces(page) for mark in piece["data-marks"].split()}
    rows = {mark for element in page.elements for mark in element["data-has"].split()}
    assert marks - rows == set()


def test_the_page_has_landmarks_headings_and_a_language(page: Page) -> None:
    tags = [element.tag for element in page.elements]
    assert {"header", "nav", "main", "footer"} <= set(tags)
    assert tags.count("h1") == 1
    assert page.all("html")[0]["lang"] == "en"
    headings = {element["id"] for element in page.all("h2")}
    assert {element["aria-labelledby"] for element in page.all("section")} <= headings


def test_hostile_words_stay_words(hostile: Page) -> None:
    assert hostile.left_open == []
    assert len(hostile.all("script")) == 1
    assert hostile.all("img") == []
    assert not any(name.startswith("on") for element in hostile.elements for name in element.attributes)
    assert not any(element["href"].lower().startswith("javascript") for element in hostile.elements)
    assert "<script>alert(1)</script>" in hostile.all("h1")[0].text
    assert "{{ 7*7 }}" in hostile.all("h1")[0].text


def test_no_steering_character_reaches_the_page() -> None:
    html = to_html(hostile_record())
    assert not set(html) & set("\x00\x1b\x7f\x9b\u202e\u2066")
    assert "\x1b" in NASTY


def test_lone_surrogates_do_not_keep_the_page_from_being_written() -> None:
    record = Record(article=Article(id="r", text="a \ud800 b", title="\udfff"), layers=("events",))
    assert to_html(record).encode("utf-8")


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", " JavaScript:x", "data:text/html,x", "//e.org", "https://a b", "http://a\n"]
)
def test_only_addresses_of_the_web_become_links(url: str) -> None:
    assert safe_link(url) in {"", "http://a"}
    assert not safe_link(url).lower().startswith(("javascript", "data"))


def test_the_same_record_gives_the_same_bytes() -> None:
    assert to_html(sample_record()) == to_html(sample_record())


def test_an_empty_record_says_what_was_not_read() -> None:
    page = Page(to_html(Record(article=Article(id="r", text="Word."))))
    text = page.all("body")[0].text
    assert "The events were not read." in text
    assert "Not read:" in text


def test_offsets_survive_letters_outside_the_basic_plane() -> None:
    """Pieces are cut in Python, so a ship that takes two UTF-16 units in a browser moves no mark."""
    record = sample_record()
    text = "🚢🚢🚢" + TEXT
    article = Article(id="r", text=text, blocks=())
    moved = tuple(
        msgspec.structs.replace(t, span=type(t.span)(t.span.start + 3, t.span.end + 3)) for t in record.timexes
    )
    page = Page(to_html(Record(article=article, timexes=moved, layers=("timexes",))))
    assert [p.text for p in pieces(page) if p["data-marks"]] == ["Sept 14", "Thursday", "Wednesday", "Sunday"]


def colours(dark: bool) -> dict[str, str]:
    style = PAGE.joinpath("report.css").read_text(encoding="utf-8")
    blocks = re.findall(r":root \{(.*?)\}", style, re.S)
    return dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", blocks[1 if dark else 0]))


def contrast(one: str, other: str) -> float:
    def light(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("dark", [False, True])
def test_words_can_be_read_on_every_ground(dark: bool) -> None:
    seen = colours(dark)
    for ground in ("bg", "panel", "said", "source", "found", "warn", "land", "sea"):
        assert contrast(seen["ink"], seen[ground]) >= 4.5, ground
    for words in ("muted", "link", "VC", "MC", "VX", "MX", "NN"):
        for ground in ("bg", "panel", "found", *(("land",) if words == "muted" else ())):
            assert contrast(seen[words], seen[ground]) >= 4.5, (words, ground)


@pytest.mark.skipif(BROWSER is None, reason="no chromium on this machine")
@pytest.mark.parametrize("record", [sample_record(), hostile_record()], ids=["sample", "hostile"])
def test_a_browser_shows_every_mark_without_an_error(record: Record, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(to_html(record), encoding="utf-8")
    run = subprocess.run(
        [str(BROWSER), *FLAGS, f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom", file.as_uri()],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    there = len(pieces(Page(to_html(record))))
    shown = len(re.findall(r'id="s\d+"', run.stdout))
    assert shown == there
    marks = len([p for p in pieces(Page(to_html(record))) if p["data-marks"]])
    assert f'data-ready="{marks}"' in run.stdout
    assert "CONSOLE" not in run.stderr
    assert "Content Security Policy" not in run.stderr
