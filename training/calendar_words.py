"""Names of months and weekdays in the languages of news feeds, from the Unicode CLDR as Babel ships it, to
``data/rules/times/calendar_words.csv``: ``python training/calendar_words.py`` (Babel is needed to make the table, not
to read it). A name that stands for several months in several languages keeps each with its languages."""

from __future__ import annotations

import csv
import itertools
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from babel import Locale

OUT = Path(__file__).parent.parent / "src" / "dateline" / "data" / "rules" / "times" / "calendar_words.csv"
LANGUAGES = (
    "en fr de es it pt nl pl sv da nb fi et lv lt cs sk sl hr sr sr_Latn bs mk bg ro hu el ru uk be tr az ca gl eu ga "
    "cy sq id ms fil sw af is mt hy ka kk ky uz ar fa he ur hi bn ta te ml mr gu pa ne si th km lo my am vi so ha yo"
)


BESIDE = {"month": {"mrz": (3, "de"), "setembro": (9, "pt")}, "weekday": {"tues": (2, "en"), "weds": (3, "en")}}
BESIDE["weekday"] |= {"thur": (4, "en"), "thurs": (4, "en")}
"""Forms in use that CLDR does not hold."""


def plain(name: str) -> str:
    """A name as it is looked up: lower case, composed, without a full stop."""
    return unicodedata.normalize("NFKC", name).casefold().strip(" .\u200f\u200e")


def names_of(locale: Locale) -> Iterator[tuple[str, int, str]]:
    """(class, value, name) of a language's months (from 1) and weekdays (1 Monday)."""
    for context, width in itertools.product(("format", "stand-alone"), ("wide", "abbreviated")):
        for value, name in locale.months[context][width].items():
            yield "month", int(value), plain(name)
        for value, name in locale.days[context][width].items():
            yield "weekday", int(value) + 1, plain(name)


def main() -> None:
    """Writes the table."""
    found: dict[tuple[str, str, int], set[str]] = defaultdict(set)
    for language in LANGUAGES.split():
        for kind, value, name in names_of(Locale.parse(language)):
            if len(name) > 1 and all(c.isalpha() or unicodedata.category(c).startswith("M") for c in name):
                found[kind, name, value].add(language.partition("_")[0])
    for kind, names in BESIDE.items():
        for name, (value, language) in names.items():
            found[kind, name, value].add(language)
    with OUT.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out, lineterminator="\n")
        rows.writerow(("class", "word", "value", "languages"))
        rows.writerows((*key, "|".join(sorted(languages))) for key, languages in sorted(found.items()))


if __name__ == "__main__":
    main()
