"""Normal forms and transliteration keys."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.knowledge import files
from dateline.knowledge.names import alike, fold, fold_all, normalise, readings


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("The Hague", "hague"),
        ("Côte d'Ivoire", "cote divoire"),
        ("Kim Jong-un", "kim jong un"),
        ("U.S.", "us"),
        ("U. S. Navy", "us navy"),
        ("St. Lucia", "st lucia"),
        ("Łódź", "lodz"),
        ("Ankara’s", "ankara"),
        ("  Xi   Jinping ", "xi jinping"),
    ],
)
def test_normal_form(written: str, normal: str) -> None:
    assert normalise(written) == normal


@pytest.mark.parametrize(
    "spellings",
    [
        ("Shoigu", "Choïgou", "Schoigu", "Szojgu", "Шойгу"),
        ("Shaposhnikov", "Chapochnikov", "Schaposchnikow", "Szaposznikow", "Шапошников"),
        ("Yevmenov", "Evmenov", "Ievmenov", "Jewmenow", "Евменов"),
        ("Putin", "Poutine", "Путин"),
        ("Gerasimov", "Guerassimov", "Gerassimow", "Герасимов"),
        ("Kinzhal", "Kinjal", "Kindzhal", "Кинжал"),
        ("Yanukovych", "Ianoukovitch", "Janukowitsch", "Yanukovich"),
        ("Zelensky", "Zelenskyy", "Selenskyj", "Zelenskiy"),
        ("Lukashenko", "Loukachenko", "Lukaschenko", "Лукашенко"),
        ("Abdullah", "Abdulla"),
    ],
)
def test_spellings_of_one_name_share_a_key(spellings: tuple[str, ...]) -> None:
    assert {fold(spelling) for spelling in spellings} == {fold(spellings[0])}


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Ivanov", "Ivanova"),
        ("Lavrov", "Lavrin"),
        ("Kharkov", "Kharkiv"),
        ("Medvedev", "Medvedeva"),
        ("Peskov", "Pushkov"),
        ("Sergei", "Sergeyev"),
        ("Maduro", "Madero"),
        ("Abe", "Abbas"),
    ],
)
def test_different_names_keep_different_keys(left: str, right: str) -> None:
    assert fold(left) != fold(right)


@given(st.text(max_size=30))
def test_normalising_twice_changes_nothing_for_plain_letters(text: str) -> None:
    plain = "".join(letter for letter in text if letter.isascii() and (letter.isalpha() or letter == " "))
    once = normalise(plain)
    assert normalise(once) == once or once.startswith("the ")


def test_every_rule_of_folding_compiles_and_has_an_example() -> None:
    rows = files.rows(files.path("actors", "fold_rules.csv"))
    assert len(rows) >= 20
    assert [row["order"] for row in rows] == sorted(row["order"] for row in rows)
    assert all(row["example"] for row in rows)


def _pairs(same: str) -> list[dict[str, str]]:
    """The rows of ``name_pairs.csv``: spellings of one name (``yes``), names that only look alike (``no``)."""
    with Path(__file__).with_name("name_pairs.csv").open(encoding="utf-8", newline="") as table:
        return [row for row in csv.DictReader(table) if row["same"] == same]


def test_spellings_are_found_and_look_alikes_are_not() -> None:
    variants, others = _pairs("yes"), _pairs("no")
    assert (len(variants), len(others)) == (500, 500)
    found = sum(alike(row["left"], row["right"]) for row in variants)
    wrong = [row for row in others if alike(row["left"], row["right"])]
    assert found / (found + len(wrong)) >= 0.99, wrong
    assert found / len(variants) >= 0.92


def test_alike_does_not_ask_for_an_order() -> None:
    for row in [*_pairs("yes"), *_pairs("no")]:
        assert alike(row["left"], row["right"]) == alike(row["right"], row["left"]), row


def test_a_name_is_read_in_several_languages() -> None:
    assert not readings("Choigou").isdisjoint(readings("Schojgu"))
    assert readings("Boris").isdisjoint(readings("Doris"))


def test_short_names_are_only_themselves() -> None:
    assert not alike("Li Na", "Li Ma")
    assert alike("Xi Jinping", "Xi Jin-ping")


def test_names_folded_together_are_folded_as_one_by_one() -> None:
    names = ["Chapochnikov", "Abdullah", "Iouriy Poutine", "Côte d'Ivoire", "y", "Smirnoff", "The Hague", "Kim Jong-un"]
    for left in names:
        for right in names:
            assert fold_all([left, right]) == [fold(left), fold(right)]
