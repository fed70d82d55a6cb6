"""Writes what reading costs, from the figures that ``make bench`` kept: a page, its plot, and the README's table.

    python -m evals.cost          write docs/explanation/what-it-costs.md and .svg, and the README's part

Nothing is typed by hand: everything comes from ``evals/bench.json`` (:mod:`evals.bench`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "explanation" / "what-it-costs.md"
PLOT = PAGE.with_suffix(".svg")
README = ROOT / "README.md"
FIRST, LAST = "<!-- costs: make bench -->", "<!-- end of costs -->"
SHOWN = ("encoder", "syntax", "events", "coreference", "attribution", "mentions")
"""Parts that the plot names; the others stand together."""
COLOURS = ("#1b4965", "#3a7ca5", "#c1666b", "#d4a373", "#6a994e", "#8d7b9c", "#9a9a9a")
WIDE, LEFT, BAR, ROW = 760, 150, 30, 64
HEAD = """# What it costs

*Made by `make bench` ({day}, {cores} cores that others use as well, Python {python}, {system}); a test compares it with
`evals/bench.json`.*

Times of a machine say little about the next one, so what is measured is a ratio, taken in one run: the CPU time of the
whole reading, from text to record, against that of the bare parse of the same texts by spaCy's small English pipeline,
which is what most programs of this kind begin with. {reports} reports of {tokens:,} words in all, {rounds} rounds in
turns, one core; the middle round, with the least and the greatest.

![Reading against a bare parse](what-it-costs.svg)

"""
TAIL = """
## Where the time goes

| part | share of the bare parse |
|---|---|
{parts}

