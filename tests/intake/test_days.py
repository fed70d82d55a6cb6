"""Words of a day in, the day out, where there is one reading; the clock is never asked."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import numpy as np
import pytest

from dateline.errors import InputError
from dateline.intake.days import day_from, day_in, day_of_address, own_day, readable_day, stamped_day

ONE_READING = {
    "9 Oct 2021": (2021, 10, 9),
    "9th of October 2021": (2021, 10, 9),
    "October 9th, 2021": (2021, 10, 9),
    "Oct. 9, 2021 at 4:05 p.m. EDT": (2021, 10, 9),
    "4:05 PM, Saturday, October 9, 2021": (2021, 10, 9),
    "Sat, 09 Oct 2021 21:15:00 GMT": (2021, 10, 9),
    "Sat, 09 Oct 21 21:15:00 GMT": (2021, 10, 9),
    "Sat Oct 09 21:15:00 +0000 2021": (2021, 10, 9),
    "2021-10-09T23:30:00-05:00": (2021, 10, 9),
    "2021-10-9 23:30": (2021, 10, 9),
    "20211009T233000Z": (2021, 10, 9),
    "2021/10/9 5:00": (2021, 10, 9),
    "2021.10.09": (2021, 10, 9),
    "Sun, 10/24/2021 - 08:00": (2021, 10, 24),
    "24/10/2021": (2021, 10, 24),
    "24. 10. 2021": (2021, 10, 24),
    "Sat, 10/09/2021": (2021, 10, 9),  # the weekday decides: 10 September was a Friday
    "07/07/2021": (2021, 7, 7),
    "sam., 09 oct. 2021 10:00:00 +0200": (2021, 10, 9),
    "9 octobre 2021 à 14h30": (2021, 10, 9),
    "sábado, 9 de octubre de 2021": (2021, 10, 9),
    "Sa, 9. Okt 2021": (2021, 10, 9),
    "9. März 2021": (2021, 3, 9),
    "9 fevrier 2021": (2021, 2, 9),
    "9 октября 2021 г.": (2021, 10, 9),
    "9 października 2021": (2021, 10, 9),
    "9 ekim 2021": (2021, 10, 9),
    "2021-október-9": (2021, 10, 9),
    "2021년 10월 9일": (2021, 10, 9),
    "2021年10月9日 12:00": (2021, 10, 9),
    "٩ أكتوبر ٢٠٢١": (2021, 10, 9),
    "mar, 09 mar 2021": (2021, 3, 9),
    "čet, 07 lis 2021": (2021, 10, 7),  # October in Croatian, as the weekday says
}


@pytest.mark.parametrize("words", ONE_READING)
def test_a_day_with_one_reading_is_read(words: str) -> None:
    assert readable_day(words) == (date(*ONE_READING[words]), None)


NO_READING = ["10/09/2021", "10.9.2021", "10-Sep-11", "October 2021", "2021", "2021-10", "2021-xx-09", "9 October"]
NO_READING += ["Oct 9, 12:30", "yesterday", "3 hours ago", "1633784400", "2021-13-09", "31 Feb 2021", "9 listopad 2021"]
NO_READING += ["9 Oct 2021 – 10 Oct 2021", "Saturday", "0000-00-00", "0009-10-09", "n/a"]


@pytest.mark.parametrize("words", NO_READING)
def test_half_a_day_or_one_with_two_readings_is_none_and_its_words_are_kept(words: str) -> None:
    assert readable_day(words) == (None, words)


@pytest.mark.parametrize("words", [*ONE_READING, *NO_READING])
def test_the_clock_decides_nothing(words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found = day_in(words)

    class Later(date):
        @classmethod
        def today(cls) -> Later:
            return cls(2003, 2, 1)

    monkeypatch.setattr("dateline.intake.days.date", Later)
    assert day_in(words) == found


def test_nothing_given_is_nothing_read() -> None:
    assert readable_day(None) == readable_day("  ") == (None, None)


@pytest.mark.parametrize(
    "stamp", ["0001-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "Thu, 01 Jan 1970 00:00:00 GMT", "9999-12-31"]
)
def test_days_that_stand_for_none_are_none(stamp: str) -> None:
    day, words = stamped_day(stamp)
    assert day is None
    assert words


def test_a_stamp_after_the_day_on_which_the_page_was_there_is_none() -> None:
    fetched = date(2015, 3, 4)
    assert stamped_day("2015-03-05", fetched)[0] == fetched + timedelta(1)
    assert stamped_day("2015-03-06", fetched) == (None, "2015-03-06")


OWN = [
    ("2020-06-02T04:10:00Z", ["Mon, 01 Jun 2020 22:10:00 -0600"], [], date(2020, 6, 1)),
    ("2020-06-02T04:10:00Z", ["2020-06-01 22:10:30 -0600"], [], date(2020, 6, 1)),
    ("2020-06-02T04:10:00Z", ["2020-06-03T01:00:00-06:00"], [], date(2020, 6, 2)),  # another moment
    ("Tue, 02 Jun 2020 04:10:00 GMT", [], [date(2020, 6, 1)], date(2020, 6, 1)),
    ("Tue, 02 Jun 2020 20:10:00 +0000", [], [date(2020, 6, 3)], date(2020, 6, 3)),
    ("2020-06-02T16:10:00Z", [], [date(2020, 6, 1)], date(2020, 6, 2)),  # no zone of the world makes it so
    ("2020-06-02T00:00:00Z", [], [date(2020, 6, 1)], date(2020, 6, 2)),  # a day, not a moment
    ("2020-06-01T23:30:00-05:00", [], [date(2020, 6, 2)], date(2020, 6, 1)),
]


@pytest.mark.parametrize(("stamp", "others", "days", "right"), OWN)
def test_a_stamp_gives_the_outlets_own_day(stamp: str, others: list[str], days: list[date], right: date) -> None:
    assert own_day(stamp, others, days) == right


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://a.example/news/2021/10/09/ships", date(2021, 10, 9)),
        ("https://a.example/2021-10-09-ships", date(2021, 10, 9)),
        ("https://a.example/20211009/ships", date(2021, 10, 9)),
        ("https://a.example/2021/10/ships", None),
        ("https://a.example/x?d=/2021/10/09/", None),
        ("https://a.example/2021/13/09/", None),
        (None, None),
    ],
)
def test_an_address_may_hold_a_day(url: str | None, day: date | None) -> None:
    assert day_of_address(url) == day


@pytest.mark.parametrize(
    "given",
    [
        date(2023, 9, 16),
        datetime(2023, 9, 16, 23, 59),
        datetime(2023, 9, 16, 0, 30, tzinfo=timezone(timedelta(hours=9))),
        datetime(2023, 9, 16, 23, 59, tzinfo=UTC),
        "2023-09-16",
        " 2023-09-16T23:59:00+02:00",
        np.datetime64("2023-09-16"),
        np.datetime64("2023-09-16T23:59:59.999999999"),
    ],
)
def test_a_day_is_given_in_any_form_of_python(given: object) -> None:
    assert day_from(given) == date(2023, 9, 16)  # type: ignore[arg-type]
    assert type(day_from(given)) is date  # type: ignore[arg-type]


@pytest.mark.parametrize("given", [None, "", np.datetime64("NaT"), float("nan")])
def test_what_stands_for_no_day_is_none(given: object) -> None:
    assert day_from(given) is None  # type: ignore[arg-type]


def test_days_of_frames_are_taken() -> None:
    pandas = pytest.importorskip("pandas")
    assert day_from(pandas.Timestamp("2023-09-16 23:59", tz="Europe/Paris")) == date(2023, 9, 16)
    assert day_from(pandas.NaT) is None
    assert day_from(pandas.NA) is None
    assert day_from(pandas.Series(["2023-09-16"], dtype="datetime64[ns]").to_numpy()[0]) == date(2023, 9, 16)


@pytest.mark.parametrize("given", ["last week", "2023-13-01", 7])
def test_what_is_no_day_is_refused(given: object) -> None:
    with pytest.raises(InputError, match="not a date"):
        day_from(given)  # type: ignore[arg-type]
