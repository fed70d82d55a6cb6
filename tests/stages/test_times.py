"""Anchoring by cases of our own (``times_anchoring.csv``), the day of the report, spans, order, and cost."""

from __future__ import annotations

import csv
import itertools
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.knowledge.calendar import load_words
from dateline.knowledge.timeforms import load_grammar
from dateline.model import Article, Record, Span
from dateline.stages.times import Times
from dateline.stages.times.expressions import find
from tests.conllu import record_from_conllu

TABLE = Path(__file__).parent / "times_anchoring.csv"
CASES = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))

FUTURE = """\
1  He       he      PRON   PRP  _  3  nsubj  _  _
2  will     will    AUX    MD   _  3  aux    _  _
3  leave    leave   VERB   VB   _  0  root   _  _
4  Sunday   Sunday  PROPN  NNP  _  3  obl:npmod  _  SpaceAfter=No
5  .        .       PUNCT  .    _  3  punct  _  _
"""


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:60] for case in CASES])
def test_expressions_are_anchored_as_a_reader_would(reader: Callable[..., Record], case: dict[str, str]) -> None:
    record = reader(case["text"], published=case["published"] or None)
    found = ";".join(f"{t.span.of(case['text'])}={t.value}" for t in record.timexes)
    assert found == case["expected"], case["reason"]


def test_there_are_enough_cases_and_each_has_a_reason() -> None:
    assert len(CASES) >= 100
    assert all(case["reason"] for case in CASES)


def test_a_coming_weekday_needs_no_parser_but_the_tree() -> None:
    layers = Times()(record_from_conllu(FUTURE, published="2023-09-16"))
    (timex,) = layers["timexes"]
    assert (timex.value, timex.anchor, timex.by) == ("2023-09-17", "published", "times:weekday")
    assert (timex.earliest, timex.latest) == (date(2023, 9, 17), date(2023, 9, 17))


def test_the_day_of_the_report_is_the_published_one() -> None:
    reference = Times()(record_from_conllu(FUTURE, published="2023-09-16"))["reference"]
    assert (reference.day, reference.by) == (date(2023, 9, 16), "published")


def _read(text: str, dateline: Span | None = None) -> dict[str, Any]:
    return Times()(Record(article=Article(id="a", text=text, dateline=dateline)))


def test_without_any_date_the_report_has_no_day() -> None:
    assert _read("He left on Sunday and came back yesterday.")["reference"] is None


def test_a_full_date_with_its_weekday_dates_the_report_and_says_how() -> None:
    text = "He left on Saturday, 16 September 2023, and slept."
    reference = _read(text)["reference"]
    assert reference is not None
    assert (reference.day, reference.by) == (date(2023, 9, 16), "derived:date-with-weekday")
    assert reference.span.of(text) == "Saturday, 16 September 2023"


def test_a_wrong_weekday_dates_nothing() -> None:
    assert _read("He left on Monday, 16 September 2023, and slept.")["reference"] is None


def test_a_past_weekday_after_the_full_date_moves_the_day_of_the_report_and_says_so() -> None:
    text = "He left on Monday, 4 March 2019, and slept. He spoke on Wednesday."
    reference = _read(text)["reference"]
    assert (reference.day, reference.by) == (date(2019, 3, 6), "derived:weekday-after-date")
    assert reference.span.of(text) == "Wednesday"


def test_a_derived_day_never_lies_before_a_past_weekday_close_behind_it() -> None:
    text = "He left on Monday, 4 March 2019, and slept. He spoke on Wednesday and dined on Tuesday."
    layers = _read(text)
    assert all(t.latest <= layers["reference"].day for t in layers["timexes"])


def test_a_background_date_dates_nothing(reader: Callable[..., Record]) -> None:
    for text in (
        "The king, who was held on Monday, 18 February 2019, spoke on Wednesday.",
        "He said on Wednesday that the port will open on Monday, 11 March 2019.",
    ):
        assert reader(text).reference is None


@pytest.mark.parametrize(
    ("publisher", "value", "earliest"),
    [
        ("BBC News", "2022-04-03", date(2022, 4, 3)),
        ("Associated Press", "2022-03-04", date(2022, 3, 4)),
        (None, "2022-XX-XX", date(2022, 3, 4)),
        ("A paper that nobody knows", "2022-XX-XX", date(2022, 3, 4)),
    ],
)
def test_numeric_dates_go_by_the_country_of_the_publisher(publisher: str | None, value: str, earliest: date) -> None:
    article = Article(id="a", text="Signed on 03/04/2022 in Bonn.", publisher=publisher, published=date(2024, 6, 12))
    (timex,) = Times()(Record(article=article))["timexes"]
    assert (timex.value, timex.earliest) == (value, earliest)


def test_a_fortnight_may_follow_the_day_told() -> None:
    values = [t.value for t in _read("It began on 3 May 2011. In the following fortnight it grew.")["timexes"]]
    assert values == ["2011-05-03", "2011-W20"]


def test_a_hijri_year_has_its_own_days_over_two_of_ours() -> None:
    (timex,) = _read("It was built in 1445 AH.")["timexes"]
    assert (timex.value, timex.earliest, timex.latest) == ("2024", date(2023, 7, 19), date(2024, 7, 7))