*encoder* is the network, *syntax* its heads for tags, trees and names with the trees made of them; every other line is
a stage ([architecture](../../ARCHITECTURE.md)) without the network. `make profile` lists functions.
"""


def kept() -> dict[str, Any]:
    """The figures of the last run that was kept."""
    found: dict[str, Any] = json.loads((ROOT / "evals" / "bench.json").read_text(encoding="utf-8"))
    return found


def table(found: dict[str, Any]) -> str:
    """The figures of a run as a table."""
    ratios, rate, start = found["ratios"], found["rate"], found["start"]
    memory, installed = found["memory"], found["installed"]
    largest = next(name for name in installed if name not in {"packages", "megabytes"})
    many = f"{rate['reports']} reports of {rate['characters']:,} characters, {rate['workers']} workers, start included"
    held = f"{memory['one']:.0f} MB for one short report, {memory['many']:.0f} MB for {memory['reports']} read at once"
    size = f"{installed['megabytes']:.0f} MB in {installed['packages']} packages"
    rows = [
        ("reading against the bare parse of spaCy's small pipeline", _times(ratios["whole"])),
        ("the same by rules and tables alone (`learned = false`, parse included)", _times(ratios["rules"])),
        (many, f"{rate['a second']:.1f} a second; {rate['a CPU second']:.1f} a CPU second"),
        ("start to first record", f"{start['median']:.1f} s ({start['least']:.1f} to {start['most']:.1f})"),
        ("peak memory", f"{held}; and a mapped gazetteer of {memory['gazetteer']:.0f} MB"),
        ("installed, with the explorer", f"{size}, of which `{largest}` is {installed[largest]:.0f} MB"),
    ]
    return "\n".join(["| | |", "|---|---|", *(f"| {what} | {figure} |" for what, figure in rows)]) + "\n"


def _times(ratio: dict[str, float]) -> str:
    return f"{ratio['median']:.2f} times ({ratio['least']:.2f} to {ratio['most']:.2f})"


def page(found: dict[str, Any]) -> str:
    """The whole page."""
    ratios = found["ratios"]
    head = HEAD.format(
        day=found["day"],
        **found["machine"],
        reports=ratios["reports"],
        tokens=ratios["tokens"],
        rounds=ratios["rounds"],
    )
    parts = "\n".join(f"| {name} | {share:.2f} |" for name, share in _by_size(ratios["parts"]))
    return head + table(found) + TAIL.format(parts=parts)


def _by_size(parts: dict[str, float]) -> list[tuple[str, float]]:
    return sorted(parts.items(), key=lambda part: (-part[1], part[0]))


def readme(text: str, found: dict[str, Any]) -> str:
    """The README with the kept figures between its marks."""
    before, _, rest = text.partition(FIRST)
    _, _, after = rest.partition(LAST)
    return f"{before}{FIRST}\n{table(found)}{LAST}{after}"


def plot(found: dict[str, Any]) -> str:
    """Three bars, the bare parse 1: the parse, reading by its parts, reading by rules alone."""
    ratios = found["ratios"]
    named = [(name, ratios["parts"][name]) for name in SHOWN]
    rest = sum(share for name, share in ratios["parts"].items() if name not in SHOWN)
    most = max(1.0, ratios["whole"]["most"], ratios["rules"]["most"])
    scale = (WIDE - LEFT - 30) / most
    bars = [
        ("bare parse (spaCy)", [("", 1.0, "#555555")]),
        ("Dateline, whole", [(n, s, c) for (n, s), c in zip([*named, ("other stages", rest)], COLOURS, strict=True)]),
        ("Dateline, rules alone", [("", ratios["rules"]["median"], "#3a7ca5")]),
    ]
    drawn = [line for n, (name, parts) in enumerate(bars) for line in _bar(name, parts, 20 + n * ROW, scale)]
    high = 20 + len(bars) * ROW + 58
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {high}" role="img"',
            '  font-family="sans-serif" font-size="13">',
            "<title>CPU time of reading against a bare parse of the same texts</title>",
            f'<rect width="{WIDE}" height="{high}" fill="#ffffff"/>',
            *_axis(most, scale, 14 + len(bars) * ROW),
            *drawn,
            *_key(bars[1][1], high - 22),
            "</svg>",
            "",
        ]
    )


def _bar(name: str, parts: list[tuple[str, float, str]], top: int, scale: float) -> Iterator[str]:
    """A bar of parts, its name before it and its sum behind."""
    yield f'<text x="{LEFT - 10}" y="{top + 20}" text-anchor="end" fill="#222222">{escape(name)}</text>'
    at = float(LEFT)
    for part, share, colour in parts:
        title = f"<title>{escape(part)} {share:.2f}</title>" if part else ""
        yield f'<rect x="{at:.1f}" y="{top}" width="{share * scale:.1f}" height="{BAR}" fill="{colour}">{title}</rect>'
        at += share * scale
    yield f'<text x="{at + 6:.1f}" y="{top + 20}" fill="#222222">{sum(share for _, share, _ in parts):.2f}</text>'


def _axis(most: float, scale: float, bottom: int) -> Iterator[str]:
    """A line at each whole number."""
    for number in range(int(most) + 1):
        x = LEFT + number * scale
        yield f'<line x1="{x:.1f}" y1="10" x2="{x:.1f}" y2="{bottom}" stroke="#dddddd"/>'
        yield f'<text x="{x:.1f}" y="{bottom + 16}" text-anchor="middle" fill="#666666">{number}</text>'


def _key(parts: list[tuple[str, float, str]], top: int) -> Iterator[str]:
    """What the colours are."""
    for n, (name, _, colour) in enumerate(parts):
        x = 16 + n * (WIDE - 20) / len(parts)
        yield f'<rect x="{x:.1f}" y="{top}" width="11" height="11" fill="{colour}"/>'
        yield f'<text x="{x + 16:.1f}" y="{top + 10}" fill="#222222">{escape(name)}</text>'


def write() -> None:
    """Write page, plot and the README's part."""
    found = kept()
    PAGE.write_text(page(found), encoding="utf-8")
    PLOT.write_text(plot(found), encoding="utf-8")
    README.write_text(readme(README.read_text(encoding="utf-8"), found), encoding="utf-8")


if __name__ == "__main__":
    write()
