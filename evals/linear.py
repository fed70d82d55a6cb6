"""Growth of time with size: units that have driven parsers mad, repeated to 1 MB, read by intake; t(2n)/t(n) for each.

``python -m evals.linear [KILOBYTES]``; ``python -m evals.linear KILOBYTES whole`` reads texts of words and marks to the
end, records and pages of them included (20 is a good size). CPU time, best of three; ratios of times under 20 ms are
noise and not shown as failures. Exit status 1 where a ratio is 2.6 or more, or a reading takes 10 s.
"""

from __future__ import annotations

import sys
import time

import msgspec

from dateline.intake.found import Piece
from dateline.intake.sniffing import kind_of
from dateline.intake.sources import outcome_of
from dateline.settings import Settings

# ruff: noqa: E501
UNITS = [
    "<p>x", "<p>The ship left.</p>", "<div>x", "<b>x", "<a href=x>y</a>", "<table><tr><td>x", "<li>x", "<ul><li>x</ul>", "<br>x",
    "<font>x", "<p>x</b>", "<!--", "<![CDATA[", "<script>", "<style>x</style>", "<x y=", "&amp;", "&#x41;", "&", "<", ">", "</p>",
    "<meta charset=x>", '<meta property="a" content="b">', '<script type="application/ld+json">{"a":[</script>', "<item>", "<entry>",
    "</item>", "?", "!", ".", "...", '"', "“", "”", "'", " ", "\n", "\n\n", "\t", "-", "--", "—", "(", ")", "[", "1", "1,", "1.", "12 ",
    "May 18 ", "May 18, 2024\n", "2024-05-18 ", "Monday ", "A", "a", "A ", "A. ", "AP ", "OSLO, May 18 (AP) - x\n\n", "x\r\n", "é", "中", "🚢",
]  # fmt: skip
WORDS = [
    '"', "(", "?", "[", "“”", "? ", "he ", "he said ", "Ann said that ", "killed ", "and ", "word, ", "London, ", "Iran's ", "May ",
    "John Smith, ", "Monday 20, ", "twenty ", "of the minister ", '"Yes," he said. ', "“Yes\n\n", "The man met the man. ", "a\n",
    "Troops killed two men in Homs on Monday. ", "troops killed two men in Homs on Monday and ", "A. ", "a/", "https://a.b/",
]  # fmt: skip
"""Texts that are read to the end."""
PREFIXES = {"page": "<html><body>", "feed": "<rss><channel>", "text": ""}
NOISE, SLOWEST, STEEPEST = 0.02, 10.0, 2.6


def seconds_of_intake(raw: bytes, kind: str) -> float:
    """CPU seconds of one reading, the best of three."""
    best = 1e9
    for _ in range(3):
        started = time.process_time()
        if kind == "feed":
            from dateline.intake.feeds import entries_of

            pieces = entries_of(raw, Piece(id="x", kind="feed"))
            for _, piece in zip(range(2000), pieces, strict=False):
                outcome_of(piece, Settings())
        else:
            outcome_of(Piece(id="x", kind=kind_of(raw), content=raw), Settings())
        best = min(best, time.process_time() - started)
        if best > 1:
            break
    return best


def seconds_to_the_end(raw: bytes, kind: str) -> float:
    """CPU seconds of reading a text to a record and writing it as a page."""
    from dateline.export.html import to_html
    from dateline.intake.text import article_from_text
    from dateline.pipeline import pipeline

    article = article_from_text(raw.decode(), id=kind)
    article = msgspec.structs.replace(article, language="en")
    started = time.process_time()
    to_html(pipeline().read(article))
    return time.process_time() - started


def main() -> None:
    """Print the units with the steepest growth and the slowest."""
    size = int(sys.argv[1]) * 500 if len(sys.argv) > 1 else 500_000
    whole = sys.argv[2:] == ["whole"]
    seconds = seconds_to_the_end if whole else seconds_of_intake
    if whole:
        seconds(b"The ship left.", "text")  # everything loaded before the first time is taken
    rows = []
    for kind, prefix in {"text": ""}.items() if whole else PREFIXES.items():
        for unit in WORDS if whole else UNITS:
            half, full = ((prefix + unit * (n // len(unit.encode()))).encode() for n in (size, 2 * size))
            once, twice = seconds(half, kind), seconds(full, kind)
            rows.append((twice / max(once, 1e-6) if twice > NOISE else 0.0, twice, kind, unit))
    rows.sort(reverse=True)
    for ratio, twice, kind, unit in rows[:12]:
        print(f"{ratio:6.2f}  {twice:7.3f} s  {kind:5} {unit!r}")
    bad = [row for row in rows if row[0] >= STEEPEST or row[1] >= SLOWEST]
    print(
        f"{len(rows)} readings of {2 * size // 1000} kB; slowest {max(r[1] for r in rows):.2f} s; {len(bad)} over a limit"
    )
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
