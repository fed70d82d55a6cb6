"""Writes the page and the README's table that say how well it reads, from the measured figures.

    python -m evals.page          write docs/explanation/how-well-it-reads.md and the README's part between its marks

Nothing is typed by hand: five-fold figures of whole lines come from ``evals/records.json`` (:mod:`evals.records`), the
agreement of two annotations and the figures of the release before from ``evals/elsewhere.json``.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "explanation" / "how-well-it-reads.md"
README = ROOT / "README.md"
FIRST, LAST = "<!-- figures: python -m evals.page -->", "<!-- end of figures -->"
SLOTS = ("actor", "recipient", "place", "day", "source")
HEAD = """# How well it reads

*Made by `python -m evals.page` from `evals/records.json` and `evals/elsewhere.json`; a test compares them.*

What a person reads of a report is a line: who did what to whom, where, when, says who, and is it certain. So lines are
what is measured, not layers. The gold is {documents:,} reports of outlets of many countries, {asked:,} lines that a
chronology must list and as many again that it may list.

**Five folds by report.** Each report was read by a reader whose weights, thresholds and scores were made without it and
without the other reports of its fold. A figure taken on texts that somebody tuned on says little about the next report;
none is quoted here.

**How the gold was made.** By a guide, by reading each sentence, with a language model's help, closed world: what has no
line is no event. A second, independent annotation of 27 reports agrees with the first as the table says; that is
agreement between two annotations, and the height that a program can be measured up to. The further {added:,} reports
that the reader was trained on were annotated by the same guide in the same way; only labels, offsets and hashes of them
stand in the project (`training/reader/annotations.jsonl.gz`).

## Whole lines

*Sound*: the line is in the gold, the act is right, and nothing is false in actor, recipient and certainty. *Whole*:
sound, and every slot that is told is there and right. Figures × 100.

"""
TAIL = """
*Told slots right*: of the lines that were found, the share in which a slot that the text tells is filled and right.

## What a score means

Every line carries how likely it is right. Over all folds the scores miss the truth by {error} on average (expected
calibration error, ten bins). A line is shown in the chronology from {shown} on; what lies below stays in the record
under the type `other`, and `--doubtful` shows it. What one gains and loses by another threshold:

| shown from | lines | found P / R | sound P / R / F | whole F |
|---|---|---|---|---|
{curve}

## What it does not read well

- **Parties.** A party fills its slot only from a score of 0.75 on, so about half of the told ones stand empty in the
  chronology, with their candidates in the record; many stand in another sentence than the act.
- **Days and places** that another sentence tells: two in five told days are missing or another day, one in three told
  places.
- Seen while reading: what is only refused to be told ("declined to name") is taken for a refusal, shots at a target in
  an exercise for an attack, and the place that somebody arrived from for the place of arrival.
"""


def row(name: str, found: dict[str, Any]) -> str:
    """One system's figures."""

    def per(*keys: str) -> str:
        return " / ".join(f"{100 * found[k]:.0f}" for k in keys)

    slots = " / ".join(f"{100 * (found['told slots filled right'][s] or 0):.0f}" for s in SLOTS)
    cells = (name, per("found_p", "found_r"), per("sound_p", "sound_r", "sound_f"), per("whole_f"), slots)
    return "| " + " | ".join(cells) + " |"


def quoted(entry: dict[str, Any]) -> str:
    """Figures taken elsewhere, as they were given."""
    slots = " / ".join(entry["slots"][s] for s in SLOTS)
    return f"| {entry['what']} | {entry['found']} | {entry['sound']} | {entry['whole']} | {slots} |"


def table() -> str:
    """Whole lines: ours, without the learned reader, the release before, two annotations."""
    figures = json.loads((ROOT / "evals" / "records.json").read_text())
    elsewhere = json.loads((ROOT / "evals" / "elsewhere.json").read_text())
    rows = [
        "| | found P / R | sound P / R / F | whole F | told slots right: actor / recipient / place / day / source |",
        "|---|---|---|---|---|",
        quoted(elsewhere["agreement"]),
        row("**Dateline**, five folds by report", figures["learned"]),
        row("the same with `learned = false`: the table of senses decides", figures["table"]),
        quoted(elsewhere["before"]),
    ]
    return "\n".join(rows) + "\n"


def page() -> str:
    """The whole page."""
    figures = json.loads((ROOT / "evals" / "records.json").read_text())
    held = figures["calibration"]
    curve = "\n".join(
        f"| {f['least']:.2f} | {f['shown']:,} | {100 * f['found_p']:.0f} / {100 * f['found_r']:.0f} | "
        f"{100 * f['sound_p']:.0f} / {100 * f['sound_r']:.0f} / {100 * f['sound_f']:.0f} | {100 * f['whole_f']:.0f} |"
        for f in held["curve"]
    )
    head = HEAD.format(
        documents=figures["learned"]["documents"], asked=figures["learned"]["asked"], added=figures["added"]
    )
    return head + table() + TAIL.format(error=held["error"], shown=held["shown"], curve=curve)


def readme(text: str) -> str:
    """The README with today's figures between its marks."""
    before, _, rest = text.partition(FIRST)
    _, _, after = rest.partition(LAST)
    return f"{before}{FIRST}\n{table()}{LAST}{after}"


def main() -> None:
    """Write both."""
    PAGE.write_text(page(), encoding="utf-8")
    README.write_text(readme(README.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