def test_a_fiscal_year_has_no_days_of_its_own() -> None:
    (timex,) = _read("It lost much in fiscal 2023.")["timexes"]
    assert (timex.value, timex.earliest, timex.latest) == ("2023", None, None)


def test_days_after_a_told_event_are_anchored_on_its_day(reader: Callable[..., Record]) -> None:
    record = reader("They met on 3 May. Three days after the meeting he flew home.", published="2024-06-12")
    told, counted = record.timexes
    assert (counted.value, counted.anchor, counted.type) == ("2024-05-06", told.id, "DATE")
    assert counted.earliest == counted.latest == date(2024, 5, 6)


def test_the_dateline_dates_the_report() -> None:
    text = "OSLO, 16 September 2023 - He left on Friday."
    layers = _read(text, Span(0, 23))
    assert layers["reference"].by == "dateline"
    assert layers["timexes"][-1].value == "2023-09-15"
    assert layers["timexes"][-1].anchor == "dateline"


def test_ids_run_in_text_order_and_every_span_holds_its_words(reader: Callable[..., Record]) -> None:
    text = "On 3 May 2011 they met for two hours; the next day, at 5 p.m., they left. Now all is calm."
    record = reader(text, published="2011-06-01")
    assert [t.id for t in record.timexes] == [f"t{n}" for n in range(len(record.timexes))]
    assert [t.span for t in record.timexes] == sorted(t.span for t in record.timexes)
    assert [t.span.of(text) for t in record.timexes] == ["3 May 2011", "two hours", "the next day", "5 p.m.", "Now"]


def test_a_block_edge_parts_expressions() -> None:
    text = "He came in May\n2011 ships lay there"
    whole = [text[e.start : e.end] for e in find(text, load_grammar())]
    parted = [text[e.start : e.end] for e in find(text, load_grammar(), frozenset({0, 15}))]
    assert whole == ["May\n2011"]
    assert parted[0] == "May"


def test_early_and_late_narrow_the_days() -> None:
    (timex,) = _read("It began in late March 2011.")["timexes"]
    assert (timex.value, timex.mod) == ("2011-03", "END")
    assert (timex.earliest, timex.latest) == (date(2011, 3, 22), date(2011, 3, 31))


def test_a_long_row_of_numbers_is_read_in_linear_time() -> None:
    text = "two and " * 20_000 + "years"
    start = time.perf_counter()
    find(text, load_grammar())
    assert time.perf_counter() - start < 5


JUMBLE = """the of in on 3 13 2011 May May, late early Monday Friday last next week year two days ago later - – ' s 's
5 p.m. at 10:30 quarter third 1980s and to from ( ) . fiscal FY 23 H1 Juche 112 AH 1445 2566 B.E. / 03/04/2022 UTC + 3
until nineteen ninety six midnight pre dawn past spring the same period before after meeting consecutive 00 0 99999"""


@pytest.mark.parametrize("day", [date.min, date.max])
def test_a_report_from_the_edge_of_the_calendar_is_read(day: date) -> None:
    text = "He left last year, next Sunday, two decades ago, and in May."
    assert Times()(Record(article=Article(id="a", text=text, published=day)))["timexes"]


VOCABULARY = sorted(load_grammar().codes.literals | set(load_words()))
WORDS = st.sampled_from([*JUMBLE.split(), "\n", "\n\n"]) | st.sampled_from(VOCABULARY).map(str.capitalize)


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=40), st.dates(date(1900, 1, 1), date(2090, 1, 1)))
def test_any_jumble_of_words_is_read_the_same_twice_with_spans_in_the_text(words: list[str], day: date) -> None:
    text = " ".join(words)
    record = Record(article=Article(id="a", text=text, published=day))
    first, second = Times()(record), Times()(record)
    assert first == second
    ends = [(t.span.start, t.span.end) for t in first["timexes"]]
    assert all(0 <= start < end <= len(text) for start, end in ends)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(ends))
    assert all((t.earliest is None) == (t.latest is None) for t in first["timexes"])
    assert all(t.earliest <= t.latest for t in first["timexes"] if t.earliest)


TREED = st.sampled_from(
    ["Monday", "May", "3", "2011", "two", "days", "after", "before", "until", "met", "meeting", "had", "will"]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(TREED, st.integers(-1, 12)), min_size=1, max_size=12), st.booleans())
def test_any_tree_over_any_words_is_read_with_spans_and_days_in_order(heap: list[tuple[str, int]], dated: bool) -> None:
    relations = ("obl:after", "obl:until", "nsubj", "xcomp", "aux", "nmod:poss")
    rows = []
    for n, (word, head) in enumerate(heap):
        above = (min(head, len(heap) - 1) + 1) if n and head != n and head < n else 0
        tag = "VERB\tVBD" if word in {"met", "had", "will"} else "NOUN\tNN"
        rows.append(f"{n + 1}\t{word}\t{word}\t{tag}\t_\t{above}\t{relations[n % 6] if above else 'root'}\t_\t_")
    record = record_from_conllu("\n".join(rows) + "\n", published="2024-06-12" if dated else None)
    timexes = Times()(record)["timexes"]
    assert all(0 <= t.span.start < t.span.end <= len(record.article.text) for t in timexes)
    assert all(t.earliest <= t.latest for t in timexes if t.earliest)
